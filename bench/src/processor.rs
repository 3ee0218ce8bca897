//! Where the threads run.

use anyhow::Result;

/// Keeps this program, and those that it starts, on one processor, where the system can do that.
///
/// Of two ends that call and answer in turn only one works at a time. Where the scheduler puts the other changes the rate by
/// a factor of five, for calls and raw exchanges alike, and for minutes in the same way: noise that no number of rounds
/// takes out. On one processor all the time that an endpoint needs counts, so no ratio gets better by it.
#[cfg(target_os = "linux")]
pub(crate) fn keep_to_one() -> Result<()> {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let allowed = sched_getaffinity(None)?;
    // The first one has the interrupts of most machines.
    if let Some(last) = (0..CpuSet::MAX_CPU).rev().find(|number| allowed.is_set(*number)) {
        let mut one = CpuSet::new();
        one.set(last);
        sched_setaffinity(None, &one)?;
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn keep_to_one() -> Result<()> {
    Ok(())
}
