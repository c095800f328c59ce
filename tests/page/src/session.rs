//! A browser that is driven. Starting one takes longer than most tests: who is done with one leaves it to the next, with a new
//! tab in the place of all that was open, and with nothing kept of the page that was there.

use std::sync::{Arc, Mutex, PoisonError};

use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::browser::{Options, PATIENCE, capabilities};
use crate::driver::Driver;
use crate::server::Scratch;

/// A browser of one test; dropped, it closes.
#[derive(Debug)]
pub(crate) struct Session {
    pub runtime: Runtime,
    client: Option<Client>,
    // Dropped in this order, after the browser has closed.
    _driver: Arc<Driver>,
    _profile: Scratch,
}

/// Browsers that are open and have nothing in them, started as most tests want them.
static IDLE: Mutex<Vec<Session>> = Mutex::new(Vec::new());

/// A command to the driver that is not in the standard, or simpler as JSON.
#[derive(Debug)]
pub(crate) struct Raw {
    pub path: &'static str,
    pub body: Value,
}

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

impl Raw {
    /// A command of the browser's own protocol, that of its developer tools.
    pub fn devtools(command: &str, parameters: &Value) -> Self {
        Self { path: "goog/cdp/execute", body: json!({ "cmd": command, "params": parameters }) }
    }

    /// What the browser has logged since the last time.
    pub fn log(kind: &str) -> Self {
        Self { path: "se/log", body: json!({ "type": kind }) }
    }
}

impl Session {
    /// A browser with nothing in it.
    ///
    /// # Panics
    /// The browser or its driver does not start.
    pub fn open(options: Options) -> Self {
        let idle = || IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if options == Options::default()
            && let Some(session) = idle()
        {
            return session;
        }
        let driver = Driver::of(options.browser);
        let profile = Scratch::new();
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(&profile, options));
        let client = runtime
            .block_on(builder.connect(driver.url()))
            .unwrap_or_else(|error| panic!("the browser does not start: {error}"));
        Self { runtime, client: Some(client), _driver: driver, _profile: profile }
    }

    pub fn client(&self) -> &Client {
        self.client.as_ref().expect("open until dropped")
    }

    /// Leaves the browser, which has shown pages of this origin, to the next test; if it cannot be emptied, it closes.
    pub fn leave(self, origin: &str) {
        let emptied = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, self.empty(origin)).await });
        if matches!(emptied, Ok(Ok(()))) {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }

    async fn empty(&self, origin: &str) -> Result<(), CmdError> {
        let client = self.client();
        client.release_actions().await?;
        let tab = client.new_window(true).await?.handle;
        for window in client.windows().await? {
            if window != tab {
                client.switch_to_window(window).await?;
                client.close_window().await?;
            }
        }
        client.switch_to_window(tab).await?;
        let all = json!({ "origin": origin, "storageTypes": "all" });
        client.issue_cmd(Raw::devtools("Storage.clearDataForOrigin", &all)).await?;
        // A port may come back, and what it said may be kept for a year.
        client.issue_cmd(Raw::devtools("Network.clearBrowserCache", &json!({}))).await?;
        client.issue_cmd(Raw::log("browser")).await?;
        // A new tab opens behind the others, where nothing has the focus.
        client.issue_cmd(Raw::devtools("Page.bringToFront", &json!({}))).await?;
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, client.close()).await });
        }
    }
}
