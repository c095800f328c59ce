//! Writes screenshots of the page to a directory: three widths, light and dark, before, during and after the cascade,
//! and the picture in the README.
//!
//! ```text
//! DELEVERAGE_DIST=dist CHROMIUM=$(which chromium) CHROMEDRIVER=$(which chromedriver) \
//!     cargo run -p page-tests --bin screenshots -- pictures
//! ```

use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use page_tests::{Page, Value, json};

const MOMENTS: [(&str, &str); 3] = [("before", "?t=300"), ("cascade", "?t=316"), ("after", "")];
const WIDTHS: [u32; 3] = [1280, 768, 320];

fn main() {
    let Some(directory) = std::env::args_os().nth(1).map(PathBuf::from) else {
        panic!("name the directory that the pictures are written to");
    };
    fs::create_dir_all(&directory).unwrap_or_else(|error| panic!("cannot make {}: {error}", directory.display()));
    let save = |page: &Page, name: &str, selector: &str| {
        let path = directory.join(format!("{name}.png"));
        fs::write(&path, picture(page, selector)).unwrap_or_else(|error| panic!("cannot write {name}: {error}"));
        println!("{}", path.display());
    };

    let page = Page::open("");
    for (moment, query) in MOMENTS {
        page.visit(query);
        for theme in ["light", "dark"] {
            page.prefer(&[("prefers-color-scheme", theme)]);
            for width in WIDTHS {
                page.screen(width, 900, 1.0);
                save(&page, &format!("{moment}-{theme}-{width}"), "html");
            }
        }
    }

    page.prefer(&[("prefers-color-scheme", "light")]);
    page.screen(1280, 900, 1.0);
    page.visit("?t=316");
    save(&page, "readme", "#lab .readme");
}

/// A screenshot of the whole element, however long; for the README, of controls and views only.
fn picture(page: &Page, selector: &str) -> Vec<u8> {
    let clip = page.run_with(
        "scrollTo(0, 0);
         await frame();
         const box = (element) => element.getBoundingClientRect();
         if (given === 'html') {
           return { x: 0, y: 0, width: innerWidth, height: box(document.documentElement).height, scale: 1 };
         }
         const [top, bottom] = [box($('.main')).top - 16, box($('.views')).bottom + 16];
         return { x: 0, y: top, width: innerWidth, height: bottom - top, scale: 1 };",
        &json!(selector),
    );
    let options = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
    match &page.devtools("Page.captureScreenshot", &options)["data"] {
        Value::String(text) => STANDARD.decode(text).expect("a picture in base 64"),
        other => panic!("the browser gives no picture but {other}"),
    }
}
