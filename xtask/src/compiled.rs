//! Programs from crates.io that tests need: finds them, or compiles them once below `target/`.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::project;
use crate::run::{cargo, find, run};

/// A program, and the version to compile if it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    /// Its name, also that of its crate.
    pub name: &'static str,
    /// An exact version, so that everyone tests with the same one.
    pub version: &'static str,
    /// Its purpose, as half a sentence.
    pub why: &'static str,
}

impl Program {
    /// Its path. A copy below `target/` comes first, because it has the exact version.
    #[must_use]
    pub fn find(&self) -> Option<PathBuf> {
        let ours = project::target().join("tools/bin").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        if ours.is_file() { Some(ours) } else { find(&[self.name]) }
    }

    /// Its path; compiles it first if it is missing.
    ///
    /// # Errors
    /// It cannot be compiled; the error has the command to type.
    pub fn place(&self) -> Result<PathBuf> {
        if self.find().is_none() {
            self.compile()?;
        }
        self.find().with_context(|| format!("{} is not installed. Type: {}", self.name, self.advice()))
    }

    /// The command that installs it for all projects.
    #[must_use]
    pub fn advice(&self) -> String {
        format!("cargo install --locked {}@{}", self.name, self.version)
    }

    /// Compiles it without optimisation, because it mostly waits, and without debug information.
    fn compile(&self) -> Result<()> {
        println!("compiling {}, once: {}", self.name, self.why);
        let at = format!("{}@{}", self.name, self.version);
        let mut command = cargo(&["install", "--quiet", "--locked", "--debug", &at, "--root"]);
        command.arg(project::target().join("tools")).env("CARGO_PROFILE_DEV_DEBUG", "0");
        run(&mut command).with_context(|| format!("could not install {}", self.name))
    }
}
