//! Still pictures for places where no script runs: before wasm has arrived, in print and in feeds. Each
//! `<deleverage-lab ...></deleverage-lab>` of the article gets a picture of its first view.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, ensure};
use deleverage::chart::backend::svg::{Svg, escape};
use deleverage::chart::figures::{still, still_height};
use deleverage::chart::{Extras, FINE, Scene, Span, Theme, View};
use deleverage::language::{self, tr};
use deleverage::model::rules::SHOCK_AT;
use deleverage::params::{self, presets};
use deleverage::{Simulator, describe, query};
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element};
use plotters::prelude::IntoDrawingArea;

use crate::html::{self, Attribute, FIGURE, Kind};
use crate::words::catalogue::Catalogue;
use crate::words::collect::Message;
use crate::words::pages::in_language;

/// The page with the figures.
const PAGE: &str = "index";

/// The directory of the pictures, relative to the page; each other language has a directory in it.
const DRAWINGS: &str = "stills";

/// Widths in CSS pixels: of a whole figure, and of one picture of the storyboard.
const WIDTHS: (u32, u32) = (1100, 520);

/// Size of the text in CSS pixels.
const EM: f64 = 14.0;

/// The views of the laboratory where the article names none.
const USUAL: &str = "price ladder sales r";

/// The place in the page where the storyboard goes.
const STORYBOARD: &str = "storyboard";

/// Draws every figure of the page in this directory, in both themes, and puts the pictures into the page. Also the
/// storyboard: moments of the first run, each with its sentence.
///
/// # Errors
/// A picture cannot be drawn or written, or the page is malformed.
pub fn write(directory: &Path, languages: &[Catalogue], messages: &[Message]) -> Result<()> {
    page(directory, "en", DRAWINGS)?;
    for catalogue in languages {
        language::speak(Some(catalogue.language(messages)));
        let code = catalogue.locale.code;
        let drawn = page(directory, code, &format!("{DRAWINGS}/{code}"));
        language::speak(None);
        drawn.with_context(|| format!("in {}", catalogue.locale.name))?;
    }
    Ok(())
}

/// The same for the page in the current language.
fn page(directory: &Path, code: &str, drawings: &str) -> Result<()> {
    let place = Place { directory, drawings };
    fs::create_dir_all(place.path()).with_context(|| format!("cannot make {}", place.path().display()))?;
    let path = directory.join(in_language(PAGE, code));
    let page = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut figures = Vec::new();
    let tokens = html::tokens(&page);
    for (tag, next) in tokens.iter().zip(tokens.iter().skip(1)) {
        if tag.kind == Kind::Start && tag.name == FIGURE {
            let figure = Figure::read(&tag.attributes)?;
            let empty = next.kind == Kind::End && next.place.start == tag.place.end;
            ensure!(empty, "{} must be empty, because the build puts its picture there", figure.id);
            figures.push(figure.picture(place, figures.is_empty())?);
        }
    }
    let mut figures = figures.into_iter();
    let changes = RewriteStrSettings::new().append_element_content_handler(element!(FIGURE, |figure| {
        figure.append(&figures.next().unwrap_or_default(), ContentType::Html);
        Ok(())
    }));
    let written = html::fill(&html::rewrite(&page, changes)?, STORYBOARD, &storyboard(place)?)?;
    fs::write(&path, written).with_context(|| format!("cannot write {}", path.display()))
}

/// The directories of a page and of its pictures.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The page's own directory.
    directory: &'a Path,
    /// The directory of its pictures, as the page names it.
    drawings: &'a str,
}

impl Place<'_> {
    fn path(self) -> PathBuf {
        self.directory.join(self.drawings)
    }
}

/// A figure of the article.
struct Figure {
    id: String,
    views: Vec<&'static View>,
    query: String,
    span: Span,
    /// The second at which it opens; the end of its span, or the low, if `None`.
    second: Option<usize>,
    /// Whether it is the laboratory, which opens at the low.
    laboratory: bool,
    /// Whether it plays by itself; where it can, its picture shows the moment before.
    plays: bool,
}

