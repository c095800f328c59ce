//! The views equal the accepted pictures in `snapshots/`. Open them in a browser before accepting a change
//! (`INSTA_UPDATE=always cargo test --test drawings`).

use deleverage::chart::figures::still;
use deleverage::chart::{Extras, FINE, Mark, Scene, Span, Spot, Theme, VIEWS, View};
use deleverage::language::{Language, speak};
use deleverage::model::Ensemble;
use deleverage::params::presets::scenario;
use deleverage::{Simulator, query};
use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::IntoDrawingArea;
use plotters_svg::SVGBackend;

/// The views of the laboratory at its start.
fn first_views() -> [&'static View; 4] {
    ["price", "ladder", "sales", "r"].map(view)
}

fn view(name: &str) -> &'static View {
    View::named(name).expect("a row of the table of views")
}

/// A run to draw.
struct Subject {
    simulator: Simulator,
    extras: Extras,
}

impl Subject {
    fn new(text: &str) -> Self {
        let simulator = Simulator::new(&query::parse(text).unwrap());
        Self { simulator, extras: Extras::default() }
    }

    fn scene(&self, span: Span, now: usize) -> Scene<'_> {
        Scene::new(&self.simulator, &self.extras, span, now)
    }
}

fn svg(width: u32, height: u32, paint: impl FnOnce(&DrawingArea<SVGBackend, Shift>)) -> Vec<u8> {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (width * FINE as u32, height * FINE as u32)).into_drawing_area();
    paint(&area);
    area.present().unwrap();
    drop(area);
    svg.into_bytes()
}

#[test]
fn the_first_views_of_a_run() {
    let subject = Subject::new("");
    let picture = svg(1100, 588, |area| {
        still(area, 14.0, &Theme::light(), &subject.scene(Span::Minutes2, 7200), &first_views()).unwrap();
    });
    insta::assert_binary_snapshot!("opening.svg", picture);
}

/// A view with a hundred crowds behind the run, below, at and above the tipping point.
fn among_crowds(name: &str, bots: &str, (width, height): (u32, u32), theme: &Theme) -> Vec<u8> {
    let text = format!("bots={bots}&hours=1&accounts=5000&seed=7");
    let subject = Subject::new(&text);
    let crowds = Ensemble::run(&query::parse(&text).unwrap(), 100);
    svg(width, height, |area| {
        let scene = Scene { crowds: Some(&crowds), ..subject.scene(Span::Minutes2, 420) };
        view(name).draw(area, 14.0, theme, &scene).unwrap();
    })
}

#[test]
fn a_hundred_crowds_below_the_tipping_point() {
    insta::assert_binary_snapshot!("crowds-below.svg", among_crowds("crowds", "20", (900, 154), &Theme::light()));
}

#[test]
fn a_hundred_crowds_at_the_tipping_point() {
    insta::assert_binary_snapshot!("crowds-at.svg", among_crowds("crowds", "37", (366, 154), &Theme::dark()));
}

#[test]
fn a_hundred_crowds_above_the_tipping_point() {
    insta::assert_binary_snapshot!("crowds-above.svg", among_crowds("crowds", "60", (900, 154), &Theme::light()));
}

#[test]
fn the_spread_of_a_hundred_crowds_behind_the_price() {
    insta::assert_binary_snapshot!("crowds-price.svg", among_crowds("price", "37", (700, 240), &Theme::light()));
}

#[test]
fn the_spread_of_a_hundred_crowds_in_the_market() {
    insta::assert_binary_snapshot!("crowds-market.svg", among_crowds("market", "37", (1100, 378), &Theme::dark()));
}

/// The market between two seconds of the cascade, with pending orders.
fn market(text: &str, (width, height): (u32, u32), theme: &Theme, now: usize, part: f64) -> Vec<u8> {
    let subject = Subject::new(text);
    svg(width, height, |area| {
        let scene = Scene { part, ..subject.scene(Span::Minutes2, now) };
        view("market").draw(area, 14.0, theme, &scene).unwrap();
    })
}

