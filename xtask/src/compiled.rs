//! Programs of crates.io that tests need: found, or compiled once below `target/`, where they are nobody else's.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::project;
use crate::run::{cargo, find, run};

/// A program, and the version that is compiled where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    /// Its name, which is that of its crate, too.
    pub name: &'static str,
    /// Named to the last number: everybody tests with the same.
    pub version: &'static str,
    /// What it is for, as half a sentence.
    pub why: &'static str,
}

impl Program {
    /// Where it is: ours, if there is one, because that is of the version that was named.
    #[must_use]
    pub fn find(&self) -> Option<PathBuf> {
        let ours = project::target().join("tools/bin").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        if ours.is_file() { Some(ours) } else { find(&[self.name]) }
    }

    /// Where it is, compiled first if it is nowhere.
    ///
    /// # Errors
    /// It cannot be had; the error says what to type.
    pub fn place(&self) -> Result<PathBuf> {
        if self.find().is_none() {
            self.compile()?;
        }
        self.find().with_context(|| format!("{} is nowhere. Type: {}", self.name, self.advice()))
    }

    /// What somebody could type who wants it for all projects.
    #[must_use]
    pub fn advice(&self) -> String {
        format!("cargo install --locked {}@{}", self.name, self.version)
    }

    /// Compiles it without optimisation, because it mostly waits, and without what only a debugger reads.
    fn compile(&self) -> Result<()> {
        println!("compiling {}, once: {}", self.name, self.why);
        let at = format!("{}@{}", self.name, self.version);
        let mut command = cargo(&["install", "--quiet", "--locked", "--debug", &at, "--root"]);
        command.arg(project::target().join("tools")).env("CARGO_PROFILE_DEV_DEBUG", "0");
        run(&mut command).with_context(|| format!("could not install {}", self.name))
    }
}
