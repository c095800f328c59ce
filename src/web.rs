//! The interface to the page through wasm-bindgen: converts values of JavaScript to those of the crate and back.

// wasm-bindgen generates unsafe code for exports; none is written here.
#![allow(unsafe_code)]

#[cfg(feature = "full")]
mod along;
#[cfg(feature = "full")]
mod crowd_results;
#[cfg(feature = "full")]
mod crowds;
#[cfg(feature = "full")]
mod full;
#[cfg(feature = "full")]
mod map;

use std::cell::RefCell;
use std::panic;

use js_sys::{Array, BigInt, Function, Object, Reflect};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::IntoDrawingArea;
use plotters_canvas::CanvasBackend;
#[cfg(feature = "full")]
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::FULL;
use crate::chart::backend::canvas::Canvas;
use crate::chart::views::Axis;
use crate::chart::{self, Axes, Extras, Mark, Scene, Span, Theme, View};
#[cfg(feature = "full")]
use crate::chart::{Kept, Role, Spot};
use crate::describe;
use crate::entries::{Entries, Value};
use crate::language::{self, Language, tr};
use crate::model::{Rules, Simulator};
#[cfg(feature = "full")]
use crate::params::presets::{SCENARIOS, Scenario};
use crate::params::{ParamError, Params, Row, Scale, TABLE, row};
use crate::query;

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

type Answer<T> = Result<T, JsError>;

/// The types of plain objects that are made by hand. Those of structs and tables are made by `xtask/src/types/`.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A row of the table of parameters. */
export interface ControlRow {
  /** The name in objects. */
  id: ParamId;
  /** The name in URLs and attributes. */
  name: string;
  label: string;
  help: string;
  group: GroupName;
  default: number;
  /** Names of the choices, and the same in words; empty for a number. */
  choices: string[];
  choice_words: string[];
  /** The positions of the slider; empty if there is none. */
  stops: number[];
}

/** A row of the table of views. */
export interface ViewRow {
  name: ViewName;
  label: string;
  axis: "time" | "price" | "";
  /** Whether it changes from second to second. */
  moves: boolean;
  /** Whether the laboratory shows it. */
  laboratory: boolean;
  /** The view to its right, if there is room. */
  beside: ViewName | undefined;
}

/** The data that a page shows of a run. */
export interface RunResult {
  query: string;
  params: Params;
  summary: Summary;
  /** Value and unit of each parameter changed since the last call. */
  words: Partial<Record<ParamId, string>>;
  headline: string;
  /** First and last second of each span. */
  sights: Record<SpanName, [number, number]>;
  /** Only in the full build. */
  phases?: Phase[];
}
"#;

/// Crowds above this size run in the full build, which is compiled for speed; the light build is compiled for size.
const LARGE: f64 = 20_000.0;

thread_local! {
    static ON_PANIC: RefCell<Option<Function>> = const { RefCell::new(None) };
}

#[cfg(feature = "full")]
fn to_js<T: Serialize + ?Sized>(value: &T) -> Answer<JsValue> {
    // Plain objects and null, as in JSON.
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| JsError::new(&error.to_string()))
}

/// Calls `report` with the message if the crate panics. The instance cannot be used after that.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(#[wasm_bindgen(unchecked_param_type = "(message: string) => void")] report: Function) {
    ON_PANIC.set(Some(report));
    panic::set_hook(Box::new(|info| {
        ON_PANIC.with_borrow(|report| {
            if let Some(report) = report {
                // If the page's own handler throws, nothing is left to report to.
                let _ = report.call1(&JsValue::NULL, &info.to_string().into());
            }
        });
    }));
}

/// Sets the language of the instance; the argument is a catalogue for [`Language::new`].
#[wasm_bindgen]
pub fn speak(catalogue: &str, group: &str, decimal: &str, leftward: bool) {
    language::speak(Some(Language::new(catalogue, group, decimal, leftward)));
}

/// The table of parameters. Each row has its name in URLs and the positions of its slider.
#[wasm_bindgen(unchecked_return_type = "ControlRow[]")]
#[must_use]
pub fn table() -> JsValue {
    let controls = Array::new();
    // Parameters without a label in this build have no slider.
    for row in TABLE.iter().filter(|row| !row.label.is_empty()) {
        let choices = if let Scale::Choice(names) = row.scale { names } else { &[] };
        let control = Object::new();
        for (name, words) in [
            ("id", row.id),
            ("name", &row.name()),
            ("label", tr(row.label)),
            ("help", tr(row.help)),
            ("group", row.group.name()),
        ] {
            put(&control, name, &words.into());
        }
        put(&control, "default", &row.default.into());
        put(&control, "choices", &list(choices.iter().map(|name| (*name).into())));
        put(&control, "choice_words", &list(choices.iter().map(|name| tr(name).into())));
        put(&control, "stops", &list(row.stops().into_iter().map(JsValue::from)));
        controls.push(&control);
    }
    controls.into()
}

