//! How much longer than its timeout a command takes at a board that does not answer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serialtalk::Link;
use serialtalk_hal::pty::PtyLink;

use super::place::Place;
use crate::report::{Report, Section};
use crate::table::{Budget, Quantity};

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_millis(1000);

/// Commands that need an answer.
const COMMANDS: [&[&str]; 9] = [
    &["list"],
    &["describe"],
    &["call", "echo"],
    &["watch", "echo"],
    &["bench"],
    &["check"],
    &["eval", "1"],
    &["ls"],
    &["reset"],
];

pub(super) fn rows(report: &mut Report, place: &Place) -> Result<()> {
    report.section(Section { name: "ends", title: "the longest of nine commands, beyond a timeout of 1 s" });
    for (name, noise) in [("silent board", b"".as_slice()), ("flooding board", &[b'x'; 256])] {
        report.measure(name, Budget::AtMost(0.5), || {
            Ok(Quantity::Seconds(longest(place, noise)?.as_secs_f64()))
        })?;
    }
    Ok(())
}

/// Runs each command at a board that only sends `noise`. Returns by how much the slowest exceeds its timeout.
fn longest(place: &Place, noise: &[u8]) -> Result<Duration> {
    let mut link = PtyLink::open()?;
    let path = link.path().to_owned();
    link.set_write_timeout_ms(10);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut buffer = [0; 256];
            while !is_over.load(Ordering::Relaxed) {
                // Nobody may have the port open.
                let _ = link.send(noise);
                let _ = link.receive(&mut buffer, 1);
            }
        });
        let longest = COMMANDS
            .iter()
            .map(|arguments| beyond(place, &path, arguments))
            .try_fold(Duration::ZERO, |longest, beyond| beyond.map(|beyond| longest.max(beyond)));
        is_over.store(true, Ordering::Relaxed);
        longest
    })
}

fn beyond(place: &Place, path: &str, arguments: &[&str]) -> Result<Duration> {
    let mut command = place.command(path, arguments);
    let start = Instant::now();
    let output = command.arg("--timeout=1s").output()?;
    let took = start.elapsed();
    ensure!(!output.status.success(), "{arguments:?} has found something");
    Ok(took.saturating_sub(TIMEOUT))
}
