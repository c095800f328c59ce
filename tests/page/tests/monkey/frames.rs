//! Random actions of a page on frames with figures: messages of any kind, and removal.

use page_tests::held::Draws;
use page_tests::{Page, json};

/// Does one random action on one of the frames.
pub fn act(page: &Page, draws: &mut Draws, query: &str) {
    let frame = draws.below(2);
    let given = match draws.below(12) {
        0..=4 => json!([frame, { "deleverage": 1, "type": "set", "query": query }]),
        5 => json!([frame, { "deleverage": 1, "type": "play" }]),
        6 => json!([frame, { "deleverage": 1, "type": "pause" }]),
        7 => json!([frame, { "deleverage": 1, "type": "subscribe" }]),
        8 => json!([
            frame,
            draws.of(&[
                json!(null),
                json!("set"),
                json!({ "deleverage": 2, "type": "play" }),
                json!({ "deleverage": 1, "type": "toString" }),
                json!({ "deleverage": 1, "type": "set", "query": 7 }),
                json!({ "deleverage": 1, "type": "set", "query": "x=1&".repeat(2000) }),
                json!({ "deleverage": 1, "type": "height", "height": 1e9 }),
                json!({ "deleverage": 1 }),
            ])
        ]),
        9 => {
            // Many at once.
            page.run_with(
                "for (let bots = 0; bots < 60; bots += 1) frames[given].postMessage({ deleverage: 1, type: 'set', query: `accounts=1000&hours=1&bots=${bots}` }, '*');
                 await frame()",
                &json!(frame),
            );
            return;
        }
        10 => {
            page.run_with(
                "const one = document.querySelectorAll('iframe')[given];
                 const [place, around] = [one.nextSibling, one.parentNode];
                 one.remove();
                 around.insertBefore(one, place);
                 await new Promise((resolve) => setTimeout(resolve, 300))",
                &json!(frame),
            );
            return;
        }
        _ => {
            page.run_with(
                "scrollTo({ top: given * document.documentElement.scrollHeight, behavior: 'instant' }); await frame()",
                &json!(draws.share()),
            );
            return;
        }
    };
    page.run_with("frames[given[0]].postMessage(given[1], '*'); await frame()", &given);
}