#[test]
fn the_market_in_mid_cascade() {
    insta::assert_binary_snapshot!("market.svg", market("", (1100, 378), &Theme::light(), 316, 0.4));
}

#[test]
fn the_market_before_the_first_sale_on_a_phone() {
    insta::assert_binary_snapshot!("market-phone.svg", market("", (366, 320), &Theme::dark(), 297, 0.0));
}

#[test]
fn the_market_after_a_purchase_with_shorts() {
    let text = "shorts=60&first-order=purchase&bots=80&shock=6&accounts=2000&seed=1";
    insta::assert_binary_snapshot!("market-squeeze.svg", market(text, (1100, 378), &Theme::light(), 312, 0.5));
}

#[test]
fn halts_in_mid_cascade_on_dark_paper() {
    let subject = Subject::new("scenario=breaker");
    let picture = svg(1100, 588, |area| {
        still(area, 14.0, &Theme::dark(), &subject.scene(Span::Minutes2, 370), &first_views()).unwrap();
    });
    insta::assert_binary_snapshot!("halts.svg", picture);
}

/// The figure of a historic day.
fn day(id: &str, (width, height): (u32, u32), em: f64, theme: &Theme, now: usize) -> Vec<u8> {
    let scenario = scenario(id).expect("a day");
    let subject = Subject::new(scenario.query);
    let span = Span::named(scenario.span).expect("a span");
    svg(width, height, |area| {
        still(area, em, theme, &subject.scene(span, now), &["price", "sales"].map(view)).unwrap();
    })
}

#[test]
fn published_figures_in_real_time_to_which_the_run_was_fitted_or_not() {
    insta::assert_binary_snapshot!("day-may-2010.svg", day("may-2010", (760, 434), 14.0, &Theme::light(), 7200));
}

#[test]
fn a_published_range_and_sales_of_funds() {
    insta::assert_binary_snapshot!("day-oct-1987.svg", day("oct-1987", (760, 434), 14.0, &Theme::dark(), 21600));
}

#[test]
fn what_forced_sales_added_on_a_phone() {
    insta::assert_binary_snapshot!("day-sep-2022.svg", day("sep-2022", (290, 372), 12.0, &Theme::light(), 21600));
}

#[test]
fn a_published_figure_of_sales() {
    insta::assert_binary_snapshot!("day-oct-2025.svg", day("oct-2025", (760, 434), 14.0, &Theme::light(), 7200));
}

#[test]
fn published_losses_of_funds() {
    insta::assert_binary_snapshot!("day-aug-2007.svg", day("aug-2007", (760, 434), 14.0, &Theme::light(), 21600));
}

#[test]
fn funds_that_buy_in_the_market() {
    let text = format!("{}&bots=50", scenario("feb-2018").expect("a day").query.replace("&bots=0", ""));
    insta::assert_binary_snapshot!("market-funds.svg", market(&text, (1100, 378), &Theme::light(), 420, 0.0));
}

#[test]
fn the_price_of_the_worst_venue() {
    let subject = Subject::new("venues=8&arbitrage=0.01");
    let picture = svg(700, 300, |area| {
        view("price").draw(area, 14.0, &Theme::light(), &subject.scene(Span::Minutes2, 7200)).unwrap();
    });
    insta::assert_binary_snapshot!("venues.svg", picture);
}

#[test]
fn the_whole_run_on_a_phone() {
    let subject = Subject::new("leverage=20&bots=20&accounts=2000");
    let picture = svg(230, 240, |area| {
        view("price").draw(area, 12.0, &Theme::light(), &subject.scene(Span::Whole, 7200)).unwrap();
    });
    insta::assert_binary_snapshot!("phone.svg", picture);
}

/// Margin bots and permanent impact only, so that the staircase is the run.
const PURE: &str = "scenario=release-1&bots=100&vol-bots=0&permanent=100&buyers=0&thinning=0&calm-volatility=0";

