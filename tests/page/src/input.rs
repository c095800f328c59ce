//! Real key and pointer events, sent through the browser.

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::Page;

/// A pointing device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// A mouse with its left button pressed.
    Mouse,
    /// A finger.
    Touch,
}

impl Page {
    /// Presses and releases a key `times` times, wherever the focus is.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn press(&self, key: Key, times: usize) {
        let key = char::from(key).to_string();
        let stroke = [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })];
        self.keys(stroke.iter().cycle().take(2 * times));
    }

    /// Presses a key while Shift is held.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn press_with_shift(&self, key: Key) {
        let (key, shift) = (char::from(key).to_string(), char::from(Key::Shift).to_string());
        self.keys(&[
            json!({ "type": "keyDown", "value": shift }),
            json!({ "type": "keyDown", "value": key }),
            json!({ "type": "keyUp", "value": key }),
            json!({ "type": "keyUp", "value": shift }),
        ]);
    }

    /// Types text, wherever the focus is.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn write(&self, text: &str) {
        let strokes = text
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })]);
        self.keys(&strokes.collect::<Vec<_>>());
    }

    fn keys<'a>(&self, actions: impl IntoIterator<Item = &'a Value>) {
        let actions: Vec<_> = actions.into_iter().collect();
        self.command("actions", json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }));
    }

    /// Clicks the middle of the element.
    ///
    /// # Panics
    /// There is no such element, or a different one covers it.
    pub fn click(&self, selector: &str) {
        let middle = [0.5, 0.5];
        self.drag(Pointer::Mouse, selector, middle, middle);
    }

    /// As [`Page::click`], even if the element is covered or disabled.
    ///
    /// # Panics
    /// There is no such element.
    pub fn poke(&self, selector: &str) {
        let points = self.points(selector, [[0.5, 0.5]; 2], false);
        self.stroke(Pointer::Mouse, &points);
    }

    /// Drags from one place of the element to another; places are fractions of its width and height.
    ///
    /// # Panics
    /// There is no such element, or a different one covers it.
    pub fn drag(&self, pointer: Pointer, selector: &str, from: [f64; 2], to: [f64; 2]) {
        let points = self.points(selector, [from, to], true);
        self.stroke(pointer, &points);
    }

    /// Moves the mouse to a place of the element, without pressing a button.
    ///
    /// # Panics
    /// There is no such element, or a different one covers it.
    pub fn hover(&self, selector: &str, place: [f64; 2]) {
        let [at, _] = self.points(selector, [place; 2], true);
        let [x, y] = at.map(f64::round);
        let actions = [json!({ "type": "pointerMove", "duration": 0, "x": x, "y": y })];
        let source =
            json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions });
        self.command("actions", json!({ "actions": [source] }));
    }

    /// Screen coordinates of places of the element, after scrolling to it.
    fn points(&self, selector: &str, places: [[f64; 2]; 2], in_front: bool) -> [[f64; 2]; 2] {
        let given = json!({ "selector": selector, "places": places, "inFront": in_front });
        let points = self.run_with(
            "const element = $(given.selector);
             if (!element) throw new Error(`nothing is ${given.selector}`);
             element.scrollIntoView({ block: 'center', behavior: 'instant' });
             await frame();
             // The first line of a link that wraps; between its lines there is nothing to click.
             const box = element.getClientRects()[0];
             const points = given.places.map(([x, y]) => [box.left + x * box.width, box.top + y * box.height].map(Math.round));
             const front = root?.elementFromPoint(...points[0]) ?? document.elementFromPoint(...points[0]);
             if (given.inFront && !element.contains(front)) throw new Error(`${front?.outerHTML} is in front of ${given.selector}`);
             return points;",
            &given,
        );
        serde_json::from_value(points).expect("pairs of numbers")
    }

    /// Presses at the first point, moves, and releases at the second.
    fn stroke(&self, pointer: Pointer, [from, to]: &[[f64; 2]; 2]) {
        let at = |part: f64, milliseconds: u32| {
            let [x, y] = [0, 1].map(|i| (from[i] + (to[i] - from[i]) * part).round());
            json!({ "type": "pointerMove", "duration": milliseconds, "x": x, "y": y })
        };
        let mut actions = vec![at(0.0, 0), json!({ "type": "pointerDown", "button": 0 })];
        if from != to {
            actions.extend([0.25, 0.5, 0.75, 1.0].map(|part| at(part, 20)));
        }
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        let kind = if pointer == Pointer::Mouse { "mouse" } else { "touch" };
        let source =
            json!({ "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": actions });
        self.command("actions", json!({ "actions": [source] }));
    }

    /// Focuses the element from a script.
    ///
    /// # Panics
    /// The element does not take the focus.
    pub fn focus(&self, selector: &str) {
        let took = self.run_with("$(given).focus(); return focused() === $(given)", &json!(selector));
        assert_eq!(took, json!(true), "{selector} does not take the focus");
    }
}
