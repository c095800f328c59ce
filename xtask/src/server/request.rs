//! Reading of requests: parses the first line and skips the headers, which change no response.

use std::io::{self, Read};

/// Greatest size of a request, bytes; far more than any real one has.
const LONGEST: usize = 64 * 1024;

/// A request.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// The method, as in `GET`.
    pub method: String,
    /// The address, as in `/index.html?seed=1`: visible ASCII that begins with a slash.
    pub address: String,
}

/// The request, or a sentence that says what is wrong with the input.
pub fn read(stream: &mut impl Read) -> io::Result<Result<Request, &'static str>> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() > LONGEST {
            return Ok(Err("The request is too long."));
        }
        match stream.read(&mut buffer)? {
            // Browsers open connections in advance and close some of them unused.
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => head.extend_from_slice(&buffer[..count]),
        }
    }
    Ok(parse(&head).ok_or("This is not a request as HTTP/1.1 has them."))
}

fn parse(head: &[u8]) -> Option<Request> {
    let line = std::str::from_utf8(head.split(|&byte| byte == b'\r').next()?).ok()?;
    let mut words = line.split(' ');
    let (method, address, version) = (words.next()?, words.next()?, words.next()?);
    // Only visible characters, because a part of the address may be sent back in a header.
    let visible = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let clear = words.next().is_none()
        && version.starts_with("HTTP/1.")
        && address.starts_with('/')
        && visible(method)
        && visible(address);
    clear.then(|| Request { method: method.to_owned(), address: address.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> io::Result<Result<Request, &'static str>> {
        super::read(&mut text.as_bytes())
    }

    #[test]
    fn reads_the_first_line() {
        let asked = read("GET /a?b HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap().unwrap();
        assert_eq!(asked, Request { method: "GET".into(), address: "/a?b".into() });
    }

    #[test]
    fn invalid_requests_are_rejected_with_a_reason() {
        for line in ["", "GET", "GET /", "GET  / HTTP/1.1", "GET / HTTP/2", "GET a HTTP/1.1"] {
            assert!(read(&format!("{line}\r\n\r\n")).unwrap().is_err(), "{line}");
        }
        for line in ["GET /\nSet-Cookie:x HTTP/1.1", "GET /é HTTP/1.1", "GET / HTTP/1.1 more"] {
            assert!(read(&format!("{line}\r\n\r\n")).unwrap().is_err(), "{line}");
        }
        assert!(read("GET / HTTP/1.1\r\n").is_err(), "an incomplete request is an error");
        assert!(read(&format!("GET /{} HTTP/1.1", "a".repeat(2 * LONGEST))).unwrap().is_err());
    }
}
