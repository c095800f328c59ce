//! `cargo xtask acceptance`: how the opening depends on choices that no source settles.

use anyhow::{Result, ensure};
use deleverage::Params;
use deleverage::study::sensitivity::{Sensitivity, Size, Spread};

/// Prints the table.
///
/// # Errors
/// The opening fails a criterion.
pub fn run() -> Result<()> {
    let study = Sensitivity::new(&Params::default(), Size::WHOLE);
    println!("Greatest fall, %: median, and 5 to 95% of the seeds\n");
    println!("{}", line("Opening", "", &study.opening));
    for row in &study.rows {
        println!("{}", line(&row.choice, &row.value, &row.falls));
    }
    println!("\nBot density, %: R of margin limits and critical shock (closed form), falls of the run\n");
    for at in &study.densities {
        let critical = at.critical_shock.map_or_else(|| "none".into(), |shock| format!("{shock:.1}"));
        println!("{}", line(&format!("{:>3}   R {:.2}", at.bots, at.r_max), &critical, &at.falls));
    }
    let bots =
        |bots: Option<f64>| bots.map_or_else(|| "at no bot density".into(), |bots| format!("at {bots:.1}% bots"));
    println!("\nR passes 1 {}, the median passes 10% {}\n", bots(study.r_passes_1), bots(study.median_passes));
    let criteria = study.criteria();
    for criterion in &criteria {
        let passed = if criterion.passed { "pass" } else { "FAIL" };
        println!("{passed}  {}: {}", criterion.words, criterion.found);
    }
    let failed = criteria.iter().filter(|criterion| !criterion.passed).count();
    ensure!(failed == 0, "the opening fails {failed} criteria");
    Ok(())
}

fn line(name: &str, value: &str, falls: &Spread) -> String {
    let Spread { seeds, low, median, high } = falls;
    format!("{name:<50} {value:>10}  {median:>6.1}  {low:>6.1} to {high:>5.1}  ({seeds} seeds)")
}
