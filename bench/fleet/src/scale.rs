//! A gateway with a thousand boards: what it needs, and how fast it is beside a bare query.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::calls::{bare, load, percentile, typed};
use crate::child::{Process, client, socket};
use crate::lists::wait_until_up;
use crate::table::{Goal, Table};

/// How many boards a gateway has.
const BOARDS: usize = 1000;

/// How long an idle gateway is watched.
const IDLE: Duration = Duration::from_secs(10);

pub(crate) fn measure(table: &mut Table, part: usize) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let socket = socket(&folder, "gateway");
    let began = Instant::now();
    let gateway = Process::start(&["gateway", &socket, &BOARDS.to_string(), "0"])?;
    let session = client(&socket)?;
    wait_until_up(&session, BOARDS)?;
    let up = began.elapsed().as_secs_f64() * 1e3;
    table.judge("1,000 boards are up", up, "ms", Goal::AtMost(1000.0));

    let before = gateway.cpu()?;
    thread::sleep(IDLE);
    let idle = (gateway.cpu()? - before) / IDLE.as_secs_f64() * 100.0;
    table.judge("1,000 boards, idle: CPU of the gateway", idle, "%", Goal::AtMost(1.0));
    table.tell("1,000 boards, idle: memory", gateway.memory()?, "MB");

    let count = 20_000 / part;
    let (calls, queries) = (typed(&session, count)?, bare(&session, count)?);
    let (median, bare) = (percentile(&calls, 50), percentile(&queries, 50));
    table.tell("a typed call, median", median, "us");
    table.tell("a bare query of zenoh, median", bare, "us");
    table.judge("  ratio", median / bare, "", Goal::AtMost(2.5));
    table.judge("a typed call, 99 %", percentile(&calls, 99), "us", Goal::AtMost(1000.0));

    let many = load(&session, BOARDS, 100_000 / part)?;
    table.judge("typed calls of 1,000 boards, 64 at a time", many.per_second, "/s", Goal::AtLeast(10_000.0));
    table.judge("  errors", many.errors as f64, "", Goal::AtMost(0.0));
    let after = gateway.memory()?;
    let one = load(&session, 1, 100_000 / part)?;
    table.tell("typed calls of one board, 64 at a time", one.per_second, "/s");
    table.judge("  1,000 boards relative to one", many.per_second / one.per_second, "", Goal::AtLeast(0.8));
    table.judge("1,000 boards after the load: memory", after, "MB", Goal::AtMost(48.0));
    Ok(())
}