/// An array.
fn list(values: impl Iterator<Item = JsValue>) -> JsValue {
    let list = Array::new();
    values.for_each(|value| {
        list.push(&value);
    });
    list.into()
}

/// Sets a property of a plain object, which cannot fail.
fn put(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &name.into(), value);
}

/// A flat JavaScript object, with null for missing values.
fn plain(entries: &dyn Entries) -> JsValue {
    let object = Object::new();
    entries.each(&mut |name, value| {
        let value = match value {
            Value::Number(number) => number.into(),
            Value::Whole(whole) => (whole as f64).into(),
            Value::Text(text) => text.into(),
            Value::Nothing => JsValue::NULL,
        };
        put(&object, name, &value);
    });
    object.into()
}

/// The names of all parameters, as in URLs.
#[wasm_bindgen]
pub fn names() -> Vec<String> {
    TABLE.iter().map(Row::name).collect()
}

/// The views that this build can draw, as a table.
#[wasm_bindgen(unchecked_return_type = "ViewRow[]")]
#[must_use]
pub fn views() -> JsValue {
    let row = |view: &View| {
        let axis = match view.axis {
            Axis::Time => "time",
            Axis::Price => "price",
            Axis::None => "",
        };
        let object = Object::new();
        put(&object, "name", &view.name.into());
        put(&object, "label", &tr(view.label).into());
        put(&object, "axis", &axis.into());
        put(&object, "moves", &view.moves.into());
        put(&object, "laboratory", &view.laboratory.into());
        put(&object, "beside", &view.beside.map(|(name, _)| name).into());
        object.into()
    };
    list(View::all().map(row))
}

/// The scenarios, each with its query in the form of [`Lab::query`].
#[cfg(feature = "full")]
#[wasm_bindgen(unchecked_return_type = "(Scenario & { span: SpanName, written: string })[]")]
pub fn scenarios() -> Answer<JsValue> {
    #[derive(Serialize)]
    struct Named {
        #[serde(flatten)]
        scenario: Scenario,
        written: String,
    }
    let written = |scenario: &Scenario| query::write(&query::parse_lenient(scenario.query).0);
    let said = |scenario: &Scenario| Scenario { name: tr(scenario.name), words: tr(scenario.words), ..*scenario };
    let named: Vec<_> =
        SCENARIOS.iter().map(|scenario| Named { scenario: said(scenario), written: written(scenario) }).collect();
    to_js(&named)
}

/// The left and right margins of plots, in em, for elements that the page aligns with them.
#[wasm_bindgen]
pub fn margins() -> Vec<f64> {
    vec![chart::LEFT, chart::RIGHT]
}

/// Reads a query: `{ params, problems, span }`. The problems are sentences; the span is that of the scenario, if one is
/// named.
#[wasm_bindgen(js_name = readQuery, unchecked_return_type = "{ params: Params, problems: string[], span: SpanName | null }")]
#[must_use]
pub fn read_query(text: &str) -> JsValue {
    let (params, problems) = query::parse_lenient(text);
    let read = Object::new();
    put(&read, "params", &plain(&params));
    put(&read, "problems", &list(problems.iter().map(|problem| problem.to_string().into())));
    let span = query::scenario_of(text).map_or(JsValue::NULL, |scenario| scenario.span.into());
    put(&read, "span", &span);
    read.into()
}

/// Whether this build can run a query.
#[wasm_bindgen]
#[must_use]
pub fn covers(text: &str) -> bool {
    runs(&query::parse_lenient(text).0)
}

fn runs(params: &Params) -> bool {
    FULL || params.accounts <= LARGE && !Rules::from(params).needs_all()
}

/// The value of a parameter with its unit.
#[wasm_bindgen]
pub fn words(id: &str, value: f64) -> String {
    row(id).map_or_else(String::new, |row| row.words(value))
}

/// A laboratory: parameters, their run, and its drawings.
#[wasm_bindgen]
pub struct Lab {
    simulator: Simulator,
    mark: Mark,
    extras: Extras,
    /// The axes kept while a slider is held, and while they move to those of the run.
    axes: Option<Axes>,
    /// The price of the previous run, while it is shown as a ghost.
    before: Option<Vec<f64>>,
    /// The parameters of the last [`Lab::result`].
    reported: Option<Params>,
    #[cfg(feature = "full")]
    kept: Option<Simulator>,
    #[cfg(feature = "full")]
    beside: bool,
    #[cfg(feature = "full")]
    crowds: crowd_results::CrowdResults,
}

