//! Rounds of calls, one after the other or many at a time.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serialtalk_zenoh::board;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tokio::time::timeout;
use zenoh::{Session, Wait};

use crate::child;
use crate::robot::{RobotAsyncClient, RobotClient};

/// The key of the bare query, and its payload: that of a call of `mult`.
pub(crate) const BARE: &str = "bare/mult";
const ARGUMENTS: &[u8] = b"\x02ff\x00\x00\xc0\x3f\x00\x00\x00\x40";

/// How long many calls may take before the measurement is given up.
const LIMIT: Duration = Duration::from_secs(300);

/// The microseconds of so many calls, one after the other, sorted.
pub(crate) fn typed(session: &Session, count: usize) -> Result<Vec<f64>> {
    let mut robot = RobotClient::over(board(session, &child::board(0))?);
    robot.mult(1.0, 1.0)?;
    times(count, || {
        let product = robot.mult(1.5, 2.0)?;
        ensure!(product == 3.0, "1.5 × 2 = {product}");
        Ok(())
    })
}

/// The microseconds of so many bare queries, one after the other, sorted.
pub(crate) fn bare(session: &Session, count: usize) -> Result<Vec<f64>> {
    times(count, || {
        let get = session.get(BARE).payload(ARGUMENTS);
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

/// Makes so many calls of the first `boards` boards, `window` at a time.
pub(crate) fn load(session: &Session, boards: usize, window: usize, count: usize) -> Result<Load> {
    let clients: Vec<_> =
        (0..boards).map(|number| board(session, &child::board(number))).collect::<Result<_, _>>()?;
    at_a_time(window, count, |first, calls| {
        let clients = clients.iter().skip(first % boards).step_by(window).cloned();
        let mut robots: Vec<_> = clients.map(RobotAsyncClient::over).collect();
        async move {
            let mut errors = 0;
            for call in 0..calls {
                let (at, number) = (call % robots.len(), call as f32);
                let product = robots[at].mult(number, 2.0).await;
                errors += usize::from(!product.is_ok_and(|product| product == number * 2.0));
            }
            errors
        }
    })
}

/// Makes so many bare queries, `window` at a time.
pub(crate) fn bare_load(session: &Session, window: usize, count: usize) -> Result<Load> {
    at_a_time(window, count, |_, calls| {
        let session = session.clone();
        async move {
            let mut errors = 0;
            for _ in 0..calls {
                let reply = match session.get(BARE).payload(ARGUMENTS).await {
                    Ok(replies) => replies.recv_async().await.ok(),
                    Err(_) => None,
                };
                errors += usize::from(reply.is_none_or(|reply| reply.result().is_err()));
            }
            errors
        }
    })
}

/// Runs `window` tasks, which make so many calls in all, each its part; `task` says how many of them were errors.
fn at_a_time<F: Future<Output = usize> + Send + 'static>(
    window: usize,
    count: usize,
    task: impl Fn(usize, usize) -> F,
) -> Result<Load> {
    let runtime = Runtime::new()?;
    let calls = count / window;
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    (0..window).for_each(|first| _ = tasks.spawn_on(task(first, calls), runtime.handle()));
    let errors = runtime.block_on(async { timeout(LIMIT, tasks.join_all()).await })?;
    let seconds = began.elapsed().as_secs_f64();
    Ok(Load { per_second: (calls * window) as f64 / seconds, errors: errors.into_iter().sum() })
}
