//! The project's own commands as a library, so that the tests that drive a browser serve the built
//! page with the very server that `cargo xtask serve` uses.
//!
//! | module       | what it holds                                                      |
//! |--------------|--------------------------------------------------------------------|
//! | [`build`]    | everything that the static site in `dist/` consists of             |
//! | [`wasm`]     | crate to wasm, bound to JavaScript and optimised                   |
//! | [`episodes`] | `cargo xtask episodes`: published figures beside simulated ones |
//! | [`proofs`]   | the figures of known results, and their place in `model.html`      |
//! | [`prose`]    | the numbers in the words of pages, computed                        |
//! | [`years`]    | what credit does over years, and its place in `model.html`         |
//! | [`parameters`] | the table of parameters in `authors.html`                   |
//! | [`stills`]   | the pictures that stand where no script runs                       |
//! | [`words`]    | every word of the site: collected, translated, pages in each language |
//! | [`minify`]   | scripts and style sheets, bundled and minified                     |
//! | [`single`]   | the whole site in one file, `deleverage.html`                      |
//! | [`hashed`]   | names by content, for files that may be kept for ever              |
//! | [`offline`]  | the service worker that keeps the site                             |
//! | [`sizes`]    | what the site weighs: raw, gzip, brotli                            |
//! | [`server`]   | serves a directory over HTTP, with the security headers            |
//! | [`serve`]    | `cargo xtask serve`: build, serve, watch, build again              |
//! | [`watch`]    | notices that a source has changed                                  |
//! | [`mod@test`] | `cargo xtask test`: everything that CI checks, or a part of it    |
//! | [`check`]    | `cargo xtask check`: what can be checked in under a minute        |
//! | [`simulate`] | `cargo xtask simulate`: one run without a page                     |
//! | [`mod@fuzz`] | `cargo xtask fuzz`: what nobody would write, thrown at what reads it |
//! | [`mod@bench`]| `cargo xtask bench`: the table of costs                            |
//! | [`soak`]     | `cargo xtask soak`: the tests of endurance, for long                |
//! | [`package`]  | `cargo xtask package`: the element for npm                         |
//! | [`setup`]    | what the compiler needs: found, installed, or named                |
//! | [`browsers`] | the browsers of the tests: found, installed, or named              |
//! | [`npm`]      | the packages taken from npm                                        |
//! | [`cycles`]   | the check that no source files import one another                  |
//! | [`deny`]     | what the crates of others are: licences, sources, advisories       |
//! | [`compiled`] | programs of crates.io: found, or compiled once                     |
//! | [`run`]      | starting another program and saying clearly how it failed          |
//! | [`project`]  | where things are                                                   |
//! | [`usage`]    | the error for a wrong value on the command line                    |

#![forbid(unsafe_code)]

pub mod acceptance;
pub mod bench;
pub mod browsers;
pub mod build;
pub mod check;
pub mod compiled;
pub mod cycles;
pub mod deny;
pub mod episodes;
pub mod flat;
pub mod fuzz;
pub mod hashed;
pub mod html;
pub mod minify;
pub mod npm;
pub mod offline;
pub mod package;
pub mod parameters;
pub mod plain;
pub mod project;
pub mod proofs;
pub mod prose;
pub mod run;
pub mod serve;
pub mod server;
pub mod setup;
pub mod simulate;
pub mod single;
pub mod sizes;
pub mod soak;
pub mod stills;
pub mod test;
pub mod usage;
pub mod wasm;
pub mod watch;
pub mod words;
pub mod years;