#[wasm_bindgen]
impl Lab {
    /// A laboratory with the parameters of a query; invalid values are brought into range.
    #[wasm_bindgen(constructor)]
    pub fn new(query: &str) -> Self {
        let (params, _) = query::parse_lenient(query);
        Self {
            simulator: Simulator::new(&params),
            mark: Mark::default(),
            extras: Extras::default(),
            axes: None,
            before: None,
            reported: None,
            #[cfg(feature = "full")]
            kept: None,
            #[cfg(feature = "full")]
            beside: false,
            #[cfg(feature = "full")]
            crowds: crowd_results::CrowdResults::default(),
        }
    }

    /// Changes the parameters named in the object and runs. An invalid one throws an exception with the reason, and
    /// nothing changes. Returns false, and changes nothing, if this build cannot run the parameters.
    pub fn set(&mut self, #[wasm_bindgen(unchecked_param_type = "Changes")] changes: &JsValue) -> Answer<bool> {
        let mut params = self.simulator.summary().params;
        // Reading a foreign object may throw. All calls here catch that: an exception through this frame would leave
        // the laboratory borrowed for ever.
        let unreadable = |_| JsError::new("parameters are set with an object, like { leverage: 20 }");
        for key in Reflect::own_keys(changes).map_err(unreadable)? {
            let name = key.as_string().unwrap_or_default();
            let value = Reflect::get(changes, &key).map_err(unreadable)?;
            let row = row(&name).ok_or_else(|| JsError::from(ParamError::unknown(&name)))?;
            read_value(&mut params, row, &value)?;
        }
        params.check()?;
        if !runs(&params) {
            return Ok(false);
        }
        self.simulator.simulate(&params);
        self.extras.forget();
        Ok(true)
    }

    /// Holds a slider: keeps the axes of this span, and shows this run as a ghost behind those that follow.
    pub fn hold(&mut self, span: &str) -> Answer<()> {
        let suitable = self.scene(span_named(span)?, 0.0).suitable_axes();
        self.axes.get_or_insert(suitable);
        self.before = Some(self.simulator.run().series.price.clone());
        Ok(())
    }

    /// Releases the slider: moves the axes by `share`, 0 to 1, towards those of the run. Returns whether they already
    /// match.
    pub fn settle(&mut self, span: &str, share: f64) -> Answer<bool> {
        let suitable = self.scene(span_named(span)?, 0.0).suitable_axes();
        let same = self.axes.is_none_or(|held| held == suitable);
        self.axes = self.axes.filter(|_| share < 1.0 && !same).map(|held| held.towards(suitable, share));
        Ok(same)
    }

    /// Removes the ghost of the previous run.
    #[wasm_bindgen(js_name = forgetBefore)]
    pub fn forget_before(&mut self) {
        self.before = None;
    }

    /// The second of the lowest price or, if the first order is a purchase, of the highest.
    pub fn extreme(&self) -> usize {
        let price = &self.simulator.run().series.price;
        let sign = if self.simulator.rules().purchase() { -1.0 } else { 1.0 };
        let lower = |best: usize, second: usize| if sign * price[second] < sign * price[best] { second } else { best };
        (0..price.len()).fold(0, lower)
    }

    /// The parameters.
    #[cfg(feature = "full")]
    #[wasm_bindgen(unchecked_return_type = "Params")]
    pub fn params(&self) -> JsValue {
        plain(&self.simulator.summary().params)
    }

    /// The query that reproduces these parameters.
    #[cfg(feature = "full")]
    pub fn query(&self) -> String {
        query::write(&self.simulator.summary().params)
    }

    /// Parameters and results, with the keys of `cargo xtask simulate`.
    #[cfg(feature = "full")]
    #[wasm_bindgen(unchecked_return_type = "Summary")]
    pub fn summary(&self) -> JsValue {
        plain(self.simulator.summary())
    }

