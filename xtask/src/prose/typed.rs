//! The test that pages contain no typed results. A number with a unit or with decimal places must be a place, an input
//! in the words of the link that sets it, or listed in `given.txt` with the reason why it cannot be computed.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;

use super::place::{Part, parts};
use crate::project;

/// The list: a reason in a line that begins with `#`, and below it the numbers, each with some words around it.
const GIVEN: &str = include_str!("given.txt");

/// Units behind a number.
const UNITS: [&str; 24] = [
    "%", "s", "ms", "min", "h", "m", "bn", "trn", "k", "x", "percent", "second", "seconds", "minute", "minutes",
    "hour", "hours", "times", "cents", "points", "million", "billion", "trillion", "dollars",
];

/// Words between a number and the next one, whose unit it shares.
const JOINTS: [&str; 9] = [" to ", " and ", " or ", ", ", "–", " not ", " and not ", ", not ", " and not at "];

/// Elements that do not end a sentence.
const INLINE: [&str; 12] = ["a", "b", "i", "em", "strong", "sub", "sup", "cite", "span", "kbd", "abbr", "code"];

/// Attributes that screen readers and search engines read.
const SPOKEN: [&str; 4] = ["aria-label=\"", "alt=\"", "title=\"", "content=\""];

/// The words of a page without markup, and the byte ranges of inputs in the words of links that set them.
#[derive(Default)]
struct Plain {
    text: String,
    inputs: Vec<Range<usize>>,
}

impl Plain {
    fn of(page: &str) -> Self {
        // A place is no number, even within the address of a link.
        let filled = parts(page).into_iter().map(|part| if let Part::Words(words) = part { words } else { "…" });
        let page: String = filled.collect();
        let mut plain = Self::default();
        let mut spoken = String::new();
        let mut sets: Vec<String> = Vec::new();
        let mut rest = page.as_str();
        while let Some((words, after)) = rest.split_once('<') {
            plain.add(words, &sets);
            let end = ["!--", "code", "script", "style"].into_iter().find(|start| after.starts_with(start));
            let end =
                end.map_or(">".to_owned(), |start| if start == "!--" { "-->".into() } else { format!("</{start}>") });
            let (tag, after) = after.split_once(end.as_str()).unwrap_or((after, ""));
            let opening = tag.split('>').next().unwrap_or_default();
            let name =
                opening.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            if !INLINE.contains(&name) {
                plain.text.push('\n');
            }
            match opening.split_once("href=\"#") {
                Some((_, address)) => {
                    let address = address.split('"').next().unwrap_or_default().replace("&amp;", "&");
                    sets = address.split('&').filter_map(|pair| Some(pair.split_once('=')?.1.to_owned())).collect();
                }
                None if name == "a" => sets.clear(),
                None => {}
            }
            let described = name != "meta" || opening.contains("name=\"description\"");
            for value in SPOKEN.iter().filter(|_| described).flat_map(|start| opening.split(start).skip(1)) {
                spoken.extend(["\n", value.split('"').next().unwrap_or_default()]);
            }
            rest = after;
        }
        plain.add(rest, &[]);
        plain.add(&spoken, &[]);
        plain
    }

    fn add(&mut self, words: &str, sets: &[String]) {
        let words = words.replace("&nbsp;", " ").replace("&amp;", "&").replace('\u{a0}', " ");
        let from = self.text.len();
        for c in words.chars() {
            let c = if c == '\n' { ' ' } else { c };
            if c != ' ' || !self.text.ends_with([' ', '\n']) {
                self.text.push(c);
            }
        }
        let inputs = numbers(&self.text, from).into_iter().filter(|at| {
            let number = self.text[at.clone()].replace(',', "");
            sets.contains(&number)
        });
        let inputs: Vec<_> = inputs.collect();
        self.inputs.extend(inputs);
    }
}

/// The byte ranges of numbers in a text, from a byte on.
fn numbers(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|start| at + start) {
        let digits = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        let end = text[start..].find(|c| !digits(c)).map_or(text.len(), |end| start + end);
        let end = start + text[start..end].trim_end_matches(['.', ',']).len();
        let before = text[..start].chars().next_back();
        if !before.is_some_and(|c| c.is_alphanumeric() || c == '-') {
            found.push(start..end);
        }
        at = end;
    }
    found
}

