//! The list of intended deviations, `testdata/deviations.txt`.

use std::collections::{HashMap, HashSet};
use std::path::Path;

/// The entries of one kind, and what has been compared with them.
pub(crate) struct Deviations {
    kind: &'static str,
    /// Ids and their rules.
    listed: HashMap<String, String>,
    compared: HashSet<String>,
    errors: Vec<String>,
}

impl Deviations {
    /// The entries under `kind`.
    pub(crate) fn of(kind: &'static str) -> Self {
        let mut listed = HashMap::new();
        for (rule, entry, ids) in entries() {
            for id in ids.split_whitespace().filter(|_| entry == kind) {
                let before = listed.insert(id.to_owned(), rule.clone());
                assert_eq!(before, None, "{kind} {id} is listed twice");
            }
        }
        Self { kind, listed, compared: HashSet::new(), errors: Vec::new() }
    }

    /// Compares a result with that of another library: they must be equal unless the id is listed.
    pub(crate) fn compare(&mut self, id: &str, ours: &str, theirs: &str) {
        self.compared.insert(id.to_owned());
        let kind = self.kind;
        match (self.listed.get(id), ours == theirs) {
            (None, false) => {
                self.errors.push(format!("{kind} {id}: ours is {ours}\n    but theirs is {theirs}"));
            }
            (Some(rule), true) => {
                self.errors
                    .push(format!("{kind} {id} is listed under `{rule}`, but does not deviate: {ours}"));
            }
            _ => {}
        }
    }

    /// Panics with all errors, or if fewer than `least` lines were compared.
    pub(crate) fn finish(mut self, least: usize) {
        let kind = self.kind;
        let unknown = self.listed.keys().filter(|id| !self.compared.contains(*id));
        self.errors
            .extend(unknown.map(|id| format!("{kind} {id} is listed, but there is no such line to compare")));
        let count = self.errors.len();
        assert!(count == 0, "{count} errors:\n{}", self.errors.join("\n"));
        assert!(self.compared.len() >= least, "only {} lines were compared", self.compared.len());
    }
}

/// Every line of the list with its rule: `(rule, kind, ids)`.
fn entries() -> Vec<(String, String, String)> {
    let mut rule = String::new();
    let mut entries = Vec::new();
    for line in read("../testdata/deviations.txt").lines() {
        if let Some(heading) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            rule = heading.into();
        } else if let Some((kind, ids)) = line.split_once(": ").filter(|_| !line.starts_with('#')) {
            assert!(!rule.is_empty(), "no rule for {line}");
            entries.push((rule.clone(), kind.into(), ids.into()));
        } else {
            assert!(line.is_empty() || line.starts_with('#'), "deviations.txt has the line {line}");
        }
    }
    entries
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("can't read {}: {error}", path.display()))
}

#[test]
fn every_rule_is_in_the_specification() {
    let specification = read("../spec/wire-format.md");
    let headings: HashSet<_> = specification
        .lines()
        .filter_map(|line| Some(line.strip_prefix('#')?.trim_start_matches('#').trim()))
        .collect();
    for (rule, _, ids) in entries() {
        assert!(
            headings.contains(rule.as_str()),
            "spec/wire-format.md has no heading `{rule}`, cited for {ids}"
        );
    }
}
