//! Running and finding other programs, with clear errors.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::project;

/// The cargo that started this program, so that one toolchain builds everything; it runs in the root.
#[must_use]
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(project::root());
    command
}

/// Runs a command to its end and shows its output; the error shows the command.
///
/// # Errors
/// The program cannot be started or fails.
pub fn run(command: &mut Command) -> Result<()> {
    let words = words(command);
    let status = command.status().with_context(|| format!("cannot start `{words}`"))?;
    if !status.success() {
        bail!("`{words}` failed ({status})");
    }
    Ok(())
}

/// Runs a command to its end; shows its output only if it fails.
///
/// # Errors
/// As [`run`].
pub fn run_quietly(command: &mut Command) -> Result<()> {
    read_or_fail(command).map(drop)
}

/// The standard output of a command.
///
/// # Errors
/// As [`run`]; the output is in the error.
pub fn read_or_fail(command: &mut Command) -> Result<String> {
    let words = words(command);
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{words}`"))?;
    if !output.status.success() {
        let printed = [output.stdout, output.stderr].concat();
        bail!("`{words}` failed ({})\n{}", output.status, String::from_utf8_lossy(&printed).trim_end());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The trimmed output of a command; `None` if it cannot be run.
#[must_use]
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// The first of these programs that is on PATH.
#[must_use]
pub fn find(names: &[&str]) -> Option<PathBuf> {
    find_in(&std::env::var_os("PATH")?, names)
}

fn find_in(path: &OsStr, names: &[&str]) -> Option<PathBuf> {
    let directories: Vec<PathBuf> = std::env::split_paths(path).collect();
    let suffixes: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    // Names before directories: the first name is preferred, in whichever directory.
    let candidates = names.iter().flat_map(|name| {
        directories
            .iter()
            .flat_map(move |directory| suffixes.iter().map(move |suffix| directory.join(format!("{name}{suffix}"))))
    });
    candidates.into_iter().find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    file.metadata().is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// The command as one would type it, with the program's name instead of its path.
fn words(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_shows_the_command() {
        let error = run_quietly(Command::new("rustc").args(["--print", "no-such-thing"])).unwrap_err();
        assert!(error.to_string().starts_with("`rustc --print no-such-thing` failed"), "{error}");
        let error = run(&mut Command::new("no-such-program-here")).unwrap_err();
        assert_eq!(error.to_string(), "cannot start `no-such-program-here`");
    }

    #[cfg(unix)]
    #[test]
    fn finds_the_first_name_that_is_a_program() {
        use std::os::unix::fs::PermissionsExt as _;
        let directory = project::target().join(format!("tmp-find-{}", std::process::id()));
        std::fs::create_dir_all(&directory).unwrap();
        for (name, mode) in [("notes", 0o644), ("second", 0o755), ("third", 0o755)] {
            std::fs::write(directory.join(name), "").unwrap();
            std::fs::set_permissions(directory.join(name), std::fs::Permissions::from_mode(mode)).unwrap();
        }
        let found = find_in(directory.as_os_str(), &["first", "notes", "second", "third"]);
        assert_eq!(found, Some(directory.join("second")));
        assert_eq!(find_in(directory.as_os_str(), &["first"]), None);
        std::fs::remove_dir_all(directory).unwrap();
    }
}
