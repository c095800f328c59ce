//! The server of `cargo xtask serve`, with files replaced to simulate failures.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use xtask::server::Server;

use crate::place;

/// The wasm that the page requests first.
pub const WASM: &str = "pkg/deleverage_bg.wasm";

/// A script that records errors of a page in `errors`, in any browser.
pub const WATCH: &str = include_str!("watch.js");

/// Serves the built page as it is.
#[must_use]
pub fn as_built() -> Server {
    serve(&place::dist())
}

/// Serves the built page with [`WATCH`] as the first script of these pages; the modified copies are in `scratch`.
///
/// # Panics
/// A page cannot be read or copied.
#[must_use]
pub fn watched(scratch: &Scratch, pages: &[&str]) -> Server {
    let watch = scratch.file("watch.js", WATCH.as_bytes());
    pages.iter().fold(as_built().with_extra("/watch.js", watch), |server, name| {
        let page = fs::read_to_string(place::dist().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        // After the content security policy, which binds this script too.
        let (before, after) = page.split_once("<title>").unwrap_or_else(|| panic!("{name} has no title"));
        let page = format!("{before}<script src=\"watch.js\"></script><title>{after}");
        let copy = scratch.file(name, page.as_bytes());
        let server = server.with_extra(&format!("/{name}"), &copy);
        if *name == "index.html" { server.with_extra("/", copy) } else { server }
    })
}

/// Serves a directory on a free port.
///
/// # Panics
/// There is no free port.
#[must_use]
pub fn serve(directory: &Path) -> Server {
    Server::start(directory, ("127.0.0.1", 0)).unwrap_or_else(|error| panic!("cannot serve the page: {error:#}"))
}

/// Serves a third-party page on a separate origin, without the security headers, until the test program ends; returns
/// its address.
///
/// # Panics
/// There is no free port.
#[must_use]
pub fn stranger(html: &str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    let length = html.len();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\nConnection: \
         close\r\n\r\n{html}"
    );
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let answer = answer.clone();
            // One thread per connection: a browser may connect in advance and send nothing.
            thread::spawn(move || {
                // The request does not matter, and neither does a client that has gone.
                drop(stream.read(&mut [0; 4096]));
                drop(stream.write_all(answer.as_bytes()));
            });
        }
    });
    address
}

/// Serves the same site at a second address, where one file is cut off: the connection closes after half of the
/// announced length. Runs until the test program ends.
///
/// # Panics
/// There is no free port.
#[must_use]
pub fn breaking_off(site: SocketAddr, file: &str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = format!("http://{}/", listener.local_addr().expect("an address"));
    let broken = format!("GET {file} ");
    thread::spawn(move || {
        for mut visitor in listener.incoming().flatten() {
            let broken = broken.clone();
            thread::spawn(move || -> io::Result<()> {
                let mut asked = vec![0; 1 << 16];
                let length = visitor.read(&mut asked)?;
                let mut host = TcpStream::connect(site)?;
                host.write_all(&asked[..length])?;
                host.shutdown(Shutdown::Write)?;
                let mut answer = Vec::new();
                host.read_to_end(&mut answer)?;
                let whole = !asked.starts_with(broken.as_bytes());
                visitor.write_all(&answer[..if whole { answer.len() } else { answer.len() / 2 }])
            });
        }
    });
    address
}

/// A temporary directory of one test, removed on drop.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// A new, empty directory.
    ///
    /// # Panics
    /// It cannot be created.
    #[must_use]
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let mut path = Self::of_program().into_os_string();
        path.push(COUNT.fetch_add(1, Ordering::Relaxed).to_string());
        let path = PathBuf::from(path);
        fs::create_dir_all(&path).unwrap_or_else(|error| panic!("cannot make {}: {error}", path.display()));
        Self(path)
    }

    /// Common prefix of all temporary paths of this program.
    pub(crate) fn of_program() -> PathBuf {
        std::env::temp_dir().join(format!("deleverage-page-{}-", process::id()))
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Creates a file in it.
    ///
    /// # Panics
    /// It cannot be written.
    #[must_use]
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
        path
    }

    /// Creates a named pipe, whose reader waits until it is written: a response that takes as long as the test wants.
    ///
    /// # Panics
    /// The system has no named pipes.
    #[must_use]
    pub fn slow_file(&self, name: &str) -> PathBuf {
        let path = self.0.join(name);
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.is_ok_and(|status| status.success()), "cannot make the named pipe {}", path.display());
        path
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A closing browser may write once more; the rest is removed with the directory of the program.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The bytes of the wasm.
///
/// # Panics
/// It cannot be read.
#[must_use]
pub fn wasm() -> Vec<u8> {
    fs::read(place::hashed(WASM)).unwrap_or_else(|error| panic!("cannot read the wasm: {error}"))
}
