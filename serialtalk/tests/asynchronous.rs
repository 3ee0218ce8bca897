//! The async endpoint on one thread, with a clock of its own.
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
use serialtalk::asynch::SerialTalk;
use serialtalk::link::{Link, Received};
use serialtalk::proto::{AsyncCarrier, Carried, Command, serve_async};
use serialtalk::repl::ReplError;
use serialtalk::{AsyncCaller, AsyncClock, CallError, Clock, Commands, LinkError, Timeout, args};

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
        // Seven bytes at a time, with a pause: a frame that is cut off here has to be finished later.
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

/// Advances by a millisecond whenever everything waits.
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
fn a_pair_of_functions_is_a_clock() {
    let ticks = Ticks::default();
    let (board, host) = pair();
    let clock = || (|| ticks.now(), |ms: u32| ticks.wait(ms));
    let mut board = SerialTalk::new(board, clock()).serve(commands());
    let mut host = SerialTalk::new(host, clock());
    run(&ticks, host.call::<()>("late", ()), async {}).unwrap_err();
    assert!(ticks.now() >= 1500, "nobody waited: it is {}", ticks.now());
    let serve = async { board.run().await.unwrap() };
    let call = async move { assert_eq!(host.call::<f32>("mult", (2.0f32, 3.0f32)).await.unwrap(), 6.0) };
    run(&ticks, call, serve);
}

#[test]
fn calls_are_answered() {
    let ticks = Ticks::default();
    let (board, host) = pair();
    let mut board = SerialTalk::new(board, ticks.clone()).serve(commands());
    let mut host = SerialTalk::new(host, ticks.clone());
    let serve = async { board.run().await.unwrap() };
    let calls = async move {
        host.ready(1000).await.unwrap();
        assert_eq!(host.call::<f32>("mult", (5.9f32, 94.0f32)).await.unwrap(), 5.9 * 94.0);
        assert_eq!(host.call_value("say", args!["it's"]).await.unwrap().to_string(), "\"IT'S\"");
        assert_eq!(host.remote_commands().await.unwrap().len(), 10);
    };
    run(&ticks, calls, serve);
}

/// A line whose peer never stops sending: a byte arrives in every millisecond.
struct Flood(Ticks);

impl ErrorType for Flood {
    type Error = Infallible;
}

impl Read for Flood {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        *self.0.0.borrow_mut() += 1;
        buffer[0] = b'<';
        Ok(1)
    }
}

impl Write for Flood {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        Ok(bytes.len())
    }

    async fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

#[test]
fn a_flush_ends_although_the_peer_keeps_sending() {
    let ticks = Ticks::default();
    let mut talk = SerialTalk::new(Flood(ticks.clone()), ticks.clone());
    run(&ticks, talk.flush(), async {}).unwrap();
    assert_eq!(ticks.now(), 100);
    let error = run(&ticks, async { talk.call::<u8>("mute", ()).await.unwrap_err() }, async {});
    assert!(error.is_timeout(), "{error}");
    assert_eq!(ticks.now(), 1600);
}

