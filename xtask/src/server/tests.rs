//! Tests that send requests to a running server, byte by byte, and read its responses.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

use super::*;
use crate::project;

/// A site with a page, a script, wasm, a directory, and beside it a file that must never be served.
fn site(name: &str) -> PathBuf {
    let directory = project::target().join(format!("tmp-server-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(directory.join("dist/pkg")).unwrap();
    fs::create_dir_all(directory.join("dist/lesson")).unwrap();
    fs::create_dir_all(directory.join("dist/v-0123456789abcdef")).unwrap();
    fs::create_dir_all(directory.join("dist-secret")).unwrap();
    for (file, text) in [
        ("dist/index.html", "<!doctype html>page"),
        ("dist/a b.svg", "<svg/>"),
        ("dist/pkg/deleverage.js", "export {}"),
        ("dist/pkg/deleverage_bg.wasm", "\0asm"),
        ("dist/lesson/index.html", "lesson"),
        ("dist/v-0123456789abcdef/lab.js", "export {}"),
        ("dist-secret/key.txt", "secret"),
        ("secret.txt", "secret"),
        ("axe.min.js", "axe"),
    ] {
        fs::write(directory.join(file), text).unwrap();
    }
    directory
}

fn ask(server: &Server, request: &str) -> String {
    let mut stream = TcpStream::connect(server.addr()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(stream, "{request} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

fn with_server(name: &str, test: impl FnOnce(&Path, Server)) {
    let directory = site(name);
    let server = Server::start(directory.join("dist"), ("127.0.0.1", 0)).unwrap();
    test(&directory, server);
    fs::remove_dir_all(directory).unwrap();
}

#[test]
fn files_come_with_their_types_and_the_headers() {
    with_server("types", |_, server| {
        for (address, media_type, body) in [
            ("/", "text/html; charset=utf-8", "<!doctype html>page"),
            ("/?leverage=10&seed=1", "text/html; charset=utf-8", "<!doctype html>page"),
            ("/lesson/", "text/html; charset=utf-8", "lesson"),
            ("/a%20b.svg", "image/svg+xml", "<svg/>"),
            ("/pkg/deleverage.js", "text/javascript; charset=utf-8", "export {}"),
            ("/pkg/deleverage_bg.wasm", "application/wasm", "\0asm"),
        ] {
            let answer = ask(&server, &format!("GET {address}"));
            assert!(answer.starts_with("HTTP/1.1 200 "), "{address}: {answer}");
            assert!(answer.contains(&format!("Content-Type: {media_type}\r\n")), "{address}: {answer}");
            assert!(answer.contains(&format!("Content-Length: {}\r\n", body.len())), "{address}: {answer}");
            assert!(answer.ends_with(&format!("\r\n\r\n{body}")), "{address}: {answer}");
            assert!(answer.contains("X-Content-Type-Options: nosniff\r\n"), "{answer}");
            assert!(answer.contains("Cache-Control: no-cache\r\n"), "{answer}");
        }
    });
}

#[test]
fn only_hashed_files_may_be_cached_for_ever() {
    with_server("kept", |_, server| {
        for (address, control) in [
            ("/v-0123456789abcdef/lab.js", "public, max-age=31536000, immutable"),
            ("/v-0123456789abcdef/nothing.js", "no-cache"),
            ("/index.html", "no-cache"),
            ("/pkg/deleverage.js", "no-cache"),
        ] {
            let answer = ask(&server, &format!("GET {address}"));
            assert!(answer.contains(&format!("Cache-Control: {control}\r\n")), "{address}: {answer}");
        }
    });
}

#[test]
fn every_response_has_the_strict_policy() {
    with_server("policy", |_, server| {
        for request in ["GET /", "HEAD /", "GET /nothing", "POST /", "GET /lesson", "no request"] {
            let answer = ask(&server, request);
            for (name, value) in [
                ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
                ("Permissions-Policy", PERMISSIONS_POLICY),
                ("Referrer-Policy", REFERRER_POLICY),
                ("X-Content-Type-Options", "nosniff"),
                ("Access-Control-Allow-Origin", "*"),
                ("Connection", "close"),
            ] {
                assert!(answer.contains(&format!("\r\n{name}: {value}\r\n")), "{name} of {request}: {answer}");
            }
        }
    });
    assert!(CONTENT_SECURITY_POLICY.starts_with("default-src 'none'; "));
    assert!(!CONTENT_SECURITY_POLICY.contains("unsafe-inline") && !CONTENT_SECURITY_POLICY.contains("'unsafe-eval'"));
    assert!(CONTENT_SECURITY_POLICY.ends_with("; require-trusted-types-for 'script'; trusted-types default"));
    for policy in [CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY] {
        assert!(!policy.contains("  "), "the policy has line breaks of the source");
    }
    assert!(PERMISSIONS_POLICY.split(", ").all(|permission| permission.ends_with("=()")));
}

#[test]
fn nothing_outside_the_directory_is_served() {
    with_server("outside", |directory, server| {
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(directory.join("secret.txt"), directory.join("dist/link.txt")).unwrap();
            std::os::unix::fs::symlink(directory.join("dist-secret"), directory.join("dist/link")).unwrap();
        }
        let absolute = format!("/{}", directory.join("secret.txt").display());
        for address in [
            "/../secret.txt",
            "/lesson/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/%2e%2e%2fsecret.txt",
            "/..%5csecret.txt",
            "/../dist-secret/key.txt",
            "/%00",
            "/%zz",
            "/link.txt",
            "/link/key.txt",
            &absolute,
        ] {
            let answer = ask(&server, &format!("GET {address}"));
            assert!(answer.starts_with("HTTP/1.1 404 "), "{address}: {answer}");
            assert!(!answer.contains("secret"), "{address}: {answer}");
        }
    });
}

#[test]
fn a_missing_file_is_reported_in_a_sentence() {
    with_server("words", |_, server| {
        let answer = ask(&server, "GET /index.htm");
        assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
        assert!(answer.contains("Content-Type: text/plain; charset=utf-8\r\n"), "{answer}");
        assert!(answer.ends_with("There is nothing at this address. The page is at /\n"), "{answer}");
        assert!(ask(&server, "GET /index.html/").starts_with("HTTP/1.1 404 "));
        assert!(ask(&server, "GET /pkg/").starts_with("HTTP/1.1 404 "), "directories are not listed");

        let answer = ask(&server, "DELETE /index.html");
        assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
        assert!(answer.contains("Allow: GET, HEAD\r\n"), "{answer}");
        assert!(answer.ends_with("ask with GET or HEAD.\n"), "{answer}");

        let answer = ask(&server, "GET /lesson?t=3");
        assert!(answer.starts_with("HTTP/1.1 301 ") && answer.contains("Location: ./lesson/?t=3\r\n"), "{answer}");
    });
}

#[test]
fn head_is_get_without_the_body() {
    with_server("head", |_, server| {
        let answer = ask(&server, "HEAD /index.html");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(answer.contains("Content-Length: 19\r\n") && answer.ends_with("\r\n\r\n"), "{answer}");
    });
}

#[test]
fn extra_files_are_served_and_idle_connections_block_nothing() {
    with_server("extra", |directory, server| {
        let server = server.with_extra("/axe.js", directory.join("axe.min.js"));
        let silent: Vec<_> = (0..100).map(|_| TcpStream::connect(server.addr()).unwrap()).collect();
        assert!(ask(&server, "GET /axe.js").ends_with("\r\n\r\naxe"));
        drop(silent);
    });
}

#[test]
fn the_server_pauses_during_changes_and_stops_on_drop() {
    with_server("stop", |directory, server| {
        let page = directory.join("dist/index.html");
        let answer = thread::scope(|scope| {
            let answer = server.while_paused(|| {
                fs::remove_file(&page).unwrap();
                let answer = scope.spawn(|| ask(&server, "GET /"));
                thread::sleep(Duration::from_millis(100));
                fs::write(&page, "new").unwrap();
                answer
            });
            answer.join().unwrap()
        });
        assert!(answer.ends_with("new"), "{answer}");

        let address = server.addr();
        drop(server);
        assert!(TcpStream::connect(address).is_err(), "still listening");
    });
}

#[test]
fn a_taken_port_is_an_error_with_its_cause() {
    with_server("taken", |directory, server| {
        let Err(error) = Server::start(directory, server.addr()) else { panic!("two servers on one port") };
        let cause = error.downcast_ref::<io::Error>().map(io::Error::kind);
        assert_eq!(cause, Some(io::ErrorKind::AddrInUse));
    });
}

#[test]
fn an_unread_request_body_does_not_cut_off_the_response() {
    with_server("body", |_, server| {
        let mut stream = TcpStream::connect(server.addr()).unwrap();
        write!(stream, "POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n").unwrap();
        // Sent long after the response: the worst moment to close a connection.
        thread::sleep(Duration::from_millis(100));
        stream.write_all("x".repeat(100_000).as_bytes()).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        thread::sleep(Duration::from_millis(100));
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
    });
}

#[test]
fn many_requests_at_once_are_answered() {
    with_server("many", |_, server| {
        thread::scope(|scope| {
            for _ in 0..50 {
                scope.spawn(|| assert!(ask(&server, "GET /").ends_with("page")));
            }
        });
    });
}
