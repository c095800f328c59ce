//! The picture that other sites show beside a link: the market of the opening in mid-cascade, below the title.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use deleverage::Simulator;
use deleverage::chart::backend::svg::About;
use deleverage::chart::figures::picture;
use deleverage::chart::{Extras, Scene, Span, Theme, View};
use deleverage::model::rules::SHOCK_AT;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

/// Width and height in pixels, as other sites recommend.
pub const SIZE: (u32, u32) = (1200, 630);

/// Distance of the title and the figure from the edges, pixels.
const MARGIN: u32 = 48;

/// Baseline of the title, pixels.
const BASELINE: u32 = 96;

/// Size of the title, unless it is too long for the width, pixels.
const TITLE: f32 = 64.0;

/// Top of the figure, pixels.
const TOP: u32 = 140;

/// Size of the text in the figure, pixels.
const EM: f64 = 18.0;

/// Inter, reduced to the characters of languages with Latin letters (`xtask/fonts/README.md`). With the fonts of the
/// system, the picture would depend on the machine.
const FONTS: [&[u8]; 2] =
    [include_bytes!("../../fonts/inter-regular.ttf"), include_bytes!("../../fonts/inter-bold.ttf")];

/// Draws the picture in each language.
pub struct Painter {
    options: Options<'static>,
    simulator: Simulator,
    extras: Extras,
    view: &'static View,
}

impl Painter {
    /// Reads the fonts and runs the opening.
    ///
    /// # Errors
    /// There is no view of the market.
    pub fn new() -> Result<Self> {
        let mut fonts = Database::new();
        for font in FONTS {
            fonts.load_font_data(font.to_vec());
        }
        fonts.set_sans_serif_family("Inter");
        Ok(Self {
            options: Options { fontdb: Arc::new(fonts), font_family: "Inter".into(), ..Options::default() },
            simulator: Simulator::default(),
            extras: Extras::default(),
            view: View::named("market").context("there is no view named market")?,
        })
    }

    /// Late in the fall: most of it is visible, and orders are still pending.
    fn scene(&self) -> Scene<'_> {
        let fall = self.simulator.summary().trough() - SHOCK_AT;
        Scene::new(&self.simulator, &self.extras, Span::Minutes2, SHOCK_AT + fall * 3 / 4)
    }

    /// Describes the picture in the current language.
    #[must_use]
    pub fn describe(&self) -> String {
        self.view.describe(&self.scene())
    }

    /// The picture with a title, in the current language, as PNG. The title is markup.
    ///
    /// # Errors
    /// It cannot be drawn.
    pub fn png(&self, title: &str) -> Result<Vec<u8>> {
        let mut pixels = Pixmap::new(SIZE.0, SIZE.1).context("a picture without pixels")?;
        resvg::render(&self.picture(title)?, Transform::identity(), &mut pixels.as_mut());
        Ok(pixels.encode_png()?)
    }

    fn picture(&self, title: &str) -> Result<Tree> {
        let (width, height) = SIZE;
        let room = (width - 2 * MARGIN, height - TOP - MARGIN / 2);
        let about = About { title: "", source: "" };
        let figure = picture(self.view, room, EM, &Theme::light(), &self.scene(), about)?;
        let figure = figure.replacen("<svg ", &format!("<svg x=\"{MARGIN}\" y=\"{TOP}\" "), 1);
        let wide = self.tree(&heading(title, TITLE))?.root().bounding_box().width();
        let heading = heading(title, TITLE * (room.0 as f32 / wide).min(1.0));
        let paper = format!("<path fill=\"#fff\" d=\"M0 0h{width}v{height}H0z\"/>");
        self.tree(&format!("{paper}{heading}{figure}"))
    }

    fn tree(&self, markup: &str) -> Result<Tree> {
        let (width, height) = SIZE;
        let svg =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">{markup}</svg>");
        Ok(Tree::from_str(&svg, &self.options)?)
    }
}

/// The title as an element of the picture.
fn heading(title: &str, size: f32) -> String {
    format!(
        "<text x=\"{MARGIN}\" y=\"{BASELINE}\" font-size=\"{size}\" font-weight=\"700\" letter-spacing=\"{}\" \
         fill=\"#171717\">{}</text>",
        // Large bold letters look loose with the spacing of running text.
        -0.02 * size,
        title
    )
}

/// Whether the fonts have the letters of this text: Latin ones, punctuation, arrows and signs of mathematics.
#[must_use]
pub fn writable(text: &str) -> bool {
    text.chars().all(|c| c < '\u{180}' || ('\u{2000}'..'\u{2300}').contains(&c))
}

#[cfg(test)]
mod tests {
    use deleverage::language;
    use resvg::tiny_skia::Rect;
    use resvg::usvg::{Group, Node, TextChunk};

    use super::*;

    #[test]
    fn the_picture_has_its_size_and_is_small_and_the_same_each_time() {
        let painter = Painter::new().unwrap();
        let png = painter.png("The sell order that nobody gave").unwrap();
        let pixels = Pixmap::decode_png(&png).unwrap();
        assert_eq!((pixels.width(), pixels.height()), SIZE);
        assert!((20_000..150_000).contains(&png.len()), "{}", png.len());
        assert!(png == Painter::new().unwrap().png("The sell order that nobody gave").unwrap());
    }

    #[test]
    fn a_title_of_any_length_keeps_the_margins() {
        let painter = Painter::new().unwrap();
        for title in ["Brief", "The sell order that nobody gave", "A title that is much longer than all others, by far"]
        {
            let pixels = Pixmap::decode_png(&painter.png(title).unwrap()).unwrap();
            let dark = |x: u32, y: u32| pixels.pixel(x, y).is_some_and(|pixel| pixel.red() < 128);
            let columns: Vec<_> = (0..SIZE.0).filter(|x| (20..TOP - 8).any(|y| dark(*x, y))).collect();
            let (left, right) = (columns[0], columns[columns.len() - 1]);
            assert!(left >= MARGIN - 2 && right <= SIZE.0 - MARGIN + 2, "{title}: {left} to {right}");
        }
    }

    #[test]
    fn no_words_overlap_in_any_language() {
        let painter = Painter::new().unwrap();
        let (languages, messages) = crate::words::all().unwrap();
        for catalogue in [None].into_iter().chain(languages.iter().map(Some)) {
            language::speak(catalogue.map(|catalogue| catalogue.language(&messages)));
            let (picture, about) = (painter.picture("Title").unwrap(), painter.describe());
            language::speak(None);
            if !writable(&about) {
                continue;
            }
            let mut texts = Vec::new();
            collect(picture.root(), &mut texts);
            assert!(texts.len() > 15, "{} texts", texts.len());
            for (i, (one, place)) in texts.iter().enumerate() {
                for (other, next) in &texts[i + 1..] {
                    assert!(place.intersect(next).is_none(), "{one:?} and {other:?} overlap");
                }
            }
        }
    }

    /// All texts of a picture, with their places.
    fn collect(group: &Group, texts: &mut Vec<(String, Rect)>) {
        for node in group.children() {
            match node {
                Node::Group(group) => collect(group, texts),
                Node::Text(text) => {
                    let words = text.chunks().iter().map(TextChunk::text).collect();
                    texts.push((words, text.abs_bounding_box()));
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }

    #[test]
    fn the_fonts_have_latin_letters_only() {
        assert!(writable("L’ordre de vente que personne n’a donné : « œ », −1 €"));
        assert!(!writable("没有人下达的卖单") && !writable("أمر البيع"));
    }
}
