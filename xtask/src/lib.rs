//! The project's commands as a library, so that page tests can use the server of `cargo xtask serve`.
//!
//! | module         | contents                                                          |
//! |----------------|-------------------------------------------------------------------|
//! | [`build`]      | builds the static site in `dist/`                                 |
//! | [`wasm`]       | crate to wasm, bound to JavaScript and optimised                  |
//! | [`episodes`]   | `cargo xtask episodes`: published figures beside simulated ones   |
//! | [`evidence`]   | `cargo xtask evidence`: predictions before anything is fitted     |
//! | [`proofs`]     | the figures of known results, and their place in `model.html`     |
//! | [`prose`]      | the numbers in the words of pages, computed                       |
//! | [`years`]      | the effects of credit over years, and their place in `model.html` |
//! | [`parameters`] | the table of parameters in `authors.html`                         |
//! | [`stills`]     | the pictures shown where no script runs                           |
//! | [`share`]      | what other sites show of a link: tags in the head, and a picture  |
//! | [`words`]      | translation: messages, catalogues, pages in each language         |
//! | [`minify`]     | scripts and style sheets, bundled and minified                    |
//! | [`single`]     | the whole site in one file, `deleverage.html`                     |
//! | [`hashed`]     | names by content, for files that may be cached for ever           |
//! | [`offline`]    | the service worker that makes the site work offline               |
//! | [`sizes`]      | the size of the site: raw, gzip, brotli                           |
//! | [`server`]     | serves a directory over HTTP, with the security headers           |
//! | [`serve`]      | `cargo xtask serve`: build, serve, watch, build again             |
//! | [`watch`]      | notices changed sources                                           |
//! | [`mod@test`]   | `cargo xtask test`: everything that CI checks, or a part of it    |
//! | [`check`]      | `cargo xtask check`: quick checks before a commit                 |
//! | [`simulate`]   | `cargo xtask simulate`: one run without a page                    |
//! | [`mod@fuzz`]   | `cargo xtask fuzz`: fuzzing of parsers and of the model           |
//! | [`mod@bench`]  | `cargo xtask bench`: running times and sizes                      |
//! | [`soak`]       | `cargo xtask soak`: long endurance tests                          |
//! | [`package`]    | `cargo xtask package`: the element for npm                        |
//! | [`setup`]      | finds or installs the standard library for wasm                   |
//! | [`browsers`]   | finds or installs the browsers of the tests                       |
//! | [`npm`]        | the packages taken from npm                                       |
//! | [`cycles`]     | the check that there are no import cycles                         |
//! | [`scripts`]    | format, lints and types of the scripts                            |
//! | [`types`]      | the types of the scripts, made from Rust                          |
//! | [`deny`]       | third-party crates: licences, sources, advisories                 |
//! | [`compiled`]   | finds or compiles programs from crates.io                         |
//! | [`run`]        | runs other programs, with clear errors                            |
//! | [`project`]    | paths of the project                                              |
//! | [`usage`]      | the error for a wrong value on the command line                   |

#![forbid(unsafe_code)]

pub mod acceptance;
pub mod bench;
pub mod browsers;
pub mod build;
pub mod check;
pub mod compiled;
pub mod contents;
pub mod cycles;
pub mod deny;
pub mod episodes;
pub mod evidence;
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
pub mod scripts;
pub mod serve;
pub mod server;
pub mod setup;
pub mod share;
pub mod simulate;
pub mod single;
pub mod sizes;
pub mod soak;
pub mod stills;
pub mod test;
pub mod types;
pub mod usage;
pub mod wasm;
pub mod watch;
pub mod words;
pub mod years;
