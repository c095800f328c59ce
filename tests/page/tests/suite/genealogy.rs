//! The family tree of a run: an account is traced back to the first sale by pointer and by keyboard.

use page_tests::{FIGURE, Key, Options, Page, server};

/// The picture, once it is drawn.
const PIXELS: &str = "(await frame(), pixels('genealogy'))";

#[test]
fn an_account_is_traced_back_by_pointer_and_by_keyboard() {
    let page = Page::open("?t=340");
    page.run("$('canvas.genealogy').scrollIntoView({ block: 'center', behavior: 'instant' }); await frame()");
    let plain = page.get(PIXELS);
    page.hover("canvas.genealogy", [0.3, 0.35]);
    page.until("$('.point-account').value !== ''");
    let pointed = page.get(PIXELS);
    assert_ne!(pointed, plain, "the account under the pointer is highlighted");
    // By number, and then the next number. An empty field selects no account, and stays empty.
    page.focus(".point-account");
    page.run("$('.point-account').select()");
    page.press(Key::Delete, 1);
    page.until("$('.pointer [role=status]').textContent === ''");
    assert!(page.holds("$('.point-account').value === ''"));
    page.write("77");
    page.until("$('.pointer [role=status]').textContent.startsWith('Account 77 ')");
    page.press(Key::Up, 1);
    page.until("$('.pointer [role=status]').textContent.startsWith('Account 78 ')");
    // By the price at its limit: every sale has a cause.
    page.focus(".point-fall");
    page.press(Key::Home, 1);
    page.press(Key::Right, 16);
    page.until("/^Account [\\d,]+ sold because .* its limit of −(7\\.[5-9]|8\\.[0-5])%/.test($('.pointer [role=status]').textContent)");
    page.run("$('canvas.genealogy').scrollIntoView({ block: 'center', behavior: 'instant' }); await frame()");
    assert_ne!(page.get(PIXELS), plain, "the account chosen by keyboard is highlighted");
    page.until("$('canvas.genealogy').getAttribute('aria-label').startsWith('Tree of forced orders')");
}

#[test]
fn the_tree_grows_with_time_in_a_figure_of_its_own() {
    let page = Page::start(server::as_built(), Options::default());
    page.look_at(FIGURE);
    page.load("embed.html?view=genealogy&controls=bots&t=299");
    page.until("lab?.summary && $('.point-account')");
    // The line of the price moves, too; marks have the colour of bots.
    let marks = "(await frame(), (() => {
        const canvas = $('canvas.genealogy');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) if (data[i] > 190 && data[i + 1] > 70 && data[i + 1] < 120 && data[i + 2] < 40) count += 1;
        return count;
    })())";
    let mut last = page.number(marks);
    for second in [305, 312, 325] {
        page.run(&format!("lab.show('t={second}'); await frame()"));
        let now = page.number(marks);
        assert!(now > 1.1 * last, "{second}: {now} after {last}");
        last = now;
    }
}
