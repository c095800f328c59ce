//! `cargo xtask serve`: builds and serves the page, and builds again when a source changes.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::Path;
use std::thread;
use std::time::Instant;

use anyhow::{Result, anyhow};

use crate::build::{self, WasmOpt};
use crate::project;
use crate::server::Server;
use crate::watch::Look;

/// Options of the server.
#[derive(Debug, Clone)]
pub struct Options {
    /// The name or address to listen on.
    pub host: String,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// Whether to build again when a source changes.
    pub watch: bool,
}

/// Serves until it is interrupted.
///
/// # Errors
/// The port is not available, or the first build failed.
pub fn run(options: &Options) -> Result<()> {
    // Before the build, so that a taken port is reported at once.
    let listener = listen(&options.host, options.port)?;
    let root = project::root();
    let mut seen = Look::at_sources(&root);
    let out = root.join("dist");
    build::run(&build::Options { out: out.clone(), wasm_opt: WasmOpt::IfPossible, address: None })?;

    let server = Server::on(&out, listener)?;
    println!("\nthe page is at {} (stop with Ctrl-C)", server.url());
    if !options.watch {
        loop {
            thread::park();
        }
    }
    println!("watching src/, www/ and Cargo.toml");
    loop {
        seen.wait_for_change(&root);
        // Before the build, so that changes during it start another one.
        seen = Look::at_sources(&root);
        match build_again(&server, &out) {
            Ok(seconds) => println!("built again in {seconds:.1} s: reload the page"),
            Err(error) => eprintln!("{error:#}\nthe page stays at the last good build until the next change"),
        }
    }
}

/// Builds without wasm-opt, which is slow. The still pictures are drawn by this program: restart `serve` to see a
/// change in their code.
fn build_again(server: &Server, out: &Path) -> Result<f64> {
    let start = Instant::now();
    let staged = build::stage(&build::Options { out: out.to_path_buf(), wasm_opt: WasmOpt::Skip, address: None })?;
    server.while_paused(|| staged.publish())?;
    Ok(start.elapsed().as_secs_f64())
}

fn listen(host: &str, port: u16) -> Result<TcpListener> {
    let command = "choose a different one: cargo xtask serve --port";
    TcpListener::bind((host, port)).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => {
            let other = if port == u16::MAX { 8080 } else { port + 1 };
            anyhow!("port {port} of {host} is taken; {command} {other}")
        }
        ErrorKind::PermissionDenied => {
            anyhow!("port {port} needs administrator rights; {command} 8080")
        }
        _ => anyhow!(error).context(format!("cannot listen at {host}, port {port}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_reported_with_the_command_for_another() {
        let first = listen("127.0.0.1", 0).unwrap();
        let port = first.local_addr().unwrap().port();
        let error = listen("127.0.0.1", port).unwrap_err().to_string();
        assert!(error.starts_with(&format!("port {port} of 127.0.0.1 is taken")), "{error}");
        assert!(error.contains("cargo xtask serve --port "), "{error}");
    }

    #[test]
    fn a_foreign_host_is_named_in_the_error() {
        let error = listen("192.0.2.1", 8080).unwrap_err().to_string();
        assert_eq!(error, "cannot listen at 192.0.2.1, port 8080");
    }
}
