//! A graph of imports, and the search for cycles in it. An edge leads from the file that uses a name to the file that
//! defines it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The place and the name of one import.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    /// The line; zero where the parser does not give one.
    pub line: usize,
    /// The name as written.
    pub name: String,
}

/// Files and their imports. Paths are relative to the root of the project, with forward slashes.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    edges: BTreeMap<String, BTreeMap<String, Import>>,
}

/// Files that all import one another, directly or indirectly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// All files of the cycle.
    pub files: BTreeSet<String>,
    /// One of the shortest ways from a file back to itself: each file, and its import of the next.
    pub shortest: Vec<(String, Import)>,
}

impl Graph {
    /// Adds an import. Of several between the same two files the first line is kept; a file's import of itself is
    /// ignored.
    pub fn add(&mut self, from: &str, to: &str, import: Import) {
        if from != to {
            let known = self.edges.entry(from.into()).or_default().entry(to.into()).or_insert_with(|| import.clone());
            if import < *known {
                *known = import;
            }
        }
    }

    /// The imports of a file: the files that it uses, and where.
    #[must_use]
    pub fn of(&self, file: &str) -> Vec<(&str, &Import)> {
        self.edges.get(file).into_iter().flatten().map(|(to, import)| (to.as_str(), import)).collect()
    }

    /// All cycles; each file is in at most one.
    #[must_use]
    pub fn cycles(&self) -> Vec<Cycle> {
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            self.edges.keys().map(|file| (file.as_str(), self.reached_from(file))).collect();
        let mut seen = BTreeSet::new();
        let mut cycles = Vec::new();
        for (&file, beyond) in reached.iter().filter(|(file, beyond)| beyond.contains(*file)) {
            if seen.contains(file) {
                continue;
            }
            let files: BTreeSet<_> = beyond
                .iter()
                .copied()
                .filter(|other| reached.get(other).is_some_and(|all| all.contains(file)))
                .collect();
            seen.extend(files.iter().copied());
            let ways = files.iter().filter_map(|file| self.way_back(file));
            let shortest = ways.min_by_key(Vec::len).unwrap_or_default();
            cycles.push(Cycle { files: files.into_iter().map(String::from).collect(), shortest });
        }
        cycles
    }

    fn reached_from(&self, file: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&str> = self.of(file).into_iter().map(|(to, _)| to).collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(self.of(next).into_iter().map(|(to, _)| to));
            }
        }
        reached
    }

    /// One of the shortest ways from a file back to itself.
    fn way_back(&self, file: &str) -> Option<Vec<(String, Import)>> {
        let mut before: BTreeMap<&str, (&str, &Import)> = BTreeMap::new();
        let mut open = VecDeque::from([file]);
        while let Some(from) = open.pop_front() {
            for (to, import) in self.of(from) {
                if !before.contains_key(to) {
                    before.insert(to, (from, import));
                    open.push_back(to);
                }
            }
        }
        let mut way = Vec::new();
        let mut at = file;
        loop {
            let (from, import) = before.get(at)?;
            way.push(((*from).to_owned(), (*import).clone()));
            at = from;
            if at == file {
                way.reverse();
                return Some(way);
            }
        }
    }
}

impl std::fmt::Display for Cycle {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { files, shortest } = self;
        let (count, length) = (files.len(), shortest.len());
        if count > length {
            let names: Vec<_> = files.iter().map(String::as_str).collect();
            writeln!(formatter, "  {count} files import one another: {}", names.join(", "))?;
            write!(formatter, "  the shortest cycle among them:")?;
        } else {
            write!(formatter, "  {count} files import one another:")?;
        }
        for (file, Import { line, name }) in shortest {
            let line = if *line == 0 { String::new() } else { format!(":{line}") };
            write!(formatter, "\n    {file}{line} uses {name}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::default();
        for (line, (from, to)) in edges.iter().enumerate() {
            graph.add(from, to, Import { line: line + 1, name: (*to).to_owned() });
        }
        graph
    }

    #[test]
    fn one_way_imports_are_no_cycle() {
        assert_eq!(graph(&[("a", "b"), ("b", "c"), ("a", "c"), ("a", "a")]).cycles(), []);
    }

    #[test]
    fn a_cycle_is_reported_with_its_shortest_path() {
        let cycles =
            graph(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "b"), ("c", "d"), ("x", "y"), ("y", "x")]).cycles();
        let [one, two] = &cycles[..] else { panic!("{cycles:?}") };
        assert_eq!(
            one.to_string(),
            "  3 files import one another: a, b, c\n  the shortest cycle among them:\n    b:2 uses c\n    c:4 uses b"
        );
        assert_eq!(two.to_string(), "  2 files import one another:\n    x:6 uses y\n    y:7 uses x");
    }
}
