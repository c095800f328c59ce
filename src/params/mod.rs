//! Parameters: the table, its rows, their text in a URL, the constraints between them, and presets.

mod constraints;
mod error;
pub mod presets;
pub mod query;
mod row;
mod scale;
mod table;

pub use error::ParamError;
pub use scale::{Group, Scale};
pub use table::{Params, Row, TABLE, row};
