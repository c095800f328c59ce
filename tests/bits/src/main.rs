//! Runs every parameter set of `tests/digests.txt` and fails if a bit is another. The tests check the same in a debug
//! build; `cargo xtask test` builds this optimised, with every instruction that the processor has, and to wasm without SIMD
//! (`run.mjs`).

use std::process::ExitCode;

use deleverage::{Simulator, query};

const SETS: &str = include_str!("../../digests.txt");

fn main() -> ExitCode {
    let mut simulator = Simulator::default();
    let (mut same, mut others) = (0, 0);
    for (query, expected) in SETS.lines().skip(1).filter_map(|line| line.split_once('\t')) {
        let digest = match query::parse(query) {
            Ok(params) => format!("{:016x}", simulator.simulate(&params).digest),
            Err(problem) => problem.to_string(),
        };
        if digest == expected {
            same += 1;
        } else {
            others += 1;
            eprintln!("?{query}: {digest}, and not {expected}");
        }
    }
    println!("{same} of {} runs have the bits of tests/digests.txt", same + others);
    if others == 0 && same >= 200 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
