//! Responses: a file with its type or a sentence that says why there is none, with the security headers.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::address::{self, Found};
use super::request::Request;
use super::site::Site;
use crate::hashed;

/// The content security policy. The page needs no more than this on any host; it is sent here so that violations show
/// during development.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; \
     script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; \
     require-trusted-types-for 'script'; trusted-types default";

/// Permissions that neither pages nor frames in them may ask for.
pub const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), \
     magnetometer=(), microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()";

/// Links to sources do not pass on the address, which may contain a student's settings.
pub const REFERRER_POLICY: &str = "no-referrer";

/// A response in memory.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    media_type: &'static str,
    /// A header that only this answer has.
    header: Option<(&'static str, String)>,
    body: Vec<u8>,
    /// Whether the body is left out, as for HEAD.
    head_only: bool,
    /// Whether the content of the address never changes.
    immutable: bool,
}

impl Answer {
    /// Sends it. The caller then closes the connection.
    pub fn write(&self, stream: &mut impl Write) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        let length = self.body.len().to_string();
        let fixed = [
            ("Content-Type", self.media_type),
            ("Content-Length", &length),
            ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
            ("Permissions-Policy", PERMISSIONS_POLICY),
            ("Referrer-Policy", REFERRER_POLICY),
            ("X-Content-Type-Options", "nosniff"),
            // A frame with `sandbox="allow-scripts"` has no origin, and everything here is public.
            ("Access-Control-Allow-Origin", "*"),
            // Revalidated each time, because the next build may follow at once, unless the name contains a content
            // hash.
            ("Cache-Control", if self.immutable { "public, max-age=31536000, immutable" } else { "no-cache" }),
            ("Connection", "close"),
        ];
        let own = self.header.as_ref().map(|(name, value)| (*name, value.as_str()));
        for (name, value) in fixed.into_iter().chain(own) {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        stream.write_all(if self.head_only { &[] } else { &self.body })
    }
}

/// The response to a request.
pub fn to(request: &Request, site: &Site) -> Answer {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        let refusal = words(405, "This server only shows files: ask with GET or HEAD.");
        return Answer { header: Some(("Allow", "GET, HEAD".into())), ..refusal };
    }
    let address = request.address.as_str();
    let extra = address::path(address).and_then(|path| site.extra.get(&path));
    let found = match extra {
        Some(file) => Found::File(file.clone()),
        None => address::find(&site.directory, address),
    };
    let answer = match found {
        Found::File(path) => file(&path),
        Found::Slash(address) => {
            let redirect = words(301, "This is a directory: add a slash.");
            Answer { header: Some(("Location", address)), ..redirect }
        }
        Found::Nothing => words(404, "There is nothing at this address. The page is at /"),
    };
    let hashed =
        extra.is_none() && address::path(address).is_some_and(|path| hashed::is_hashed(path.trim_start_matches('/')));
    Answer { head_only: request.method == "HEAD", immutable: hashed && answer.status == 200, ..answer }
}

/// A response that is a sentence instead of a file.
pub fn words(status: u16, sentence: &str) -> Answer {
    let (media_type, body) = ("text/plain; charset=utf-8", format!("{sentence}\n").into_bytes());
    Answer { status, media_type, header: None, body, head_only: false, immutable: false }
}

fn file(path: &Path) -> Answer {
    match fs::read(path) {
        Ok(body) => {
            let media_type = media_type(path);
            Answer { status: 200, media_type, header: None, body, head_only: false, immutable: false }
        }
        Err(error) => words(500, &format!("The file is there but cannot be read: {error}.")),
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        _ => "Internal Server Error",
    }
}

/// The media type by extension; browsers refuse modules and streamed wasm with a wrong one.
fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "xml" => "application/xml",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" | "toml" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
