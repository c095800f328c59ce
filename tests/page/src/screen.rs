//! The environment of the page: screen, user preferences, browser logs.

use serde_json::{Value, json};

use crate::Page;
use crate::session::Raw;

impl Page {
    /// Log entries since the last call: level, source and message.
    ///
    /// # Panics
    /// The driver refuses.
    #[must_use]
    pub fn log(&self, kind: &str) -> Vec<Value> {
        match self.wait_for("read the log", self.session().client().issue_cmd(Raw::log(kind))) {
            Value::Array(entries) => entries,
            other => panic!("the log is {other}"),
        }
    }

    /// Errors and warnings of the browser's console.
    ///
    /// # Panics
    /// The driver refuses.
    #[must_use]
    pub fn complaints(&self) -> Vec<String> {
        let entries = self.log("browser");
        let bad = entries.iter().filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")));
        let words = bad.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned());
        // A visitor who follows a link to the laboratory may not use the preloaded light simulator.
        words.filter(|words| !words.contains("preloaded using link preload but not used")).collect()
    }

    /// Sets the screen size in CSS pixels and the device pixel ratio.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn screen(&self, width: u32, height: u32, ratio: f64) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": false });
        self.of_this_tab("Emulation.setDeviceMetricsOverride", &metrics);
        self.until(&format!("innerWidth === {width} && devicePixelRatio === {ratio} && (await frame(), true)"));
    }

    /// Sets user preferences as media features: `[("prefers-color-scheme", "dark")]`.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn prefer(&self, features: &[(&str, &str)]) {
        let features: Vec<_> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.of_this_tab("Emulation.setEmulatedMedia", &json!({ "features": features }));
        self.run("await frame()");
    }
}
