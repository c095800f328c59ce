//! A score in words: a table of costs, a summary, and how points are computed.

use serde::Serialize;

use super::score::{
    Challenge, Costs, HALT, LOST, OPEN_INTEREST, REACHED, SECOND, Score, TARGET, TASKS, WAY, without_tools,
};
use crate::describe::percent_words;
use crate::params::Params;
use crate::params::query;
use crate::text::language::tr;
use crate::text::units::{dollars, duration, figure, percent_of, time};
use crate::{plural, say};

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Stable id.
    pub id: &'static str,
    /// The measured quantity.
    pub label: &'static str,
    /// A note, or empty.
    pub note: String,
    /// Without tools.
    pub before: String,
    /// With the current tools.
    pub now: String,
    /// Points with sign.
    pub points: String,
}

/// A score as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Id of the task; `None` for another crowd.
    pub task: Option<&'static str>,
    /// The crowd without tools as a query: scores of equal crowds are comparable.
    pub crowd: String,
    /// All settings, as a query.
    pub query: String,
    /// Rows of the table.
    pub lines: Vec<Line>,
    /// Total points, 0 to 100.
    pub score: i64,
    /// The same without tools.
    pub before: i64,
    /// Whether the fall is below the target.
    pub reached: bool,
    /// The target: `5%`.
    pub target: String,
    /// Summary in a sentence or two.
    pub words: String,
}

impl Challenge {
    /// The score of these parameters in words.
    pub fn answer(&mut self, params: &Params) -> Answer {
        let untouched = without_tools(params);
        let score = self.score(params);
        let task = TASKS.iter().find(|task| query::parse_lenient(task.query).0 == untouched);
        Answer {
            task: task.map(|task| task.id),
            crowd: query::write(&untouched),
            query: query::write(params),
            lines: lines(&score),
            score: score.total(),
            before: Score::new(score.before, score.before, score.target).total(),
            reached: score.reached(),
            target: target(&score),
            words: sentence(&score),
        }
    }
}

fn target(score: &Score) -> String {
    percent_of(&figure(score.target))
}

fn sentence(score: &Score) -> String {
    let fall = percent_words(score.now.fall);
    let (target, points) = (target(score), score.total());
    if score.reached() {
        say!("The fall is {fall}, below {target}. {points} of 100 points.", fall, target, points)
    } else {
        say!("The fall is {fall}, not below {target}. {points} of 100 points.", fall, target, points)
    }
}

fn lines(score: &Score) -> Vec<Line> {
    let told = |id, label, note: String, words: &dyn Fn(&Costs) -> String, i: usize| Line {
        id,
        label,
        note,
        before: words(&score.before),
        now: words(&score.now),
        points: signed(score.points[i]),
    };
    let held = score.before.open_interest;
    vec![
        told(
            "fall",
            tr("Greatest fall"),
            say!("target: below {target}", target = target(score)),
            &|costs| percent_words(costs.fall),
            0,
        ),
        told("halts", tr("Time halted"), String::new(), &halts, 1),
        told(
            "delay",
            tr("Bots sell after their limit"),
            tr("on average").into(),
            &|costs| costs.delay.map_or_else(|| tr("no sales").into(), duration),
            2,
        ),
        told(
            "given-up",
            tr("Open interest given up"),
            say!("of {amount}", amount = dollars(held)),
            &|costs| amount(held - costs.open_interest),
            3,
        ),
        told("lost", tr("Lost beyond equity"), String::new(), &|costs| amount(costs.lost), 4),
    ]
}

fn halts(costs: &Costs) -> String {
    match costs.halts {
        0 => tr("none").into(),
        halts => plural!(
            "1\u{a0}halt, {time}",
            "{halts}\u{a0}halts, {time}",
            halts as usize,
            halts,
            time = time(costs.halted)
        ),
    }
}

/// Dollars in words, rounded to half a million.
fn amount(billions: f64) -> String {
    if billions < 0.000_5 { tr("none").into() } else { dollars((billions * 1000.0).round() / 1000.0) }
}

/// A number with sign, using a real minus sign.
fn signed(points: i64) -> String {
    match points {
        0 => "0".into(),
        1.. => format!("+{points}"),
        _ => format!("−{}", -points),
    }
}

/// The rules by which points are computed, one sentence each.
#[must_use]
pub fn formula() -> Vec<String> {
    let n = figure;
    vec![
        say!(
            "{points} points for a fall below the target. For a larger fall, up to {way}, in proportion to the progress from the fall without tools to the target.",
            points = n(REACHED),
            way = n(WAY)
        ),
        say!(
            "−{points} for each halt, and −{minute} for each minute of it.",
            points = n(HALT.0),
            minute = n(HALT.1)
        ),
        say!(
            "−{points} for each second of extra delay, on average, between a bot's limit and its sale.",
            points = n(SECOND)
        ),
        say!("−{points} for each percent of the open interest given up.", points = n(OPEN_INTEREST)),
        say!(
            "−{points} if as much is lost beyond equity as without tools; in proportion if less or more.",
            points = n(LOST)
        ),
        tr("Each is rounded to whole points; the total is never below 0.").into(),
        say!(
            "The target is {times} times the fall that the first sale causes alone, rounded up to the next {step}.",
            times = n(TARGET.0),
            step = percent_of(&n(TARGET.1))
        ),
        tr("The costs are measured in the run. These weights are assumed: nobody has measured what a minute without trading is worth, and with other weights a different mix is best.")
        .into(),
        tr("Short halts may do better here than in a real market: the jump when trading resumes does not count as volatility in this model, so neither market makers nor bots react to it.")
        .into(),
    ]
}
