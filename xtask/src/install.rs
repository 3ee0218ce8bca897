//! Installs what the tests and the other checks need of a machine.

mod apt;
mod needs;
mod rustup;

use anyhow::{Result, ensure};

use apt::Apt;
pub(crate) use needs::has_cpp;
use needs::{CHECKS, Need, OLDEST_RUST, TESTS, Way};

/// The command that installs what tests need, and runs them.
pub(crate) const COMMAND: &str = "cargo xtask test --install";

/// Installs what tests need and this machine lacks.
pub(crate) fn for_tests() -> Result<()> {
    install(TESTS.iter())
}

/// Installs what any check needs and this machine lacks.
pub(crate) fn for_checks() -> Result<()> {
    install(TESTS.iter().chain(CHECKS))?;
    // The check that needs it says so where it cannot be had.
    install([OLDEST_RUST].iter()).unwrap_or_else(|error| println!("{error:#}"));
    Ok(())
}

/// What has to be done for tests that were skipped; nothing if this machine has what they need.
pub(crate) fn hint() -> Option<String> {
    let missing: Vec<_> = TESTS.iter().filter(|need| !need.is_there()).collect();
    let by_hand: Vec<_> =
        missing.iter().copied().filter(|need| !need.ways.iter().any(Way::is_open)).collect();
    if missing.is_empty() {
        None
    } else if by_hand.is_empty() {
        Some(format!("to run them: {COMMAND}\nit installs {}", names(&missing)))
    } else {
        Some(format!("to run them, install {} by hand, then: {COMMAND}", names(&by_hand)))
    }
}

/// Installs what is missing. An error names everything that could not be installed, and why.
fn install<'a>(needs: impl Iterator<Item = &'a Need> + Clone) -> Result<()> {
    let missing: Vec<_> = needs.filter(|need| !need.is_there()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("==> install: this machine lacks");
    for Need { what, used_by, .. } in &missing {
        println!("  {what}, for {used_by}");
    }
    let mut apt = Apt::default();
    let mut failed = String::new();
    for need in &missing {
        if let Err(tried) = bring(need, &mut apt) {
            failed += &format!("\n  {}, for {}{tried}", need.what, need.used_by);
        }
    }
    apt.install()?;
    ensure!(failed.is_empty(), "these could not be installed; do it by hand{failed}");
    let missing: Vec<_> = missing.into_iter().filter(|need| !need.is_there()).collect();
    ensure!(missing.is_empty(), "installed, and still not found: {}", names(&missing));
    Ok(())
}

/// Takes the first way to something that this machine has; packages are only noted. An error has a line for each way: its
/// command, and why it could not be taken.
fn bring(need: &Need, apt: &mut Apt) -> Result<(), String> {
    // What brought another may have brought it, too.
    if need.is_there() {
        return Ok(());
    }
    let mut tried = String::new();
    for way in need.ways {
        let command = way.command(need.what);
        let taken = match *way {
            Way::Debian(packages) => apt.want(packages),
            _ => rustup::run(&command),
        };
        match taken {
            Ok(()) => return Ok(()),
            Err(error) => tried += &format!("\n      {}: {error:#}", command.join(" ")),
        }
    }
    Err(tried)
}

fn names(needs: &[&Need]) -> String {
    needs.iter().map(|need| need.what).collect::<Vec<_>>().join(", ")
}
