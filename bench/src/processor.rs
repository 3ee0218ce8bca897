//! Pins the threads to a processor.

use anyhow::Result;

/// Pins this thread, those that it starts, and its child processes to one processor, where the system supports that.
///
/// Of two ends that call and answer, only one works at a time. Where the scheduler places the other changes the rate by a
/// factor of five, for calls and raw exchanges alike, and for minutes at a time: noise that more rounds do not remove. On one
/// processor all the time of both ends counts, so pinning improves no ratio.
#[cfg(target_os = "linux")]
pub(crate) fn keep_to_one() -> Result<()> {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let allowed = sched_getaffinity(None)?;
    // On most machines, the first one handles the interrupts.
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
