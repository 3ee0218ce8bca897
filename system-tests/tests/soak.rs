//! Calls at full speed over the checked link, blocking and async: every value is right, and memory does not grow.
//!
//! Takes a minute; `SERIALTALK_SOAK_SECONDS=600` makes it ten.
#![cfg(target_os = "linux")]

use core::time::Duration;
use std::fs;
use std::time::Instant;

use serialtalk::link::Link;
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::serial::SerialLink;
use serialtalk_hal::{Interruptible, LinkError, Spawn, asynch, over, serial, socket};

#[serialtalk::interface]
trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn same(&mut self, bytes: &[u8]) -> Vec<u8>;
}

struct Simulated;

impl Robot for Simulated {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn same(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }
}

/// How much memory a run may take more at its end than after a quarter of it, in bytes: what an allocator keeps.
const MORE_MEMORY: u64 = 512 * 1024;

/// How long each of the four runs takes.
fn time() -> Duration {
    let seconds = std::env::var("SERIALTALK_SOAK_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(60)) / 4
}

/// The memory of this program that is in use, in bytes.
fn memory() -> u64 {
    let pages: u64 =
        fs::read_to_string("/proc/self/statm").unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

/// What one call after the other is checked by.
struct Soak {
    name: &'static str,
    begun: Instant,
    calls: u32,
    early: Option<u64>,
}

impl Soak {
    fn begin(name: &'static str) -> Self {
        Self { name, begun: Instant::now(), calls: 0, early: None }
    }

    /// The number of the next call; `None` at the end, when memory is compared.
    fn next(&mut self) -> Option<u32> {
        let (passed, time) = (self.begun.elapsed(), time());
        if passed >= time / 4 {
            self.early.get_or_insert_with(memory);
        }
        if passed >= time {
            let (early, late) = (self.early.unwrap_or_default(), memory());
            eprintln!(
                "{}: {} calls, {:.0}/s",
                self.name,
                self.calls,
                f64::from(self.calls) / passed.as_secs_f64()
            );
            assert!(late <= early + MORE_MEMORY, "{}: memory grew from {early} to {late} bytes", self.name);
            return None;
        }
        self.calls += 1;
        Some(self.calls)
    }
}

/// Bytes that tell by which call they were sent.
fn bytes(number: u32) -> Vec<u8> {
    (0..number % 200).map(|at| (number + at) as u8).collect()
}

fn blocking<L>(name: &'static str, board: L, host: L)
where
    L: Link<Error = LinkError> + Interruptible + Send + 'static,
{
    let _serving = over(board, "board").serve(RobotServer::new(Simulated)).spawn();
    calls(name, RobotClient::connect(over(host, "host").require_checked()).unwrap());
}

fn calls<L: Link<Error = LinkError>>(
    name: &'static str,
    mut robot: RobotClient<serialtalk_hal::SerialTalk<L>>,
) {
    let mut soak = Soak::begin(name);
    while let Some(number) = soak.next() {
        let value = number as f32;
        match number % 4 {
            0 => assert_eq!(robot.same(&bytes(number)).unwrap(), bytes(number)),
            _ => assert_eq!(robot.mult(value, 0.5).unwrap(), value * 0.5),
        }
    }
}

async fn awaited<L>(name: &'static str, mut robot: RobotAsyncClient<asynch::SerialTalk<L>>)
where
    L: serialtalk::embedded_io_async::Read + serialtalk::embedded_io_async::Write,
    L::Error: core::fmt::Debug,
{
    let mut soak = Soak::begin(name);
    while let Some(number) = soak.next() {
        let value = number as f32;
        match number % 4 {
            0 => assert_eq!(robot.same(&bytes(number)).await.unwrap(), bytes(number)),
            _ => assert_eq!(robot.mult(value, 0.5).await.unwrap(), value * 0.5),
        }
    }
}

/// One run after the other, so that each has the memory of the program for itself.
#[test]
fn calls_at_full_speed_are_right_and_take_no_more_memory() {
    let (board, host) = socket::pair().unwrap();
    blocking("blocking, socket pair", board, host);

    let board = PtyLink::open().unwrap();
    let host = serial::open(board.path(), 115_200).unwrap();
    let _serving = over(board, "board").serve(RobotServer::new(Simulated)).spawn();
    calls::<SerialLink>("blocking, pty", RobotClient::connect(host.require_checked()).unwrap());

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let board = PtyLink::open().unwrap();
    let path = board.path().to_owned();
    let _serving = over(board, "board").serve(RobotServer::new(Simulated)).spawn();
    runtime.block_on(async {
        let host = asynch::open_serial(&path, 115_200).unwrap();
        let robot = RobotAsyncClient::connect(host.require_checked()).await.unwrap();
        awaited("async, pty", robot).await;
    });

    let server = serialtalk_hal::tcp::serve("127.0.0.1:0", RobotServer::new(Simulated)).unwrap();
    let address = server.local_addr();
    let _serving = server.spawn();
    runtime.block_on(async {
        let host = asynch::connect_tcp(address).await.unwrap();
        let robot = RobotAsyncClient::connect(host.require_checked()).await.unwrap();
        awaited("async, TCP", robot).await;
    });
}
