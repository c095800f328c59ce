//! The commands in words, and the error for a command line that is wrong.

/// What `cargo xtask` prints when it was not told what to do.
pub const USAGE: &str = "\
usage: cargo xtask <command>

  serve     build the page, serve it at http://127.0.0.1:8080 and build again when a source changes
              --port <number>  --host <address>  --no-watch
  build     write the static site and say what it weighs
              --out <directory, dist unless given>  --dev (quick to build, not optimised)
  package   pack the element for npm, into target/package/
  test      everything that CI checks, in order; the first failure stops it
  fuzz      throw what nobody would write at what reads from outside, and at the model
              [<target>]  --seconds <number, 60 for each target unless given>  --seed <number>
  soak      use the page for long, as a class and as a monkey: what was broken, and what has piled up
              [soak | monkey]  --seconds <number, 600 for each test unless given>  --seed <number>
  simulate  print one run as JSON, second by second as CSV, or what else could have happened
              '<query, as in the page's address>'  --series  --study
  episodes  print what was published of days that happened, beside what the model makes of them
              --json
  acceptance  print how far the opening hangs on choices that no source settles, and whether it holds
  words     bring the files of all languages in line with the sources, and say what each lacks
  bench     measure what things cost, in the browser and natively, as ratios within one run
              --json";

/// The command line was wrong: `main` prints the words and exits with 2, where other failures exit
/// with 1.
#[derive(Debug)]
pub struct UsageError(pub String);

impl std::fmt::Display for UsageError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for UsageError {}
