//! The parameters in the model's units: log prices, $bn per unit of log price, seconds, shares; and the model's
//! constants.

use crate::FULL;
use crate::params::Params;

/// Lots in a position at the start. Lots are whole numbers, so that sums of sales are exact in any order.
pub const LOTS: u64 = 1 << 30;

/// Second at which the first order begins.
pub const SHOCK_AT: usize = 300;

/// Least starting distance of an account to its margin limit, as a fall of the log price.
pub const NEAREST: f64 = 0.002;

/// Time in which depth comes back after volatility has fallen, s.
const DEPTH_RECOVERY: f64 = 300.0;

/// Share of its position that a volatility bot sells at each limit.
const VOL_CLOSE: f64 = 0.2;

/// Ratio between successive volatility limits of a bot. (A fifth less at 1.25 times the volatility is the same risk:
/// the bot keeps volatility times position constant.)
const VOL_STEP: f64 = 1.25;

/// Most venues of a run.
pub const MOST_VENUES: usize = 8;

/// The law of market impact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// Linear in the order.
    Linear,
    /// A linear book with a constant-product pool beside it.
    Pool {
        /// The pool's share of depth at the start price.
        share: f64,
    },
    /// Square root of the order.
    SquareRoot,
}

/// The kind of circuit breaker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Halts {
    /// None.
    Never,
    /// Trips after a fall within a window, as on the exchange of stock index futures, also on 6 May 2010.
    Window {
        /// Largest fall of the log price.
        fall: f64,
        /// Window, s.
        window: usize,
        /// Length of a halt, s.
        halt: usize,
    },
    /// Trips at three levels below the start price, each once, as for all US stocks together.
    Levels,
    /// No trade outside bands around the recent mean, and a pause if the price stays at one, as for each US stock.
    Bands,
}

/// A parameter set in the model's units.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Open interest: $bn of all long positions at the start price.
    pub open_interest: f64,
    /// $bn of one lot.
    pub lot: f64,
    /// Share of accounts that are bots.
    pub bots: f32,
    /// Share of bots that obey the volatility limit instead of the margin limit.
    pub vol_bots: f32,
    /// Fall of the log price that the first order causes on its own.
    pub shock: f64,
    /// Calm depth, $bn per unit of log price.
    pub depth: f64,
    /// Maintenance margin as a share.
    pub maintenance: f64,
    /// Lots sold at the first, second, ... margin limit of an account.
    pub margin_sales: Vec<u64>,
    /// Spacing between an account's margin limits, as a fall of the log price.
    pub margin_step: f64,
    /// Lots sold at the first, second, ... volatility limit of an account.
    pub vol_sales: Vec<u64>,
    /// Spacing between an account's volatility limits, as a log ratio.
    pub vol_step: f64,
    /// Log of the median volatility limit, in multiples of usual volatility.
    pub vol_limit: f64,
    /// Mean reaction time of bots, s.
    pub bot_latency: f64,
    /// Mean reaction time of people, s.
    pub human_latency: f64,
    /// $bn that value buyers hold per unit of transient fall.
    pub buyers: f64,
    /// Permanent share of impact.
    pub permanent: f64,
    /// Refill time, s.
    pub refill: f64,
    /// Exponent of depth in volatility.
    pub thinning: f64,
    /// Least depth as a share of calm depth.
    pub depth_floor: f64,
    /// Standard deviation of the noise per square root of a second; 0 is none.
    pub noise: f64,
    /// Usual volatility, per square root of a second, of which measured volatility is a multiple; never 0.
    pub usual: f64,
    /// Returns are measured over this many seconds.
    pub vol_interval: usize,
    /// Half-life of the measure of volatility, s.
    pub vol_half_life: f64,
    /// Time in which depth comes back after volatility has fallen, s.
    pub depth_recovery: f64,
    /// Half-life of the mark price, s; 0 if it is the last price.
    pub mark: f64,
    /// Second at which the first order begins.
    pub first_at: usize,
    /// Seconds over which the first order is spread.
    pub first_seconds: usize,
    /// The circuit breaker.
    pub halts: Halts,
    /// Most lots that may be force-sold in a second.
    pub throttle: u64,
    /// Length of the run, s.
    pub seconds: usize,
    /// Short accounts, as a share of the long ones; each has a position of the same size.
    pub shorts: f64,
    /// Spacing between a short account's margin limits, as a rise of the log price.
    pub short_step: f64,
    /// Venues with a mark price of their own; 1 if all share one.
    pub venues: usize,
    /// Share of a price gap between venues left after a second.
    pub gap_kept: f64,
    /// Share of an order's extra impact on its own venue left at the end of its second.
    pub gap_made: f64,
    /// 1 if the first order is a sale, -1 if it is a purchase.
    pub first_sign: f64,
    /// The law of impact.
    pub law: Law,
    /// $bn held by leverage targeters.
    pub targeters: f64,
    /// Their target leverage.
    pub target_leverage: f64,
    /// Delay of forced orders before they reach the book, s.
    pub queue_latency: usize,
    /// Settlement delay: seconds before a sale of a bot counts for its margin.
    pub settlement: usize,
    /// $bn in the insurance fund.
    pub insurance: f64,
    /// Whether there is auto-deleveraging once the fund is empty.
    pub adl: bool,
}

