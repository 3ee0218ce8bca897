//! A gateway with a thousand boards: what it needs, and how fast it is beside a bare query.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;
use zenoh::Session;

use crate::calls::{bare, bare_load, load, percentile, typed};
use crate::child::{Process, client, socket};
use crate::lists::wait_until_up;
use crate::table::{Goal, Table};

/// How many boards a gateway has.
const BOARDS: usize = 1000;

/// How many calls wait for their replies at a time.
const WINDOW: usize = 64;

/// How many calls of one board may wait at a time: of more it is busy.
const WINDOW_OF_ONE: usize = 32;

/// How long an idle gateway is watched.
const IDLE: Duration = Duration::from_secs(10);

pub(crate) fn measure(table: &mut Table, part: usize) -> Result<()> {
    let (gateway, session) = start(table, "services")?;
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

    let many = load(&session, BOARDS, WINDOW, 100_000 / part)?;
    table.judge("typed calls of 1,000 boards, 64 at a time", many.per_second, "/s", Goal::AtLeast(10_000.0));
    table.judge("  errors", many.errors as f64, "", Goal::AtMost(0.0));
    table.judge("1,000 boards after the load: memory", gateway.memory()?, "MB", Goal::AtMost(48.0));
    let bare = bare_load(&session, WINDOW, 100_000 / part)?;
    table.tell("bare queries, 64 at a time", bare.per_second, "/s");
    table.tell("  typed calls relative to them", many.per_second / bare.per_second, "");
    let one = load(&session, 1, WINDOW_OF_ONE, 100_000 / part)?;
    let many = load(&session, BOARDS, WINDOW_OF_ONE, 100_000 / part)?;
    table.tell("typed calls of one board, 32 at a time", one.per_second, "/s");
    table.judge("  errors", one.errors as f64, "", Goal::AtMost(0.0));
    table.judge("  1,000 boards relative to one", many.per_second / one.per_second, "", Goal::AtLeast(0.8));
    lines(table, part)
}

/// Boards that are whole endpoints in the gateway's process, each at a line in memory.
fn lines(table: &mut Table, part: usize) -> Result<()> {
    let (gateway, session) = start(table, "lines")?;
    table.tell("1,000 boards at lines, idle: memory", gateway.memory()?, "MB");
    let calls = typed(&session, 20_000 / part)?;
    table.tell("a typed call of a board at a line, median", percentile(&calls, 50), "us");
    let many = load(&session, BOARDS, WINDOW, 100_000 / part)?;
    table.tell("typed calls of 1,000 boards at lines, 64 at a time", many.per_second, "/s");
    table.judge("  errors", many.errors as f64, "", Goal::AtMost(0.0));
    table.tell("1,000 boards at lines after the load: memory", gateway.memory()?, "MB");
    Ok(())
}

/// Starts a gateway, and waits until all its boards are up.
fn start(table: &mut Table, kind: &str) -> Result<(Process, Session)> {
    let folder = tempfile::tempdir()?;
    let socket = socket(&folder, "gateway");
    let began = Instant::now();
    let gateway = Process::start(&["gateway", &socket, kind, &BOARDS.to_string()])?;
    let session = client(&socket)?;
    wait_until_up(&session, BOARDS)?;
    let up = began.elapsed().as_secs_f64() * 1e3;
    table.judge(&format!("1,000 {kind} are up"), up, "ms", Goal::AtMost(1000.0));
    Ok((gateway, session))
}
