//! The same parameters and seed give the same bits as when `digests.txt` was written.
//!
//! Each line of that file is a query, a tab and the digest of its run. After a deliberate change of the model,
//! raise `MODEL_VERSION` and write the file again with `DELEVERAGE_BLESS=1 cargo test --test model digest`.

use std::fmt::Write;

use crate::common::params;
use deleverage::{MODEL_VERSION, Simulator};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/digests.txt");

#[test]
fn digests_are_those_of_this_version_of_the_model() {
    let committed = std::fs::read_to_string(FILE).expect("tests/digests.txt");
    let mut simulator = Simulator::default();
    let mut fresh = format!("model version\t{MODEL_VERSION}\n");
    for line in committed.lines().skip(1) {
        let (query, _) = line.split_once('\t').expect("a query, a tab and a digest");
        let digest = simulator.simulate(&params(query)).digest;
        writeln!(fresh, "{query}\t{digest:016x}").expect("writing to a string cannot fail");
    }
    assert!(fresh.lines().count() > 200, "some parameter sets are missing");
    if std::env::var_os("DELEVERAGE_BLESS").is_some() {
        std::fs::write(FILE, &fresh).expect("tests/digests.txt is written");
        return;
    }
    assert!(
        fresh == committed,
        "the model gives other bits than it did. If that is meant, raise MODEL_VERSION in src/model/version.rs and \
         write tests/digests.txt with DELEVERAGE_BLESS=1 cargo test --test model digest; it would be:\n\n{fresh}"
    );
}
