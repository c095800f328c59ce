//! The one chromedriver of a test program: started with the first browser, stopped with the last.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use crate::place;

/// A running chromedriver; dropped, it stops.
#[derive(Debug)]
pub struct Driver {
    child: Child,
    url: String,
}

static RUNNING: Mutex<Weak<Driver>> = Mutex::new(Weak::new());

/// How long it may take to listen.
const PATIENCE: Duration = Duration::from_secs(30);

impl Driver {
    /// The driver that runs already, or a new one.
    ///
    /// # Panics
    /// There is none, or it does not start; the message says what happened.
    #[must_use]
    pub fn shared() -> Arc<Self> {
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        running.upgrade().unwrap_or_else(|| {
            let driver = Arc::new(Self::start());
            *running = Arc::downgrade(&driver);
            driver
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    fn start() -> Self {
        let program = place::chromedriver();
        let mut command = Command::new(&program);
        // Port 0 is any free one; the driver says which.
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
        let output = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
        let (say, hear) = mpsc::channel();
        // It reads until the driver ends, because a driver whose output nobody takes stops.
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = say.send(line);
            }
        });
        // Held from here, so that a driver that does not listen is stopped, too.
        let mut driver = Self { child, url: String::new() };
        let mut said = String::new();
        while driver.url.is_empty() {
            match hear.recv_timeout(PATIENCE) {
                Ok(line) => match port(&line) {
                    Some(port) => driver.url = format!("http://127.0.0.1:{port}"),
                    None => said = said + &line + "\n",
                },
                Err(RecvTimeoutError::Disconnected) => panic!("{} ended. It said:\n{said}", program.display()),
                Err(RecvTimeoutError::Timeout) => panic!("{} does not listen. It said:\n{said}", program.display()),
            }
        }
        driver
    }
}

/// The port in "`ChromeDriver` was started successfully on port 38215."
fn port(line: &str) -> Option<u16> {
    let (_, port) = line.trim_end_matches('.').rsplit_once("started successfully on port ")?;
    port.parse().ok()
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The browsers are gone: whoever held one has closed it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
