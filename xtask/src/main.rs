//! `cargo xtask`: reads the command line and starts the command it names.

use std::convert::Infallible;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use pico_args::Arguments;
use xtask::simulate::What;
use xtask::usage::{USAGE, UsageError};
use xtask::{acceptance, bench, build, episodes, fuzz, package, project, serve, simulate, soak, test, words};

fn main() -> ExitCode {
    match command(Arguments::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(if error.is::<UsageError>() { 2 } else { 1 })
        }
    }
}

fn command(mut args: Arguments) -> Result<()> {
    if args.contains(["-h", "--help"]) {
        println!("{USAGE}");
        return Ok(());
    }
    match args.subcommand().map_err(|error| wrong(&error))?.as_deref() {
        Some("build") => build::run(&build_options(args)?),
        Some("serve") => serve::run(&serve_options(args)?),
        Some("package") => nothing_left(args).and_then(|()| package::run()),
        Some("test") => nothing_left(args).and_then(|()| test::run()),
        Some("soak") => soak::run(&soak_options(args)?),
        Some("fuzz") => fuzz::run(&fuzz_options(args)?),
        Some("simulate") => {
            let (query, what) = simulate_options(args)?;
            simulate::run(&query, what)
        }
        Some("episodes") => {
            let json = args.contains("--json");
            nothing_left(args).and_then(|()| episodes::run(json))
        }
        Some("acceptance") => nothing_left(args).and_then(|()| acceptance::run()),
        Some("words") => nothing_left(args).and_then(|()| words::run()),
        Some("bench") => {
            let json = args.contains("--json");
            nothing_left(args).and_then(|()| bench::run(json))
        }
        Some(other) => Err(UsageError(format!("there is no command {other:?}\n\n{USAGE}")).into()),
        None => {
            nothing_left(args)?;
            Err(UsageError(USAGE.into()).into())
        }
    }
}

fn build_options(mut args: Arguments) -> Result<build::Options> {
    let path = |text: &OsStr| Ok::<_, Infallible>(PathBuf::from(text));
    let out = args.opt_value_from_os_str("--out", path).map_err(|error| wrong(&error))?;
    let wasm_opt = if args.contains("--dev") { build::WasmOpt::Skip } else { build::WasmOpt::IfPossible };
    nothing_left(args)?;
    let out = out.unwrap_or_else(|| project::root().join("dist"));
    Ok(build::Options { out, wasm_opt })
}

fn serve_options(mut args: Arguments) -> Result<serve::Options> {
    let host: Option<String> = args.opt_value_from_str("--host").map_err(|error| wrong(&error))?;
    let port: Option<String> = args.opt_value_from_str("--port").map_err(|error| wrong(&error))?;
    let port = match port.as_deref().map(|text| (text, text.parse())) {
        None => 8080,
        Some((_, Ok(port))) => port,
        Some((text, Err(_))) => {
            let words = format!("--port {text}: a port is a number from 0 (any free one) to 65535");
            return Err(UsageError(words).into());
        }
    };
    let watch = !args.contains("--no-watch");
    nothing_left(args)?;
    let host = host.unwrap_or_else(|| "127.0.0.1".into());
    Ok(serve::Options { host, port, watch })
}

fn fuzz_options(mut args: Arguments) -> Result<fuzz::Options> {
    let seconds = args.opt_value_from_str("--seconds").map_err(|error| wrong(&error))?.unwrap_or(60);
    let seed = args.opt_value_from_str("--seed").map_err(|error| wrong(&error))?;
    let target = args.opt_free_from_str().map_err(|error| wrong(&error))?;
    nothing_left(args)?;
    Ok(fuzz::Options { seconds, target, seed })
}

fn soak_options(mut args: Arguments) -> Result<soak::Options> {
    let seconds = args.opt_value_from_str("--seconds").map_err(|error| wrong(&error))?.unwrap_or(600);
    let seed = args.opt_value_from_str("--seed").map_err(|error| wrong(&error))?;
    let test = args.opt_free_from_str().map_err(|error| wrong(&error))?;
    nothing_left(args)?;
    Ok(soak::Options { test, seconds, seed })
}

/// The query, and what is wanted of its run.
fn simulate_options(mut args: Arguments) -> Result<(String, What)> {
    let what = match (args.contains("--series"), args.contains("--study")) {
        (false, false) => What::Summary,
        (true, false) => What::Series,
        (false, true) => What::Study,
        (true, true) => {
            return Err(UsageError("--series and --study are two different answers: ask for one".into()).into());
        }
    };
    let example = "cargo xtask simulate 'leverage=10&bots=35&seed=1', or '' for the defaults";
    let missing = |_| UsageError(format!("simulate needs a query; type: {example}"));
    let query = args.free_from_str().map_err(missing)?;
    nothing_left(args)?;
    Ok((query, what))
}

/// An argument that nobody asked for is a typing mistake, and silence about it would hide that.
fn nothing_left(args: Arguments) -> Result<()> {
    match args.finish().first() {
        None => Ok(()),
        Some(argument) => {
            let argument = argument.to_string_lossy();
            Err(UsageError(format!("{argument:?} is not understood here\n\n{USAGE}")).into())
        }
    }
}

fn wrong(error: &pico_args::Error) -> UsageError {
    UsageError(format!("{error}\n\n{USAGE}"))
}