#[test]
fn a_staircase_that_the_run_is_climbing() {
    let subject = Subject::new(&format!("{PURE}&shock=3"));
    let picture = svg(600, 340, |area| {
        view("staircase").draw(area, 13.0, &Theme::light(), &subject.scene(Span::Minutes2, 330)).unwrap();
    });
    insta::assert_binary_snapshot!("staircase.svg", picture);
}

#[test]
fn the_loop_in_mid_cascade() {
    let subject = Subject::new("");
    let picture = svg(600, 340, |area| {
        view("loop").draw(area, 13.0, &Theme::light(), &subject.scene(Span::Minutes2, 312)).unwrap();
    });
    insta::assert_binary_snapshot!("loop.svg", picture);
}

#[test]
fn staircase_and_loop_draw_at_any_size_and_setting() {
    for text in [
        "shorts=100&first-order=purchase&leverage=50&bots=100&depth=0.05&accounts=500",
        "impact=square-root&leverage=30&bots=100&margin-capital=50&accounts=500",
        "amm-share=90&leverage=30&bots=80&accounts=500",
        "venues=4&targeters=300&bots=80&accounts=500",
        "shock=20&leverage=1&accounts=100",
        "scenario=breaker",
        "close-fraction=5&maintenance=25&leverage=3&bots=100&shorts=50&accounts=500",
    ] {
        let subject = Subject::new(text);
        for now in [0, 300, 305, 312, 330, 400, 3600] {
            for (width, height) in [(1, 1), (90, 200), (280, 60), (280, 180), (280, 340), (600, 200), (1200, 900)] {
                for view in ["staircase", "loop"].map(view) {
                    let mut scene = subject.scene(Span::Whole, now);
                    scene.mark.fall = Some(4.0);
                    let picture = svg(width, height, |area| view.draw(area, 12.0, &Theme::dark(), &scene).unwrap());
                    let text = String::from_utf8(picture).unwrap();
                    assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
                    assert!(!view.describe(&scene).is_empty());
                }
            }
        }
    }
}

#[test]
fn the_crowd_in_mid_cascade_with_one_account_marked() {
    let subject = Subject::new("accounts=800");
    let mark = Mark::of(&subject.simulator, Spot::Account(77));
    let picture = svg(560, 300, |area| {
        let scene = Scene { mark, ..subject.scene(Span::Minutes2, 312) };
        view("crowd").draw(area, 14.0, &Theme::light(), &scene).unwrap();
    });
    insta::assert_binary_snapshot!("crowd.svg", picture);
}

#[test]
fn the_family_tree_while_it_grows() {
    let subject = Subject::new("");
    let picture = svg(640, 400, |area| {
        let scene = Scene { part: 0.4, ..subject.scene(Span::Minutes2, 316) };
        view("genealogy").draw(area, 13.0, &Theme::light(), &scene).unwrap();
    });
    insta::assert_binary_snapshot!("genealogy.svg", picture);
}

#[test]
fn one_account_traced_back_to_the_first_sale_on_a_phone() {
    let subject = Subject::new("");
    let mark = Mark::of(&subject.simulator, Spot::Fall(9.0));
    let picture = svg(366, 360, |area| {
        let scene = Scene { mark, ..subject.scene(Span::Minutes2, 340) };
        view("genealogy").draw(area, 12.0, &Theme::dark(), &scene).unwrap();
    });
    insta::assert_binary_snapshot!("genealogy-traced.svg", picture);
}

#[test]
fn one_account_with_a_highlighted_fall() {
    let subject = Subject::new("accounts=100");
    let mark = Mark { fall: Some(5.0), ..Mark::default() };
    let picture = svg(560, 300, |area| {
        let scene = Scene { mark, ..subject.scene(Span::Minutes2, 303) };
        view("account").draw(area, 14.0, &Theme::light(), &scene).unwrap();
    });
    insta::assert_binary_snapshot!("account.svg", picture);
}

