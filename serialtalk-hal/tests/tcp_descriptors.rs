//! TCP servers in a program that has no descriptor left. A program of its own, because it takes them all.
#![cfg(all(target_os = "linux", feature = "tcp"))]

mod common;

use std::fs::File;
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use common::tcp::*;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serialtalk_hal::tcp::Server;

/// All descriptors that this program had left.
struct Taken(Vec<File>);

impl Taken {
    fn all() -> Self {
        let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
        setrlimit(Resource::Nofile, Rlimit { current: Some(200), maximum }).unwrap();
        let mut taken = Self(Vec::new());
        taken.rest();
        taken
    }

    /// Takes those that have become free.
    fn rest(&mut self) {
        self.0.extend(std::iter::from_fn(|| File::open("/dev/null").ok()));
    }

    fn leave(&mut self, count: usize) {
        self.0.truncate(self.0.len() - count);
    }
}

/// One server after the other, each in its turn the only one of the program.
#[test]
fn a_server_outlives_a_lack_of_descriptors() {
    blocking();
    #[cfg(feature = "tokio")]
    asynchronous();
}

/// A turn of a server that waits for up to 50 ms, as often as it takes for half a second.
fn turns_in_half_a_second(mut turn: impl FnMut()) -> usize {
    let start = Instant::now();
    let mut turns = 0;
    while start.elapsed() < Duration::from_millis(500) {
        turn();
        turns += 1;
    }
    turns
}

fn blocking() {
    let mut service = Server::new(commands()).listen(0).unwrap();
    scenario(service.local_addr(), &mut |ms| {
        service.process_within(ms).unwrap();
        1
    });
}

#[cfg(feature = "tokio")]
fn asynchronous() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut service = runtime.block_on(Server::new(commands()).listen_async(0)).unwrap();
    scenario(service.local_addr(), &mut |ms| {
        let mut polls = 0;
        let mut process = std::pin::pin!(service.process());
        let counted = std::future::poll_fn(|context| {
            polls += 1;
            process.as_mut().poll(context)
        });
        runtime.block_on(async {
            let waited = tokio::time::timeout(Duration::from_millis(ms.into()), counted).await;
            waited.unwrap_or(Ok(())).unwrap();
        });
        polls
    });
}

/// `process` lets the server do what is to be done, waiting at most so many milliseconds for it, and tells how many times it
/// has looked.
fn scenario(address: SocketAddr, process: &mut dyn FnMut(u32) -> usize) {
    let until_answered = |stream: &mut TcpStream, process: &mut dyn FnMut(u32) -> usize| {
        stream.write_all(MULT).unwrap();
        stream.set_nonblocking(true).unwrap();
        let start = Instant::now();
        let mut reply = [0; MULTACK.len()];
        while stream.peek(&mut reply).is_err() {
            assert!(start.elapsed() < Duration::from_millis(common::LONG_MS.into()), "no answer");
            process(10);
        }
        stream.set_nonblocking(false).unwrap();
        assert_is_answered(stream);
    };

    let mut taken = Taken::all();
    taken.leave(1);
    // With no client that could make room, who connects waits, and so does the server.
    let mut first = raw_client(address);
    let mut looked = 0;
    turns_in_half_a_second(|| looked += process(50));
    assert!(looked < 60, "{looked} times in half a second");
    taken.leave(1);
    until_answered(&mut first, process);

    // Nobody connects: nobody has to make room.
    taken.rest();
    let mut looked = 0;
    turns_in_half_a_second(|| looked += process(50));
    assert!(looked < 300, "{looked} times in half a second");
    until_answered(&mut first, process);

    // Who connects takes the place of another.
    taken.leave(1);
    let mut second = raw_client(address);
    until_answered(&mut second, process);
    assert_is_closed(&mut first);
    drop(taken);
    let mut third = raw_client(address);
    until_answered(&mut third, process);
    until_answered(&mut second, process);
}
