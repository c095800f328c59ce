//! `cargo xtask`: reads the command line and starts the command that it names.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};
use xtask::share::Address;
use xtask::simulate::What;
use xtask::usage::UsageError;
use xtask::{
    acceptance, bench, build, check, episodes, evidence, fuzz, package, project, scripts, serve, simulate, soak, test,
    words,
};

/// The commands of deleverage.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the page, serve it, and build again when a source changes
    Serve {
        /// The port; 0 takes any free one
        #[arg(long, default_value = "8080", value_parser = port)]
        port: u16,
        /// The name or address to listen on
        #[arg(long, default_value = "127.0.0.1")]
        host: String,
        /// Do not build again when a source changes
        #[arg(long)]
        no_watch: bool,
    },
    /// Write the static site and print its size
    Build {
        /// The directory of the site; an earlier build in it is replaced [default: dist]
        #[arg(long, value_name = "DIRECTORY")]
        out: Option<PathBuf>,
        /// Build quickly: neither optimised nor bundled
        #[arg(long)]
        dev: bool,
        /// The site's future address on the web, which previews of links need: `https://example.org/deleverage/`
        #[arg(long, value_name = "URL")]
        address: Option<Address>,
    },
    /// Pack the element for npm, into target/package/
    Package,
    /// Check format, lints, import cycles, scripts and unit tests, in under a minute
    Check,
    /// Format all sources: Rust, scripts and style sheets
    Format,
    /// Run all tests, one layer, or the tests with a name
    ///
    /// Without an argument it runs everything that CI runs; the first failure stops it.
    #[command(after_help = "Examples:\n  \
        cargo xtask test model         one layer\n  \
        cargo xtask test drawings      the pictures\n  \
        cargo xtask test panic         the tests with \"panic\" in their name, natively and in browsers")]
    Test {
        /// Layers, or parts of the names of tests; only the programs that have such tests are built
        #[arg(value_name = "LAYER OR NAME")]
        words: Vec<String>,
        /// List the layers
        #[arg(long, conflicts_with = "words")]
        list: bool,
    },
    /// Fuzz every parser of outside input, and the model
    Fuzz {
        /// One target; all, if none is named
        #[arg(value_parser = PossibleValuesParser::new(fuzz::TARGETS))]
        target: Option<String>,
        /// Seconds for each target
        #[arg(long, default_value = "60")]
        seconds: u32,
        /// The seed of libFuzzer; a different one each time, if none is given
        #[arg(long)]
        seed: Option<u32>,
    },
    /// Use the page for a long time, as a class and at random, and look for faults and growing memory
    Soak {
        /// One test; both, if none is named
        #[arg(value_parser = PossibleValuesParser::new(soak::TESTS))]
        test: Option<String>,
        /// Seconds for each test
        #[arg(long, default_value = "600")]
        seconds: u64,
        /// The seed of the random actions
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Run the model once and print the results as JSON
    #[command(after_help = "Examples:\n  \
        cargo xtask simulate 'leverage=10&bots=35&seed=1'\n  \
        cargo xtask simulate '' --series      the defaults, second by second\n  \
        cargo xtask simulate '' --crowds 100  a hundred crowds with the defaults")]
    Simulate {
        /// The parameters, as in the address of the page; '' for the defaults
        query: String,
        /// Print every second, as CSV
        #[arg(long)]
        series: bool,
        /// Print the counterfactuals and which sales triggered others, as JSON
        #[arg(long, conflicts_with = "series")]
        study: bool,
        /// Run this many crowds with other seeds and print quantiles, as JSON; with --series one crowd per row, as CSV
        #[arg(long, conflicts_with = "study")]
        crowds: Option<usize>,
    },
    /// Print the published figures of eight past days beside the simulated ones
    Episodes {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print what the model predicts of eight past days before anything is fitted to them
    Evidence,
    /// Print how much the opening depends on choices that no source settles, and check that it holds
    Acceptance,
    /// Update the catalogue of each language from the sources, and list the missing translations
    Words,
    /// Measure running times and sizes, in the browser and natively, as ratios within one run
    Bench {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    // `parse` exits with 2 and an explanation if the command line is wrong, and with 0 after help.
    match run(CommandLine::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(if error.is::<UsageError>() { 2 } else { 1 })
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve { host, port, no_watch } => serve::run(&serve::Options { host, port, watch: !no_watch }),
        Command::Build { out, dev, address } => {
            let out = out.unwrap_or_else(|| project::root().join("dist"));
            let wasm_opt = if dev { build::WasmOpt::Skip } else { build::WasmOpt::IfPossible };
            build::run(&build::Options { out, wasm_opt, address })
        }
        Command::Package => package::run(),
        Command::Check => check::run(),
        Command::Format => scripts::rewrite(),
        Command::Test { list: true, .. } => {
            test::list();
            Ok(())
        }
        Command::Test { words, .. } => test::run(&words),
        Command::Fuzz { target, seconds, seed } => fuzz::run(&fuzz::Options { seconds, target, seed }),
        Command::Soak { test, seconds, seed } => soak::run(&soak::Options { test, seconds, seed }),
        Command::Simulate { query, series, crowds: Some(crowds), .. } => simulate::run_crowds(&query, crowds, series),
        Command::Simulate { query, series, study, crowds: None } => {
            let what = match (series, study) {
                (true, _) => What::Series,
                (_, true) => What::Study,
                _ => What::Summary,
            };
            simulate::run(&query, what)
        }
        Command::Episodes { json } => episodes::run(json),
        Command::Evidence => evidence::run(),
        Command::Acceptance => acceptance::run(),
        Command::Words => words::run(),
        Command::Bench { json } => bench::run(json),
    }
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "a port is a number from 0 (any free one) to 65535".into())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;
    use clap::error::ErrorKind;

    use super::*;

    fn error(words: &str) -> clap::Error {
        CommandLine::try_parse_from(words.split(' ')).unwrap_err()
    }

    #[test]
    fn the_command_line_is_well_formed() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn every_command_has_help() {
        for command in CommandLine::command().get_subcommands() {
            let help = error(&format!("xtask {} --help", command.get_name()));
            assert_eq!(help.kind(), ErrorKind::DisplayHelp);
            assert!(help.to_string().contains(&format!("Usage: cargo xtask {}", command.get_name())), "{help}");
        }
    }

    #[test]
    fn a_wrong_command_line_exits_with_2_and_lists_the_options() {
        for (words, said) in [
            ("xtask", "Usage: cargo xtask <COMMAND>"),
            ("xtask srve", "a similar subcommand exists: 'serve'"),
            ("xtask serve --port 99999", "a port is a number from 0 (any free one) to 65535"),
            ("xtask build --address example.org", "begins with https:// or http://"),
            ("xtask simulate --series", "<QUERY>"),
            ("xtask simulate a=1 --series --study", "cannot be used with"),
            ("xtask fuzz nothing", "[possible values: codes, host, lesson, query, run]"),
            ("xtask package now", "unexpected argument 'now'"),
        ] {
            let error = error(words);
            assert_eq!(error.exit_code(), 2, "{words}");
            assert!(error.to_string().contains(said), "{words}: {error}");
        }
    }
}