    /// The data that a page shows of a run, as one object: `query`, `params`, `summary`, `words` (value and unit of
    /// each parameter changed since the last call), `headline` (of a figure that begins with this view), `sights`
    /// (first and last second of each span) and, in the full build, `phases`.
    #[wasm_bindgen(unchecked_return_type = "RunResult")]
    pub fn result(&mut self, view: &str) -> Answer<JsValue> {
        let params = self.simulator.summary().params;
        let (words, sights, result) = (Object::new(), Object::new(), Object::new());
        for row in TABLE.iter().filter(|row| !row.label.is_empty()) {
            let value = params.get(row);
            if self.reported.is_none_or(|last| last.get(row) != value) {
                put(&words, row.id, &row.words(value).into());
            }
        }
        self.reported = Some(params);
        for (name, span) in Span::ALL {
            let (first, last) = span.seconds(self.seconds());
            put(&sights, name, &list([first, last].into_iter().map(JsValue::from)));
        }
        put(&result, "query", &query::write(&params).into());
        put(&result, "params", &plain(&params));
        put(&result, "summary", &plain(self.simulator.summary()));
        put(&result, "words", &words);
        put(&result, "headline", &self.headline(view)?.into());
        put(&result, "sights", &sights);
        #[cfg(feature = "full")]
        put(&result, "phases", &self.phases()?);
        Ok(result.into())
    }

    /// Length of the run, s.
    pub fn seconds(&self) -> usize {
        self.simulator.rules().seconds
    }

    /// The run in two sentences, for a figure that begins with this view.
    fn headline(&self, view: &str) -> Answer<String> {
        Ok(view_named(view)?.finding(&self.scene(Span::Minutes2, 0.0)))
    }

    /// A second of the run as text, counted from the first order.
    pub fn time(&self, second: usize) -> String {
        describe::time_words(second.min(self.seconds()), self.simulator.rules().purchase())
    }

    /// The numbers beside the picture, with their meaning.
    #[cfg(feature = "full")]
    #[wasm_bindgen(unchecked_return_type = "KeyFigure[]")]
    pub fn figures(&self) -> Answer<JsValue> {
        to_js(&describe::figures(&self.simulator))
    }

    /// The feedback loop in one second, as text.
    #[cfg(feature = "full")]
    #[wasm_bindgen(unchecked_return_type = "Moment")]
    pub fn moment(&self, second: usize) -> Answer<JsValue> {
        to_js(&describe::moment(&self.simulator, second))
    }

    /// The events of the run, in order.
    #[cfg(feature = "full")]
    #[wasm_bindgen(unchecked_return_type = "Phase[]")]
    pub fn phases(&self) -> Answer<JsValue> {
        to_js(&describe::phases(&self.simulator))
    }

    /// Describes one view of this run.
    #[wasm_bindgen(js_name = viewWords)]
    pub fn view_words(&self, view: &str, span: &str, second: f64) -> Answer<String> {
        let scene = self.scene(span_named(span)?, second);
        #[cfg(feature = "full")]
        let (scene, view) =
            if view == "kept" { (self.kept_scene(span_named(span)?, second), "price") } else { (scene, view) };
        Ok(view_named(view)?.describe(&scene))
    }

    /// Highlights the target at a point of a view in all views. Returns `[second, fall in percent, account]`, NaN for
    /// unknown ones. Sizes and points in pixels of the screen.
    #[cfg(feature = "full")]
    #[wasm_bindgen(js_name = pointAt)]
    pub fn point_at(
        &mut self,
        view: &str,
        size: &[f64],
        em: f64,
        span: &str,
        second: f64,
        at: &[f64],
    ) -> Answer<Vec<f64>> {
        let fine = |pixels: f64| (pixels * f64::from(chart::FINE)) as i32;
        let [width, height, x, y] = [size[0], size[1], at[0], at[1]].map(fine);
        let scene = self.scene(span_named(span)?, second);
        let spot = view_named(view)?.spot(em * f64::from(chart::FINE), (width, height), &scene, (x, y));
        self.mark = spot.map_or(Mark::default(), |spot| Mark::of(&self.simulator, spot));
        Ok(self.marked())
    }

    /// Highlights a `second`, a `fall` in percent or an `account` in all views; anything else removes the highlight.
    #[cfg(feature = "full")]
    pub fn point(&mut self, what: &str, value: f64) -> Vec<f64> {
        let spot = match what {
            "second" => Some(Spot::Second(value as usize)),
            "fall" => Some(Spot::Fall(value)),
            "account" => Some(Spot::Account(value as u32)),
            _ => None,
        };
        self.mark = spot.map_or(Mark::default(), |spot| Mark::of(&self.simulator, spot));
        self.marked()
    }

    /// Why the highlighted account is forced to sell, and what its sale sets off; empty without such an account.
    #[cfg(feature = "full")]
    pub fn traced(&self) -> String {
        chart::traced(&self.scene(Span::Minutes2, 0.0))
    }

    #[cfg(feature = "full")]
    fn marked(&self) -> Vec<f64> {
        let Mark { second, fall, account } = self.mark;
        vec![second.map_or(f64::NAN, |s| s as f64), fall.unwrap_or(f64::NAN), account.map_or(f64::NAN, f64::from)]
    }

