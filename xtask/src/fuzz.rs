//! `cargo xtask fuzz`: fuzzes every parser of outside input, and the model. It uses libFuzzer with the compiler of the
//! project: its coverage needs no nightly compiler. The targets are in `fuzz/`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use anyhow::{Context as _, Result, bail, ensure};

use crate::browsers::{apt, is_root};
use crate::project;
use crate::run::{cargo, find, read, run as run_command};

/// The targets, documented in `fuzz/fuzz_targets/`.
pub const TARGETS: [&str; 5] = ["codes", "host", "lesson", "query", "run"];

/// The instrumentation that tells libFuzzer which code an input reached.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// Time limit for one input, s; a run takes milliseconds.
const TIMEOUT: u32 = 20;

/// Lines of the log that are shown after a failure.
const SHOWN: usize = 30;

/// Options of fuzzing.
#[derive(Debug, Clone)]
pub struct Options {
    /// Seconds for each target.
    pub seconds: u32,
    /// The only target; otherwise all, as many at a time as there are processors.
    pub target: Option<String>,
    /// The seed of libFuzzer; a different one each time if `None`.
    pub seed: Option<u32>,
}

/// Builds the targets and runs them.
///
/// # Errors
/// There is no C++ compiler, a target does not build, or an input fails; then the error has its path.
pub fn run(options: &Options) -> Result<()> {
    let only = options.target.as_deref();
    let targets: Vec<&str> = TARGETS.into_iter().filter(|name| only.is_none_or(|only| only == *name)).collect();
    compiler()?;
    let programs = build()?;
    let most = thread::available_parallelism().map_or(1, usize::from);
    let (next, failed) = (AtomicUsize::new(0), mpsc::channel());
    thread::scope(|scope| {
        for tell in vec![failed.0; most] {
            let (programs, targets, next) = (&programs, &targets, &next);
            scope.spawn(move || {
                while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match run_target(programs, target, options) {
                        Ok(words) => println!("{words}"),
                        // The receiver outlives all senders.
                        Err(error) => drop(tell.send(format!("{error:#}"))),
                    }
                }
            });
        }
    });
    let failed: Vec<_> = failed.1.iter().collect();
    ensure!(failed.is_empty(), "{}", failed.join("\n\n"));
    Ok(())
}

/// Makes sure that there is a C++ compiler, for libFuzzer.
fn compiler() -> Result<()> {
    const NAMES: &[&str] = &["c++", "g++", "clang++"];
    if std::env::var_os("CXX").is_some() || find(NAMES).is_some() {
        return Ok(());
    }
    if find(&["apt-get"]).is_some() && is_root() {
        println!("installing g++: libFuzzer is compiled with it");
        apt(&["update", "-qq"])?;
        apt(&["install", "-y", "-qq", "--no-install-recommends", "g++"])?;
    }
    if find(NAMES).is_none() {
        bail!(
            "there is no C++ compiler ({}), and libFuzzer is compiled with one. On Debian and its relatives type: sudo \
             apt-get install g++. On a Mac type: xcode-select --install. Or set CXX to one",
            NAMES.join(", ")
        );
    }
    Ok(())
}

/// A cargo command for `fuzz/`, with the instrumentation.
fn instrumented(command: &str) -> Result<Command> {
    let mut cargo = cargo(&[command, "--release", "--locked", "--manifest-path", "fuzz/Cargo.toml"]);
    // With an explicit target, build scripts and macros are compiled without the flags.
    cargo.args(["--target", &host()?, "--target-dir"]).arg(directory().join("build"));
    cargo.env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
    Ok(cargo)
}

/// Builds all targets; returns the directory of the programs.
fn build() -> Result<PathBuf> {
    run_command(&mut instrumented("build")?)?;
    Ok(directory().join("build").join(host()?).join("release"))
}

fn host() -> Result<String> {
    let version =
        read(Command::new("rustc").arg("-vV").current_dir(project::root())).context("`rustc -vV` printed nothing")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("`rustc -vV` names no host")?;
    Ok(host.to_owned())
}

/// The directory of all output: programs, inputs found, logs, and inputs that fail.
fn directory() -> PathBuf {
    project::target().join("fuzz")
}

