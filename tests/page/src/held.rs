//! Resources held by a page: memory, nodes, listeners, workers. Also random draws and durations for endurance tests.

use std::time::Duration;

use serde_json::json;

use crate::Page;

/// Resources held by a page after garbage collection.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// Script memory without typed arrays, bytes.
    pub heap: f64,
    /// Memory of typed arrays without that of simulators, bytes.
    pub arrays: f64,
    /// Memory of documents, bytes.
    pub dom: f64,
    /// Memory of simulators, bytes; it only grows.
    pub wasm: f64,
    /// Nodes in all documents.
    pub nodes: f64,
    /// Listeners in all documents.
    pub listeners: f64,
    /// Documents: the page and its frames.
    pub documents: f64,
    /// Running workers.
    pub workers: f64,
}

/// Counts workers and their memory in every document opened from now on.
const COUNT: &str = "
    globalThis.workers = new Set();
    globalThis.memories = new Set();
    globalThis.Worker = class extends Worker {
      constructor(...all) { super(...all); workers.add(this) }
      terminate() { workers.delete(this); super.terminate() }
    };
    const watched = (make) => async (...all) => {
      const made = await make(...all);
      memories.add((made.instance ?? made).exports.memory);
      return made;
    };
    WebAssembly.instantiateStreaming = watched(WebAssembly.instantiateStreaming);
    WebAssembly.instantiate = watched(WebAssembly.instantiate);";

impl Page {
    /// Starts counting workers and simulator memory, from the next document on.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn count(&self) {
        self.before_each_document(COUNT);
        self.devtools("Performance.enable", &json!({}));
        self.devtools("HeapProfiler.enable", &json!({}));
    }

    /// Runs a script in every document from the next on, before its own scripts.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn before_each_document(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }));
    }

    /// Collects garbage.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn collect(&self) {
        // Drops the browser's cache of loaded files by limiting it to nothing. Network observation must end at once,
        // because the browser would keep all traffic.
        self.devtools("Network.enable", &json!({ "maxTotalBufferSize": 0 }));
        for disabled in [true, false] {
            self.devtools("Network.setCacheDisabled", &json!({ "cacheDisabled": disabled }));
        }
        self.devtools("Network.disable", &json!({}));
        // Twice, because finalisers run after the first collection and free more.
        for _ in 0..2 {
            self.devtools("HeapProfiler.collectGarbage", &json!({}));
            self.run("await frame()");
        }
    }

    /// Resources held by the page now.
    ///
    /// # Panics
    /// [`Page::count`] was not called before the page was opened.
    #[must_use]
    pub fn held(&self) -> Held {
        self.collect();
        let metric = self.metrics();
        let usage = self.devtools("Runtime.getHeapUsage", &json!({}));
        let used = |name: &str| usage[name].as_f64().unwrap_or_else(|| panic!("there is no {name}"));
        let [wasm, workers] = self.simulators_and_workers();
        Held {
            heap: used("usedSize"),
            arrays: used("backingStorageSize"),
            dom: used("embedderHeapUsedSize"),
            wasm,
            nodes: metric("Nodes"),
            listeners: metric("JSEventListeners"),
            documents: metric("Documents"),
            workers,
        }
    }

    /// As [`Page::held`], including the first `frames` frames. Frames of other origins must be in the process of the
    /// page ([`crate::Options::together`]).
    ///
    /// # Panics
    /// As [`Page::held`], or there are fewer frames.
    #[must_use]
    pub fn held_with_frames(&self, frames: u16) -> Held {
        let mut held = self.held();
        for frame in 0..frames {
            self.inside(frame);
            let [wasm, workers] = self.simulators_and_workers();
            held.wasm += wasm;
            held.workers += workers;
        }
        self.outside();
        held
    }

    /// Processor time used by the page, s, independent of other load.
    ///
    /// # Panics
    /// [`Page::count`] was not called.
    #[must_use]
    pub fn worked(&self) -> f64 {
        self.metrics()("ThreadTime")
    }

    /// The browser's metrics by name.
    fn metrics(&self) -> impl Fn(&str) -> f64 + use<> {
        let metrics = self.devtools("Performance.getMetrics", &json!({}));
        move |name| {
            let all = metrics["metrics"].as_array().expect("metrics");
            let found = all.iter().find(|metric| metric["name"] == name);
            found.and_then(|metric| metric["value"].as_f64()).unwrap_or_else(|| panic!("there is no metric {name}"))
        }
    }

    fn simulators_and_workers(&self) -> [f64; 2] {
        let own = self.get("[[...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0), workers.size]");
        [0, 1].map(|at| own[at].as_f64().expect("a number"))
    }
}

impl std::fmt::Display for Held {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { heap, arrays, dom, wasm, nodes, listeners, documents, workers } = self;
        let [heap, arrays, dom, wasm] = [heap, arrays, dom, wasm].map(|bytes| bytes / 1e6);
        write!(
            formatter,
            "{heap:.2} MB of scripts, {arrays:.2} MB of arrays, {dom:.2} MB of documents, {wasm:.2} MB of simulators, \
             {nodes} nodes, {listeners} listeners, {documents} documents, {workers} workers"
        )
    }
}

/// Duration of an endurance test: `usual` seconds, or `DELEVERAGE_SECONDS`.
///
/// # Panics
/// The variable is not a number.
#[must_use]
pub fn duration(usual: u64) -> Duration {
    Duration::from_secs(from_environment("DELEVERAGE_SECONDS").unwrap_or(usual))
}

/// A number from the environment.
///
/// # Panics
/// The variable is set and not a number.
#[must_use]
pub fn from_environment(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is {text:?}, not a whole number")))
}

/// Random numbers from a seed (`SplitMix64`).
#[derive(Debug, Clone)]
pub struct Draws(pub u64);

impl Draws {
    /// Any number.
    pub fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number below `count`.
    pub fn below(&mut self, count: u64) -> u64 {
        self.any() % count
    }

    /// A number from 0 to 1.
    pub fn share(&mut self) -> f64 {
        f64::from((self.any() >> 32) as u32) / f64::from(u32::MAX)
    }

    /// An item of `all`.
    ///
    /// # Panics
    /// `all` is empty.
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).expect("few")]
    }
}
