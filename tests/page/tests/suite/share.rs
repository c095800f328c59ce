//! What other sites and browsers show of a page: its icon and the picture beside a link. Also the code that authors copy.

use std::fs;

use page_tests::{FIGURE, Page, json, place, server};

#[test]
fn icons_and_pictures_of_pages_exist() {
    let page = Page::open_at("#fig-opening", "");
    for name in ["", "index.fr.html", "lesson.html", "model.html", "teach.html", "authors.html", "embeds.html"] {
        page.load(name);
        let loaded = page.run(
            "const icon = new Image();
             icon.src = $('link[rel=icon]').href;
             await icon.decode();
             const picture = new Image();
             const said = (property) => $(`meta[property=\"og:${property}\"]`).content;
             picture.src = said('image');
             await picture.decode();
             return [icon.naturalWidth > 0, picture.naturalWidth, picture.naturalHeight,
               +said('image:width'), +said('image:height'), said('title') === document.title];",
        );
        assert_eq!(loaded, json!([true, 1200, 630, 1200, 630, true]), "{name}");
        assert_eq!(page.complaints(), [""; 0], "{name}");
    }
}

/// The frame that `authors.html` offers for copying, as markup.
fn offered() -> String {
    let page = fs::read_to_string(place::dist().join("authors.html")).expect("a page");
    let start = page.find("&lt;iframe").expect("the code of a frame");
    let code = page[start..].split("</code>").next().expect("its end");
    code.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn the_frame_that_authors_copy_has_room_for_its_figure() {
    let page = Page::open_at("#fig-opening", "");
    let frame = offered().replace("https://example.org/deleverage/", &page.origin());
    assert!(frame.contains(&page.origin()), "{frame}");
    // Without the script that sets the height.
    let html = format!("<!doctype html><div style='width: 640px'>{frame}</div>");
    page.wait_for("open a page", page.client().goto(&server::stranger(&html)));
    page.look_at(FIGURE);
    page.inside(0);
    page.until("$('canvas.market').getBoundingClientRect().height > 100");
    let [needed, given] =
        ["document.body.getBoundingClientRect().height", "innerHeight"].map(|height| page.number(height));
    assert!(needed <= given, "{needed} of {given} px");
    assert!(given - needed < 140.0, "{needed} of {given} px");
    assert!(page.holds("document.documentElement.scrollHeight <= innerHeight"));
}
