//! Programs that drive browsers (`WebDriver`). A test program starts one chromedriver, which ends with it. Every other
//! driver serves one browser.

use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::browser::Browser;
use crate::place;
use crate::server::Scratch;

/// A running driver, stopped on drop.
#[derive(Debug)]
pub struct Driver {
    url: String,
    // Field order is drop order: the screen goes last.
    program: Program,
    _screen: Option<Program>,
    /// Closed when this program ends.
    end: Option<ChildStdin>,
}

static RUNNING: Mutex<Option<Arc<Driver>>> = Mutex::new(None);

/// Greatest time until it listens.
const TIMEOUT: Duration = Duration::from_secs(30);

impl Driver {
    /// The driver for this browser: a running one, or a new one.
    ///
    /// # Panics
    /// It is missing or does not start; the message says why.
    #[must_use]
    pub fn of(browser: Browser) -> Arc<Self> {
        match browser {
            Browser::Chromium => Self::shared(),
            Browser::Firefox => Arc::new(Self::firefox()),
            Browser::WebKit => Arc::new(Self::webkit()),
        }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    fn shared() -> Arc<Self> {
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let start = || {
            let mut chromedriver = Command::new(place::chromedriver());
            chromedriver.process_group(0);
            // Port 0 is any free port; the driver prints which.
            let mut driver = Self::with_printed_port(chromedriver.arg("--port=0"), "started successfully on port ");
            driver.end_with_us();
            Arc::new(driver)
        };
        Arc::clone(running.get_or_insert_with(start))
    }

    /// Statics are never dropped. A shell therefore reads from this program until it ends in any way, then ends the
    /// driver and its browsers, which share a process group, and removes their profiles.
    fn end_with_us(&mut self) {
        // Processes that are being killed may still write, hence the retries.
        let script = "cat; kill -s KILL -- \"-$1\"; for i in 1 2 3; do rm -rf -- \"$2\"* && break; sleep 1; done";
        let mut end = Command::new("sh");
        end.args(["-c", script, "sh", &self.program.0.id().to_string()]).arg(Scratch::of_program());
        // In a separate process group, so that it survives an interrupt of this program.
        end.process_group(0).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut end = end.spawn().unwrap_or_else(|error| panic!("cannot start a shell: {error}"));
        self.end = end.stdin.take();
        thread::spawn(move || end.wait());
    }

    fn firefox() -> Self {
        let mut geckodriver = Command::new(place::geckodriver());
        geckodriver.args(["--port", "0", "--websocket-port", "0"]);
        Self::with_printed_port(&mut geckodriver, "Listening on 127.0.0.1:")
    }

    /// Starts a driver that prints its port.
    fn with_printed_port(command: &mut Command, before: &str) -> Self {
        let port = |line: &str| {
            let (_, port) = line.trim_end_matches('.').rsplit_once(before)?;
            port.parse::<u16>().ok()
        };
        let mut tries = 0;
        let (program, port) = loop {
            tries += 1;
            match Program::start(command, port) {
                Ok(started) => break started,
                // chromedriver may choose a port that is free for one address family and taken for the other.
                Err(words) if words.contains("port not available") && tries < 5 => {}
                Err(words) => panic!("{words}"),
            }
        };
        Self { url: format!("http://127.0.0.1:{port}"), program, _screen: None, end: None }
    }

    /// WebKit's driver prints nothing, and its browser needs a screen.
    fn webkit() -> Self {
        // Display numbers may be taken at any time, so the X server chooses one itself and prints it.
        let mut xvfb = Command::new(place::xvfb());
        xvfb.args(["-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]).stderr(Stdio::null());
        let (screen, display) =
            Program::start(&mut xvfb, |line| line.trim().parse::<u32>().ok()).unwrap_or_else(|words| panic!("{words}"));
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|free| free.local_addr()).expect("a free port");
        let mut command = Command::new(place::webkit_driver());
        command.arg(format!("--port={}", free.port())).env("DISPLAY", format!(":{display}"));
        // Keeps the browser away from the desktop and the services of the user who runs the tests.
        command.env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY").env("NO_AT_BRIDGE", "1");
        let mut program = Program::spawn(&mut command);
        let deadline = Instant::now() + TIMEOUT;
        while TcpStream::connect(free).is_err() {
            let ended = program.0.try_wait().expect("the state of the driver");
            assert!(ended.is_none() && Instant::now() < deadline, "{command:?} does not listen ({ended:?})");
            thread::sleep(Duration::from_millis(20));
        }
        Self { url: format!("http://{free}"), program, _screen: Some(screen), end: None }
    }
}

/// A program that runs until it is dropped.
#[derive(Debug)]
struct Program(Child);

impl Program {
    fn spawn(command: &mut Command) -> Self {
        let name = Path::new(command.get_program()).display().to_string();
        let child = command.stdin(Stdio::null()).spawn().unwrap_or_else(|error| panic!("cannot start {name}: {error}"));
        Self(child)
    }

    /// Starts a program and waits for output that `understand` accepts; otherwise returns all output.
    fn start<T>(command: &mut Command, understand: impl Fn(&str) -> Option<T>) -> Result<(Self, T), String> {
        // Created first, so that a silent program is stopped too.
        let mut program = Self::spawn(command.stdout(Stdio::piped()));
        let lines = program.lines();
        let mut said = String::new();
        loop {
            match lines.recv_timeout(TIMEOUT) {
                Ok(line) => match understand(&line) {
                    Some(answer) => return Ok((program, answer)),
                    None => said = said + &line + "\n",
                },
                Err(RecvTimeoutError::Disconnected) => return Err(format!("{command:?} ended. It said:\n{said}")),
                Err(RecvTimeoutError::Timeout) => return Err(format!("{command:?} does not listen. It said:\n{said}")),
            }
        }
    }

    fn lines(&mut self) -> Receiver<String> {
        let output = BufReader::new(self.0.stdout.take().expect("stdout is a pipe"));
        let (say, hear) = mpsc::channel();
        // Reads until the program ends, because a program with a full output pipe stops.
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let _ = say.send(line);
            }
        });
        hear
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // The browsers were closed by their tests.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
