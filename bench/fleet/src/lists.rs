//! How long it takes to list a hundred thousand boards.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::calls::percentile;
use crate::child::{Process, client, socket};
use crate::robot::REALM;
use crate::table::{Goal, Table};

const GATEWAYS: usize = 100;
const BOARDS: usize = 1000;

/// How long boards may take to be up before the measurement is given up.
const LIMIT: Duration = Duration::from_secs(120);

/// The pause between two looks at the boards that are up.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Waits until so many boards are up.
pub(crate) fn wait_until_up(session: &zenoh::Session, boards: usize) -> Result<()> {
    let began = Instant::now();
    loop {
        let lists = serialtalk_zenoh::boards(session, REALM)?;
        let up = lists.iter().flat_map(|list| &list.boards).filter(|board| board.up).count();
        if up == boards {
            return Ok(());
        }
        ensure!(began.elapsed() < LIMIT, "{up} of {boards} boards are up");
        std::thread::sleep(LOOK_AGAIN);
    }
}

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let socket = socket(&folder, "router");
    let _router = Process::start(&["router", &socket])?;
    let _gateways = Process::start(&["gateways", &socket, &GATEWAYS.to_string(), &BOARDS.to_string()])?;
    let session = client(&socket)?;
    wait_until_up(&session, GATEWAYS * BOARDS)?;
    let mut times = Vec::new();
    for _ in 0..11 {
        let began = Instant::now();
        let lists = serialtalk_zenoh::boards(&session, REALM)?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
        let count: usize = lists.iter().map(|list| list.boards.len()).sum();
        ensure!(count == GATEWAYS * BOARDS, "{count} boards");
    }
    times.sort_by(f64::total_cmp);
    table.judge(
        "100,000 boards of 100 gateways are listed",
        percentile(&times, 50),
        "ms",
        Goal::AtMost(100.0),
    );
    Ok(())
}
