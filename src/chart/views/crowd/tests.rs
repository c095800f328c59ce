//! Tests of the crowd view: layout, pointer and counts.

use super::*;
use crate::chart::Extras;
use crate::chart::{FINE, Mark, Span};
use crate::model::Simulator;
use crate::model::rules::LOTS;
use crate::query;

struct Subject {
    simulator: Simulator,
    extras: Extras,
}

impl Subject {
    fn new(text: &str) -> Self {
        let simulator = Simulator::new(&query::parse(text).unwrap());
        Self { simulator, extras: Extras::default() }
    }

    fn scene(&self, now: usize, mark: Mark) -> Scene<'_> {
        let Self { simulator, extras } = self;
        Scene { mark, ..Scene::new(simulator, extras, Span::Minutes2, now) }
    }
}

const EM: f64 = 14.0 * FINE as f64;

#[test]
fn accounts_are_not_followed_if_sales_would_need_too_much_memory() {
    let subject = Subject::new("accounts=200000&bots=100&vol-bots=100&hours=1");
    assert!(!Extras::can_follow(&subject.simulator));
    let scene = subject.scene(312, Mark::default());
    assert_eq!(CrowdDots.describe(&scene), TOO_MANY);
    assert_eq!(CrowdDots.spot(EM, (600 * FINE, 400 * FINE), &scene, (1200, 800)), None);
    assert!(CrowdDots.finding(&scene).starts_with("Of 200,000 accounts"));
    assert!(Extras::can_follow(&Subject::new("accounts=200000&hours=1").simulator));
}

#[test]
fn the_account_under_a_pointer_is_the_one_drawn_there() {
    let subject = Subject::new("accounts=4000");
    let size = (600 * FINE, 400 * FINE);
    let scene = subject.scene(312, Mark::default());
    let crowd = Crowd::new(&scene);
    let field = place(EM, size, 4000).unwrap();
    assert_eq!((field.per, field.marks), (5, 800));
    let mut last = f64::NEG_INFINITY;
    for mark in 0..field.marks {
        let account = crowd.shown(&field, mark);
        assert_eq!(CrowdDots.spot(EM, size, &scene, field.middle(mark)), Some(Spot::Account(account)));
        // From the nearest limit to the farthest.
        assert!(crowd.limit(account) >= last);
        last = crowd.limit(account);
    }
    assert_eq!(CrowdDots.spot(EM, size, &scene, (0, 0)), None);
    // An account without a mark takes the place of the one that stands for it.
    let hidden = (0..4000).find(|account| (0..800).all(|mark| crowd.shown(&field, mark) != *account)).unwrap();
    let marked = subject.scene(312, Mark { account: Some(hidden), ..Mark::default() });
    let crowd = Crowd::new(&marked);
    let (_, place) = crowd.marked.unwrap();
    assert_eq!(crowd.order[place], hidden);
    assert_eq!(CrowdDots.spot(EM, size, &marked, field.middle(place / 5)), Some(Spot::Account(hidden)));
    assert!(CrowdDots.describe(&marked).contains("The marked account is"));
    assert!(Crowd::new(&subject.scene(312, Mark { account: Some(4000), ..Mark::default() })).marked.is_none());
}

#[test]
fn the_layout_does_not_depend_on_bots() {
    let (few, many) = (Subject::new("bots=10&accounts=2000"), Subject::new("bots=90&accounts=2000"));
    let order = |subject: &Subject| subject.extras.by_limit(&subject.simulator).to_vec();
    assert_eq!(order(&few), order(&many));
    // The layout does not change when accounts act.
    for width in [1, 230, 280, 600, 1200] {
        let field = |_: &Subject| place(EM, (width * FINE, 300 * FINE), 2000).map(|field| field.middle(999));
        assert_eq!(field(&few), field(&many));
    }
}

#[test]
fn the_front_is_at_the_limits_at_the_current_price() {
    let subject = Subject::new("shorts=40&accounts=3000");
    let scene = subject.scene(320, Mark::default());
    let crowd = Crowd::new(&scene);
    let fall = -subject.simulator.run().series.price[320];
    let passed = crowd.passed(fall);
    assert!(passed > 1200 && passed < 4200, "{passed}");
    for (place, account) in crowd.order.iter().enumerate() {
        let account = *account as usize;
        let (short, limit) = (subject.simulator.crowd().is_short(account), subject.simulator.crowd().falls[account]);
        assert_eq!(place < passed, short || limit <= fall);
    }
    assert_eq!(crowd.passed(f64::INFINITY), 4200);
}

#[test]
fn the_description_counts_all_accounts_at_the_current_second() {
    let subject = Subject::new("vol-bots=0");
    let calm = CrowdDots.describe(&subject.scene(0, Mark::default()));
    assert!(calm.contains("0 are selling and 0 are sold out"), "{calm}");
    let series = &subject.simulator.run().series;
    let end = CrowdDots.describe(&subject.scene(7200, Mark::default()));
    assert!(end.contains("of 10,000 accounts as marks, one for 10"), "{end}");
    // Every account sells all at once: everything sold before this second is sold out.
    let sold: u64 = series.bots_sold[..7200].iter().chain(&series.people_sold[..7200]).sum();
    let expected = format!("and {} are sold out.", thousands((sold / LOTS) as f64));
    assert!(sold > 1000 * LOTS && end.contains(&expected), "{expected} {end}");
}
