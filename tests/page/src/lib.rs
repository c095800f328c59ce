//! Drives the built page in real browsers as a visitor would, with real keys and a real pointer, and inspects what is
//! on the screen.
//!
//! | module     | contents                                                               |
//! |------------|------------------------------------------------------------------------|
//! | [`place`]  | paths of the page, the browsers and drivers, from the environment      |
//! | [`browser`]| the browsers and their capabilities                                    |
//! | [`driver`] | the programs that drive them                                           |
//! | [`page`]   | a browser with the page in it: opening, scripts, waiting               |
//! | `screen`   | screen, user preferences, browser logs                                 |
//! | [`input`]  | keys and pointers                                                      |
//! | `host`     | a third-party page with figures in frames                              |
//! | [`held`]   | resources held by a page, for endurance tests                          |
//! | [`process`]| memory of whole processes                                             |
//! | [`bits`]   | runs in the browser compared with native runs                          |
//! | [`server`] | the server of `cargo xtask serve`, with files replaced                 |
//!
//! Tests are plain blocking functions. None is skipped: a missing program is a failure. Each file in `tests/` covers
//! one concept.

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
