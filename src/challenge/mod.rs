//! The challenge of the article: limit the fall of a crowd with the tools of an exchange or a regulator, at the least
//! cost. The costs of a run are measured; their weights are assumed, and the page says so.

mod score;
mod words;

pub use score::{Challenge, Costs, Score, TASKS, Task, query_of};
pub use words::{Answer, Line, formula};
