//! The `serialtalk` command, as whole processes.

mod ends;
mod killed;
mod library;
mod list;
mod load;
mod place;
mod plot;
mod processes;
mod reconnection;
#[path = "../../serialtalk-cli/tests/support/terminal.rs"]
mod terminal;
mod watch;

use std::path::Path;

use anyhow::Result;

use crate::processor;
use crate::report::{Report, Section};
use crate::table::{Budget, Quantity};
pub(crate) use library::call as call_by_library;
use place::Place;

/// Measures the command that is this program. `quick` watches for a shorter time.
pub(crate) fn rows(report: &mut Report, program: &Path, quick: bool) -> Result<()> {
    println!("other programs on this machine: load averages {}", load::averages()?);
    let place = &Place::new(program)?;
    report.section(Section { name: "size", title: "the command as it is installed" });
    report.measure("stripped", Budget::AtMost(3e6), || {
        Ok(Quantity::Bytes(usize::try_from(program.metadata()?.len())?))
    })?;
    watch::rows(report, place, quick)?;
    plot::rows(report, place, quick)?;
    reconnection::rows(report, place, quick)?;
    killed::rows(report, place, quick)?;
    list::rows(report, place)?;
    ends::rows(report, place)?;
    // Those above need what else runs on another processor; see there for those below.
    processor::keep_to_one()?;
    processes::rows(report, place)?;
    library::rows(report, place)
}