#[test]
fn a_call_waits_until_its_deadline() {
    let ticks = Ticks::default();
    let (_board, host) = pair();
    let mut host = SerialTalk::new(host, ticks.clone());
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
    let mut a = SerialTalk::new(a, ticks.clone()).serve(commands());
    let mut b = SerialTalk::new(b, ticks.clone()).serve(commands());
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
fn a_call_that_is_dropped_does_not_harm_a_later_one() {
    // Dropped after every number of steps that it can take.
    for steps in 1..40 {
        let ticks = Ticks::default();
        let (board, host) = pair();
        let mut board = SerialTalk::new(board, ticks.clone()).serve(commands());
        let mut host = SerialTalk::new(host, ticks.clone());
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

#[test]
fn services_of_the_program_serve_and_carriers_call() {
    let ticks = Ticks::default();
    let (board, host) = pair();
    let mut board = SerialTalk::new(board, ticks.clone());
    let mut host = SerialTalk::new(host, ticks.clone()).named("pair");
    let mut services = ((), commands());
    let serve = async { while board.process_with(&mut services).await.is_ok() {} };
    let calls = async move {
        let reply = host.call_raw(Command::new("mult"), b"\x022B\x02\x03").await.unwrap();
        assert_eq!((reply.payload(), reply.is_error()), (&b"\x01f\0\0\xc0\x40"[..], false));
        host.send_raw("mult", b"\x022B\x02\x03").await.unwrap();
        let mut caller = Carried(host);
        caller.ready(1000).await.unwrap();
        assert_eq!(caller.call::<f32>("mult", (2u8, 4u8)).await.unwrap(), 8.0);
        let error = caller.call::<f32>("nope", ()).await.unwrap_err();
        assert_eq!(error.context().link(), "pair");
    };
    run(&ticks, calls, serve);

    let mut buffer = [0; 64];
    let mut payload = *b"\x022B\x02\x03";
    let served = serve_async(&mut services, "mult", &mut payload, &mut buffer);
    let served = run(&ticks, served, async {}).unwrap();
    assert_eq!((served.payload, served.is_error), (&b"\x01f\0\0\xc0\x40"[..], false));
}

/// Takes no bytes, and never has any.
struct Full;

impl ErrorType for Full {
    type Error = Infallible;
}

impl Read for Full {
    async fn read(&mut self, _buffer: &mut [u8]) -> Result<usize, Infallible> {
        std::future::pending().await
    }
}

impl Write for Full {
    async fn write(&mut self, _bytes: &[u8]) -> Result<usize, Infallible> {
        Ok(0)
    }

    async fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl Link for Full {
    type Error = Infallible;

    fn receive(&mut self, _buffer: &mut [u8], _wait_ms: u32) -> Result<Received, Infallible> {
        Ok(Received::Nothing)
    }

    fn send(&mut self, _bytes: &[u8]) -> Result<usize, Infallible> {
        Ok(0)
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

#[test]
fn a_link_that_takes_no_bytes_is_closed() {
    let ticks = Ticks::default();
    let mut blocking = serialtalk::SerialTalk::new(Full, ticks.clone());
    let error = serialtalk::Caller::call::<u8>(&mut blocking, "mult", ()).unwrap_err();
    assert!(matches!(error, CallError::Closed { .. }), "{error}");
    let mut awaited = SerialTalk::new(Full, ticks.clone());
    let error = run(&ticks, awaited.call::<u8>("mult", ()), async {}).unwrap_err();
    assert!(matches!(error, CallError::Closed { .. }), "{error}");

    let mut blocking = serialtalk::repl::Repl::new(Full, ticks.clone());
    assert_eq!(blocking.activate(1000), Err(ReplError::Link(LinkError::Closed)));
    let mut awaited = serialtalk::repl::AsyncRepl::new(Full, ticks.clone());
    assert_eq!(run(&ticks, awaited.activate(1000), async {}), Err(ReplError::Link(LinkError::Closed)));
}

/// Both ends of a conversation as a test sees it: what was sent, and what became of each call.
#[derive(Debug, PartialEq, Default)]
struct Transcript {
    sent: Vec<u8>,
    results: Vec<String>,
    ended_ms: u32,
}

/// What the peer sends, and when.
fn script() -> Vec<(u32, Vec<u8>)> {
    fn frame(name: &str, payload: &[u8]) -> Vec<u8> {
        let mut frame = vec![b'<', (1 + name.len() + payload.len()) as u8, name.len() as u8];
        frame.extend([name.as_bytes(), payload, b">"].concat());
        frame
    }
    vec![
        (0, b"booting\r\n<\xff".to_vec()),
        (30, frame("mult", b"\x022f\0\0\xc0\x3f\0\0\0\x40")),
        (700, [frame("get_version", b"\x01z"), frame("askack", b"\x01B\x05")].concat()),
        // The reply to the second call is late, and must not be taken for that to the third.
        (2500, frame("askack", b"\x01B\x06")),
        (2510, frame("nope", b"\x01z")),
        (2600, frame("echoerr", b"\x04repr('Command not found: echo',)")),
        (2700, frame("askack", b"\x01B\x07")),
        (3000, frame("mult", b"\x04repr(2, 'x')")),
    ]
}

/// A line to the scripted peer that blocks or is awaited, on a clock that only moves when somebody waits.
#[derive(Clone)]
struct ScriptedLine {
    ticks: Ticks,
    script: Rc<RefCell<VecDeque<(u32, Vec<u8>)>>>,
    transcript: Rc<RefCell<Transcript>>,
}

impl ScriptedLine {
    fn new() -> Self {
        let script = Rc::new(RefCell::new(script().into()));
        Self { ticks: Ticks::default(), script, transcript: Rc::default() }
    }

    fn take(&self, buffer: &mut [u8]) -> Option<usize> {
        let mut script = self.script.borrow_mut();
        let (time, bytes) = script.front_mut()?;
        if *time > self.ticks.now() {
            return None;
        }
        let count = bytes.len().min(buffer.len());
        buffer.iter_mut().zip(bytes.drain(..count)).for_each(|(to, from)| *to = from);
        if bytes.is_empty() {
            script.pop_front();
        }
        Some(count)
    }

    fn finish(&self) -> Transcript {
        let mut transcript = self.transcript.take();
        transcript.ended_ms = self.ticks.now();
        transcript
    }
}

impl Link for ScriptedLine {
    type Error = Infallible;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, Infallible> {
        let end = self.ticks.now().saturating_add(wait_ms);
        loop {
            if let Some(count) = self.take(buffer) {
                return Ok(Received::Bytes(count));
            }
            if self.ticks.now() >= end {
                return Ok(Received::Nothing);
            }
            *self.ticks.0.borrow_mut() += 1;
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        self.transcript.borrow_mut().sent.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// A scripted line for the async endpoint.
struct AwaitedLine(ScriptedLine);

impl ErrorType for AwaitedLine {
    type Error = Infallible;
}

impl Read for AwaitedLine {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        poll_fn(|_| self.0.take(buffer).map_or(Poll::Pending, |count| Poll::Ready(Ok(count)))).await
    }
}

impl Write for AwaitedLine {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        Link::send(&mut self.0, bytes)
    }

    async fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// What a program does with the line, blocking or awaiting.
macro_rules! program {
    ($talk:ident, $line:ident $(, $await:tt)?) => {{
        let note = |result: String| $line.transcript.borrow_mut().results.push(result);
        note(format!("{:?}", $talk.call::<u8>("ask", (1u8,))$(.$await)?));
        note(format!("{:?}", $talk.call::<u8>("ask", (2u8,))$(.$await)?));
        note(format!("{:?}", $talk.call::<u8>("ask", (3u8,))$(.$await)?));
        note(format!("{:?}", $talk.send("led", ("on",))$(.$await)?));
        note(format!("{:?}", $talk.call::<u8>("ask", ("q".repeat(300),))$(.$await)?));
        note(format!("{:?}", $talk.ready(500)$(.$await)?));
        note(format!("{:?}", $talk.within(Timeout::Ms(400)).call::<u8>("ask", ())$(.$await)?));
        note(String::from_utf8($talk.stray().to_vec()).unwrap());
    }};
}

#[test]
fn the_blocking_and_the_async_endpoint_do_the_same() {
    let blocking = {
        use serialtalk::Caller;
        let line = ScriptedLine::new();
        let mut talk = serialtalk::SerialTalk::new(line.clone(), line.ticks.clone())
            .serve(commands())
            .keep_stray::<64>();
        program!(talk, line);
        line.finish()
    };
    let awaited = {
        let line = ScriptedLine::new();
        let mut talk = SerialTalk::new(AwaitedLine(line.clone()), line.ticks.clone())
            .serve(commands())
            .keep_stray::<64>();
        run(&line.ticks, async { program!(talk, line, await) }, async {});
        line.finish()
    };
    assert_eq!(blocking, awaited);
    let [first, second, third, ..] = blocking.results.as_slice() else { panic!("{blocking:?}") };
    assert_eq!(first, "Ok(5)");
    assert!(second.starts_with("Err(Timeout { waited_ms: 1500, awaited: Reply"), "{second}");
    assert_eq!(third, "Ok(7)");
    let names = ["ask", "multack", "get_versionack", "echo", "nopeerr", "led", "multerr"];
    let sent = String::from_utf8_lossy(&blocking.sent).into_owned();
    assert!(names.iter().all(|name| sent.contains(name)), "{sent}");
}

async fn first<T>(work: impl Future<Output = T>, limit: impl Future<Output = ()>) -> Option<T> {
    let (mut work, mut limit) = (pin!(work), pin!(limit));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => limit.as_mut().poll(context).map(|()| None),
    })
    .await
}
