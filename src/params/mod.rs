//! Parameters: the table of all of them, their text in a URL, and the values that exclude each other.

mod constraints;
pub mod presets;
pub mod query;
mod row;
mod table;

pub use row::{Group, Row, Scale};
pub use table::{Params, TABLE, row};
