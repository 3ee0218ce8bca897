//! The async endpoint, on one thread, with a clock of its own.
#![cfg(all(feature = "async", feature = "alloc"))]

use std::cell::RefCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use embedded_io::ErrorType;
use embedded_io_async::{Read, Write};
use serialtalk::clock::{AsyncClock, Clock};
use serialtalk::error::{CallError, LinkError};
use serialtalk::{AsyncCaller, Commands, SerialTalk, Timeout, args};

#[derive(Default)]
struct Pipe {
    bytes: VecDeque<u8>,
    is_closed: bool,
}

struct End {
    incoming: Rc<RefCell<Pipe>>,
    outgoing: Rc<RefCell<Pipe>>,
}

fn pair() -> (End, End) {
    let (a, b) = (Rc::<RefCell<Pipe>>::default(), Rc::<RefCell<Pipe>>::default());
    (End { incoming: a.clone(), outgoing: b.clone() }, End { incoming: b, outgoing: a })
}

impl Drop for End {
    fn drop(&mut self) {
        self.outgoing.borrow_mut().is_closed = true;
    }
}

impl ErrorType for End {
    type Error = Infallible;
}

impl Read for End {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        poll_fn(|_| {
            let mut pipe = self.incoming.borrow_mut();
            if pipe.bytes.is_empty() && !pipe.is_closed {
                return Poll::Pending;
            }
            let count = buffer.len().min(pipe.bytes.len());
            buffer.iter_mut().zip(pipe.bytes.drain(..count)).for_each(|(to, from)| *to = from);
            Poll::Ready(Ok(count))
        })
        .await
    }
}

impl Write for End {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        // Seven bytes at a time, with a pause: whatever is cut off here has to be finished later.
        let count = bytes.len().min(7);
        self.outgoing.borrow_mut().bytes.extend(&bytes[..count]);
        pause().await;
        Ok(count)
    }

    async fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

async fn pause() {
    let mut paused = false;
    poll_fn(|_| if std::mem::replace(&mut paused, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// Moves on by a millisecond whenever everything waits.
#[derive(Clone, Default)]
struct Ticks(Rc<RefCell<u32>>);

impl Clock for Ticks {
    fn now(&self) -> u32 {
        *self.0.borrow()
    }
}

impl AsyncClock for Ticks {
    async fn wait(&self, ms: u32) {
        let until = self.now().saturating_add(ms);
        poll_fn(|_| if self.now() >= until { Poll::Ready(()) } else { Poll::Pending }).await;
    }
}

/// Runs `main` and `other` in turns until `main` is done.
fn run<T>(ticks: &Ticks, main: impl Future<Output = T>, other: impl Future<Output = ()>) -> T {
    let (mut main, mut other) = (pin!(main), pin!(other));
    let mut context = Context::from_waker(Waker::noop());
    let mut other_is_done = false;
    loop {
        if let Poll::Ready(value) = main.as_mut().poll(&mut context) {
            return value;
        }
        other_is_done = other_is_done || other.as_mut().poll(&mut context).is_ready();
        *ticks.0.borrow_mut() += 1;
    }
}

fn commands() -> Commands {
    let mut commands = Commands::new();
    commands.add("mult", |a: f32, b: f32| a * b).unwrap();
    commands.add("say", |text: String| text.to_uppercase()).unwrap();
    commands
}

#[test]
fn two_functions_are_a_clock() {
    let ticks = Ticks::default();
    let (board, host) = pair();
    let clock = || (|| ticks.now(), |ms: u32| ticks.wait(ms));
    let mut board = SerialTalk::new_async(board, clock()).serve(commands());
    let mut host = SerialTalk::new_async(host, clock());
    run(&ticks, host.call::<()>("late", ()), async {}).unwrap_err();
    assert!(ticks.now() >= 1500, "nobody waited: it is {}", ticks.now());
    let serve = async { assert_eq!(board.run().await, Err(LinkError::Closed)) };
    let call = async move { assert_eq!(host.call::<f32>("mult", (2.0f32, 3.0f32)).await.unwrap(), 6.0) };
    run(&ticks, call, serve);
}

#[test]
fn calls_are_answered() {
    let ticks = Ticks::default();
    let (board, host) = pair();
    let mut board = SerialTalk::new_async(board, ticks.clone()).serve(commands());
    let mut host = SerialTalk::new_async(host, ticks.clone());
    let serve = async { assert_eq!(board.run().await, Err(LinkError::Closed)) };
    let calls = async move {
        host.ready(1000).await.unwrap();
        assert_eq!(host.call::<f32>("mult", (5.9f32, 94.0f32)).await.unwrap(), 5.9 * 94.0);
        assert_eq!(host.call_value("say", args!["it's"]).await.unwrap().to_string(), "\"IT'S\"");
        assert_eq!(host.remote_commands().await.unwrap().len(), 10);
    };
    run(&ticks, calls, serve);
}

#[test]
fn a_call_waits_until_its_deadline() {
    let ticks = Ticks::default();
    let (_board, host) = pair();
    let mut host = SerialTalk::new_async(host, ticks.clone());
    let error = run(&ticks, async { host.call::<u8>("mute", ()).await.unwrap_err() }, async {});
    assert!(matches!(error, CallError::Timeout { waited_ms: 1500, .. }), "{error}");
    let now = ticks.now();
    assert!((1500..1520).contains(&now), "{now}");
    let error = run(
        &ticks,
        async { host.within(Timeout::Ms(40)).call::<u8>("mute", ()).await.unwrap_err() },
        async {},
    );
    assert!(error.is_timeout());
    assert!(ticks.now() < now + 60);
}

#[test]
fn both_ends_call_and_serve() {
    let ticks = Ticks::default();
    let (a, b) = pair();
    let mut a = SerialTalk::new_async(a, ticks.clone()).serve(commands());
    let mut b = SerialTalk::new_async(b, ticks.clone()).serve(commands());
    let from_b = async {
        for number in 0..100u8 {
            assert_eq!(b.call::<f32>("mult", (number, 2u8)).await.unwrap(), f32::from(number) * 2.0);
        }
        // The other end may have calls left.
        let _ = b.run().await;
    };
    let from_a = async {
        for number in 0..100u8 {
            assert_eq!(a.call::<f32>("mult", (number, 3u8)).await.unwrap(), f32::from(number) * 3.0);
        }
        let _ = first(a.run(), ticks.wait(2000)).await;
    };
    run(&ticks, from_a, from_b);
}

#[test]
fn a_call_that_is_dropped_harms_no_later_one() {
    // Dropped after every number of steps that it can take.
    for steps in 1..40 {
        let ticks = Ticks::default();
        let (board, host) = pair();
        let mut board = SerialTalk::new_async(board, ticks.clone()).serve(commands());
        let mut host = SerialTalk::new_async(host, ticks.clone());
        let serve = async {
            let _ = board.run().await;
        };
        let calls = async {
            let dropped = first(host.call::<f32>("mult", (1.0f32, 1.0f32)), ticks.wait(steps)).await;
            assert_eq!(
                host.call::<f32>("mult", (5.0f32, 2.0f32)).await.unwrap(),
                10.0,
                "{dropped:?} after {steps}"
            );
        };
        run(&ticks, calls, serve);
    }
}

async fn first<T>(work: impl Future<Output = T>, limit: impl Future<Output = ()>) -> Option<T> {
    let (mut work, mut limit) = (pin!(work), pin!(limit));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
