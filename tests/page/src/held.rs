//! What a page holds on to: memory, nodes, listeners, workers; and how tests of endurance draw and how long they take.

use std::time::Duration;

use serde_json::json;

use crate::Page;

/// What a page holds once everything that can be given back has been.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// Memory of scripts, bytes, without what typed arrays hold.
    pub heap: f64,
    /// What typed arrays hold, bytes, without the memory of the simulators.
    pub arrays: f64,
    /// Memory of documents, bytes.
    pub dom: f64,
    /// Memory of the simulators, bytes. It only grows.
    pub wasm: f64,
    /// Nodes of all documents.
    pub nodes: f64,
    /// Listeners of all documents.
    pub listeners: f64,
    /// Documents: that of the page and those of its frames.
    pub documents: f64,
    /// Workers that run.
    pub workers: f64,
}

/// Counts workers, and what they hold, in every document that is opened from now on.
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
    /// From the next document on, workers and the memory of simulators are counted.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn count(&self) {
        self.before_each_document(COUNT);
        self.devtools("Performance.enable", &json!({}));
        self.devtools("HeapProfiler.enable", &json!({}));
    }

    /// Runs a script in every document from the next on, before anything else in it.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn before_each_document(&self, script: &str) {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": script }));
    }

    /// Gives back what nobody holds any more.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn collect(&self) {
        // What the browser keeps of files that it has loaded, for pages to come, goes when it is told to keep nothing. It
        // must not watch the network for longer: it would keep all that was sent.
        self.devtools("Network.enable", &json!({ "maxTotalBufferSize": 0 }));
        for disabled in [true, false] {
            self.devtools("Network.setCacheDisabled", &json!({ "cacheDisabled": disabled }));
        }
        self.devtools("Network.disable", &json!({}));
        // Twice, because what waits to be told that something is gone is given back after that.
        for _ in 0..2 {
            self.devtools("HeapProfiler.collectGarbage", &json!({}));
            self.run("await frame()");
        }
    }

    /// What the page holds now.
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

    /// As [`Page::held`], with what the first so many frames hold. Those of other origins have to be in the process of
    /// the page for it ([`crate::Options::together`]).
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

    /// For how long the page has been at work, seconds of the processor: whatever else the machine does.
    ///
    /// # Panics
    /// [`Page::count`] was not called.
    #[must_use]
    pub fn worked(&self) -> f64 {
        self.metrics()("ThreadTime")
    }

    /// What the browser counts, by name.
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

/// For how long a test of endurance goes on: so many seconds, or as many as `DELEVERAGE_SECONDS` says.
///
/// # Panics
/// It says something else.
#[must_use]
pub fn patience(usual: u64) -> Duration {
    Duration::from_secs(from_environment("DELEVERAGE_SECONDS").unwrap_or(usual))
}

/// A number that the environment gives.
///
/// # Panics
/// It gives something else.
#[must_use]
pub fn from_environment(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is {text:?}, not a whole number")))
}

/// Draws from a seed (`SplitMix64`): the same every time.
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

    /// A whole number below this one.
    pub fn below(&mut self, count: u64) -> u64 {
        self.any() % count
    }

    /// A number from 0 to 1.
    pub fn share(&mut self) -> f64 {
        f64::from((self.any() >> 32) as u32) / f64::from(u32::MAX)
    }

    /// One of these.
    ///
    /// # Panics
    /// There are none.
    pub fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).expect("few")]
    }
}
