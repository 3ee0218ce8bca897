//! How soon a caller learns that a gateway is gone, and how soon it is back, through a router.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serialtalk_zenoh::board;

use crate::child::{Process, client, socket};
use crate::lists::wait_until_up;
use crate::robot::{REALM, RobotClient};
use crate::table::{Goal, Table};

/// How long a fault may take to be noticed before the measurement is given up.
const LIMIT: Duration = Duration::from_secs(30);

pub(crate) fn measure(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let socket = socket(&folder, "router");
    let mut router = Process::start(&["router", &socket])?;
    let mut gateway = Process::start(&["gateways", &socket, "1", "1"])?;
    let session = client(&socket)?;

    let noticed = noticed(&session, || gateway.kill())?;
    table.judge("a killed gateway is noticed", noticed, "ms", Goal::AtMost(100.0));
    gateway = Process::start(&["gateways", &socket, "1", "1"])?;
    let noticed = self::noticed(&session, || gateway.hang())?;
    table.judge("a gateway that hangs is noticed", noticed, "ms", Goal::AtMost(2500.0));
    gateway.kill()?;
    let _gateway = Process::start(&["gateways", &socket, "1", "1"])?;
    wait_until_up(&session, 1)?;

    let mut robot = RobotClient::over(board(&session, &format!("{REALM}/cell0/arm0"))?);
    robot.mult(1.0, 1.0)?;
    router.kill()?;
    let _router = Process::start(&["router", &socket])?;
    let began = Instant::now();
    while robot.mult(1.0, 1.0).is_err() {
        ensure!(began.elapsed() < LIMIT, "the board is not called again");
    }
    let back = began.elapsed().as_secs_f64() * 1e3;
    table.judge("a board is called again after its router restarts", back, "ms", Goal::AtMost(2000.0));
    Ok(())
}

/// The milliseconds from a fault until the gateway is alive no more, as its token tells.
fn noticed(session: &zenoh::Session, fault: impl FnOnce() -> Result<()>) -> Result<f64> {
    use zenoh::Wait;
    let tokens = session
        .liveliness()
        .declare_subscriber("alive/robots/*/*")
        .history(true)
        .wait()
        .map_err(anyhow::Error::from_boxed)?;
    let next = |kind| -> Result<()> {
        while let Some(sample) = tokens.recv_timeout(LIMIT).map_err(anyhow::Error::from_boxed)? {
            if sample.kind() == kind {
                return Ok(());
            }
        }
        anyhow::bail!("nothing was noticed")
    };
    next(zenoh::sample::SampleKind::Put)?;
    let began = Instant::now();
    fault()?;
    next(zenoh::sample::SampleKind::Delete)?;
    Ok(began.elapsed().as_secs_f64() * 1e3)
}
