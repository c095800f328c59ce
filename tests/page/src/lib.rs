//! Drives the built page in real browsers as a visitor would, with real keys and a real pointer, and inspects what is
//! on the screen.
//!
//! | module     | what it holds                                                          |
//! |------------|------------------------------------------------------------------------|
//! | [`place`]  | where the page, the browsers and drivers are: the environment says     |
//! | [`browser`]| the browsers, and what each is asked for                               |
//! | [`driver`] | the programs that drive them                                           |
//! | [`page`]   | a browser with the page in it: opening, scripts, waiting               |
//! | `screen`   | the screen, what the visitor prefers, and what the browser logs        |
//! | [`input`]  | keys and pointers                                                      |
//! | `host`     | somebody else's page with figures in frames                            |
//! | [`held`]   | what a page holds on to, for tests of endurance                         |
//! | [`process`]| memory of whole processes                                             |
//! | [`bits`]   | runs in the browser held against the same runs outside of it           |
//! | [`server`] | the server of `cargo xtask serve`, with files in the place of others   |
//!
//! Tests are plain functions that block. None is skipped: a missing program is a failure that says so. Each file in
//! `tests/` covers one promise to visitors.

#![forbid(unsafe_code)]

pub mod bits;
pub mod browser;
pub mod driver;
pub mod held;
mod host;
pub mod input;
pub mod page;
pub mod place;
pub mod process;
mod screen;
pub mod server;
mod session;

pub use browser::{Browser, Options};
pub use fantoccini::key::Key;
pub use host::FIGURE;
pub use page::{LABORATORY, OPENING, Page};
pub use serde_json::{Value, json};
