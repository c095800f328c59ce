//! Random actions of a page on its element: parameters, states, attributes, removal and reinsertion.

use page_tests::held::Draws;
use page_tests::{Page, json};

/// Does one random action.
pub fn act(page: &Page, draws: &mut Draws, query: &str) {
    let _ = match draws.below(14) {
        0..=3 => page.run_with("lab.show(given)", &json!(query)),
        4 => page.run_with(
            "lab.params = [null, 1, 'leverage', [], { bots: NaN }, { bots: Infinity }, { leverage: '12' }, { leverage: {} },
               { seed: 2n ** 64n - 1n }, { seed: -1 }, { nothing: 1 }, { get bots() { throw new Error('no') } },
               new Proxy({}, { ownKeys() { throw new Error('no') } }), { bots: 50, shock: 5 }, Symbol('no')][given]",
            &json!(draws.below(15)),
        ),
        5 | 6 => page.run_with(
            "lab.setAttribute(...given)",
            &json!(draws.of(&[
                ["leverage", "20"],
                ["bots", "many"],
                ["bots", "70"],
                ["t", "312"],
                ["t", "-1"],
                ["span", "all"],
                ["span", "2min"],
                ["theme", "dark"],
                ["theme", "purple"],
                ["scenario", "may-2021"],
                ["scenario", "none"],
                ["lang", "fr"],
                ["shock", ""],
            ])),
        ),
        7 => page.run("for (const { name } of [...lab.attributes]) if (!['linked', 'id'].includes(name)) lab.removeAttribute(name)"),
        8 => page.run_with("given ? lab.play() : lab.pause()", &json!(draws.below(3) > 0)),
        9 | 10 => away(page, draws.below(4)),
        11 => page.run("for (const one of root.querySelectorAll('details')) one.open = !one.open"),
        12 => page.run_with("location.hash = given", &json!(draws.of(&["", "#leverage=20&t=312", "#fig-opening", "#bots=NaN"]))),
        _ => page.run_with(
            "scrollTo({ top: given * document.documentElement.scrollHeight, behavior: 'instant' }); await frame()",
            &json!(draws.share()),
        ),
    };
}

/// Removes the element and puts it back: at once, later, elsewhere, or a new one in its place.
fn away(page: &Page, how: u64) -> page_tests::Value {
    page.run_with(
        "const place = lab.nextSibling, around = lab.parentNode;
         if (given === 0) {
           lab.remove();
           around.insertBefore(lab, place);
         } else if (given === 1) {
           lab.remove();
           await new Promise((resolve) => setTimeout(resolve, 60));
           around.insertBefore(lab, place);
         } else if (given === 2) {
           document.body.prepend(lab);
           await frame();
           around.insertBefore(lab, place);
         } else {
           const other = lab.cloneNode(false);
           other.removeAttribute('ready');
           lab.replaceWith(other);
           // Content that loads above may push it away.
           await until(() => (other.scrollIntoView({ behavior: 'instant' }), other.exports));
           other.show('accounts=1000&hours=1');
         }",
        &how.into(),
    )
}

/// Waits until the element shows its latest settings.
pub fn settle(page: &Page) {
    page.screen(1280, 900, 1.0);
    page.run("lab.scrollIntoView({ behavior: 'instant' }); lab.pause(); await lab.ready; await frame(); await frame()");
}
