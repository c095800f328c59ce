//! Named results of a run. Texts of lessons and pages refer to them as `{fall}`, and predictions ask for them; numbers
//! are formatted with their unit in the current language.

#[cfg(not(target_arch = "wasm32"))]
mod asked;
mod named;
#[cfg(not(target_arch = "wasm32"))]
pub use asked::{ASKED, Asked};
pub use named::{Outcome, RESULTS, Unit, names, result};
