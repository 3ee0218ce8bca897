//! Rounds of calls, one after the other or many at a time.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serialtalk_zenoh::board;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::child;
use crate::robot::{RobotAsyncClient, RobotClient};

/// How many calls wait for their replies at a time.
const WINDOW: usize = 64;

/// The microseconds of so many calls, one after the other, sorted.
pub(crate) fn typed(session: &zenoh::Session, count: usize) -> Result<Vec<f64>> {
    let mut robot = RobotClient::over(board(session, &child::board(0))?);
    robot.mult(1.0, 1.0)?;
    times(count, || {
        let product = robot.mult(1.5, 2.0)?;
        ensure!(product == 3.0, "1.5 × 2 = {product}");
        Ok(())
    })
}

/// The microseconds of so many bare queries, one after the other, sorted.
pub(crate) fn bare(session: &zenoh::Session, count: usize) -> Result<Vec<f64>> {
    use zenoh::Wait;
    let arguments = b"\x02ff\x00\x00\xc0\x3f\x00\x00\x00\x40";
    times(count, || {
        let get = session.get("bare/mult").payload(arguments.as_slice());
        let replies = get.wait().map_err(anyhow::Error::from_boxed)?;
        let reply = replies.recv().map_err(|_| anyhow::anyhow!("no reply"))?;
        ensure!(reply.result().is_ok(), "an error came back");
        Ok(())
    })
}

fn times(count: usize, mut call: impl FnMut() -> Result<()>) -> Result<Vec<f64>> {
    let mut times = Vec::with_capacity(count);
    for _ in 0..count {
        let began = Instant::now();
        call()?;
        times.push(began.elapsed().as_secs_f64() * 1e6);
    }
    times.sort_by(f64::total_cmp);
    Ok(times)
}

/// The value below which so many of a hundred sorted ones are.
pub(crate) fn percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted.get(sorted.len() * percent / 100).copied().unwrap_or(f64::NAN)
}

/// What many calls at a time came to.
#[derive(Debug)]
pub(crate) struct Load {
    pub(crate) per_second: f64,
    pub(crate) errors: usize,
}

/// Makes so many calls of the first `boards` boards, many at a time.
pub(crate) fn load(session: &zenoh::Session, boards: usize, count: usize) -> Result<Load> {
    let runtime = Runtime::new()?;
    let clients: Vec<_> =
        (0..boards).map(|number| board(session, &child::board(number))).collect::<Result<_, _>>()?;
    let share = count / WINDOW;
    let work = move |first: usize| {
        let mut robots: Vec<_> = clients
            .iter()
            .skip(first % boards)
            .step_by(WINDOW)
            .cloned()
            .map(RobotAsyncClient::over)
            .collect();
        async move {
            let mut errors = 0;
            for call in 0..share {
                let at = call % robots.len();
                let number = call as f32;
                errors += usize::from(
                    !matches!(robots[at].mult(number, 2.0).await, Ok(product) if product == number * 2.0),
                );
            }
            errors
        }
    };
    runtime.block_on(async {
        // The first calls ask where the boards are.
        let mut tasks = JoinSet::new();
        let began = Instant::now();
        (0..WINDOW).for_each(|first| _ = tasks.spawn(work(first)));
        let errors = tokio::time::timeout(Duration::from_secs(300), tasks.join_all()).await?;
        let seconds = began.elapsed().as_secs_f64();
        Ok(Load { per_second: (share * WINDOW) as f64 / seconds, errors: errors.into_iter().sum() })
    })
}
