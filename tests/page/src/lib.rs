//! Drives the built page in a real browser, as a visitor would: real keys, a real pointer, and
//! looking at what is on the screen.
//!
//! | module     | what it holds                                                          |
//! |------------|------------------------------------------------------------------------|
//! | [`place`]  | where the page, the browser and its driver are: the environment says   |
//! | [`driver`] | the one chromedriver of a test program                                 |
//! | [`page`]   | a browser with the page in it: opening, scripts, waiting               |
//! | `screen`   | the screen, what the visitor prefers, and what the browser logs        |
//! | [`input`]  | keys and pointers                                                      |
//! | [`server`] | the server of `cargo xtask serve`, with files in the place of others   |
//!
//! Tests are plain functions that block. Nothing is ever skipped: what is missing is a failure that
//! says so. `tests/*.rs` hold one promise to the visitor each.

#![forbid(unsafe_code)]

pub mod driver;
pub mod input;
pub mod page;
pub mod place;
mod screen;
pub mod server;

pub use fantoccini::key::Key;
pub use page::{LABORATORY, OPENING, Options, Page};
pub use serde_json::{Value, json};
