//! An HTTP server for a directory, for browsers on this machine, with the headers of a careful host.
//!
//! [`Server::start`] returns at once and answers in the background until it is dropped. Each connection has one thread
//! and one request, so that idle connections, which browsers open in advance, block nothing. `request.rs` reads
//! requests, `address.rs` finds the file of an address, and `answer.rs` writes responses.

mod address;
mod answer;
mod request;
mod site;

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Context as _, Result};

use site::Site;

pub use answer::{CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY, REFERRER_POLICY};

/// Timeout for reading from and writing to a browser.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A running server; stops on drop.
#[derive(Debug)]
pub struct Server {
    /// Locked for reading while a request is answered, and for writing while the files change.
    site: Arc<RwLock<Site>>,
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    listening: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves the directory at the address, as in `("127.0.0.1", 8080)`; port 0 takes a free one.
    ///
    /// # Errors
    /// The address is not available; the cause is then the [`std::io::Error`].
    pub fn start(directory: impl AsRef<Path>, address: impl ToSocketAddrs) -> Result<Self> {
        Self::on(directory, TcpListener::bind(address).context("cannot listen at this address")?)
    }

    /// Serves the directory on an open listener.
    ///
    /// # Errors
    /// The listener has no address, or a thread cannot be started.
    pub fn on(directory: impl AsRef<Path>, listener: TcpListener) -> Result<Self> {
        let address = listener.local_addr().context("cannot read the address of the listener")?;
        let directory = directory.as_ref().to_path_buf();
        let site = Arc::new(RwLock::new(Site { directory, extra: BTreeMap::new() }));
        let stop = Arc::new(AtomicBool::new(false));
        let listening = {
            let (site, stop) = (Arc::clone(&site), Arc::clone(&stop));
            let thread = thread::Builder::new().name("server".into());
            thread.spawn(move || listen(&listener, &site, &stop)).context("cannot start a thread")?
        };
        Ok(Self { site, address, stop, listening: Some(listening) })
    }

    /// Also serves the file at the address, as in `("/axe.js", ...)`; it takes precedence over the directory.
    #[must_use]
    pub fn with_extra(self, address: &str, file: impl AsRef<Path>) -> Self {
        let mut site = self.site.write().unwrap_or_else(PoisonError::into_inner);
        site.extra.insert(address.to_owned(), file.as_ref().to_path_buf());
        drop(site);
        self
    }

    /// The address at which it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    /// The URL for a browser on this machine.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", reachable(self.address))
    }

    /// Runs the closure while no file is read, so that no request sees a partial change.
    pub fn while_paused<T>(&self, change: impl FnOnce() -> T) -> T {
        let _no_reader = self.site.write().unwrap_or_else(PoisonError::into_inner);
        change()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // The thread sleeps until there is a connection, so one is made here. Other threads finish pending responses.
        let woken = TcpStream::connect(reachable(self.address)).is_ok();
        if let (true, Some(listening)) = (woken, self.listening.take()) {
            let _ = listening.join();
        }
    }
}

/// An address that reaches a server listening at all addresses: the loopback address.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => {
            address.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => {
            address.set_ip(Ipv6Addr::LOCALHOST.into());
        }
        _ => {}
    }
    address
}

fn listen(listener: &TcpListener, site: &Arc<RwLock<Site>>, stop: &AtomicBool) {
    for stream in listener.incoming() {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let Ok(stream) = stream else {
            // Accepting fails, for instance, while too many files are open. Some may be closed soon.
            thread::sleep(Duration::from_millis(10));
            continue;
        };
        let site = Arc::clone(site);
        // Errors of a connection are ignored: the browser has gone, or it sees the connection close and asks again.
        let converse = move || drop(converse(stream, &site));
        let _ = thread::Builder::new().name("connection".into()).spawn(converse);
    }
}

fn converse(mut stream: TcpStream, site: &RwLock<Site>) -> io::Result<()> {
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    let answer = match request::read(&mut stream)? {
        Ok(request) => {
            // A thread that panicked while reading has changed nothing, so the poisoned lock is still usable.
            let site = site.read().unwrap_or_else(PoisonError::into_inner);
            answer::to(&request, &site)
        }
        Err(unclear) => answer::words(400, unclear),
    };
    answer.write(&mut stream)?;
    // Closing while the browser still sends would discard what it has not read yet.
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(1 << 20), &mut io::sink())?;
    Ok(())
}

#[cfg(test)]
mod tests;
