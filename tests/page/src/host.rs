//! A third-party page with our figures in frames, and how tests enter and leave a frame.

use serde_json::Value;

use crate::{Page, server};

/// The figure in a frame.
pub const FIGURE: &str = "#figure";

impl Page {
    /// Opens a third-party page with frames, given the query and further attributes of each. Its style is hostile; it
    /// records messages in `told` and errors in `errors`.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn host(&self, frames: &[(&str, &str)]) {
        let origin = self.origin();
        let frame = |(query, more): &(&str, &str)| {
            format!("<iframe src='{origin}embed.html?{query}' width='100%' height='420' {more}></iframe>")
        };
        let frames = frames.iter().map(frame).collect::<Vec<_>>().concat();
        let html = format!(
            "<!doctype html><title>Somebody's page</title>
             <style>* {{ all: revert; font-size: 40px; direction: rtl; color: red }} iframe {{ border: 7px solid }}</style>
             <script>{}</script>
             <script>var told = []; addEventListener('message', (event) => told.push({{ origin: event.origin, ...event.data }}));</script>
             <script src='{origin}host.js'></script>
             <p>Before <input id='field' autofocus></p>{frames}<p style='height: 3000px'>After</p>",
            server::WATCH
        );
        self.wait_for("open a third-party page", self.session().client().goto(&server::stranger(&html)));
        self.look_at(FIGURE);
    }

    /// Enters a frame once its figure is ready; later commands run there.
    ///
    /// # Panics
    /// There is no such frame, or the figure does not become ready.
    pub fn inside(&self, frame: u16) {
        self.outside();
        self.wait_for("enter the frame", self.session().client().enter_frame(frame));
        // A frame can be entered before its script has run.
        self.until(&format!("!!document.querySelector({FIGURE:?})"));
        self.run("await customElements.whenDefined('deleverage-lab'); await lab.ready");
    }

    /// Returns to the host; later commands run there.
    ///
    /// # Panics
    /// The browser refuses.
    pub fn outside(&self) {
        self.wait_for("leave the frame", self.session().client().enter_parent_frame());
    }

    /// Messages of this kind that the host has received.
    ///
    /// # Panics
    /// The current page is not the host.
    #[must_use]
    pub fn messages(&self, kind: &str) -> Vec<Value> {
        let told = self.get(&format!("told.filter(({{ type }}) => type === '{kind}')"));
        told.as_array().expect("messages").clone()
    }
}
