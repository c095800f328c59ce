//! Memory of whole processes as the system counts it, including workers and images, which scripts cannot measure.

use std::collections::HashMap;
use std::fs;
use std::process;

/// Private memory of the process that renders the page, bytes: the largest renderer in all browsers of this test
/// program. The browser's own pages run in small, short-lived renderers.
///
/// # Panics
/// `/proc` is missing, or there is no such process.
#[must_use]
pub fn memory_of_page() -> f64 {
    let entries = fs::read_dir("/proc").expect("/proc");
    let all: Vec<u32> = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    let parents: HashMap<u32, u32> = all.iter().filter_map(|id| Some((*id, parent(*id)?))).collect();
    let ours = |id: &u32| {
        let mut at = *id;
        while let Some(above) = parents.get(&at) {
            at = *above;
            if at == process::id() {
                return true;
            }
        }
        false
    };
    let held = all.iter().filter(|id| ours(id)).filter_map(|id| private(*id));
    held.max_by(f64::total_cmp).expect("a process that runs pages")
}

/// The parent process.
fn parent(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The process name before it may contain anything.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// Private dirty memory of a renderer, bytes; `None` for other processes.
fn private(id: u32) -> Option<f64> {
    let command = fs::read(format!("/proc/{id}/cmdline")).ok()?;
    if !String::from_utf8_lossy(&command).contains("--type=renderer") {
        return None;
    }
    let sums = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = sums.lines().find_map(|line| line.strip_prefix("Private_Dirty:"))?;
    Some(1024.0 * line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()?)
}