impl From<&Params> for Rules {
    fn from(p: &Params) -> Self {
        // A leverage cap reduces positions as well as their distance to the limit.
        let open_interest = p.margin_capital * p.mean_leverage();
        let lot = open_interest / (p.accounts * LOTS as f64);
        let maintenance = p.maintenance / 100.0;
        let close = p.close_fraction / 100.0;
        // Margin after a sale of the share `close` at the limit, as a share of the position.
        let restored = maintenance / (1.0 - close);
        let margin_step =
            if restored < 1.0 { -libm::log((1.0 - restored) / (1.0 - maintenance)) } else { f64::INFINITY };
        let per_second = |percent_a_day: f64| percent_a_day / 100.0 / 86400.0_f64.sqrt();
        Self {
            open_interest,
            lot,
            bots: Self::bot_shares(p).0,
            vol_bots: Self::bot_shares(p).1,
            shock: -libm::log(1.0 - p.shock / 100.0),
            depth: p.depth * 100.0,
            maintenance,
            margin_sales: sales(if restored < 1.0 { close } else { 1.0 }),
            margin_step,
            vol_sales: sales(VOL_CLOSE),
            vol_step: libm::log(VOL_STEP),
            vol_limit: libm::log(p.vol_limit),
            bot_latency: p.bot_latency,
            human_latency: p.human_latency,
            buyers: p.buyers,
            permanent: p.permanent / 100.0,
            refill: p.refill,
            thinning: p.thinning,
            depth_floor: p.depth_floor / 100.0,
            noise: per_second(p.calm_volatility),
            usual: per_second(p.usual_volatility),
            vol_interval: p.vol_interval as usize,
            vol_half_life: p.vol_half_life,
            depth_recovery: DEPTH_RECOVERY,
            mark: p.mark,
            first_at: SHOCK_AT,
            first_seconds: p.first_seconds as usize,
            halts: match p.breaker_rule as u8 {
                1 => Halts::Levels,
                2 => Halts::Bands,
                _ if p.breaker_fall == 0.0 => Halts::Never,
                _ => Halts::Window {
                    fall: -libm::log(1.0 - p.breaker_fall / 100.0),
                    window: p.breaker_window as usize,
                    halt: p.breaker_halt as usize,
                },
            },
            throttle: if p.throttle > 0.0 { (p.throttle / lot) as u64 } else { u64::MAX },
            seconds: p.hours as usize * 3600,
            shorts: Self::short_accounts(p) as f64 / p.accounts,
            short_step: if restored < 1.0 { libm::log((1.0 + restored) / (1.0 + maintenance)) } else { f64::INFINITY },
            venues: Self::venues_apart(p),
            gap_kept: libm::exp(-p.arbitrage),
            gap_made: -libm::expm1(-p.arbitrage) / p.arbitrage,
            first_sign: if p.first_order > 0.0 { -1.0 } else { 1.0 },
            law: match p.impact as u8 {
                0 if p.amm_share == 0.0 => Law::Linear,
                0 => Law::Pool { share: p.amm_share / 100.0 },
                _ => Law::SquareRoot,
            },
            targeters: p.targeters,
            target_leverage: p.target_leverage,
            queue_latency: p.queue_latency as usize,
            settlement: p.settlement_delay as usize,
            insurance: p.insurance,
            adl: p.adl > 0.0,
        }
    }
}

impl Rules {
    /// Share of accounts that are bots, and share of bots that obey the volatility limit.
    #[must_use]
    pub fn bot_shares(params: &Params) -> (f32, f32) {
        ((params.bots / 100.0) as f32, (params.vol_bots / 100.0) as f32)
    }

