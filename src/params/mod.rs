//! Parameters: the table of all of them, their text in a URL, and the values that exclude each other.

mod constraints;
mod error;
pub mod presets;
pub mod query;
mod row;
mod scale;
mod table;

pub use error::ParamError;
pub use scale::{Group, Scale};
pub use table::{Params, Row, TABLE, row, unknown_parameter};
