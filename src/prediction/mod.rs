//! A prediction as a short code, `3C08-0JGT`, which a pupil passes to the teacher by voice, chat or paper, without a
//! server.
//!
//! Eight characters of Crockford's base 32 hold 40 bits:
//!
//! ```text
//! lesson 12 | step 5 | index 13 | check 10
//! ```
//!
//! The index is the position of the value on the grid of its question. A code contains nothing else about the pupil,
//! so equal predictions have equal codes. The two check characters are a Reed-Solomon code: two codes share at most
//! five characters, so any one or two wrong characters and any swap are detected. Random text passes for a code once
//! in 1024 times.

mod code;
mod pasted;

pub use code::{Fault, LESSONS, Prediction, STEPS, VALUES};
pub use pasted::{Pasted, Unread, read_all};