    /// Number of short accounts, in addition to the long ones.
    #[must_use]
    pub fn short_accounts(params: &Params) -> usize {
        (params.accounts * params.shorts / 100.0).round_ties_even() as usize
    }

    /// Short interest: $bn of all short positions at the start price.
    #[must_use]
    pub fn short_interest(&self) -> f64 {
        self.open_interest * self.shorts
    }

    /// Venues with a mark price of their own. If all accounts are liquidated on the mean price, venues change nothing,
    /// because arbitrage leaves the mean unchanged: then it is 1.
    #[must_use]
    pub fn venues_apart(params: &Params) -> usize {
        if params.oracle > 0.0 { 1 } else { params.venues as usize }
    }

    /// Whether the market is plain: only long bots and people, one venue, no halts, no average mark price.
    #[must_use]
    pub fn plain(&self) -> bool {
        let longs_only = self.shorts == 0.0 && self.targeters == 0.0;
        longs_only && self.venues == 1 && self.halts == Halts::Never && self.mark == 0.0
    }

    /// The same market in ticks of `1 / n` seconds; all seconds in these rules and their run are then ticks. For tests
    /// of how results depend on the length of a tick. There are draws of noise for six hours of 1-s ticks, and a run
    /// must not have more ticks. R still covers the last ten ticks, and breakers by levels or bands count in ticks.
    #[must_use]
    pub fn with_ticks_per_second(&self, n: usize) -> Self {
        let ticks = n as f64;
        let root = ticks.sqrt();
        let halts = match self.halts {
            Halts::Window { fall, window, halt } => Halts::Window { fall, window: window * n, halt: halt * n },
            other => other,
        };
        let gap_rate = -libm::log(self.gap_kept) / ticks;
        Self {
            bot_latency: self.bot_latency * ticks,
            human_latency: self.human_latency * ticks,
            refill: self.refill * ticks,
            noise: self.noise / root,
            usual: self.usual / root,
            vol_interval: self.vol_interval * n,
            vol_half_life: self.vol_half_life * ticks,
            depth_recovery: self.depth_recovery * ticks,
            mark: self.mark * ticks,
            first_at: self.first_at * n,
            first_seconds: self.first_seconds * n,
            halts,
            throttle: if self.throttle == u64::MAX { u64::MAX } else { self.throttle / n as u64 },
            seconds: self.seconds * n,
            gap_kept: libm::exp(-gap_rate),
            gap_made: -libm::expm1(-gap_rate) / gap_rate,
            queue_latency: self.queue_latency * n,
            settlement: self.settlement * n,
            ..self.clone()
        }
    }

    /// The law of impact; always linear in the light build.
    #[must_use]
    #[inline]
    pub fn law(&self) -> Law {
        if FULL { self.law } else { Law::Linear }
    }

    /// Whether these rules need the full build: halts, leverage targeters, venues, shorts, the ledger, other laws of
    /// impact.
    #[must_use]
    pub fn needs_all(&self) -> bool {
        let names = self.insurance > 0.0 || self.adl || self.settlement > 0;
        names || !self.plain() || self.law != Law::Linear || self.first_sign < 0.0
    }

    /// $bn of the first order.
    #[must_use]
    pub fn first_order(&self) -> f64 {
        match self.law() {
            Law::Linear => self.shock * self.depth,
            // The order that causes this fall under the law.
            Law::Pool { share } => {
                let sign = self.first_sign;
                self.depth * ((1.0 - share) * self.shock + share * 2.0 * sign * libm::expm1(0.5 * sign * self.shock))
            }
            Law::SquareRoot => self.depth * self.shock * self.shock / 0.01,
        }
    }

    /// Whether part of the first order arrives in this second.
    #[inline]
    #[must_use]
    pub fn first_order_arrives(&self, second: usize) -> bool {
        (self.first_at + 1..=self.first_at + self.first_seconds).contains(&second)
    }

    /// Whether the first order is a purchase.
    #[must_use]
    pub fn purchase(&self) -> bool {
        FULL && self.first_sign < 0.0
    }

    /// $bn that value buyers hold per unit of the move that the first order starts: none after a purchase, because they
    /// buy only after a fall.
    #[must_use]
    pub fn leaning_buyers(&self) -> f64 {
        if self.purchase() { 0.0 } else { self.buyers }
    }