/// Runs one target; returns a sentence about its work.
fn run_target(programs: &Path, target: &str, options: &Options) -> Result<String> {
    let [found, broken] = ["found", "broken"].map(|name| directory().join(name).join(target));
    for place in [&found, &broken] {
        fs::create_dir_all(place).with_context(|| format!("cannot make {}", place.display()))?;
    }
    let mut command = Command::new(programs.join(format!("{target}{}", std::env::consts::EXE_SUFFIX)));
    // New inputs go into the first directory; the others are only read.
    command.arg(&found).arg(project::root().join("fuzz/corpus").join(target));
    command.arg(format!("-max_total_time={}", options.seconds)).arg(format!("-timeout={TIMEOUT}"));
    command.arg(format!("-artifact_prefix={}{}", broken.display(), std::path::MAIN_SEPARATOR));
    command.args(["-print_final_stats=1", "-max_len=16384"]);
    command.args(options.seed.map(|seed| format!("-seed={seed}")));
    let output = command.output().with_context(|| format!("cannot start the target {target}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let lines: Vec<_> = log.lines().collect();
        let end = lines[lines.len().saturating_sub(SHOWN)..].join("\n");
        let mut words = format!("the target {target} broke ({}):\n{end}\n", output.status);
        match failing_input(&log) {
            Some(input) => write!(
                words,
                "The input is {input}. Give it to {} again, and once it is understood put it into fuzz/corpus/{target}/.",
                command.get_program().display()
            )?,
            None => words.push_str("No input is to blame: the target was stopped, or something is wrong with itself."),
        }
        bail!(words);
    }
    statistics(target, &log).with_context(|| format!("the target {target} printed no statistics:\n{log}"))
}

/// The file with the input that failed.
fn failing_input(log: &str) -> Option<&str> {
    let input = log.rsplit_once("Test unit written to ")?.1.lines().next()?.trim_end();
    // A slow input is no failure.
    (!Path::new(input).file_name()?.to_str()?.starts_with("slow-unit-")).then_some(input)
}

/// The last statistics of libFuzzer, in one line.
fn statistics(target: &str, log: &str) -> Option<String> {
    let number = |name: &str| log.rsplit_once(name)?.1.split_whitespace().next()?.parse::<u64>().ok();
    let [inputs, per_second] = [number("stat::number_of_executed_units:")?, number("stat::average_exec_per_sec:")?];
    let [covered, kept] = [
        number(" cov: ")?,
        number(" corp: ").or_else(|| log.rsplit_once(" corp: ")?.1.split(['/', ' ']).next()?.parse().ok())?,
    ];
    Some(format!("{target}: {inputs} inputs, {per_second} a second; {covered} places covered, {kept} inputs kept"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statistics_of_libfuzzer_are_parsed() {
        let log = "#2 INITED cov: 3 ft: 3 corp: 1/2b exec/s: 0 rss: 30Mb\n\
                   #200 DONE cov: 52 ft: 90 corp: 17/240b lim: 4 exec/s: 100 rss: 31Mb\n\
                   stat::number_of_executed_units: 200\nstat::average_exec_per_sec:     100\n";
        let words = "run: 200 inputs, 100 a second; 52 places covered, 17 inputs kept";
        assert_eq!(statistics("run", log).as_deref(), Some(words));
        assert_eq!(statistics("run", "nothing"), None);
    }

    #[test]
    fn a_failing_input_is_named_only_if_there_is_one() {
        let log = "==1== ERROR: libFuzzer: deadly signal\nartifact_prefix='/b/run/'; Test unit written to /b/run/crash-1\nBase64: \n";
        assert_eq!(failing_input(log), Some("/b/run/crash-1"));
        assert_eq!(failing_input("==1== libFuzzer: run interrupted; exiting\n"), None);
        assert_eq!(
            failing_input("Test unit written to /b/run/slow-unit-1\n==1== libFuzzer: run interrupted; exiting\n"),
            None
        );
    }

    /// A target that is not in the list would never run.
    #[test]
    fn every_target_is_in_the_list_and_has_seeds() {
        let names = |place: &str| {
            let entries = fs::read_dir(project::root().join(place)).unwrap();
            let mut names: Vec<_> =
                entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect();
            names.sort();
            names
        };
        assert_eq!(names("fuzz/fuzz_targets"), TARGETS);
        assert_eq!(names("fuzz/corpus"), TARGETS);
    }
}
