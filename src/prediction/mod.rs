//! A prediction as a short code, `3C08-0JGT`: what a pupil hands to the teacher, by voice, chat or paper, without a server.
//!
//! Eight characters of Crockford's base 32 hold 40 bits:
//!
//! ```text
//! lesson 12 | step 5 | index 13 | check 10
//! ```
//!
//! The index is the place of the value on the grid of its question; nothing else of the pupil is in a code, so two who
//! predict the same have the same one. The two characters of the check are those of a Reed-Solomon code: no two codes
//! have more than five characters in common, hence any one or two wrong characters are noticed, and so is any swap.
//! Of what is no code at all one in 1024 passes for one.

mod code;
mod pasted;

pub use code::{Fault, LESSONS, Prediction, STEPS, VALUES};
pub use pasted::{Pasted, Unread, read_all};
