//! Calls by blocking endpoints, compared with a raw exchange of the same bytes.

use std::os::unix::net::UnixStream;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serialtalk::Link;
use serialtalk::link::Received;
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::serial::SerialLink;
use serialtalk_hal::socket::SocketLink;
use serialtalk_hal::{LinkError, SerialTalk, over, pty, serial, socket};

use crate::board::{self, BoardClient, Exchange, Frames, Serving};
use crate::compare::{Comparison, Effort, Side, compare};
use crate::report::{Report, Section, Show};
use crate::table::Budget;

/// The read timeout of a raw client, as in calls.
const CLIENT_WAIT_MS: u32 = 1500;
/// The read timeout of a raw server, as in `run`.
const SERVER_WAIT_MS: u32 = 1000;

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "blocking",
        title: "calls of mult(f32, f32) -> f32; peer: the same bytes over the same links, raw",
    });
    let budget = Budget::AtLeast(0.9);
    report.compare("socket pair", Show::Rate, budget, |effort| {
        against_raw(effort, Exchange::Mult, socket_pair()?)
    })?;
    report
        .compare("pty", Show::Rate, budget, |effort| against_raw(effort, Exchange::Mult, serial_port()?))?;
    let budget = Budget::AtLeast(0.85);
    report.compare("socket pair, checked", Show::Rate, budget, |effort| {
        checked_against_raw(effort, Exchange::Mult, checked_socket_pair()?)
    })?;
    report.compare("pty, checked", Show::Rate, budget, |effort| {
        checked_against_raw(effort, Exchange::Mult, checked_serial_port()?)
    })
}

/// The client's and the server's end of a socket pair.
type SocketPair = (SerialTalk<SocketLink<UnixStream>>, SerialTalk<SocketLink<UnixStream>>);

fn checked_socket_pair() -> Result<SocketPair> {
    let (client, server) = socket::pair()?;
    Ok((over(client, "socket pair"), over(server, "socket pair")))
}

/// The client's and the server's end of a socket pair, which speak plainly.
pub(crate) fn socket_pair() -> Result<SocketPair> {
    let (client, server) = checked_socket_pair()?;
    Ok((client.plain(), server.plain()))
}

fn checked_serial_port() -> Result<(SerialTalk<SerialLink>, SerialTalk<PtyLink>)> {
    let board = pty::open()?;
    Ok((serial::open(board.name(), 115_200)?, board))
}

/// A host that opened a virtual serial port by its path, and the board behind it, which speak plainly.
pub(crate) fn serial_port() -> Result<(SerialTalk<SerialLink>, SerialTalk<PtyLink>)> {
    let (host, board) = checked_serial_port()?;
    Ok((host.plain(), board.plain()))
}

/// Times an exchange over a plain link in two threads, one for each end. The raw one goes over the same links in the same
/// threads.
pub(crate) fn against_raw<A, B>(
    effort: Effort<'_>,
    exchange: Exchange,
    ends: (SerialTalk<A>, SerialTalk<B>),
) -> Result<Comparison>
where
    A: Link<Error = LinkError>,
    B: Link<Error = LinkError> + Send,
{
    compare_with_raw(effort, exchange, ends, &Frames::of(exchange)?, 0)
}

/// What the server of a checked link answers before the first call: a hello, and the question for the number of the command.
const GREETING: u32 = 2;

/// Times an exchange over a checked link; see [`against_raw`].
fn checked_against_raw<A, B>(
    effort: Effort<'_>,
    exchange: Exchange,
    ends: (SerialTalk<A>, SerialTalk<B>),
) -> Result<Comparison>
where
    A: Link<Error = LinkError>,
    B: Link<Error = LinkError> + Send,
{
    compare_with_raw(effort, exchange, ends, &Frames::of_checked(exchange)?, GREETING)
}

/// `greeting` is how much the server answers before the first call.
fn compare_with_raw<A, B>(
    effort: Effort<'_>,
    exchange: Exchange,
    (client, server): (SerialTalk<A>, SerialTalk<B>),
    frames: &Frames,
    greeting: u32,
) -> Result<Comparison>
where
    A: Link<Error = LinkError>,
    B: Link<Error = LinkError> + Send,
{
    let (mut client, mut server) = (BoardClient::new(client), board::serve(server));
    thread::scope(|scope| {
        let (orders, ordered) = channel();
        let serving = scope.spawn(move || {
            ordered.iter().try_for_each(|(side, count)| match side {
                Side::Ours => serve(&mut server, count),
                Side::Peer => serve_raw(server.link_mut(), frames, count),
            })
        });
        orders.send((Side::Ours, greeting + 1)).context("the server has ended")?;
        call(&mut client, exchange, 1)?;
        let comparison = compare(effort, |side, count| {
            orders.send((side, count)).context("the server has ended")?;
            match side {
                Side::Ours => call(&mut client, exchange, count),
                Side::Peer => call_raw(client.caller_mut().link_mut(), frames, count),
            }
        });
        drop((client, orders));
        let served = serving.join().ok().context("the server panicked")?;
        // The end that fails first closes the link; the error of the client is the more specific one.
        let comparison = comparison?;
        served.map(|()| comparison)
    })
}

/// Makes `count` calls, and returns how long they took.
pub(crate) fn call<L: Link<Error = LinkError>>(
    client: &mut BoardClient<SerialTalk<L>>,
    exchange: Exchange,
    count: u32,
) -> Result<Duration> {
    let start = Instant::now();
    for _ in 0..count {
        exchange.call(client)?;
    }
    Ok(start.elapsed())
}

/// Serves so many commands.
fn serve<L: Link<Error = LinkError>>(server: &mut Serving<L>, count: u32) -> Result<()> {
    let mut served = 0;
    while served < count {
        served += u32::from(server.process_within(SERVER_WAIT_MS)?);
    }
    Ok(())
}

fn call_raw(link: &mut impl Link<Error = LinkError>, frames: &Frames, count: u32) -> Result<Duration> {
    let start = Instant::now();
    for _ in 0..count {
        send(link, &frames.request)?;
        receive(link, frames.reply.len(), CLIENT_WAIT_MS)?;
    }
    Ok(start.elapsed())
}

fn serve_raw(link: &mut impl Link<Error = LinkError>, frames: &Frames, count: u32) -> Result<()> {
    for _ in 0..count {
        receive(link, frames.request.len(), SERVER_WAIT_MS)?;
        send(link, &frames.reply)?;
    }
    Ok(())
}

fn send(link: &mut impl Link<Error = LinkError>, mut bytes: &[u8]) -> Result<()> {
    while !bytes.is_empty() {
        let count = link.send(bytes)?;
        bytes = bytes.get(count..).unwrap_or_default();
    }
    Ok(link.flush()?)
}

fn receive(link: &mut impl Link<Error = LinkError>, count: usize, wait_ms: u32) -> Result<()> {
    let mut buffer = [0; 258];
    let mut missing = count;
    while missing > 0 {
        match link.receive(&mut buffer, wait_ms)? {
            Received::Bytes(count) => missing = missing.saturating_sub(count),
            Received::Nothing => {}
            Received::Closed => bail!("the other end has closed the link"),
        }
    }
    std::hint::black_box(&buffer);
    Ok(())
}
