//! The size of the site: bytes per file raw, and compressed by gzip and by brotli.

use std::fmt;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::hashed;

/// Bytes of one file, or of several together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bytes {
    /// Uncompressed.
    pub raw: usize,
    /// By gzip at its highest level.
    pub gzip: usize,
    /// By brotli at its highest level.
    pub brotli: usize,
}

/// The page that a visitor opens.
const PAGE: &str = "index.html";

/// Files that are loaded before the first live picture: the article and its style, the still picture, the light
/// simulator, and its scripts. Everything else is loaded when a reader comes near it or asks for it.
const FIRST: [&str; 8] = [
    PAGE,
    "style.css",
    "stills/fig-opening-before-light.svg",
    "article.js",
    "lab.js",
    "lab.css",
    "pkg/deleverage.js",
    "pkg/deleverage_bg.wasm",
];

/// The name of a file without its hashed directory; empty for other files at the root than the page.
fn plain(name: &str) -> &str {
    match name.split_once('/') {
        Some((_, plain)) if hashed::is_hashed(name) => plain,
        _ if name == PAGE => name,
        _ => "",
    }
}

/// The table that `build` prints.
#[derive(Debug, Clone)]
pub struct Sizes {
    /// Each file's path relative to the root of the site, sorted, and its sizes.
    pub files: Vec<(String, Bytes)>,
}

impl Sizes {
    /// All files together.
    #[must_use]
    pub fn total(&self) -> Bytes {
        self.files.iter().fold(Bytes::default(), |sum, (_, file)| Bytes {
            raw: sum.raw + file.raw,
            gzip: sum.gzip + file.gzip,
            brotli: sum.brotli + file.brotli,
        })
    }

    /// The size of what a visitor loads before the first picture can be dragged.
    #[must_use]
    pub fn first_picture(&self) -> Bytes {
        Sizes { files: self.first_files() }.total()
    }

    /// The files that a visitor loads before the first picture can be dragged.
    #[must_use]
    pub fn first_files(&self) -> Vec<(String, Bytes)> {
        self.files.iter().filter(|(name, _)| FIRST.contains(&plain(name))).cloned().collect()
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.files.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(13);
        write!(formatter, "{:width$} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli")?;
        let together = [("total".into(), self.total()), ("first picture".into(), self.first_picture())];
        for (name, bytes) in self.files.iter().chain(&together) {
            write!(formatter, "\n{name:width$} {:>10} {:>10} {:>10}", bytes.raw, bytes.gzip, bytes.brotli)?;
        }
        Ok(())
    }
}

/// Measures every file below the directory, raw and compressed.
///
/// # Errors
/// A file cannot be read.
pub fn measure(directory: &Path) -> Result<Sizes> {
    let mut paths = Vec::new();
    list(directory, &mut paths)?;
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let name = path.strip_prefix(directory).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let data = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        files.push((name, bytes(&data)?));
    }
    files.sort_by(|(left, _), (right, _)| left.cmp(right));
    Ok(Sizes { files })
}

fn bytes(data: &[u8]) -> Result<Bytes> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(data)?;
    let mut brotli = Vec::new();
    let strongest = BrotliEncoderParams { quality: 11, size_hint: data.len(), ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &*data, &mut brotli, &strongest)?;
    Ok(Bytes { raw: data.len(), gzip: gzip.finish()?.len(), brotli: brotli.len() })
}

fn list(directory: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_gzip_and_brotli_sizes_are_measured() {
        let text = "leverage ".repeat(1000);
        let Bytes { raw, gzip, brotli } = bytes(text.as_bytes()).unwrap();
        assert_eq!(raw, 9000);
        assert!((20..80).contains(&gzip), "{gzip}");
        assert!((10..40).contains(&brotli), "{brotli}");
    }

    #[test]
    fn the_table_adds_up_and_lines_up() {
        let one = Bytes { raw: 10, gzip: 9, brotli: 8 };
        let sizes = Sizes { files: vec![("a.js".into(), one), ("pkg/b.wasm".into(), one)] };
        assert_eq!(sizes.total(), Bytes { raw: 20, gzip: 18, brotli: 16 });
        let table = sizes.to_string();
        assert_eq!(table.lines().count(), 5);
        assert!(table.lines().all(|line| line.len() == 13 + 3 * 11), "{table}");
    }
}
