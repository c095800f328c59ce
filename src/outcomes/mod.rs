//! The results of a run that have a name. Lessons and pages name them in their text (`{fall}`), and predictions ask for
//! them; the number is computed and written with its unit in the language that is spoken.

#[cfg(not(target_arch = "wasm32"))]
mod asked;
mod named;
#[cfg(not(target_arch = "wasm32"))]
pub use asked::{ASKED, Asked};
pub use named::{Outcome, RESULTS, Unit, names, result};
