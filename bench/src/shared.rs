//! Calls over a shared endpoint, compared with calls over one that one caller has for itself.

use std::time::{Duration, Instant};

use anyhow::Result;
use serialtalk::{AsyncCaller, Caller};
use serialtalk_hal::{Interruptible, LinkError, SerialTalk, Spawn as _, share};

use crate::blocking::{serial_port, socket_pair};
use crate::board::{self, BoardAsyncClient, BoardClient, Exchange};
use crate::compare::{Comparison, Effort, Side, compare};
use crate::report::{Report, Section, Show};
use crate::table::Budget;

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "shared",
        title: "calls of mult(f32, f32) -> f32 by one of many callers; peer: an endpoint that is not shared",
    });
    report.compare("socket pair", Show::Rate, Budget::None, |effort| {
        blocking(effort, [socket_pair()?, socket_pair()?])
    })?;
    report.compare("pty", Show::Rate, Budget::AtLeast(0.8), |effort| {
        blocking(effort, [serial_port()?, serial_port()?])
    })?;
    report.compare("async, in memory", Show::Rate, Budget::None, asynchronous)
}

/// Compares two lines, of which the first is shared.
fn blocking<A, B>(
    effort: Effort<'_>,
    [shared, alone]: [(SerialTalk<A>, SerialTalk<B>); 2],
) -> Result<Comparison>
where
    A: Interruptible<Error = LinkError> + Send + 'static,
    B: Interruptible<Error = LinkError> + Send + 'static,
{
    let (_first, _second) = (board::serve(shared.1).spawn(), board::serve(alone.1).spawn());
    let (caller, _running) = share(shared.0)?;
    let (mut shared, mut alone) = (BoardClient::new(caller), BoardClient::new(alone.0));
    compare(effort, |side, count| match side {
        Side::Ours => call(&mut shared, count),
        Side::Peer => call(&mut alone, count),
    })
}

fn call<C: Caller<Error = LinkError>>(client: &mut BoardClient<C>, count: u32) -> Result<Duration> {
    let start = Instant::now();
    for _ in 0..count {
        Exchange::Mult.call(client)?;
    }
    Ok(start.elapsed())
}

/// Compares two lines in one task, of which the first is shared.
fn asynchronous(effort: Effort<'_>) -> Result<Comparison> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let _inside = runtime.enter();
    let open = || {
        let (client, server) = serialtalk_hal::asynch::loopback();
        let mut server = server.serve(board::BoardServer::new(board::Simulated));
        runtime.spawn(async move { server.run().await });
        client
    };
    let (caller, run) = serialtalk_hal::asynch::share(open());
    runtime.spawn(run);
    let (mut shared, mut alone) = (BoardAsyncClient::new(caller), BoardAsyncClient::new(open()));
    compare(effort, |side, count| {
        runtime.block_on(async {
            match side {
                Side::Ours => call_async(&mut shared, count).await,
                Side::Peer => call_async(&mut alone, count).await,
            }
        })
    })
}

async fn call_async<C>(client: &mut BoardAsyncClient<C>, count: u32) -> Result<Duration>
where
    C: AsyncCaller<Error = LinkError>,
{
    let start = Instant::now();
    for _ in 0..count {
        Exchange::Mult.call_async(client).await?;
    }
    Ok(start.elapsed())
}
