//! Browser sessions. Starting a browser takes longer than most tests, so a test passes its browser on to the next,
//! with a new tab and without any stored data.

use std::sync::{Arc, Mutex, PoisonError};

use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::browser::{Options, TIMEOUT, capabilities};
use crate::driver::Driver;
use crate::server::Scratch;

/// The browser of one test, closed on drop.
#[derive(Debug)]
pub(crate) struct Session {
    pub runtime: Runtime,
    client: Option<Client>,
    // Dropped in this order, after the browser is closed.
    _driver: Arc<Driver>,
    _profile: Scratch,
}

/// Idle browsers with the usual options and an empty tab.
static IDLE: Mutex<Vec<Session>> = Mutex::new(Vec::new());

/// A driver command that is not in the standard, or is simpler as JSON.
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
    /// A command of the developer tools.
    pub fn devtools(command: &str, parameters: &Value) -> Self {
        Self { path: "goog/cdp/execute", body: json!({ "cmd": command, "params": parameters }) }
    }

    /// Log entries since the last call.
    pub fn log(kind: &str) -> Self {
        Self { path: "se/log", body: json!({ "type": kind }) }
    }
}

impl Session {
    /// Opens a browser with an empty tab.
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

    /// Passes the browser, which has shown pages of this origin, on to the next test; closes it if it cannot be
    /// cleared.
    pub fn leave(self, origin: &str) {
        let emptied = self.runtime.block_on(async { tokio::time::timeout(TIMEOUT, self.empty(origin)).await });
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
        // A later server may use the same port, and responses may be cached for a year.
        client.issue_cmd(Raw::devtools("Network.clearBrowserCache", &json!({}))).await?;
        client.issue_cmd(Raw::log("browser")).await?;
        // A new tab opens in the background without focus.
        client.issue_cmd(Raw::devtools("Page.bringToFront", &json!({}))).await?;
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ = self.runtime.block_on(async { tokio::time::timeout(TIMEOUT, client.close()).await });
        }
    }
}
