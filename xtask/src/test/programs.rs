//! The test programs.

use std::process::Command;

use anyhow::Result;

use super::names;
use super::steps::Step;
use crate::run::{cargo, run as run_command};
use crate::{browsers, npm, project};

/// A test program built by cargo.
#[derive(Debug)]
pub struct Program {
    /// The name of its step.
    pub name: &'static str,
    /// The layer that it belongs to.
    pub layer: &'static str,
    /// Its target for cargo, after `--workspace`: with the features of all packages, nothing is compiled twice.
    target: &'static [&'static str],
    /// The folders of its sources.
    sources: &'static [&'static str],
    /// Whether it drives the built site in browsers.
    pub needs_site: bool,
}

/// All test programs.
pub const PROGRAMS: &[Program] = &[
    native("unit tests", "unit", &["--lib"], &["src", "xtask/src"]),
    native("tests of the model", "model", &["--test", "model"], &["tests/model"]),
    native("tests of validation", "validation", &["--test", "validation"], &["tests/validation"]),
    native("tests of the oracle", "oracle", &["--test", "oracle"], &["tests/oracle"]),
    native("tests of the drawings", "drawings", &["--test", "drawings"], &["tests/drawings"]),
    Program {
        needs_site: true,
        ..native("tests of the page", "page", &["--test", "suite"], &["tests/page/tests/suite"])
    },
    // These measure memory, so nothing runs in parallel with them.
    Program {
        needs_site: true,
        ..native(
            "tests of endurance",
            "page",
            &["--test", "monkey", "--test", "soak"],
            &["tests/page/tests/monkey.rs", "tests/page/tests/soak.rs"],
        )
    },
];

const fn native(
    name: &'static str,
    layer: &'static str,
    target: &'static [&'static str],
    sources: &'static [&'static str],
) -> Program {
    Program { name, layer, target, sources, needs_site: false }
}

impl Program {
    /// The names of its tests, with their modules.
    ///
    /// # Errors
    /// A source cannot be read.
    pub fn tests(&self) -> Result<Vec<String>> {
        let root = project::root();
        Ok(self.sources.iter().map(|source| names::below(&root.join(source))).collect::<Result<Vec<_>>>()?.concat())
    }

    /// Runs all its tests.
    #[must_use]
    pub fn all(&'static self) -> Step {
        self.step(&["--include-ignored"])
    }

    /// Runs all its tests, except ignored ones, which take long.
    #[must_use]
    pub fn quick(&'static self) -> Step {
        self.step(&[])
    }

    /// Runs the tests with one of the words in their name.
    #[must_use]
    pub fn named(&'static self, words: &[&str]) -> Step {
        self.step(&[&["--include-ignored"], words].concat())
    }

    fn step(&'static self, arguments: &[&str]) -> Step {
        let arguments: Vec<_> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
        Step::new(self.name, move || {
            let mut tests = cargo(&["test", "--quiet", "--workspace", "--no-fail-fast"]);
            tests.args(self.target).arg("--").args(arguments);
            if self.needs_site {
                let others = browsers::places(browsers::OTHERS)?;
                with_places(&mut tests)?.envs(others.iter().map(|(tool, program)| (tool.variable, program)));
            }
            run_command(&mut tests)
        })
    }
}

/// Sets the paths that a test program with Chromium needs, so that it searches for nothing and skips nothing.
///
/// # Errors
/// The browser or an npm package is missing and cannot be installed.
pub fn with_places(command: &mut Command) -> Result<&mut Command> {
    let chromium = browsers::places(browsers::CHROMIUM)?;
    Ok(command
        .env("DELEVERAGE_DIST", project::root().join("dist"))
        .env("DELEVERAGE_AXE", npm::packages()?.axe())
        .envs(chromium.iter().map(|(tool, program)| (tool.variable, program))))
}
