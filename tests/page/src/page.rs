//! A browser with the page: opening, running scripts, waiting.

use std::cell::Cell;
use std::net::SocketAddr;
use std::thread;

use fantoccini::Client;
use serde_json::Value;
use xtask::server::Server;

use crate::browser::{Options, TIMEOUT};
use crate::server;
use crate::session::{Raw, Session};

/// Helpers available to every script of a test.
const PRELUDE: &str = include_str!("prelude.js");

/// The whole laboratory.
pub const LABORATORY: &str = "deleverage-lab[linked]";

/// The first figure of the page.
pub const OPENING: &str = "#fig-opening";

/// A browser with the page, and without traces of other tests.
#[derive(Debug)]
pub struct Page {
    figure: Cell<&'static str>,
    session: Option<Session>,
    /// Whether the browser is unchanged except for its tab, so that a later test may reuse it.
    as_usual: Cell<bool>,
    server: Server,
}

impl Page {
    /// Opens the built page with this query (`?bots=20`, or empty) and waits until the laboratory is ready.
    ///
    /// # Panics
    /// It does not become ready.
    #[must_use]
    pub fn open(query: &str) -> Self {
        let page = Self::start(server::as_built(), Options::default());
        page.visit(query);
        page
    }

    /// Opens the page and waits until this figure is in view and ready.
    ///
    /// # Panics
    /// It does not become ready.
    #[must_use]
    pub fn open_at(figure: &'static str, query: &str) -> Self {
        let page = Self::start(server::as_built(), Options::default());
        page.look_at(figure);
        page.visit(query);
        page
    }

    /// Starts a browser with an empty tab.
    ///
    /// # Panics
    /// The browser or its driver does not start.
    #[must_use]
    pub fn start(server: Server, options: Options) -> Self {
        let as_usual = Cell::new(options == Options::default());
        Self { figure: Cell::new(LABORATORY), session: Some(Session::open(options)), as_usual, server }
    }

    /// Makes `lab` in scripts the element with this selector.
    pub fn look_at(&self, figure: &'static str) {
        self.figure.set(figure);
    }

    /// Scrolls to the figure and waits until it is ready.
    ///
    /// # Panics
    /// It does not become ready.
    pub fn go_to(&self, figure: &'static str) {
        self.look_at(figure);
        self.run("lab.scrollIntoView({ behavior: 'instant' }); await lab.ready; await frame()");
    }

    /// Opens the page with this query, scrolls to the current figure, and waits until it is ready.
    ///
    /// # Panics
    /// It does not become ready.
    pub fn visit(&self, query: &str) {
        self.load(query);
        self.run("await customElements.whenDefined('deleverage-lab')");
        self.go_to(self.figure.get());
    }

    /// Opens the page with this query and waits for the document only.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn load(&self, query: &str) {
        let url = format!("{}{query}", self.server.url());
        self.wait_for("open the page", self.session().client().goto(&url));
    }

    /// Origin of the page.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.url()
    }

    /// Address of the page's server.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.server.addr()
    }

    pub(crate) fn session(&self) -> &Session {
        self.session.as_ref().expect("open until dropped")
    }

    /// The client of the driver, for commands without a method here. The browser is not reused afterwards.
    #[must_use]
    pub fn client(&self) -> &Client {
        self.as_usual.set(false);
        self.session().client()
    }

    /// Waits for a response of the driver.
    ///
    /// # Panics
    /// The response is an error or does not come.
    pub fn wait_for<T, E: std::fmt::Display>(&self, what: &str, answer: impl Future<Output = Result<T, E>>) -> T {
        let answer = self.session().runtime.block_on(async { tokio::time::timeout(2 * TIMEOUT, answer).await });
        match answer {
            Ok(Ok(value)) => value,
            Ok(Err(error)) => panic!("cannot {what}: {error}"),
            Err(late) => panic!("cannot {what}: the driver does not answer, {late}"),
        }
    }

    /// Sends a driver command as JSON.
    ///
    /// # Panics
    /// The driver refuses.
    pub(crate) fn command(&self, path: &'static str, body: Value) -> Value {
        self.wait_for(path, self.session().client().issue_cmd(Raw { path, body }))
    }

    /// Sends a command of the developer tools. The browser is not reused afterwards.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.as_usual.set(false);
        self.of_this_tab(command, parameters)
    }

    /// Sends a command of the developer tools whose effect ends with the tab.
    pub(crate) fn of_this_tab(&self, command: &str, parameters: &Value) -> Value {
        self.wait_for(command, self.session().client().issue_cmd(Raw::devtools(command, parameters)))
    }

    /// Runs statements in the page, with `prelude.js` available; returns their result.
    ///
    /// # Panics
    /// They throw.
    pub fn run(&self, statements: &str) -> Value {
        self.run_with(statements, &Value::Null)
    }

    /// As [`Page::run`], with a value that the script sees as `given`.
    ///
    /// # Panics
    /// The script throws.
    pub fn run_with(&self, statements: &str, given: &Value) -> Value {
        let figure = self.figure.get();
        let script = format!(
            "const given = arguments[0];\nconst lab = document.querySelector({figure:?});\n\
             return (async () => {{\n{PRELUDE}\n{statements}\n}})();"
        );
        self.wait_for(&format!("run {statements:?}"), self.session().client().execute(&script, vec![given.clone()]))
    }

    /// The value of an expression in the page.
    ///
    /// # Panics
    /// It throws.
    pub fn get(&self, expression: &str) -> Value {
        self.run(&format!("return ({expression})"))
    }

    /// As [`Page::get`], for text.
    ///
    /// # Panics
    /// The expression throws or has a different type.
    pub fn text(&self, expression: &str) -> String {
        match self.get(expression) {
            Value::String(text) => text,
            other => panic!("{expression} is {other}, not a text"),
        }
    }

    /// As [`Page::get`], for a number.
    ///
    /// # Panics
    /// The expression throws or has a different type.
    pub fn number(&self, expression: &str) -> f64 {
        self.get(expression).as_f64().unwrap_or_else(|| panic!("{expression} is not a number"))
    }

    /// As [`Page::get`], for a boolean.
    ///
    /// # Panics
    /// The expression throws or has a different type.
    pub fn holds(&self, expression: &str) -> bool {
        self.get(expression).as_bool().unwrap_or_else(|| panic!("{expression} is neither true nor false"))
    }

    /// Opens all disclosures, including those that are loaded by opening others.
    ///
    /// # Panics
    /// Content does not load.
    pub fn unfold(&self) {
        let open = "root.querySelectorAll('details').forEach((details) => (details.open = true)); await frame()";
        self.run(open);
        self.until(
            "root.querySelectorAll('.study input').length > 0 && text('.study .working') === ''
             && ['.story li', '.rows tr', '.along-body'].every((content) => root.querySelector(content))",
        );
        self.run(open);
    }

    /// Waits until an expression is truthy; returns its value.
    ///
    /// # Panics
    /// It is not within most of a minute.
    pub fn until(&self, expression: &str) -> Value {
        let value = self.run(&format!("return until(async () => ({expression}))"));
        assert!(!value.is_null(), "timed out waiting for {expression}. The page shows:\n{}", self.shown());
        value
    }

    fn shown(&self) -> Value {
        self.run("return { notice: text('.notice'), still: text('.still-note'), time: text('.now .time'), url: location.href }")
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(session) = self.session.take()
            && self.as_usual.get()
            && !thread::panicking()
        {
            session.leave(self.server.url().trim_end_matches('/'));
        }
    }
}
