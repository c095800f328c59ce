//! The address of the site on the web, from the command line.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

/// The absolute address of the directory that has the pages, with a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The absolute address of a file of the site; the article is the directory itself.
    #[must_use]
    pub fn of(&self, file: &str) -> String {
        format!("{}{}", self.0, if file == "index.html" { "" } else { file })
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const FORM: &str = "it has the form https://example.org/deleverage/";
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let rest = rest.ok_or_else(|| format!("the address of a site begins with https:// or http://; {FORM}"))?;
        if rest.contains(['?', '#']) {
            return Err(format!("the address of a site has no ? and no #; {FORM}"));
        }
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/[]%!$&'()*+,;=@".contains(c);
        if let Some(wrong) = rest.chars().find(|c| !allowed(*c)) {
            return Err(format!("an address cannot contain {wrong:?}: write it as browsers copy it, with % codes"));
        }
        if rest.is_empty() || rest.starts_with(['/', ':']) {
            return Err(format!("the address has no host; {FORM}"));
        }
        let last = rest.split_once('/').map_or("", |(_, path)| path.rsplit('/').next().unwrap_or_default());
        if Path::new(last).extension().is_some_and(|kind| kind == "html") {
            return Err(format!("name the directory of the site and not the page {last}; {FORM}"));
        }
        Ok(Self(if text.ends_with('/') { text.to_owned() } else { format!("{text}/") }))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_below_the_address_with_or_without_its_last_slash() {
        for (text, article) in [
            ("https://example.org", "https://example.org/"),
            ("https://example.org/a", "https://example.org/a/"),
            ("http://127.0.0.1:8080/a/", "http://127.0.0.1:8080/a/"),
            ("https://xn--bcher-kva.example/%C3%A9/", "https://xn--bcher-kva.example/%C3%A9/"),
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.of("index.html"), article);
            assert_eq!(address.of("index.fr.html"), format!("{article}index.fr.html"));
        }
    }

    #[test]
    fn a_wrong_address_is_explained() {
        for (text, reason) in [
            ("example.org", "begins with https://"),
            ("ftp://example.org", "begins with https://"),
            ("", "begins with https://"),
            ("https://", "no host"),
            ("https:///a", "no host"),
            ("https://:80/", "no host"),
            ("https://example.org/?a=1", "no ? and no #"),
            ("https://example.org/#a", "no ? and no #"),
            ("https://example.org/a b", "cannot contain ' '"),
            ("https://example.org/\"", "cannot contain '\"'"),
            ("https://bücher.example/", "cannot contain 'ü'"),
            ("https://example.org/a/index.html", "not the page index.html"),
        ] {
            let error = text.parse::<Address>().unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