/// Whether a number has a unit, its own or that of the number it is joined to.
fn has_unit(text: &str, number: &Range<usize>) -> bool {
    let after = &text[number.end..];
    let close = after.strip_prefix(' ').unwrap_or(after);
    let unit = |unit: &str| close.strip_prefix(unit).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let joined = |joint: &str| {
        let next = number.end + joint.len();
        after.starts_with(joint) && numbers(text, next).first().is_some_and(|at| at.start == next && has_unit(text, at))
    };
    text[..number.start].ends_with('$')
        || UNITS.iter().any(|name| unit(name))
        || JOINTS.iter().any(|joint| joined(joint))
}

/// The numbers of a page that look like results and are not in the list; adds the entries that were used.
fn typed<'a>(page: &str, given: &[&'a str], used: &mut BTreeSet<&'a str>) -> Vec<String> {
    let Plain { text, inputs } = Plain::of(page);
    let known: Vec<(Range<usize>, &str)> = given
        .iter()
        .flat_map(|words| text.match_indices(words).map(|(at, _)| (at..at + words.len(), *words)).collect::<Vec<_>>())
        .collect();
    let mut found = Vec::new();
    for number in numbers(&text, 0) {
        let looks = text[number.clone()].contains('.') || has_unit(&text, &number);
        if !looks || inputs.contains(&number) {
            continue;
        }
        let within = |range: &Range<usize>| range.start <= number.start && number.end <= range.end;
        let mut listed = known.iter().filter(|(range, _)| within(range)).peekable();
        if listed.peek().is_none() {
            let line = text[..number.start].rfind('\n').map_or(0, |line| line + 1);
            let from = text[line..number.start].char_indices().rev().nth(40).map_or(line, |(at, _)| line + at);
            let rest = text[number.end..].split('\n').next().unwrap_or_default();
            found.push(format!("{}{}", &text[from..number.end], rest.chars().take(30).collect::<String>()));
        }
        used.extend(listed.map(|(_, words)| *words));
    }
    found
}

/// All entries of the list.
fn given() -> Vec<&'static str> {
    GIVEN.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect()
}

#[test]
fn pages_contain_no_typed_results() {
    let (given, mut used) = (given(), BTreeSet::new());
    let mut found = Vec::new();
    for entry in fs::read_dir(project::root().join("www")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|kind| kind == "html") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let all = typed(&fs::read_to_string(&path).unwrap(), &given, &mut used);
            found.extend(all.into_iter().map(|words| format!("{name}: {words}")));
        }
    }
    found.sort();
    assert!(
        found.is_empty(),
        "typed numbers: name the result in a place, such as {{fall bots=20}} (www/lessons/README.md), or list it with the \
         reason in xtask/src/prose/given.txt: {found:#?}"
    );
    let idle: Vec<_> = given.iter().filter(|words| !used.contains(**words)).collect();
    assert!(idle.is_empty(), "xtask/src/prose/given.txt has entries that no page uses: {idle:#?}");
}

#[test]
fn typed_results_are_found_and_permitted_numbers_are_not() {
    let found = |page: &str| typed(page, &["lost 97%"], &mut BTreeSet::new()).len();
    for typed in [
        "<p>It falls by 18.1%.</p>",
        "<td>0.99</td>",
        "<td>$344m</td>",
        "<p>from <b>5</b>\n to 7%</p>",
        "<p>after 31 seconds</p>",
        "<p>It trips 5 times.</p>",
        "<p><a href=\"#bots=20\">20% bots</a> fall by 5%</p>",
        "<img alt=\"a fall of 9%\" />",
        "<p>{fall bots=20} and not 20%</p>",
    ] {
        assert!(found(typed) > 0, "{typed}");
    }
    assert_eq!(found("<p>from 5 to 7%</p>"), 2);
    for other in [
        "<p>{fall bots=20} of {open-interest}</p>",
        "<p>It lost 97% then.</p>",
        "<p><a class=\"set\" href=\"#bots=20&amp;shock=2.5\">20% bots and 2.5%</a> in 1998, chapter 4, seeds 1 to 5</p>",
        "<p><code>p (1 - 0.5)</code></p><!-- 7% --><a href=\"#t=3\" width=\"40%\">it</a>",
    ] {
        assert_eq!(found(other), 0, "{other}");
    }
}