#[test]
fn crowds_and_accounts_draw_with_any_highlight() {
    for text in [
        "accounts=300&shorts=100&first-order=purchase&close-fraction=5&leverage=50",
        "accounts=1600&shorts=50&venues=8&bots=100&vol-bots=100&vol-limit=2",
        "accounts=100&leverage=1&bots=50",
        "accounts=300&leverage=1.01&maintenance=25&throttle=0.001",
        "accounts=300&leverage=50&insurance=0.001&adl=on&shorts=50&depth=0.05&bots=90",
    ] {
        let subject = Subject::new(text);
        for fall in [None, Some(-1e9), Some(-5.0), Some(0.0), Some(100.0), Some(101.0)] {
            for account in [None, Some(0), Some(99), Some(u32::MAX)] {
                for (width, height) in [(1, 1), (60, 200), (700, 60), (400, 300)] {
                    for now in [0, 310, 7200] {
                        let scene =
                            Scene { mark: Mark { second: None, fall, account }, ..subject.scene(Span::Whole, now) };
                        for view in ["crowd", "account", "genealogy"].map(view) {
                            let picture = svg(width, height, |area| {
                                view.draw(area, 12.0, &Theme::dark(), &scene).unwrap();
                            });
                            let picture = String::from_utf8(picture).unwrap();
                            assert!(!picture.contains("NaN") && !picture.contains("inf"), "{text}");
                            assert!(!view.describe(&scene).is_empty());
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_view_draws_at_every_size_span_and_second() {
    for text in
        ["", "leverage=50&bots=100&depth=0.05&hours=1&accounts=500", "shock=0&bots=0&calm-volatility=0&accounts=100"]
    {
        let subject = Subject::new(text);
        let seconds = subject.simulator.rules().seconds;
        for view in &VIEWS {
            for (_, span) in Span::ALL {
                for now in [0, 299, 316, seconds] {
                    for (width, height) in [(1, 1), (40, 30), (900, 300)] {
                        let picture = svg(width, height, |area| {
                            view.draw(area, 14.0, &Theme::light(), &subject.scene(span, now)).unwrap();
                        });
                        let text = String::from_utf8(picture).unwrap();
                        assert!(!text.contains("NaN") && !text.contains("inf"), "{view:?}: {text}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_crowd_and_the_single_sellers() {
    let subject = Subject::new("");
    let picture = svg(640, 340, |area| {
        view("giant").draw(area, 14.0, &Theme::light(), &subject.scene(Span::Minutes2, 340)).unwrap();
    });
    insta::assert_binary_snapshot!("giant.svg", picture);
}

#[test]
fn one_account_alone_and_together() {
    let subject = Subject::new("shock=8");
    let picture = svg(640, 300, |area| {
        view("together").draw(area, 14.0, &Theme::light(), &subject.scene(Span::Minutes2, 7200)).unwrap();
    });
    insta::assert_binary_snapshot!("together.svg", picture);
}

#[test]
fn bots_and_people_on_one_time_axis_on_dark_paper() {
    let subject = Subject::new("");
    let picture = svg(640, 380, |area| {
        view("pace").draw(area, 14.0, &Theme::dark(), &subject.scene(Span::Minutes2, 330)).unwrap();
    });
    insta::assert_binary_snapshot!("pace.svg", picture);
}

#[test]
fn comparison_views_draw_for_every_market_at_any_size() {
    for text in [
        "shorts=100&first-order=purchase&accounts=100&hours=1",
        "shorts=50&venues=4&throttle=0.01&adl=on&insurance=0.01&accounts=300&hours=1",
        "impact=square-root&breaker-fall=1&breaker-halt=7200&bots=100&accounts=300",
        "leverage=1&bots=100&shock=20&accounts=100&hours=6",
        "vol-bots=100&bots=100&vol-limit=2&accounts=300&bot-latency=600&human-latency=7200&hours=1",
        "leverage=50&bots=100&depth=0.05&first-order=purchase&shorts=100&accounts=300&hours=1",
    ] {
        let subject = Subject::new(text);
        let seconds = subject.simulator.rules().seconds;
        for view in ["giant", "together", "pace"].map(view) {
            for now in [0, 300, 301, 312, seconds] {
                for (width, height) in [(1, 1), (1, 400), (400, 1), (60, 60), (280, 200), (1200, 420)] {
                    let mut scene = subject.scene(Span::Whole, now);
                    scene.mark = Mark::of(&subject.simulator, Spot::Second(now));
                    let picture = svg(width, height, |area| {
                        view.draw(area, 14.0, &Theme::dark(), &scene).unwrap();
                    });
                    let text = String::from_utf8(picture).unwrap();
                    assert!(!text.contains("NaN") && !text.contains("inf"), "{view:?}: {text}");
                }
            }
            assert!(view.describe(&subject.scene(Span::Whole, seconds)).ends_with('.'), "{view:?}: {text}");
        }
        // The headline of a figure is about the whole run, whatever its second.
        for view in &VIEWS {
            let found = view.finding(&subject.scene(Span::Minutes2, 0));
            assert!(found.ends_with('.') && !found.contains("NaN") && !found.contains("inf "), "{text}: {found}");
            assert_eq!(found, view.finding(&subject.scene(Span::Whole, seconds)), "{text}");
        }
    }
}

#[test]
fn bars_do_not_cover_amounts_inside_the_plot() {
    let subject = Subject::new("scenario=release-1");
    let said = |amount: &str| {
        let picture = svg(320, 120, |area| {
            view("sales").draw(area, 12.0, &Theme::light(), &subject.scene(Span::Minutes2, 7200)).unwrap();
        });
        String::from_utf8(picture).unwrap().contains(amount)
    };
    assert!(said("$1bn") && said("$500m"));
    speak(Some(Language::new("${number}bn\t{number} Mrd. US$\n${number}m\t{number} Mio. US$", ".", ",", false)));
    assert!(said("1 Mrd. US$") && !said("500 Mio. US$"));
    speak(None);
}

/// The texts in the first views of a run, and their distance from the top.
fn written(text: &str, width: u32) -> Vec<(String, i32)> {
    let subject = Subject::new(text);
    let picture = svg(width, 588, |area| {
        still(area, 14.0, &Theme::light(), &subject.scene(Span::Minutes2, 7200), &first_views()).unwrap();
    });
    let picture = String::from_utf8(picture).unwrap();
    let texts = picture.split("<text ").skip(1);
    let parts = texts.map(|text| {
        let y = text.split("y=\"").nth(1).and_then(|y| y.split('"').next()).and_then(|y| y.parse().ok());
        let words = text.split('>').nth(1).and_then(|words| words.split('<').next());
        (words.unwrap().trim().to_owned(), y.unwrap())
    });
    parts.collect()
}

#[test]
fn the_scale_of_the_ladder_is_clear_of_the_bars() {
    let scale = |text| {
        let all = written(text, 1100);
        let of = |begins: &str| {
            all.iter().find(|(words, _)| words.starts_with(begins)).expect("the label is in the picture").1
        };
        (of("longest bar"), of("bots"))
    };
    // Limits of longs grow from above, those of shorts from below.
    let ((sale, sale_foot), (purchase, foot)) =
        (scale(""), scale("scenario=release-1&first-order=purchase&shorts=100&shock=2"));
    assert!(sale < sale_foot / 2, "{sale} {sale_foot}");
    assert!(purchase > foot / 2 && purchase < foot, "{purchase} {foot}");
}

#[test]
fn a_low_outside_the_span_is_labelled_with_its_time_if_there_is_room() {
    let low = |width| {
        let all = written("refill=3600&buyers=0&human-latency=600", width);
        all.into_iter().find(|(words, _)| words.starts_with("lowest")).expect("the label is in the picture").0
    };
    assert!(low(1100).contains(", after ") && low(1100).ends_with(" →"), "{}", low(1100));
    assert!(!low(320).contains("after") && low(320).ends_with("% →"), "{}", low(320));
}
