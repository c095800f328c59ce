//! The browsers in which the page is tested, and their capabilities.

use std::process::Command;
use std::time::Duration;

use fantoccini::wd::Capabilities;
use serde_json::{Value, json};

use crate::place;
use crate::server::Scratch;

/// Time limit for a script, on a busy machine.
pub(crate) const TIMEOUT: Duration = Duration::from_mins(1);

/// A browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, the only one with developer tools, logs and any screen size.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK's `MiniBrowser`.
    WebKit,
}

/// Options for starting a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "switches that have nothing to do with each other")]
pub struct Options {
    /// The browser.
    pub browser: Browser,
    /// Whether pages may run scripts.
    pub javascript: bool,
    /// Whether the log `performance` records network events.
    pub network: bool,
    /// Whether pages may store anything: cookies, storage, caches.
    pub storage: bool,
    /// Whether frames of other origins share the process of the page, so that their resources are counted with it.
    pub together: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { browser: Browser::Chromium, javascript: true, network: false, storage: true, together: false }
    }
}

/// Capabilities for starting a browser.
///
/// # Panics
/// The options require Chromium.
pub(crate) fn capabilities(profile: &Scratch, options: Options) -> Capabilities {
    let timeout = u64::try_from(TIMEOUT.as_millis()).expect("a minute");
    let mut capabilities = match options.browser {
        Browser::Chromium => chromium(profile, options),
        other => {
            assert!(
                options.javascript && !options.network && options.storage && !options.together,
                "only Chromium can be asked for that, not {other:?}"
            );
            if other == Browser::Firefox { firefox() } else { json!({ "browserName": "MiniBrowser" }) }
        }
    };
    capabilities["timeouts"] = json!({ "script": timeout, "pageLoad": timeout });
    match capabilities {
        Value::Object(capabilities) => capabilities,
        _ => unreachable!("written as an object"),
    }
}

fn chromium(profile: &Scratch, options: Options) -> Value {
    let mut arguments = vec![
        format!("--user-data-dir={}", profile.path().display()),
        "--headless".into(),
        "--window-size=1280,900".into(),
        "--disable-gpu".into(),
        "--disable-dev-shm-usage".into(),
        "--disable-quic".into(),
        "--no-first-run".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        // Blocks every host except this one.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1".into(),
    ];
    let id = Command::new("id").arg("-u").output();
    if id.is_ok_and(|output| output.stdout.trim_ascii() == b"0") {
        // Chromium's sandbox does not work as root.
        arguments.push("--no-sandbox".into());
    }
    if options.together {
        arguments.push("--disable-site-isolation-trials".into());
        arguments.push("--disable-features=IsolateOrigins,site-per-process,IsolateSandboxedIframes".into());
    }
    let mut preferences = json!({});
    if !options.javascript {
        preferences["profile.managed_default_content_settings.javascript"] = 2.into();
    }
    if !options.storage {
        preferences["profile.default_content_setting_values.cookies"] = 2.into();
    }
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL", "performance": if options.network { "ALL" } else { "OFF" } },
        "goog:chromeOptions": { "binary": place::chromium(), "args": arguments, "prefs": preferences },
    })
}

fn firefox() -> Value {
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": place::firefox(),
            "args": ["-headless", "--width=1280", "--height=900"],
            // Sends requests to other hosts to a proxy that does not exist.
            "prefs": { "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9,
                "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9 },
        },
    })
}