impl Figure {
    /// Reads the attributes of its tag.
    fn read(tag: &[Attribute]) -> Result<Self> {
        let (mut id, mut views, mut query) = (String::new(), USUAL.to_owned(), Vec::new());
        let (mut span, mut second, mut plays, mut laboratory) = (None, None, false, false);
        for Attribute { name, value, .. } in tag {
            match name.as_str() {
                "id" => value.clone_into(&mut id),
                "view" => value.clone_into(&mut views),
                "span" => span = Some(value.as_str()),
                "t" => second = Some(value.parse().with_context(|| format!("{id}: {value} is not a second"))?),
                "autoplay" => plays = true,
                "linked" => laboratory = true,
                "controls" => {}
                name if name == "scenario" || params::row(name).is_some() => query.push(format!("{name}={value}")),
                _ => return Err(anyhow!("a figure has an unknown attribute {name}")),
            }
        }
        ensure!(!id.is_empty(), "every figure needs an id, because its picture is named after it");
        let views = views.split(' ').map(|name| View::named(name).with_context(|| format!("{id}: no view {name}")));
        let views = views.collect::<Result<Vec<_>>>()?;
        let of_scenario = || query.iter().find_map(|part| part.strip_prefix("scenario=").and_then(presets::scenario));
        let span = span.or_else(|| of_scenario().map(|scenario| scenario.span)).unwrap_or("2min");
        let span = Span::named(span).with_context(|| format!("{id}: no span {span}"))?;
        Ok(Self { id, views, query: query.join("&"), span, second, laboratory, plays })
    }

    /// Draws it; returns the markup of the picture.
    fn picture(&self, place: Place, first: bool) -> Result<String> {
        let simulator = Simulator::new(&query::parse(&self.query).with_context(|| self.id.clone())?);
        let subject = Subject::new(&simulator);
        let (from, to) = self.span.seconds(simulator.rules().seconds);
        // In the middle of the fall, where orders are pending.
        let middle = usize::midpoint(SHOCK_AT, simulator.summary().trough());
        let end = match (self.plays, self.laboratory) {
            (true, _) => middle,
            (false, true) => simulator.summary().trough(),
            (false, false) => to,
        };
        let now = self.second.unwrap_or(end).clamp(from, to);
        let scene = subject.scene(self.span, now);
        let height = Subject::draw(place, &self.id, &scene, &self.views, WIDTHS.0)?;
        let alt = if self.plays { self.views[0].describe(&scene) } else { self.views[0].finding(&scene) };
        let lazy = if first { "" } else { " loading=\"lazy\"" };
        let mut shown = picture(place, &self.id, (WIDTHS.0, height), &alt, lazy);
        if self.plays {
            let name = format!("{}-before", self.id);
            Subject::draw(place, &name, &subject.scene(self.span, SHOCK_AT - 3), &self.views, WIDTHS.0)?;
            shown = shown.replacen("<picture>", &format!("<picture>{}", before(place, &name)), 1);
        }
        Ok(format!(
            "{shown}<p class=\"still-note\">{}</p>",
            tr("A still picture. With scripts and WebAssembly enabled, it can be dragged.")
        ))
    }
}

fn picture(place: Place, name: &str, (width, height): (u32, u32), alt: &str, lazy: &str) -> String {
    let (alt, drawings) = (escape(alt), place.drawings);
    format!(
        "<picture><source srcset=\"{drawings}/{name}-dark.svg\" media=\"(prefers-color-scheme: dark)\" /><img \
         class=\"still\" src=\"{drawings}/{name}-light.svg\" width=\"{width}\" height=\"{height}\"{lazy} \
         alt=\"{alt}\" /></picture>"
    )
}

