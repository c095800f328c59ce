//! Crowds shared out among processors.

/// Calls `run(first, step)` for each share of `crowds`, which is every `step`-th crowd from the `first` one on: natively
/// on all processors, in a browser once for all of them. Returns all results, in no particular order.
#[cfg(target_family = "wasm")]
pub fn shared_out<T>(_crowds: usize, run: impl Fn(usize, usize) -> Vec<T>) -> Vec<T> {
    run(0, 1)
}

/// Calls `run(first, step)` for each share of `crowds`, which is every `step`-th crowd from the `first` one on: natively
/// on all processors, in a browser once for all of them. Returns all results, in no particular order.
#[cfg(not(target_family = "wasm"))]
pub fn shared_out<T: Send>(crowds: usize, run: impl Fn(usize, usize) -> Vec<T> + Sync) -> Vec<T> {
    use std::thread;

    let processors = thread::available_parallelism().map_or(1, usize::from).min(crowds);
    let run = &run;
    thread::scope(|scope| {
        let shares: Vec<_> = (0..processors).map(|first| scope.spawn(move || run(first, processors))).collect();
        let results = |share: thread::ScopedJoinHandle<Vec<T>>| {
            share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        shares.into_iter().flat_map(results).collect()
    })
}
