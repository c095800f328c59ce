//! The native cost of a slider change beside that of sorting as many numbers. `cargo xtask bench` runs it and reads the
//! results.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use deleverage::{Params, Simulator};

type Slider = fn(&mut Params, u32);

const SLIDERS: [(&str, Slider); 3] = [
    ("leverage", |params, step| params.leverage = 10.0 + f64::from(step % 10) / 10.0),
    ("bots", |params, step| params.bots = 35.0 + f64::from(step % 10)),
    ("shock", |params, step| params.shock = 2.0 + f64::from(step % 10) / 10.0),
];

fn sliders(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("natively");
    group.sample_size(20);
    for accounts in [1_000_u32, 10_000, 100_000, 1_000_000] {
        let numbers: Vec<f32> = (0..accounts).map(|i| (i.wrapping_mul(2_654_435_761) >> 8) as f32).collect();
        group.bench_function(BenchmarkId::new("sort", accounts), |bencher| {
            bencher.iter(|| {
                let mut sorted = numbers.clone();
                sorted.sort_unstable_by(f32::total_cmp);
                sorted
            });
        });
        for (name, slide) in SLIDERS {
            let mut params = Params { accounts: f64::from(accounts), ..Params::default() };
            let mut simulator = Simulator::new(&params);
            let mut step = 0;
            group.bench_function(BenchmarkId::new(name, accounts), |bencher| {
                bencher.iter(|| {
                    step += 1;
                    slide(&mut params, step);
                    simulator.simulate(&params).digest
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, sliders);
criterion_main!(benches);