/// The alternative pictures where the figure is about to play by itself.
fn before(place: Place, name: &str) -> String {
    let drawings = place.drawings;
    let source = |paper: &str, dark: &str| {
        format!(
            "<source srcset=\"{drawings}/{name}-{paper}.svg\" media=\"(scripting: enabled) and (prefers-reduced-motion: \
             no-preference){dark}\" />"
        )
    };
    source("dark", " and (prefers-color-scheme: dark)") + &source("light", "")
}

/// The storyboard: moments of the first run of the page.
fn storyboard(place: Place) -> Result<String> {
    let simulator = Simulator::default();
    let subject = Subject::new(&simulator);
    let mut html = String::new();
    for (i, phase) in describe::phases(&simulator).iter().enumerate() {
        let name = format!("moment-{}", i + 1);
        let scene = subject.scene(Span::Minutes2, phase.at);
        let views = [View::named("market").context("there is no view named market")?];
        let height = Subject::draw(place, &name, &scene, &views, WIDTHS.1)?;
        let alt = views[0].describe(&scene);
        let shown = picture(place, &name, (WIDTHS.1, height), &alt, " loading=\"lazy\"");
        let _ = write!(html, "<li>{shown}<p>{}</p></li>", escape(&phase.words));
    }
    Ok(html)
}

/// A run and the data for its drawings.
struct Subject<'a> {
    simulator: &'a Simulator,
    extras: Extras,
}

impl<'a> Subject<'a> {
    fn new(simulator: &'a Simulator) -> Self {
        Self { simulator, extras: Extras::default() }
    }

    fn scene(&self, span: Span, now: usize) -> Scene<'_> {
        let Self { simulator, extras } = self;
        Scene::new(simulator, extras, span, now)
    }

    /// Writes `name-light.svg` and `name-dark.svg`; returns their height in CSS pixels.
    fn draw(place: Place, name: &str, scene: &Scene, views: &[&'static View], width: u32) -> Result<u32> {
        let height = (still_height(views) * EM).ceil() as u32;
        for (paper, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
            let mut svg = String::new();
            let area = Svg::new(&mut svg, (width * FINE as u32, height * FINE as u32)).into_drawing_area();
            let failed = || format!("the picture {name} cannot be drawn");
            still(&area, EM, &theme, scene, views).with_context(failed)?;
            area.present().with_context(failed)?;
            drop(area);
            let path = place.path().join(format!("{name}-{paper}.svg"));
            fs::write(&path, svg).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn a_figure_follows_its_attributes() {
        let figure = |attributes: &str| {
            let tokens = html::tokens(&format!("<{FIGURE} {attributes}></{FIGURE}>"));
            Figure::read(&tokens[0].attributes)
        };
        let read = figure("id=\"a\" linked\n  view=\"price sales\" bots=\"0\"").unwrap();
        assert_eq!((read.id.as_str(), read.query.as_str(), read.views.len()), ("a", "bots=0", 2));
        assert_eq!(read.span, Span::Minutes2);
        for wrong in ["bots=\"1\"", "id=\"a\" view=\"nonsense\"", "id=\"a\" bot=\"1\"", "id=\"a\" span=\"1\""] {
            assert!(figure(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_figure_of_the_article_gets_a_picture_with_existing_files() {
        let directory = project::target().join(format!("tmp-stills-{}", std::process::id()));
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(&directory).unwrap();
        let file = in_language(PAGE, "en");
        fs::copy(project::root().join("www").join(&file), directory.join(&file)).unwrap();
        write(&directory, &[], &[]).unwrap();
        let page = fs::read_to_string(directory.join(&file)).unwrap();
        assert!(page.matches("<picture>").count() > page.matches("<deleverage-lab").count());
        for attribute in ["src=\"stills", "srcset=\"stills"] {
            for rest in page.split(attribute).skip(1) {
                let link = format!("stills{}", rest.split('"').next().unwrap());
                let svg = fs::read_to_string(directory.join(&link)).unwrap();
                assert!(svg.contains("<path") && !svg.contains("NaN"), "{link}");
            }
        }
        assert!(!page.contains("alt=\"\""), "every picture is said in words");
        fs::remove_dir_all(directory).unwrap();
    }
}
