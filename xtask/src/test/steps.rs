//! Steps of a test run: in order, with a heading and the time of each, or in parallel in a second process.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use crate::project;
use crate::run::{cargo, run as run_command};

/// One step.
pub struct Step {
    /// Its name, in headings and errors.
    pub name: String,
    run: Box<dyn FnOnce() -> Result<Option<String>>>,
}

impl Step {
    /// A step that passes or fails.
    pub fn new(name: &str, run: impl FnOnce() -> Result<()> + 'static) -> Self {
        Self::partial(name, || run().map(|()| None))
    }

    /// A step that may return a sentence about what this machine cannot check.
    pub fn partial(name: &str, run: impl FnOnce() -> Result<Option<String>> + 'static) -> Self {
        Self { name: name.into(), run: Box::new(run) }
    }

    /// A cargo command.
    #[must_use]
    pub fn cargo(name: &str, arguments: &'static [&str]) -> Self {
        Self::new(name, || run_command(&mut cargo(arguments)))
    }
}

/// Runs the steps; returns the sentences about what was not checked.
///
/// # Errors
/// The first step that failed, by its name.
pub fn in_order(steps: Vec<Step>) -> Result<Vec<String>> {
    let mut unchecked = Vec::new();
    let (count, start) = (steps.len(), Instant::now());
    for (number, Step { name, run }) in steps.into_iter().enumerate() {
        println!("\n== {} of {count}: {name}", number + 1);
        let start = Instant::now();
        unchecked.extend(run().with_context(|| format!("failed: {name}"))?);
        println!("== {name}: passed in {:.1} s", start.elapsed().as_secs_f64());
    }
    println!("\n{count} steps passed in {:.0} s", start.elapsed().as_secs_f64());
    Ok(unchecked)
}

/// Layers that run in a second process, which is stopped on drop. Its output goes to a file and is printed at its end.
#[derive(Debug)]
pub struct Background {
    child: Child,
    log: PathBuf,
    layers: String,
}

impl Background {
    /// Starts `cargo xtask test` with these layers.
    ///
    /// # Errors
    /// The process or its file cannot be created.
    pub fn start(layers: &[&str]) -> Result<Self> {
        let log = project::target().join("xtask-test.log");
        let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
        let layers_named = layers.join(", ");
        println!("\n== in parallel with the next steps: {layers_named} (output in {})", log.display());
        let mut command = Command::new(std::env::current_exe().context("cannot find the path of this program")?);
        command.arg("test").args(layers).stdin(Stdio::null());
        command.stdout(file.try_clone().context("cannot write both outputs to the log")?).stderr(file);
        let child = command.spawn().context("cannot start `cargo xtask test` in the background")?;
        Ok(Self { child, log, layers: layers_named })
    }

    /// Waits for its end and prints its output.
    ///
    /// # Errors
    /// One of its steps failed.
    pub fn finish(mut self) -> Result<()> {
        let start = Instant::now();
        let status = self.child.wait().context("cannot wait for the background process")?;
        print!("{}", fs::read_to_string(&self.log).unwrap_or_default());
        println!("\n== waited for {} for {:.1} s", self.layers, start.elapsed().as_secs_f64());
        ensure!(status.success(), "failed: one of {} (see above)", self.layers);
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Fails if the process has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use anyhow::bail;

    use super::*;

    #[test]
    fn the_first_failure_stops_and_is_named() {
        let ran = Rc::new(RefCell::new(Vec::new()));
        let note = |name: &'static str| {
            let ran = Rc::clone(&ran);
            Step::new(name, move || {
                ran.borrow_mut().push(name);
                Ok(())
            })
        };
        let error = in_order(vec![note("one"), Step::new("two", || bail!("no luck")), note("three")]).unwrap_err();
        assert_eq!(format!("{error:#}"), "failed: two: no luck");
        assert_eq!(*ran.borrow(), ["one"]);
    }

    #[test]
    fn sentences_about_unchecked_parts_are_kept() {
        let steps = vec![Step::new("one", || Ok(())), Step::partial("two", || Ok(Some("the moon".into())))];
        assert_eq!(in_order(steps).unwrap(), ["the moon"]);
    }
}
