//! The challenge of the article: keep the fall of a crowd small with what an exchange or a regulator can switch on, at
//! the least cost. What a run costs is measured; what a cost is worth is assumed, and said to be.

mod score;
mod words;

pub use score::{Challenge, Costs, Score, TASKS, Task, query_of};
pub use words::{Answer, Line, formula};
