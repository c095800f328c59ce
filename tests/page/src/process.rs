//! Memory of whole processes, as the system counts it: with that of workers and pictures, which no page can be asked for.

use std::collections::HashMap;
use std::fs;
use std::process;

/// What the process that runs the page holds and nobody else does, bytes: the largest of those that run pages, in all
/// browsers that this test program has started. The browser has pages of its own, in small ones that come and go.
///
/// # Panics
/// There is no `/proc` to read it from, or there are no such processes.
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

/// The process that started this one.
fn parent(id: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name before it may hold anything.
    stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}

/// Bytes that only this process has and has written to, if it runs pages.
fn private(id: u32) -> Option<f64> {
    let command = fs::read(format!("/proc/{id}/cmdline")).ok()?;
    if !String::from_utf8_lossy(&command).contains("--type=renderer") {
        return None;
    }
    let sums = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).ok()?;
    let line = sums.lines().find_map(|line| line.strip_prefix("Private_Dirty:"))?;
    Some(1024.0 * line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()?)
}
