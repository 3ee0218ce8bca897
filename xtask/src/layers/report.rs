//! What the edges of a crate say: a table, and faults.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::circles::{Graph, circles};
use super::modules::{Id, Module, Modules, ROOT};
use super::order::{self, Rule, Uses, Wrong};
use super::resolve::{Edge, How};

/// What was found in one crate.
#[derive(Debug)]
pub(super) struct Report {
    /// Each top-level module, in the order of the layers, and those that it uses.
    uses: Vec<(String, BTreeSet<String>)>,
    /// A message for each use of a module that may not be used, and for each circle.
    pub(super) faults: Vec<String>,
}

impl Report {
    /// Checks the edges.
    pub(super) fn new(modules: &Modules, edges: &[Edge<'_>], rules: &[Rule]) -> Self {
        let edges: Vec<_> = edges.iter().filter(|edge| !is_code_of_callers(modules, edge, rules)).collect();
        let tops = top_modules(modules, rules);
        let mut faults = Vec::new();
        if !rules.is_empty() {
            faults.extend(tops.iter().filter_map(|&top| without_rule(modules, top, rules)));
        }
        // A use that is wrong by the table closes a circle in most cases, which is not another fault.
        let mut rest = Vec::new();
        for &edge in &edges {
            match wrong_use(modules, edge, rules) {
                Some(fault) => faults.push(fault),
                None => rest.push(edge),
            }
        }
        faults.extend(circles_of(modules, &rest));
        // A path that leads to several modules is reported once.
        let mut reported = BTreeSet::new();
        faults.retain(|fault| reported.insert(fault.clone()));
        let uses = tops.into_iter().map(|top| (modules.all[top].name.clone(), used_by(modules, &edges, top)));
        Self { uses: uses.collect(), faults }
    }

    /// The edges between top-level modules, in Markdown.
    pub(super) fn table(&self) -> String {
        let mut table = String::from("| module | uses |\n|---|---|\n");
        for (module, uses) in &self.uses {
            let uses: Vec<_> = uses.iter().map(|name| format!("`{name}`")).collect();
            table.push_str(&format!("| `{module}` | {} |\n", uses.join(", ")));
        }
        table
    }
}

/// The top-level modules, in the order of the table, then by name.
fn top_modules(modules: &Modules, rules: &[Rule]) -> Vec<Id> {
    let is_top = |module: &Id| *module == modules.top(*module) && !modules.all[*module].is_test;
    let mut tops: Vec<_> = (0..modules.all.len()).filter(is_top).collect();
    let place = |name: &str| {
        let in_row = |rule: &Rule| rule.modules.iter().position(|it| *it == name.trim_start_matches("__"));
        rules
            .iter()
            .enumerate()
            .find_map(|(row, rule)| Some((row, in_row(rule)?)))
            .unwrap_or((rules.len(), 0))
    };
    tops.sort_by_key(|&top| (place(&modules.all[top].name), modules.all[top].name.clone()));
    tops
}

fn used_by(modules: &Modules, edges: &[&Edge<'_>], top: Id) -> BTreeSet<String> {
    let is_from = |edge: &&&Edge<'_>| modules.top(edge.from) == top && edge.how != How::PassesThrough;
    let used = edges.iter().filter(is_from).map(|edge| modules.top(edge.to)).filter(|&used| used != top);
    used.map(|used| modules.all[used].name.clone()).collect()
}

/// Says so if the table lacks a module.
fn without_rule(modules: &Modules, top: Id, rules: &[Rule]) -> Option<String> {
    let Module { name, line, .. } = &modules.all[top];
    let file = modules.all[ROOT].file.display();
    let message = format!("{file}:{line}: the module `{name}` is in no layer of xtask/src/layers/order.rs");
    order::rule(rules, name).is_none().then_some(message)
}

/// Says so if a module uses one that it may not.
fn wrong_use(modules: &Modules, edge: &Edge<'_>, rules: &[Rule]) -> Option<String> {
    let [from, to] = [edge.from, edge.to].map(|module| &*modules.all[modules.top(module)].name);
    // What is re-exported elsewhere than in a face is judged by where it is defined.
    if from == to || (edge.how == How::PassesThrough && !is_face_module(modules, edge.to, rules)) {
        return None;
    }
    let what = match order::check(rules, from, to).err()? {
        Wrong::Face => format!("uses `{to}`, a face of the crate that nothing in it may use"),
        Wrong::NotAmong([]) => format!("uses right-hand module `{to}`: `{from}` may use none"),
        Wrong::NotAmong(allowed) => {
            format!("uses right-hand module `{to}`: `{from}` may use {}", allowed.join(", "))
        }
    };
    Some(format!("{}: `{}` {what}", place(modules, edge), edge.mention.path.join("::")))
}

/// Whether a module is a face, or in one, other than the root, whose re-exports stand for what they lead to.
fn is_face_module(modules: &Modules, module: Id, rules: &[Rule]) -> bool {
    let top = modules.top(module);
    let rule = order::rule(rules, &modules.all[top].name);
    top != ROOT && matches!(rule, Some(Rule { uses: Uses::Everything, .. }))
}

/// Whether a path is `$crate::__private` or of another face, in a macro: the crate that calls the macro writes it.
fn is_code_of_callers(modules: &Modules, edge: &Edge<'_>, rules: &[Rule]) -> bool {
    edge.mention.path.first().is_some_and(|first| first == "$crate")
        && is_face_module(modules, edge.to, rules)
}

fn circles_of(modules: &Modules, edges: &[&Edge<'_>]) -> Vec<String> {
    let mut graph = Graph::<&Path>::new();
    let mut first = BTreeMap::new();
    for edge in edges.iter().filter(|edge| edge.how == How::Uses) {
        let [from, to] = [edge.from, edge.to].map(|module| &*modules.all[module].file);
        if from != to {
            graph.entry(from).or_default().insert(to);
            first.entry((from, to)).or_insert(*edge);
        }
    }
    let message = |circle: Vec<&Path>| {
        let mut message = format!("{}: these files form a circle:", circle[0].display());
        for (at, from) in circle.iter().enumerate() {
            let to = circle[(at + 1) % circle.len()];
            let edge = first[&(*from, to)];
            let path = edge.mention.path.join("::");
            message.push_str(&format!("\n    {}: `{path}` uses {}", place(modules, edge), to.display()));
        }
        message
    };
    circles(&graph).into_iter().map(message).collect()
}

fn place(modules: &Modules, edge: &Edge<'_>) -> String {
    format!("{}:{}", modules.all[edge.from].file.display(), edge.mention.line)
}
