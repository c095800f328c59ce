//! A run as CSV, one line per second. Column names contain units; an empty field is a missing number.

use crate::model::Simulator;
use crate::model::results::summary::percent;
use crate::text::decimal::fixed;

/// Column names.
pub const HEADER: &str = "time_s,price_change_percent,without_bots_change_percent,first_sale_bn,bots_sold_bn,\
     people_sold_bn,value_bought_bn,bots_triggered_bn,depth_percent,volatility_x_usual,r,halted,shorts_bots_bought_bn,\
     shorts_people_bought_bn,lowest_venue_change_percent,funds_sold_bn";

/// The header and a line for the start and for each second, without line ends.
pub fn lines(simulator: &Simulator) -> impl Iterator<Item = String> {
    let seconds = simulator.run().series.price.len();
    std::iter::once(HEADER.to_owned()).chain((0..seconds).map(|second| line(simulator, second)))
}

/// The whole table as a file in the format of RFC 4180.
#[must_use]
pub fn file(simulator: &Simulator) -> String {
    let mut file = String::new();
    for line in lines(simulator) {
        file.push_str(&line);
        file.push_str("\r\n");
    }
    file
}

fn line(simulator: &Simulator, second: usize) -> String {
    let (series, lot) = (&simulator.run().series, simulator.rules().lot);
    let money = |lots: u64| digits(lots as f64 * lot, 9);
    let change = |price: f64| digits(0.0 - percent(-price), 6);
    let back = series.bought_back.get(second).copied().unwrap_or_default();
    [
        second.to_string(),
        change(series.price[second]),
        change(simulator.without_bots()[second]),
        money(series.shock_sold[second]),
        money(series.bots_sold[second]),
        money(series.people_sold[second]),
        digits(series.bought[second], 9),
        money(series.triggered[second]),
        digits(100.0 * series.depth[second], 4),
        digits(series.variance[second].sqrt(), 5),
        // There is no R in seconds without trade.
        digits(series.reproduction[second], 6),
        series.halted[second].to_string(),
        money(back.0),
        money(back.1),
        // With a single price there is no lowest venue.
        series.lowest.get(second).map_or_else(String::new, |price| change(*price)),
        digits(series.rebalanced.get(second).copied().unwrap_or(0.0), 9),
    ]
    .join(",")
}

/// A number for programs: with an exponent beyond the range of [`fixed`], and empty for NaN.
fn digits(value: f64, places: u32) -> String {
    let mut size = value.abs();
    if size.is_nan() {
        return String::new();
    }
    let minus = if value < 0.0 { "-" } else { "" };
    if size.is_infinite() {
        return format!("{minus}inf");
    }
    let mut power = 0;
    while size >= 1e18 || (power > 0 && size >= 10.0) {
        size /= 10.0;
        power += 1;
    }
    if power == 0 { fixed(value, places) } else { format!("{minus}{}e{power}", fixed(size, 6)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Params;
    use crate::params::presets::RELEASE_1;
    use crate::params::query;

    #[test]
    fn a_file_has_a_header_and_a_line_for_the_start_and_every_second() {
        let simulator = Simulator::new(&Params { accounts: 100.0, hours: 1.0, ..Params::default() });
        let lines: Vec<String> = lines(&simulator).collect();
        assert_eq!(lines.len(), 1 + 3601);
        let columns = lines[0].split(',').count();
        assert!(lines.iter().all(|line| line.split(',').count() == columns));
        assert!(lines[1].starts_with("0,0.000000,0.000000,"));
        assert!(lines[3601].starts_with("3600,"));
        assert_eq!(file(&simulator).split_terminator("\r\n").collect::<Vec<_>>(), lines);
    }

    #[test]
    fn columns_hold_the_quantities_in_their_names() {
        let simulator = Simulator::new(&Params {
            shorts: 50.0,
            venues: 2.0,
            targeters: 5.0,
            breaker_fall: 3.0,
            breaker_window: 60.0,
            breaker_halt: 60.0,
            ..query::parse(RELEASE_1).unwrap()
        });
        let series = &simulator.run().series;
        let names: Vec<&str> = HEADER.split(',').collect();
        let rows: Vec<Vec<String>> =
            lines(&simulator).skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect();
        let column = |name: &str| {
            let at = names.iter().position(|known| *known == name).unwrap();
            rows.iter().map(|row| row[at].parse().unwrap_or(f64::NAN)).collect::<Vec<f64>>()
        };
        let lowest = column("price_change_percent").into_iter().fold(0.0, f64::min);
        assert!((lowest + simulator.summary().greatest_fall_percent).abs() < 1e-6);
        let sold: f64 = column("bots_sold_bn").iter().sum();
        let share = simulator.summary().bot_forced_share_percent * simulator.rules().open_interest / 100.0;
        assert!((sold - share).abs() < 1e-5, "{sold}, {share}");
        assert_eq!(column("halted").iter().sum::<f64>(), series.halted.iter().map(|h| f64::from(*h)).sum::<f64>());
        for (r, written) in series.reproduction.iter().zip(column("r")) {
            assert!((r - written).abs() < 1e-6 || r.is_nan() && written.is_nan());
        }
        for name in ["lowest_venue_change_percent", "shorts_bots_bought_bn", "funds_sold_bn"] {
            assert!(column(name).iter().any(|value| value.abs() > 1e-6), "{name}");
        }
    }

    #[test]
    fn missing_numbers_are_empty_and_large_ones_have_an_exponent() {
        assert_eq!(digits(f64::NAN, 6), "");
        assert_eq!(digits(-0.000_000_01, 6), "0.000000");
        assert_eq!(digits(123.456, 2), "123.46");
        assert_eq!(digits(-1e18, 2), "-1.000000e18");
        assert_eq!(digits(2.5e40, 2).parse::<f64>().map(|read| (read / 2.5e40 - 1.0).abs() < 1e-6), Ok(true));
        assert_eq!(digits(f64::NEG_INFINITY, 2), "-inf");
    }
}
