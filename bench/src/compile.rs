//! How long a crate with a large interface takes to compile, compared with a small interface and with the earlier commit.
//! Only this crate is compiled, without incremental state; all that it depends on was built before.

mod source;
mod tree;

use std::time::Duration;

use anyhow::Result;

use crate::compare::{Comparison, Effort, Side, take_turns};
use crate::report::{Report, Section, Show};
use crate::table::Budget;
use source::Methods;
use tree::{Compile, Tree};

/// The crates, and how each is compiled.
const CRATES: [(&str, Compile, Methods); 3] = [
    ("check, numbers", Compile::Check, Methods::Numbers),
    ("check, mixed", Compile::Check, Methods::Mixed),
    ("build, mixed", Compile::Build, Methods::Mixed),
];

const SMALL: usize = 50;
const LARGE: usize = 300;

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "compile growth",
        title: "processor time of rustc for a server of 300 methods; peer: of 50 methods",
    });
    for (what, compile, methods) in CRATES {
        report.compare(what, Show::Time, Budget::AtMost(7.0), |effort| {
            let ours = Tree::ours()?;
            turns(effort, |side| {
                let count = if side == Side::Ours { LARGE } else { SMALL };
                ours.compile(compile, methods, count)
            })
        })?;
    }
    let section = Section {
        name: "compile baseline",
        title: "processor time of rustc for a server of 300 methods; peer: at the commit of the baseline",
    };
    if !CRATES.iter().any(|(what, ..)| report.would_want(&section, what)) {
        return Ok(());
    }
    let Some(baseline) = report.baseline() else {
        println!("skipped: {}: no --baseline", section.name);
        return Ok(());
    };
    let baseline = Tree::baseline(baseline)?;
    report.section(section);
    for (what, compile, methods) in CRATES {
        report.compare(what, Show::Time, Budget::AtMost(0.1), |effort| {
            let ours = Tree::ours()?;
            turns(effort, |side| {
                let tree = if side == Side::Ours { &ours } else { &baseline };
                tree.compile(compile, methods, LARGE)
            })
        })?;
    }
    Ok(())
}

/// Measures three rounds of each side, or one with `--quick`.
fn turns(effort: Effort<'_>, mut work: impl FnMut(Side) -> Result<Duration>) -> Result<Comparison> {
    take_turns(effort.rounds.div_ceil(200), |side| Ok(work(side)?.as_secs_f64()), || Ok(None))
}
