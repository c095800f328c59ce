//! Receipts: a copied link has the version of the model and the digest of the run, and the page says whether the run
//! was reproduced.

use deleverage::MODEL_VERSION;
use page_tests::server::{self, Scratch};
use page_tests::{Key, Options, Page, json, place};

const KEPT: &str = include_str!("receipts.txt");

fn open_with_receipt(query: &str) -> (Page, String) {
    let page = Page::open(query);
    page.until("!!$('.receipt')");
    let words = page.text("text('.receipt')");
    (page, words)
}

#[test]
fn links_of_every_model_version_still_open() {
    let links: Vec<&str> = KEPT.lines().filter(|line| !line.starts_with('#')).collect();
    let of = |version: u32| links.iter().any(|link| link.contains(&format!("&model={version}&")));
    assert!((1..=MODEL_VERSION).all(of), "no link for some version");
    let page = Page::open("");
    for link in links {
        page.visit(&format!("?{link}"));
        page.until("!!$('.receipt')");
        let words = page.text("text('.receipt')");
        if link.contains(&format!("&model={MODEL_VERSION}&")) {
            assert!(words.starts_with("Reproduced: "), "{link}: {words}");
        } else if link.contains("&model=6&") {
            // Read with the defaults of its version.
            assert!(words.starts_with("Reproduced, with a different version"), "{link}: {words}");
        } else {
            assert!(words.contains("a different version of the model"), "{link}: {words}");
        }
        assert_eq!(page.text("text('.notice')"), "", "{link}");
        assert_eq!(page.complaints(), [""; 0]);
    }
}

#[test]
fn a_run_that_is_not_reproduced_is_reported_with_both_digests_or_versions() {
    let digest = Page::open("?bots=20").text("lab.summary.digest");
    let (page, words) = open_with_receipt(&format!("?bots=21&model={MODEL_VERSION}&digest={digest}"));
    let own = page.text("lab.summary.digest");
    assert!(words.starts_with("Not reproduced: ") && words.contains(&digest) && words.contains(&own), "{words}");
    assert!(page.holds("$('.receipt').getAttribute('role') === 'status'"));

    let (_, words) = open_with_receipt(&format!("?bots=21&model=0&digest={digest}"));
    assert!(words.starts_with("Made with a different version of the model: "), "{words}");
    assert!(words.contains("model version 0") && words.contains(&format!("model version {MODEL_VERSION}")), "{words}");
    let old = Page::open("?scenario=release-1&bots=20").text("lab.summary.digest");
    let (_, words) = open_with_receipt(&format!("?bots=20&model=0&digest={old}"));
    assert!(words.starts_with("Reproduced, with a different version"), "{words}");
}

#[test]
fn a_link_shown_again_is_reported_once() {
    let (page, words) = open_with_receipt(&format!("?bots=20&model={MODEL_VERSION}&digest=0123456789abcdef"));
    page.run_with("lab.show(given)", &json!(format!("bots=20&model={MODEL_VERSION}&digest=0123456789abcdee")));
    page.until("text('.receipt').includes('0123456789abcdee')");
    assert_ne!(page.text("text('.receipt')"), words);
    assert_eq!(page.number("root.querySelectorAll('.receipt').length"), 1.0);
}

#[test]
fn a_receipt_that_cannot_be_checked_is_reported() {
    let scratch = Scratch::new();
    let nowhere = scratch.path().join("nowhere.js");
    let page = Page::start(server::as_built().with_extra(&place::address("receipt.js"), nowhere), Options::default());
    page.visit(&format!("?bots=20&model={MODEL_VERSION}&digest=0123456789abcdef"));
    page.until("text('.notice').startsWith('This could not be computed: ') && text('.notice').includes('receipt')");
    assert_eq!(page.get("lab.params.bots"), json!(20));
}

#[test]
fn a_damaged_receipt_is_reported_and_the_run_is_shown() {
    for damaged in ["model=1", "digest=0123456789abcdef", "model=1&digest=%3Cb%3E", "model=one&digest=0123456789abcdef"]
    {
        let page = Page::open(&format!("?bots=20&{damaged}"));
        assert!(page.text("text('.notice')").contains("damaged and cannot be checked"), "{damaged}");
        assert!(!page.holds("!!$('.receipt')"), "{damaged}");
        assert_eq!(page.get("lab.params.bots"), json!(20));
    }
}

#[test]
fn the_receipt_leaves_the_address_when_the_reader_moves_on() {
    let digest = Page::open("?bots=20").text("lab.summary.digest");
    let (page, _) = open_with_receipt(&format!("?bots=20&model={MODEL_VERSION}&digest={digest}"));
    page.focus("#slider-bots");
    page.press(Key::Right, 1);
    page.until("location.search.includes('bots=21')");
    assert!(!page.text("location.search").contains("digest"), "{}", page.text("location.search"));
    page.until("!$('.receipt')");
}
