//! The table of a search.

use std::fmt;
use std::time::{Duration, Instant};

use crate::model::{Model, Peer};
use crate::mutant::Mutant;
use crate::search::{Found, search};
use crate::story::tell;

/// A search, and what came of it.
#[derive(Debug)]
pub struct Report {
    model: Model,
    found: Found,
    time: Duration,
}

impl Report {
    /// Searches.
    #[must_use]
    pub fn of(model: Model) -> Self {
        let start = Instant::now();
        let found = search(&model);
        Self { model, found, time: start.elapsed() }
    }

    /// The first two lines of a table of reports.
    pub const HEAD: &str = "\
| peers | calls | sends | restarts | one-way | forgets | echoes | leases | numbers | without | states | bad | seconds |
|---|---|---|---|---|---|---|---|---|---|---|---|---|";

    /// The shortest way to a broken promise, if there is one.
    #[must_use]
    pub fn story(&self) -> Option<String> {
        let (broken, path) = self.found.bad.as_ref()?;
        let rule = self
            .model
            .mutant
            .map_or("With every rule".into(), |mutant| format!("Without \"{}\"", mutant.rule()));
        let lines = tell(&self.model, path).into_iter().enumerate();
        let lines = lines.map(|(index, line)| format!("{:4}. {line}\n", index + 1));
        Some(format!("{rule}: {broken}\n\n{}", lines.collect::<String>()))
    }
}

/// A line of the table.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Model { peers, calls, restarts, sends, notes, forgets, echoes, leases, numbers, mutant, .. } =
            self.model;
        let [first, second] = peers.map(|peer| match peer {
            Peer::Host => "host",
            Peer::Board => "board",
        });
        let without = mutant.map_or("", Mutant::name);
        let leases = if leases { "end" } else { "last" };
        let states = self.found.states;
        let bad = self.found.bad.as_ref().map_or_else(|| "none".into(), |(broken, _)| broken.to_string());
        write!(
            f,
            "| {first}, {second} | {}, {} | {sends} | {}, {} ",
            calls[0], calls[1], restarts[0], restarts[1]
        )?;
        write!(f, "| {notes} | {forgets} | {echoes} | {leases} | {numbers} | {without} | {states} | {bad} ")?;
        write!(f, "| {:.1} |", self.time.as_secs_f32())
    }
}
