//! What a run leaves: one entry per second.

/// What happened in each second. All have one entry per second and one for the start, so that entry `t` is
/// the state after `t` seconds.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Log of the traded price relative to the start price.
    pub price: Vec<f64>,
    /// Lots force-sold by bots.
    pub bots_sold: Vec<u64>,
    /// Lots force-sold by people.
    pub people_sold: Vec<u64>,
    /// Lots of the first order.
    pub shock_sold: Vec<u64>,
    /// $bn bought by value buyers, negative when they sell again; what they order in a halt comes with its auction.
    pub bought: Vec<f64>,
    /// Depth as a share of calm depth.
    pub depth: Vec<f64>,
    /// Log of volatility in multiples of calm volatility.
    pub log_volatility: Vec<f64>,
    /// Lots that bots newly decided to sell.
    pub triggered: Vec<u64>,
    /// Reproduction number of the run; not a number where nothing trades that could be told from noise.
    pub reproduction: Vec<f64>,
    /// 1 where trade was halted.
    pub halted: Vec<u8>,
    /// Lots that short accounts bought back by force: of bots and of people. Empty unless there are shorts.
    pub bought_back: Vec<(u64, u64)>,
    /// Log of the lowest price of all venues. Empty unless there are several.
    pub lowest: Vec<f64>,
    /// $bn sold by targeters of leverage, negative when they buy. Empty unless there are any.
    pub rebalanced: Vec<f64>,
}

impl Series {
    /// Empties all, and keeps their room.
    pub(super) fn clear(&mut self) {
        let Self { price, bought, depth, log_volatility, reproduction, lowest, rebalanced, .. } = self;
        for floats in [price, bought, depth, log_volatility, reproduction, lowest, rebalanced] {
            floats.clear();
        }
        let Self { bots_sold, people_sold, shock_sold, triggered, .. } = self;
        for lots in [bots_sold, people_sold, shock_sold, triggered] {
            lots.clear();
        }
        self.halted.clear();
        self.bought_back.clear();
    }

    /// Lots sold by force in a second, less those bought by force.
    #[must_use]
    pub fn net_forced(&self, second: usize) -> i64 {
        let (bots, people) = self.bought_back.get(second).copied().unwrap_or_default();
        (self.bots_sold[second] + self.people_sold[second]) as i64 - (bots + people) as i64
    }
}
