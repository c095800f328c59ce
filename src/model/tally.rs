//! What bots order at their limits, in sums: for runs of which nobody wants the names.
//!
//! [`Climb`](super::ladder::Climb) passes limit after limit in their order. Sums do not ask for that order, so here those who
//! pass their first limit are noted in one go, and whoever has passed the second, third, ... is a number: all who were noted before.

use super::ladder::{Ladder, Rung};

/// Rungs that are looked at in one go.
const BLOCK: usize = 128;

/// A bot that has passed its first limit.
#[derive(Clone, Copy, Debug)]
pub struct Bot {
    /// Seconds from a limit to its order.
    pub wait: u32,
    /// Its desk.
    pub desk: u32,
}

/// One run's way up a ladder.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The greatest level so far: nothing at or below it is left to pass.
    reached: f64,
    /// Rungs passed so far.
    next: usize,
    /// First limits of bots that have passed them, in order, and those bots.
    first: Vec<f64>,
    bots: Vec<Bot>,
    /// How many of those have passed their first, second, ... limit.
    passed: Vec<usize>,
}

impl Default for Tally {
    fn default() -> Self {
        let (first, bots, passed) = Default::default();
        Self { reached: f64::NEG_INFINITY, next: 0, first, bots, passed }
    }
}

impl Tally {
    /// Back to the foot of the ladder.
    pub fn restart(&mut self) {
        self.reached = f64::NEG_INFINITY;
        self.next = 0;
        self.first.clear();
        self.bots.clear();
        self.passed.clear();
    }

    /// Whether this is a new greatest level, and there may be limits to pass.
    pub fn rises_to(&mut self, level: f64) -> bool {
        let rises = level > self.reached;
        if rises {
            self.reached = level;
        }
        rises
    }

    /// Looks at the first limits at or below `level` that were not looked at: those of bots are noted, which is
    /// `bot`'s word; all others, with their places on the ladder, go to `other`.
    pub fn note(
        &mut self,
        ladder: &mut Ladder,
        level: f64,
        is_bot: impl Fn(&Rung) -> bool,
        bot: impl Fn(&Rung) -> Bot,
        mut other: impl FnMut(u32, &Rung),
    ) {
        let all = ladder.sorted_to(level);
        let passed = all[self.next..].iter().take_while(|rung| rung.at <= level).count();
        for block in all[self.next..self.next + passed].chunks(BLOCK) {
            // Parted without a branch: who is a bot comes in no order.
            let (mut bots, mut others, mut places) = (0, 0, [[0_u8; BLOCK]; 2]);
            for (place, rung) in block.iter().enumerate() {
                let yes = is_bot(rung);
                places[0][bots % BLOCK] = place as u8;
                places[1][others % BLOCK] = place as u8;
                bots += usize::from(yes);
                others += usize::from(!yes);
            }
            for place in &places[0][..bots] {
                let rung = &block[usize::from(*place)];
                self.first.push(rung.at);
                self.bots.push(bot(rung));
            }
            for place in &places[1][..others] {
                other((self.next + usize::from(*place)) as u32, &block[usize::from(*place)]);
            }
            self.next += block.len();
        }
    }

    /// Tells `order` every bot that has newly passed a limit of its own at or below `level`, once for each, and the lots
    /// that it sells there: so many as `sales` has for its first, second, ... one, which lie `step` apart.
    pub fn advance(&mut self, level: f64, step: f64, sales: &[u64], mut order: impl FnMut(Bot, u64)) {
        self.passed.resize(sales.len(), 0);
        let mut before = self.first.len();
        for (nth, lots) in sales.iter().enumerate() {
            let from = self.passed[nth];
            // Added up as they are passed one by one: the product would round otherwise.
            let limit = |first: f64| (0..nth).fold(first, |at, _| at + step);
            let newly = self.first[from..before].partition_point(|first| limit(*first) <= level);
            for bot in &self.bots[from..from + newly] {
                order(*bot, *lots);
            }
            before = from + newly;
            self.passed[nth] = before;
            if before == 0 {
                break;
            }
        }
    }
}
