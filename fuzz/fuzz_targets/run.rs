//! Runs with any parameters: no panic, the invariants of the model hold, the run is reproducible to the last bit, and
//! its texts and drawings have no NaN. An input is a query, and mutations change its parameters.
#![no_main]

use std::cell::RefCell;

use deleverage::chart::backend::svg::About;
use deleverage::chart::figures::picture;
use deleverage::chart::{Extras, Scene, Span, Theme, VIEWS};
use deleverage::{Simulator, describe, query};
use deleverage_fuzz::{assert_readable, changed, holds, small, text};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

thread_local! {
    /// A simulator that has run all earlier inputs, on which a run must not depend.
    static USED: RefCell<Simulator> = RefCell::default();
}

fuzz_target!(|data: &[u8]| {
    let mut params = small(&query::parse_lenient(&text(data)).0);
    params.settle();
    let simulator = Simulator::new(&params);
    let written = query::write(&params);
    holds::check(&simulator).unwrap_or_else(|failed| panic!("{written}: {failed}"));
    let summary = simulator.summary();
    USED.with_borrow_mut(|used| {
        // As text, because a NaN is not equal to itself.
        assert_eq!(format!("{:?}", used.simulate(&params)), format!("{summary:?}"), "{written}");
    });

    let story = describe::story(&simulator);
    story.phases.iter().chain(&story.figures).chain([&story.headline]).for_each(|words| assert_readable(words));
    // Some views need further runs.
    if summary.digest.is_multiple_of(4) {
        describe_and_draw(&simulator, summary.digest >> 2);
    }
});

/// Describes and draws one random view at one random second; all views would take longer than the run.
fn describe_and_draw(simulator: &Simulator, lot: u64) {
    let view = &VIEWS[(lot % VIEWS.len() as u64) as usize];
    let now = (lot >> 8) as usize % (simulator.rules().seconds + 1);
    let span = [Span::Minutes2, Span::Minutes15, Span::Whole][(lot >> 24) as usize % 3];
    let extras = Extras::default();
    let scene = Scene::new(simulator, &extras, span, now);
    let moment = describe::moment(simulator, now);
    for said in [moment.time, moment.price, moment.triggered, moment.sold, moment.moved] {
        assert_readable(&said);
    }
    assert_readable(&view.describe(&scene));
    assert_readable(&view.finding(&scene));
    for cell in describe::table(simulator, span).rows.iter().flat_map(|row| &row.cells) {
        assert_readable(cell);
    }
    let about = About { title: "", source: "" };
    let drawn = picture(view, (320, 200), 14.0, &Theme::light(), &scene, about).expect("no drawing fails");
    assert_readable(&drawn);
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed.is_multiple_of(16) {
        return fuzzer_mutate(data, size, max_size);
    }
    let params = query::parse_lenient(&text(&data[..size])).0;
    let written = query::write(&changed(&params, seed));
    let length = written.len().min(max_size);
    data[..length].copy_from_slice(&written.as_bytes()[..length]);
    length
});
