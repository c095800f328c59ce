//! The browsers of the page tests and their drivers. Finds them, and installs missing ones where possible; otherwise
//! the error has the command to type. Chromium runs all tests; Firefox and WebKit run those of embedded figures.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::compiled::Program;
use crate::run::{find, read, run};

/// A program that tests need.
#[derive(Debug, Clone, Copy)]
pub struct Tool {
    /// The environment variable with its path, for the tests.
    pub variable: &'static str,
    /// Its possible names on PATH, the preferred one first.
    names: &'static [&'static str],
    source: Source,
    /// Whether it answers `--version`.
    pub has_version: bool,
}

/// The source of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// A package of Debian or a derivative.
    Debian(&'static str),
    /// A program from crates.io, compiled by cargo.
    Crates(Program),
}

use Source::{Crates, Debian};

/// Chromium and its driver.
pub const CHROMIUM: &[Tool] = &[
    tool("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"], Debian("chromium")),
    tool("CHROMEDRIVER", &["chromedriver"], Debian("chromium-driver")),
];

const GECKODRIVER: Program =
    Program { name: "geckodriver", version: "0.37.1", why: "the page is tested in Firefox, too" };

/// Firefox, WebKit and their drivers. The driver of WebKit finds its own browser, which needs a screen.
pub const OTHERS: &[Tool] = &[
    tool("FIREFOX", &["firefox-esr", "firefox"], Debian("firefox-esr")),
    tool("GECKODRIVER", &["geckodriver"], Crates(GECKODRIVER)),
    Tool { has_version: false, ..tool("WEBKITDRIVER", &["WebKitWebDriver"], Debian("webkit2gtk-driver")) },
    Tool { has_version: false, ..tool("XVFB", &["Xvfb"], Debian("xvfb")) },
];

const fn tool(variable: &'static str, names: &'static [&'static str], source: Source) -> Tool {
    Tool { variable, names, source, has_version: true }
}

impl Tool {
    fn find(&self) -> Option<PathBuf> {
        match self.source {
            Debian(_) => find(self.names),
            Crates(program) => program.find(),
        }
    }
}

/// The paths of these programs, in the same order. Installs missing ones first: with cargo for any user, with apt only
/// for root.
///
/// # Errors
/// A program is missing and cannot be installed. The error lists all missing ones and the commands to type.
pub fn places(tools: &[Tool]) -> Result<Vec<(Tool, PathBuf)>> {
    let missing = lacking(tools);
    let packages: Vec<_> = missing.iter().filter_map(|tool| debian(tool)).collect();
    if !packages.is_empty() && find(&["apt-get"]).is_some() && is_root() {
        println!("installing {}: the page is tested in real browsers", packages.join(", "));
        apt(&["update", "-qq"])?;
        apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages.as_slice()].concat())?;
    }
    for tool in &missing {
        if let Crates(program) = tool.source {
            program.place()?;
        }
    }
    let missing = lacking(tools);
    if !missing.is_empty() {
        bail!(advice(&missing));
    }
    Ok(tools.iter().filter_map(|tool| Some((*tool, tool.find()?))).collect())
}

fn lacking(tools: &[Tool]) -> Vec<Tool> {
    tools.iter().filter(|tool| tool.find().is_none()).copied().collect()
}

fn debian(tool: &Tool) -> Option<&'static str> {
    match tool.source {
        Debian(package) => Some(package),
        Crates(..) => None,
    }
}

/// The missing programs and the commands to type.
fn advice(missing: &[Tool]) -> String {
    let names: Vec<_> = missing.iter().map(|tool| tool.names.join(" or ")).collect();
    let packages: Vec<_> = missing.iter().filter_map(debian).collect();
    let mut words = vec![format!("not on PATH, and the page is tested in real browsers: {}.", names.join(", "))];
    if !packages.is_empty() {
        words.push(format!("On Debian and its derivatives type: sudo apt-get install {}.", packages.join(" ")));
        words.push("Elsewhere install these programs by other means; a driver must fit its browser.".into());
    }
    words.extend(missing.iter().filter_map(|tool| match tool.source {
        Crates(program) => Some(format!("Type: {}.", program.advice())),
        Debian(_) => None,
    }));
    words.join(" ")
}

/// Installs for the whole system, without questions.
pub(crate) fn apt(arguments: &[&str]) -> Result<()> {
    run(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
        .context("could not install what the tests need")
}

pub(crate) fn is_root() -> bool {
    read(Command::new("id").arg("-u")).as_deref() == Some("0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_programs_are_named_with_the_command_to_type() {
        const DRIVER: Program = Program { name: "no-such-driver", version: "1.2.3", why: "" };
        const NOWHERE: &[&str] = &["no-such-browser", "nor-this"];
        let missing = [tool("A", NOWHERE, Debian("browser")), tool("B", &["no-such-driver"], Crates(DRIVER))];
        assert_eq!(lacking(&missing).len(), 2);
        let words = advice(&missing);
        for part in ["no-such-browser or nor-this, no-such-driver", "apt-get install browser.", "driver@1.2.3"] {
            assert!(words.contains(part), "{words}");
        }
        assert!(!advice(&missing[1..]).contains("apt-get"));
        assert!(lacking(&[tool("C", &["no-such", "rustc"], Debian("rust"))]).is_empty());
    }
}
