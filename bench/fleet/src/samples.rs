//! Streams: what a gateway polls, and what arrives of it.

use std::collections::HashMap;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use zenoh::Wait;
use zenoh::handlers::FifoChannel;

use crate::calls::{percentile, typed};
use crate::child::{Process, client, socket};
use crate::lists::wait_until_up;
use crate::robot::REALM;
use crate::table::{Goal, Table};

/// How many boards are polled.
const BOARDS: usize = 1000;

pub(crate) fn measure(table: &mut Table, part: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let socket = socket(&folder, "gateway");
    let _gateway = Process::start(&["gateway", &socket, "polled", &BOARDS.to_string()])?;
    let session = client(&socket)?;
    wait_until_up(&session, BOARDS)?;
    let samples =
        session.declare_subscriber(format!("{REALM}/cell1/*/stream/imu")).with(FifoChannel::new(100_000));
    let samples = samples.wait().map_err(anyhow::Error::from_boxed)?;
    let seconds = Duration::from_secs(20 / part as u64);
    let calls = thread::scope(|scope| {
        let caller = scope.spawn(|| typed(&session, 20_000 / part));
        let (mut count, mut missing) = (0u64, 0u64);
        let mut last = HashMap::new();
        let began = Instant::now();
        while let Some(left) = seconds.checked_sub(began.elapsed()) {
            let sample = samples.recv_timeout(left).map_err(anyhow::Error::from_boxed)?;
            let Some(sample) = sample else { continue };
            let number =
                sample.attachment().map(|number| number.to_bytes()).context("a sample without a number")?;
            let number = u64::from_le_bytes(number.as_ref().try_into()?);
            count += 1;
            if let Some(before) = last.insert(sample.key_expr().to_string(), number) {
                missing += number - before - 1;
            }
        }
        let per_second = count as f64 / began.elapsed().as_secs_f64();
        table.judge("samples of 1,000 boards", per_second, "/s", Goal::AtLeast(9900.0));
        table.judge("  missing", missing as f64, "", Goal::AtMost(0.0));
        caller.join().unwrap_or_else(|_| anyhow::bail!("the caller panicked"))
    })?;
    table.judge("  a typed call beside them, 99 %", percentile(&calls, 99), "us", Goal::AtMost(3000.0));
    Ok(())
}
