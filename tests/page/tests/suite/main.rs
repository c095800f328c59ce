//! Tests of the page in real browsers, one concept per module; `cargo test -p page-tests --test suite map::` runs those
//! of one module.
//!
//! They are one program, so that code is compiled and drivers are started once, and tests of all modules run in
//! parallel. Those that measure memory are separate programs: `monkey.rs` and `soak.rs`.

mod access;
mod along;
mod author;
mod browsers;
mod chapters;
mod class;
mod clutter;
mod crowds;
mod drag;
mod embed;
mod embed_code;
mod embeds;
mod faults;
mod film;
mod genealogy;
mod glossary;
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
mod scenes;
mod share;
mod single;
mod slides;
mod sound;
mod study;
mod table;
mod words;
