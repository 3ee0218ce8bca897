//! One-way calls in both directions at once: neither end waits for the other, and each serves all of them in their order.
#![allow(dead_code, unused_imports, reason = "with fewer features, fewer links are tried")]

mod common;

use core::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use common::LONG_MS;
use serialtalk::link::Link;
use serialtalk_hal::{SerialTalk, memory, over};

#[serialtalk::interface]
trait Counter {
    #[command(oneway)]
    fn bump(&mut self, number: u32);
}

#[derive(Default)]
struct Count {
    served: u32,
}

impl Counter for Count {
    fn bump(&mut self, number: u32) {
        assert_eq!(number, self.served, "a call was lost, or served twice or out of order");
        self.served += 1;
    }
}

/// How many calls each end makes: a million, or what `SERIALTALK_ONEWAY_CALLS` says.
fn calls() -> u32 {
    std::env::var("SERIALTALK_ONEWAY_CALLS").map_or(1_000_000, |calls| calls.parse().unwrap())
}

/// How many ends have sent and served all.
type Finished = AtomicU32;

fn exchange_both<A, B>(a: A, b: B)
where
    A: Link<Error: Debug>,
    B: Link<Error: Debug> + Send,
{
    let (calls, finished) = (calls(), Finished::new(0));
    thread::scope(|scope| {
        let b = scope.spawn(|| exchange(b, calls, &finished));
        let _a = exchange(a, calls, &finished);
        let _b = b.join().unwrap();
    });
}

type Talk<L> = SerialTalk<L, CounterServer<Count>>;

/// Serves and sends by turns, as a main loop does, then serves until both ends are finished.
fn exchange<L: Link<Error: Debug>>(link: L, calls: u32, finished: &Finished) -> Talk<L> {
    let mut talk = over(link, "end").serve(CounterServer::new(Count::default()));
    for number in 0..calls {
        talk.process().unwrap();
        CounterClient::new(&mut talk).bump(number).unwrap();
    }
    let mut is_finished = false;
    while finished.load(Ordering::Relaxed) < 2 {
        talk.process_within(1).unwrap();
        let count: &mut Count = talk.state();
        if count.served == calls && !is_finished {
            is_finished = true;
            finished.fetch_add(1, Ordering::Relaxed);
        }
    }
    talk
}

#[test]
fn in_memory() {
    let (mut a, mut b) = memory::pair();
    a.set_write_timeout_ms(LONG_MS);
    b.set_write_timeout_ms(LONG_MS);
    exchange_both(a, b);
}

#[cfg(all(unix, feature = "tcp"))]
#[test]
fn over_a_socket_pair() {
    let (mut a, mut b) = serialtalk_hal::socket::pair().unwrap();
    a.set_write_timeout_ms(LONG_MS);
    b.set_write_timeout_ms(LONG_MS);
    exchange_both(a, b);
}

#[cfg(all(unix, feature = "pty", feature = "serial"))]
#[test]
fn over_a_pty() {
    use serialtalk_hal::pty::PtyLink;
    use serialtalk_hal::serial::{SerialLink, SerialOptions};
    let mut board = PtyLink::open().unwrap();
    board.set_write_timeout_ms(LONG_MS);
    let options = SerialOptions::default().write_timeout_ms(LONG_MS);
    let host = SerialLink::open(board.path(), options).unwrap();
    exchange_both(board, host);
}

#[cfg(feature = "tokio")]
mod asynchronous {
    use embedded_io_async::{Read, Write};
    use serialtalk_hal::asynch::{AsyncLink, SerialTalk, over};

    use super::*;

    /// Each end has a runtime and a thread of its own; the links are made under them.
    fn exchange_both<A, B>(a: impl FnOnce() -> A, b: impl FnOnce(&A) -> B)
    where
        A: Read + Write<Error: Debug>,
        B: Read + Write<Error: Debug> + Send,
    {
        let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (of_a, of_b) = (runtime(), runtime());
        let a = of_a.block_on(async { a() });
        let b = of_b.block_on(async { b(&a) });
        let (calls, finished) = (calls(), Finished::new(0));
        thread::scope(|scope| {
            let b = scope.spawn(|| of_b.block_on(exchange(b, calls, &finished)));
            let _a = of_a.block_on(exchange(a, calls, &finished));
            let _b = b.join().unwrap();
        });
    }

    type Talk<L> = SerialTalk<L, CounterServer<Count>>;

    async fn exchange<L>(link: L, calls: u32, finished: &Finished) -> Talk<L>
    where
        L: Read + Write<Error: Debug>,
    {
        let mut talk = over(link, "end").serve(CounterServer::new(Count::default()));
        for number in 0..calls {
            process(&mut talk).await;
            CounterAsyncClient::new(&mut talk).bump(number).await.unwrap();
        }
        let mut is_finished = false;
        while finished.load(Ordering::Relaxed) < 2 {
            process(&mut talk).await;
            tokio::task::yield_now().await;
            let count: &mut Count = talk.state();
            if count.served == calls && !is_finished {
                is_finished = true;
                finished.fetch_add(1, Ordering::Relaxed);
            }
        }
        talk
    }

    /// Serves a command if one has arrived.
    async fn process<L: Read + Write<Error: Debug>>(talk: &mut Talk<L>) {
        let command = tokio::select! {
            biased;
            command = talk.wait_for_command() => command.unwrap(),
            () = core::future::ready(()) => return,
        };
        talk.serve_command(command).await.unwrap();
    }

    #[test]
    fn in_memory() {
        let (mut a, mut b) = memory::pair();
        a.set_write_timeout_ms(LONG_MS);
        b.set_write_timeout_ms(LONG_MS);
        exchange_both(|| a, |_| b);
    }

    #[cfg(unix)]
    #[test]
    fn over_a_socket_pair() {
        let (a, b) = std::os::unix::net::UnixStream::pair().unwrap();
        let link = |stream: std::os::unix::net::UnixStream| {
            stream.set_nonblocking(true).unwrap();
            let mut link = AsyncLink::new(tokio::net::UnixStream::from_std(stream).unwrap(), "end");
            link.set_write_timeout_ms(LONG_MS);
            link
        };
        exchange_both(|| link(a), |_| link(b));
    }

    #[cfg(all(unix, feature = "pty", feature = "serial"))]
    #[test]
    fn over_a_pty() {
        use serialtalk_hal::asynch::{AsyncPtyLink, AsyncSerialLink};
        use serialtalk_hal::serial::SerialOptions;
        let board = || {
            let mut board = AsyncPtyLink::open().unwrap();
            board.set_write_timeout_ms(LONG_MS);
            board
        };
        let host = |board: &AsyncPtyLink| {
            let options = SerialOptions::default().write_timeout_ms(LONG_MS);
            AsyncSerialLink::open(board.path(), options).unwrap()
        };
        exchange_both(board, host);
    }
}