    /// The same rules without automation: people replace bots, and there are no leverage targeters.
    #[must_use]
    pub fn without_bots(&self) -> Self {
        // Values that matter only to bots are set to constants, so that rules equal otherwise compare equal.
        let vol_sales = Vec::new();
        Self {
            bots: 0.0,
            vol_bots: 0.0,
            vol_limit: f64::INFINITY,
            bot_latency: 1.0,
            vol_sales,
            // Leverage targeters act by rule too.
            targeters: 0.0,
            settlement: 0,
            ..self.clone()
        }
    }

    /// Reaction time in whole seconds, at least one: `mean` times the account's delay, rounded up.
    #[must_use]
    pub fn wait(mean: f64, delay: f32) -> usize {
        // Rounded up by hand, because `ceil` is a library call on some machines: after the addition the lowest bits
        // hold the nearest whole number.
        const WHOLE: f64 = (1_u64 << 52) as f64;
        let seconds = mean * f64::from(delay);
        // No mean reaction time exceeds half a day, and no delay 40 times the mean.
        debug_assert!(seconds < f64::from(u32::MAX), "{mean} {delay}");
        let nearest = seconds + WHOLE;
        let whole = nearest.to_bits() as u32 + u32::from(nearest - WHOLE < seconds);
        // Not `max`, which compiled to an unpredictable branch.
        (whole + u32::from(whole == 0)) as usize
    }
}

/// Lots sold at each of an account's limits if it sells the share `close` of the rest each time. If less than a
/// hundredth of the position would be left, everything is sold: venues close small remainders, and an endless tail of
/// tiny sales would change nothing.
fn sales(close: f64) -> Vec<u64> {
    let mut sales = Vec::new();
    let mut held = LOTS;
    while held > 0 {
        let sale = (held as f64 * close).round() as u64;
        let rest = held.saturating_sub(sale);
        let sale = if rest < LOTS / 100 { held } else { sale };
        sales.push(sale);
        held -= sale;
    }
    sales
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sales_of_an_account_add_up_to_its_position() {
        for close in [0.05, 0.2, 0.5, 0.95, 1.0] {
            let sales = sales(close);
            assert_eq!(sales.iter().sum::<u64>(), LOTS, "{close}");
            assert!(sales.len() <= 92);
        }
        assert_eq!(sales(1.0), [LOTS]);
    }

    #[test]
    fn finer_ticks_keep_quantities_per_second() {
        let params = Params { breaker_fall: 3.0, throttle: 1.0, mark: 7.0, arbitrage: 0.4, ..Params::default() };
        let rules = Rules::from(&params);
        let finer = rules.with_ticks_per_second(4);
        // Per second, variance, lots and rates of decay are the same.
        assert!((4.0 * finer.noise * finer.noise / (rules.noise * rules.noise) - 1.0).abs() < 1e-12);
        assert!((4.0 * finer.usual * finer.usual / (rules.usual * rules.usual) - 1.0).abs() < 1e-12);
        assert_eq!(finer.throttle, rules.throttle / 4);
        assert!((libm::pow(finer.gap_kept, 4.0) - rules.gap_kept).abs() < 1e-12);
        let times = |rules: &Rules| {
            let Halts::Window { window, halt, .. } = rules.halts else { panic!("a window") };
            let whole = [window, halt, rules.seconds, rules.first_at, rules.first_seconds, rules.vol_interval];
            let mut times: Vec<f64> = whole.map(|ticks| ticks as f64).into();
            times.extend([rules.bot_latency, rules.human_latency, rules.refill, rules.depth_recovery]);
            times.extend([rules.vol_half_life, rules.mark]);
            times
        };
        assert_eq!(times(&finer), times(&rules).iter().map(|time| 4.0 * time).collect::<Vec<_>>());
        assert_eq!(rules.with_ticks_per_second(1).first_seconds, rules.first_seconds);
    }

    #[test]
    fn at_the_next_margin_limit_the_rest_has_the_maintenance_margin_again() {
        let rules = Rules::from(&Params { close_fraction: 50.0, maintenance: 10.0, ..Params::default() });
        // Bought for 100 with 20 of its own: at a price p, the rest of the position is half, the debt 80
        // less what the first sale paid back.
        let first = 80.0 / 0.9;
        let debt = 80.0 - 0.5 * first;
        let second = first * libm::exp(-rules.margin_step);
        assert!((0.5 * second - debt - 0.1 * 0.5 * second).abs() < 1e-12);
    }
}
