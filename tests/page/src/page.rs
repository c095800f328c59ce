//! A browser with the page in it: opening, scripts, waiting.

use std::cell::Cell;
use std::net::SocketAddr;
use std::thread;

use fantoccini::Client;
use serde_json::Value;
use xtask::server::Server;

use crate::browser::{Options, PATIENCE};
use crate::server;
use crate::session::{Raw, Session};

/// What every script of a test has at hand.
const PRELUDE: &str = include_str!("prelude.js");

/// The whole laboratory.
pub const LABORATORY: &str = "deleverage-lab[linked]";

/// The figure that the page opens with.
pub const OPENING: &str = "#fig-opening";

/// A browser with the page in it, and nothing that another test has left.
#[derive(Debug)]
pub struct Page {
    figure: Cell<&'static str>,
    session: Option<Session>,
    /// Whether the browser is as all are with a new tab in it, so that another test may have it.
    as_usual: Cell<bool>,
    server: Server,
}

impl Page {
    /// The page as it is built, with this query (`?bots=20`, or nothing), once the laboratory is ready.
    ///
    /// # Panics
    /// It does not get ready.
    #[must_use]
    pub fn open(query: &str) -> Self {
        let page = Self::start(server::as_built(), Options::default());
        page.visit(query);
        page
    }

    /// The page with this figure of it in sight and ready.
    ///
    /// # Panics
    /// It does not get ready.
    #[must_use]
    pub fn open_at(figure: &'static str, query: &str) -> Self {
        let page = Self::start(server::as_built(), Options::default());
        page.look_at(figure);
        page.visit(query);
        page
    }

    /// A browser with nothing in it yet.
    ///
    /// # Panics
    /// The browser or its driver does not start.
    #[must_use]
    pub fn start(server: Server, options: Options) -> Self {
        let as_usual = Cell::new(options == Options::default());
        Self { figure: Cell::new(LABORATORY), session: Some(Session::open(options)), as_usual, server }
    }

    /// From now on `lab` in scripts is the element of this selector.
    pub fn look_at(&self, figure: &'static str) {
        self.figure.set(figure);
    }

    /// Goes to the figure, as a reader would who scrolls there, and waits until it is ready.
    ///
    /// # Panics
    /// It does not get ready.
    pub fn go_to(&self, figure: &'static str) {
        self.look_at(figure);
        self.run("lab.scrollIntoView({ behavior: 'instant' }); await lab.ready; await frame()");
    }

    /// Opens the page with this query, goes to the figure that is looked at, and waits until it is ready.
    ///
    /// # Panics
    /// It does not get ready.
    pub fn visit(&self, query: &str) {
        self.load(query);
        self.run("await customElements.whenDefined('deleverage-lab')");
        self.go_to(self.figure.get());
    }

    /// Opens the page with this query, and waits for the document only.
    ///
    /// # Panics
    /// The browser cannot.
    pub fn load(&self, query: &str) {
        let url = format!("{}{query}", self.server.url());
        self.wait_for("open the page", self.session().client().goto(&url));
    }

    /// Where the page is.
    #[must_use]
    pub fn origin(&self) -> String {
        self.server.url()
    }

    /// Where the server of the page listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.server.addr()
    }

    pub(crate) fn session(&self) -> &Session {
        self.session.as_ref().expect("open until dropped")
    }

    /// The driver's client, for what is not here. The browser is not used again.
    #[must_use]
    pub fn client(&self) -> &Client {
        self.as_usual.set(false);
        self.session().client()
    }

    /// Waits for an answer of the driver.
    ///
    /// # Panics
    /// The answer is an error, or none comes.
    pub fn wait_for<T, E: std::fmt::Display>(&self, what: &str, answer: impl Future<Output = Result<T, E>>) -> T {
        let answer = self.session().runtime.block_on(async { tokio::time::timeout(2 * PATIENCE, answer).await });
        match answer {
            Ok(Ok(value)) => value,
            Ok(Err(error)) => panic!("cannot {what}: {error}"),
            Err(late) => panic!("cannot {what}: the driver does not answer, {late}"),
        }
    }

    /// A command to the driver as JSON.
    ///
    /// # Panics
    /// The driver refuses.
    pub(crate) fn command(&self, path: &'static str, body: Value) -> Value {
        self.wait_for(path, self.session().client().issue_cmd(Raw { path, body }))
    }

    /// A command of the browser's own protocol, that of its developer tools. The browser is not used again.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.as_usual.set(false);
        self.of_this_tab(command, parameters)
    }

    /// The same, of what ends with the tab.
    pub(crate) fn of_this_tab(&self, command: &str, parameters: &Value) -> Value {
        self.wait_for(command, self.session().client().issue_cmd(Raw::devtools(command, parameters)))
    }

    /// Runs statements in the page, with `prelude.js` at hand; gives what they return.
    ///
    /// # Panics
    /// They throw.
    pub fn run(&self, statements: &str) -> Value {
        self.run_with(statements, &Value::Null)
    }

    /// As [`Page::run`], with a value that the script knows as `given`.
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
    /// It throws, or gives something else.
    pub fn text(&self, expression: &str) -> String {
        match self.get(expression) {
            Value::String(text) => text,
            other => panic!("{expression} is {other}, not a text"),
        }
    }

    /// As [`Page::get`], for a number.
    ///
    /// # Panics
    /// It throws, or gives something else.
    pub fn number(&self, expression: &str) -> f64 {
        self.get(expression).as_f64().unwrap_or_else(|| panic!("{expression} is not a number"))
    }

    /// As [`Page::get`], for yes or no.
    ///
    /// # Panics
    /// It throws, or gives something else.
    pub fn holds(&self, expression: &str) -> bool {
        self.get(expression).as_bool().unwrap_or_else(|| panic!("{expression} is neither true nor false"))
    }

    /// Opens every fold, also those in what is loaded then.
    ///
    /// # Panics
    /// Something that is to be loaded does not come.
    pub fn unfold(&self) {
        let open = "root.querySelectorAll('details').forEach((details) => (details.open = true)); await frame()";
        self.run(open);
        self.until(
            "root.querySelectorAll('.study input').length > 0 && text('.study .working') === ''
             && ['.story li', '.rows tr', '.along-body'].every((content) => root.querySelector(content))",
        );
        self.run(open);
    }

    /// Waits until an expression gives something; gives that.
    ///
    /// # Panics
    /// It does not in most of a minute.
    pub fn until(&self, expression: &str) -> Value {
        let value = self.run(&format!("return until(async () => ({expression}))"));
        assert!(!value.is_null(), "waited for {expression}, in vain. The page shows:\n{}", self.shown());
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