    /// The same for the kept run, with this one as comparison; without a kept run, this one.
    #[cfg(feature = "full")]
    fn kept_scene(&self, span: Span, second: f64) -> Scene<'_> {
        let scene = self.scene(span, second);
        let Some(kept) = &self.kept else { return scene };
        let now = (second as usize).min(kept.rules().seconds);
        Scene { simulator: kept, now, kept: Some(Kept { simulator: &self.simulator, role: Role::Itself }), ..scene }
    }

    /// Keeps this run for comparison with later ones. With `beside`, the two are drawn side by side instead of in one
    /// picture.
    #[cfg(feature = "full")]
    pub fn keep(&mut self, beside: bool) {
        self.kept.get_or_insert_with(|| self.simulator.clone());
        self.beside = beside;
    }

    /// Drops the kept run.
    #[cfg(feature = "full")]
    #[wasm_bindgen(js_name = letGo)]
    pub fn let_go(&mut self) {
        self.kept = None;
    }

    /// `second` may have a fraction, for views that animate within a second.
    fn scene(&self, span: Span, second: f64) -> Scene<'_> {
        Scene {
            simulator: &self.simulator,
            span,
            now: (second as usize).min(self.seconds()),
            part: second - (second as usize) as f64,
            axes: self.axes,
            before: self.before.as_deref(),
            mark: self.mark,
            #[cfg(feature = "full")]
            kept: self
                .kept
                .as_ref()
                .map(|simulator| Kept { simulator, role: if self.beside { Role::Beside } else { Role::Shaded } }),
            #[cfg(not(feature = "full"))]
            kept: None,
            #[cfg(feature = "full")]
            crowds: self.crowds.shown(),
            #[cfg(not(feature = "full"))]
            crowds: None,
            extras: &self.extras,
        }
    }

    /// Draws one view on a canvas whose backing store has the size of its pixels on the screen. `em` is the text size
    /// in those pixels.
    pub fn draw(
        &self,
        view: &str,
        canvas: HtmlCanvasElement,
        em: f64,
        dark: bool,
        span: &str,
        second: f64,
    ) -> Answer<()> {
        #[cfg(feature = "full")]
        let kept = view == "kept";
        #[cfg(feature = "full")]
        let view = if kept { "price" } else { view };
        let view = view_named(view)?;
        let scene = self.scene(span_named(span)?, second);
        #[cfg(feature = "full")]
        let scene = if kept { self.kept_scene(span_named(span)?, second) } else { scene };
        view.draw(&area(canvas)?, em, &theme(dark), &scene).map_err(|error| JsError::new(error.0))
    }
}

/// The area of a canvas, drawn in quarters of a pixel.
fn area(canvas: HtmlCanvasElement) -> Answer<DrawingArea<Canvas, Shift>> {
    let none = || JsError::new("this browser gives no 2d canvas to draw on");
    let context = canvas.get_context("2d").ok().flatten().ok_or_else(none)?;
    let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| none())?;
    let quarter = 1.0 / f64::from(chart::FINE);
    context.set_transform(quarter, 0.0, 0.0, quarter, 0.0, 0.0).map_err(|_| none())?;
    context.set_line_join("round");
    let size = CanvasBackend::with_canvas_object(canvas).ok_or_else(none)?;
    Ok(Canvas::new(size, context).into_drawing_area())
}

fn theme(dark: bool) -> Theme {
    if dark { Theme::dark() } else { Theme::light() }
}

fn view_named(name: &str) -> Answer<&'static View> {
    View::named(name).ok_or_else(|| JsError::new(&format!("there is no view \"{name}\"")))
}

fn span_named(name: &str) -> Answer<Span> {
    Span::named(name).ok_or_else(|| JsError::new(&format!("there is no time span \"{name}\"")))
}

/// Sets a parameter from a JavaScript value: a number, digits, or a bigint for a large seed.
fn read_value(params: &mut Params, row: &'static Row, value: &JsValue) -> Result<(), ParamError> {
    match value.as_f64() {
        Some(number) if row.scale != Scale::Seed || row.allows(number) => params.set(row, number),
        Some(number) => Err(ParamError::not_allowed(row, &crate::units::number(number))),
        None => match value.as_string().or_else(|| digits(value)) {
            Some(text) => query::read(params, row, &text),
            None => Err(ParamError::not_allowed(row, &value.js_typeof().as_string().unwrap_or_default())),
        },
    }
}

fn digits(value: &JsValue) -> Option<String> {
    value.dyn_ref::<BigInt>().and_then(|whole| whole.to_string(10).ok()).map(String::from)
}
