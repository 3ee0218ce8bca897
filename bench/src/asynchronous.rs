//! Calls by async endpoints, compared with a raw exchange of the same bytes.

use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use embedded_io_async::{Read, Write};
use serialtalk_hal::asynch::{AsyncLink, AsyncPtyLink, AsyncSerialLink, open_pty, open_serial};
use serialtalk_hal::{LinkError, asynch};
use tokio::net::UnixStream;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use crate::board::{BoardAsyncClient, BoardServer, Exchange, Frames, Simulated};
use crate::compare::{Comparison, Effort, Side, compare};
use crate::report::{Report, Section, Show};
use crate::table::Budget;

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "async",
        title: "calls of mult(f32, f32) -> f32 under tokio; peer: the same bytes over the same links, raw",
    });
    let budget = Budget::AtLeast(0.9);
    let limited = Some(CLIENT_WAIT);
    report
        .compare("socket pair", Show::Rate, budget, |effort| against_raw(effort, socket_pair()?, limited))?;
    report.compare("pty", Show::Rate, budget, |effort| against_raw(effort, serial_port()?, limited))?;
    report.compare("socket pair, raw reads without a limit in time", Show::Rate, Budget::None, |effort| {
        against_raw(effort, socket_pair()?, None)
    })?;
    report.compare("pty, raw reads without a limit in time", Show::Rate, Budget::None, |effort| {
        against_raw(effort, serial_port()?, None)
    })
}

/// The read timeout of a raw client, as in calls.
const CLIENT_WAIT: Duration = Duration::from_millis(1500);

/// An endpoint and its runtime.
struct End<L> {
    runtime: Runtime,
    talk: asynch::SerialTalk<L>,
}

/// The client's and the server's end of a socket pair.
fn socket_pair() -> Result<(End<AsyncLink<UnixStream>>, End<AsyncLink<UnixStream>>)> {
    let (client, server) = std::os::unix::net::UnixStream::pair()?;
    let open = |socket: std::os::unix::net::UnixStream| {
        End::open(|| {
            socket.set_nonblocking(true)?;
            let link = AsyncLink::new(UnixStream::from_std(socket)?, "socket pair");
            Ok(asynch::over(link, "socket pair").plain())
        })
    };
    Ok((open(client)?, open(server)?))
}

/// A host that opened a virtual serial port by its path, and the board behind it.
fn serial_port() -> Result<(End<AsyncSerialLink>, End<AsyncPtyLink>)> {
    let board = End::open(|| Ok(open_pty()?.plain()))?;
    Ok((End::open(|| Ok(open_serial(board.talk.name(), 115_200)?.plain()))?, board))
}

impl<L> End<L> {
    fn open(open: impl FnOnce() -> Result<asynch::SerialTalk<L>>) -> Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let talk = {
            let _inside = runtime.enter();
            open()?
        };
        Ok(Self { runtime, talk })
    }
}

/// Times an exchange in two threads, one for each end, each with a runtime of its own. The raw one goes over the same
/// links on the same runtimes; its client limits its reads in time, as calls do, if `limit` says so.
fn against_raw<A, B>(
    effort: Effort<'_>,
    (client, server): (End<A>, End<B>),
    limit: Option<Duration>,
) -> Result<Comparison>
where
    A: Read<Error = LinkError> + Write,
    B: Read<Error = LinkError> + Write + Send,
{
    let exchange = Exchange::Mult;
    let frames = &Frames::of(exchange)?;
    let End { runtime, talk } = client;
    let mut client = BoardAsyncClient::new(talk);
    thread::scope(|scope| {
        let (orders, ordered) = channel();
        let serving = scope.spawn(move || {
            let mut talk = server.talk.serve(BoardServer::new(Simulated));
            ordered.iter().try_for_each(|(side, count)| {
                server.runtime.block_on(async {
                    match side {
                        Side::Ours => {
                            for _ in 0..count {
                                talk.process().await?;
                            }
                            Ok(())
                        }
                        Side::Peer => serve_raw(talk.link_mut(), frames, count).await,
                    }
                })
            })
        });
        let comparison = compare(effort, |side, count| {
            orders.send((side, count)).context("the server has ended")?;
            runtime.block_on(async {
                let start = Instant::now();
                match side {
                    Side::Ours => {
                        for _ in 0..count {
                            exchange.call_async(&mut client).await?;
                        }
                    }
                    Side::Peer => call_raw(client.caller_mut().link_mut(), frames, count, limit).await?,
                }
                Ok(start.elapsed())
            })
        });
        drop((client, orders));
        let served = serving.join().ok().context("the server panicked")?;
        // The end that fails first closes the link; the error of the client is the more specific one.
        let comparison = comparison?;
        served.map(|()| comparison)
    })
}

async fn call_raw<L>(link: &mut L, frames: &Frames, count: u32, limit: Option<Duration>) -> Result<()>
where
    L: Read<Error = LinkError> + Write,
{
    for _ in 0..count {
        send(link, &frames.request).await?;
        let reply = receive(link, frames.reply.len());
        match limit {
            Some(limit) => timeout(limit, reply).await??,
            None => reply.await?,
        }
    }
    Ok(())
}

async fn serve_raw<L>(link: &mut L, frames: &Frames, count: u32) -> Result<()>
where
    L: Read<Error = LinkError> + Write,
{
    for _ in 0..count {
        receive(link, frames.request.len()).await?;
        send(link, &frames.reply).await?;
    }
    Ok(())
}

async fn send(link: &mut impl Write<Error = LinkError>, bytes: &[u8]) -> Result<()> {
    link.write_all(bytes).await?;
    Ok(link.flush().await?)
}

async fn receive(link: &mut impl Read<Error = LinkError>, count: usize) -> Result<()> {
    let mut buffer = [0; 258];
    let mut missing = count;
    while missing > 0 {
        let count = link.read(&mut buffer).await?;
        ensure!(count > 0, "the other end has closed the link");
        missing = missing.saturating_sub(count);
    }
    std::hint::black_box(&buffer);
    Ok(())
}
