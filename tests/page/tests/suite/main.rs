//! What the page does in real browsers, one concept to a module; `cargo test -p page-tests --test suite map::` runs those
//! of one.
//!
//! They are one program, so that whatever is compiled or started is that once, and no test waits for the slowest of
//! another module. Alone are those that measure memory: `monkey.rs` and `soak.rs`.

mod access;
mod along;
mod author;
mod browsers;
mod chapters;
mod class;
mod drag;
mod embed;
mod embeds;
mod faults;
mod keyboard;
mod languages;
mod lesson;
mod load;
mod lost;
mod map;
mod market;
mod markup;
mod offline;
mod package;
mod play;
mod policy;
mod predict;
mod receipts;
mod rough;
mod same_bits;
mod single;
mod sound;
mod study;
mod table;
mod words;
