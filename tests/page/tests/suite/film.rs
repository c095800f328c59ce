//! A film of the run: recorded in the laboratory, and played by a browser.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use page_tests::server::{self, Scratch};
use page_tests::{Page, json};

fn open(query: &str) -> Page {
    let page = Page::open(query);
    page.click(".along > summary");
    page.until("!!$('.along-body')");
    page
}

/// The file in the directory, once it is complete.
fn downloaded(directory: &Path) -> (String, Vec<u8>) {
    let start = Instant::now();
    while start.elapsed() < Duration::from_mins(1) {
        for file in fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("a file").path()) {
            if file.extension().is_some_and(|kind| kind == "webm" || kind == "mp4") {
                let name = file.file_name().expect("a name").to_string_lossy().into_owned();
                return (name, fs::read(file).expect("a file that can be read"));
            }
        }
        sleep(Duration::from_millis(100));
    }
    panic!("nothing is downloaded");
}

fn downloads(page: &Page) -> Scratch {
    let scratch = Scratch::new();
    let behaviour = json!({ "behavior": "allow", "downloadPath": scratch.path().display().to_string() });
    page.devtools("Browser.setDownloadBehavior", &behaviour);
    scratch
}

/// Width and duration of a film in another page: this one shows no videos.
fn played(page: &Page, name: &str, bytes: &[u8]) -> [f64; 2] {
    page.wait_for("leave", page.client().goto(&server::stranger("<!doctype html><title>Somebody's page</title>")));
    let kind = name.rsplit('.').next().expect("an extension");
    let found = page.run_with(
        "const video = document.createElement('video');
         video.muted = true;
         const event = (name) => new Promise((resolve, reject) => {
           video.addEventListener(name, resolve, { once: true });
           video.addEventListener('error', () => reject(video.error), { once: true });
         });
         const ready = event('loadeddata');
         video.src = given;
         await ready;
         // A recorded file does not say how long it is: its end does.
         if (!Number.isFinite(video.duration)) {
           const known = event('durationchange');
           video.currentTime = 1e9;
           await known;
           await until(() => Number.isFinite(video.duration));
         }
         return [video.videoWidth, video.duration];",
        &format!("data:video/{kind};base64,{}", STANDARD.encode(bytes)).into(),
    );
    serde_json::from_value(found).expect("two numbers")
}

#[test]
fn a_film_of_the_run_can_be_played_and_has_its_length() {
    let page = open("?bots=40&t=316");
    let directory = downloads(&page);
    page.run("$('#along-view').value = 'market'");
    page.click(".film");
    page.until("seen($('.film-progress progress')) && $('.film-progress progress').value > 1");
    let promised = page.number("$('.film-progress progress').max");
    assert!(promised > 5.0 && promised <= 20.0, "{promised} s");
    // The page stays usable: the cursor moves, and the film goes on.
    page.run("$('.cursor').value = 320; $('.cursor').dispatchEvent(new Event('input')); await frame()");
    assert_eq!(page.number("second()"), 320.0);
    page.until("text('.along-status').includes('goes to your downloads')");
    assert!(page.holds("!seen($('.film-progress')) && seen($('.film'))"));
    assert_eq!(page.complaints(), [""; 0]);
    let digest = page.text("lab.summary.digest");
    let (name, bytes) = downloaded(directory.path());
    assert!(name.starts_with(&format!("deleverage-{digest}-market.")), "{name}");
    assert!(bytes.len() > 20_000, "{} bytes", bytes.len());
    let [width, duration] = played(&page, &name, &bytes);
    assert!(width > 300.0, "{width} px");
    assert!((duration / promised - 1.0).abs() < 0.2, "{duration} s, not {promised} s");
}

#[test]
fn a_film_stops_early_and_ends_when_the_run_changes() {
    let page = open("?bots=40&t=316");
    let directory = downloads(&page);
    page.click(".film");
    page.until("$('.film-progress progress').value > 1");
    assert!(page.holds("focused().className === 'film-stop'"), "the focus is not lost");
    page.click(".film-stop");
    page.until("text('.along-status').includes('goes to your downloads')");
    let (name, bytes) = downloaded(directory.path());
    assert!(bytes.len() > 2000 && name.contains("-price."), "{name}: {} bytes", bytes.len());

    for change in
        ["lab.params = { bots: 30 }", "$('.along').open = false", "window.place = lab.parentElement; lab.remove()"]
    {
        page.run("if (!$('.along').open) $('.along').open = true; await frame()");
        page.click(".film");
        page.until("$('.film-progress progress').value > 0.5");
        page.run("window.film = $('.film-progress'); window.told = $('.along-status')");
        page.run(change);
        page.until("window.film.hidden && window.told.textContent.includes('changed during the recording')");
    }
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_browser_without_recorder_says_so() {
    for missing in ["delete window.MediaRecorder", "delete HTMLCanvasElement.prototype.captureStream"] {
        let page = Page::open("?t=316");
        page.run(missing);
        page.click(".along > summary");
        page.until("text('.no-film') === 'This browser cannot record a film.'");
        assert!(!page.holds("!!$('.film')"));
        assert_eq!(page.complaints(), [""; 0]);
    }
}
