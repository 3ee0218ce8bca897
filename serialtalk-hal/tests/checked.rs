//! Everything that a plain link carries, on the checked one.

use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use serialtalk::link::{Link, Received};
use serialtalk::{Awaited, CallError, Caller, EncodeError, Ran, Timeout};
use serialtalk_hal::memory::{self, MemoryLink};
use serialtalk_hal::{LinkError, SerialTalk, Spawn, over, share};

#[derive(serialtalk::Value, Debug, Clone, Copy, PartialEq)]
struct Imu {
    x: f32,
    y: f32,
}

#[derive(serialtalk::Value, Debug, Clone, PartialEq)]
enum Fault {
    Moving { speed: f32 },
    Stall,
}

#[serialtalk::interface(describe)]
trait Board {
    /// A struct format.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// A struct both ways.
    fn turn(&mut self, imu: Imu) -> Imu;
    /// Bytes of run-time length in a struct format.
    fn block(&mut self, at: u16, bytes: &[u8]) -> Vec<u8>;
    /// Literals.
    fn text(&mut self, text: &str, more: Option<Vec<i32>>) -> String;
    /// Raw bytes.
    #[command(raw)]
    fn raw(&mut self, bytes: &[u8]) -> Vec<u8>;
    /// An error of its own.
    fn fails(&mut self, speed: f32) -> Result<u8, Fault>;
    /// A format chosen by hand.
    #[command(format = ">Hb")]
    fn chosen(&mut self, hue: u16, tone: i8) -> (u16, i8);
    /// Nothing.
    fn reset(&mut self);
    /// Without a reply.
    #[command(oneway)]
    fn log(&mut self, text: &str);
    /// What was logged.
    fn logged(&mut self) -> u32;
}

#[serialtalk::interface(module = "extra")]
trait Extra {
    fn more(&mut self, value: f64) -> f64;
}

#[derive(Default)]
struct Simulated {
    logged: u32,
}

impl Board for Simulated {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn turn(&mut self, imu: Imu) -> Imu {
        Imu { x: imu.y, y: imu.x }
    }

    fn block(&mut self, at: u16, bytes: &[u8]) -> Vec<u8> {
        bytes[at.into()..].to_vec()
    }

    fn text(&mut self, text: &str, more: Option<Vec<i32>>) -> String {
        format!("{text}{more:?}")
    }

    fn raw(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }

    fn fails(&mut self, speed: f32) -> Result<u8, Fault> {
        Err(if speed > 0.0 { Fault::Moving { speed } } else { Fault::Stall })
    }

    fn chosen(&mut self, hue: u16, tone: i8) -> (u16, i8) {
        (hue, tone)
    }

    fn reset(&mut self) {}

    fn log(&mut self, _text: &str) {
        self.logged += 1;
    }

    fn logged(&mut self) -> u32 {
        self.logged
    }
}

impl Extra for Simulated {
    fn more(&mut self, value: f64) -> f64 {
        value + 1.0
    }
}

/// A board and a host that speak nothing but the checked link.
fn ends() -> (SerialTalk<MemoryLink>, SerialTalk<MemoryLink>) {
    let (board, host) = memory::pair();
    (over(board, "board").require_checked(), over(host, "host").require_checked())
}

#[test]
fn every_encoding_and_every_way_to_call_work_as_on_a_plain_link() {
    let (board, host) = ends();
    let _serving = board
        .serve(BoardServer::new(Simulated::default()))
        .serve(ExtraServer::new(Simulated::default()))
        .spawn();
    let mut board = BoardClient::connect(host).unwrap();
    for round in 0..3 {
        let value = round as f32;
        assert_eq!(board.mult(value, 2.0).unwrap(), value * 2.0);
        assert_eq!(board.turn(Imu { x: 1.0, y: value }).unwrap(), Imu { x: value, y: 1.0 });
        assert_eq!(board.block(1, b"abc").unwrap(), b"bc");
        assert_eq!(board.block(0, b"\x04repr\0\0").unwrap(), b"\x04repr\0\0");
        assert_eq!(board.text("a'\0", Some(vec![round])).unwrap(), format!("a'\0Some([{round}])"));
        assert_eq!(board.raw(b"\0\x01z").unwrap(), b"\0\x01z");
        assert_eq!(board.raw(b"").unwrap(), b"");
        let error = board.fails(1.5).unwrap_err();
        assert_eq!(error.failure(), Some(&Fault::Moving { speed: 1.5 }));
        assert_eq!(board.fails(0.0).unwrap_err().failure(), Some(&Fault::Stall));
        assert_eq!(board.chosen(500, -3).unwrap(), (500, -3));
        board.reset().unwrap();
        board.log("hello").unwrap();
        assert_eq!(board.logged().unwrap(), round as u32 + 1);
    }
    let talk = &mut board.into_caller();
    assert!(talk.is_checked());
    assert_eq!(talk.call::<f32>("mult", (2u8, 3u8)).unwrap(), 6.0);
    assert!(talk.remote_commands().unwrap().contains(&"fails".to_owned()));
    let is_mult = |number| talk.describe(number).unwrap().starts_with("mult(a: f32, b: f32) -> f32\n");
    assert!((0..11).any(is_mult));
    let error = talk.call::<f64>("more", (1.0,)).unwrap_err();
    assert!(error.to_string().starts_with("the peer has no command `more`"), "{error}");
    assert_eq!(ExtraClient::connect(talk).unwrap().more(1.0).unwrap(), 2.0);
}

#[test]
fn a_command_that_hides_that_of_an_interface_is_called_in_its_place() {
    let (mut board, mut host) = ends();
    board.add_command("mult", |a: f32, b: f32| a + b).unwrap();
    let _serving = board.serve(BoardServer::new(Simulated::default())).spawn();
    let error = BoardClient::connect(&mut host).unwrap_err().to_string();
    assert!(error.contains("mult"), "{error}");
    assert_eq!(BoardClient::new(&mut host).mult(2.0, 3.0).unwrap(), 5.0);
}

#[test]
fn commands_at_run_time_are_called_in_both_directions() {
    let (mut board, mut host) = ends();
    host.add_command("uptime", || 7u32).unwrap();
    board.add_command("twice", |value: i64| value * 2).unwrap();
    let calling = AtomicU8::new(2);
    let serve_the_other = |end: &mut SerialTalk<MemoryLink>| {
        calling.fetch_sub(1, Ordering::Relaxed);
        while calling.load(Ordering::Relaxed) > 0 {
            end.process_within(1).unwrap();
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            board.set_timeout(Timeout::Ms(60_000));
            for _ in 0..100 {
                assert_eq!(board.call::<u32>("uptime", ()).unwrap(), 7);
            }
            serve_the_other(&mut board);
        });
        host.set_timeout(Timeout::Ms(60_000));
        for number in 0..100i64 {
            assert_eq!(host.call::<i64>("twice", (number,)).unwrap(), number * 2);
        }
        serve_the_other(&mut host);
    });
}

#[test]
fn a_payload_of_more_than_249_bytes_is_an_error_before_anything_is_sent() {
    let (board, mut host) = ends();
    let mut commands = serialtalk::Commands::new();
    commands.add_as("x", "raw", |bytes: Vec<u8>| bytes).unwrap();
    commands.add_as("y", "raw", |len: u16| vec![b'y'; len.into()]).unwrap();
    let _serving = board.serve(commands).spawn();
    // With its name, and the header of raw bytes.
    let most = vec![0u8; 249 - 1 - 4];
    assert_eq!(host.call_as::<Vec<u8>>("x", "raw", most.as_slice()).unwrap(), most);
    let error = host.call_as::<Vec<u8>>("x", "raw", vec![0u8; 245].as_slice()).unwrap_err();
    assert!(matches!(error, CallError::Unsendable { error: EncodeError::TooLong(_), .. }), "{error:?}");
    assert_eq!(host.call::<Vec<u8>>("y", (245u16,)).unwrap().len(), 245);
    let error = host.call::<Vec<u8>>("y", (246u16,)).unwrap_err();
    assert!(matches!(error, CallError::Refused { .. }), "{error:?}");
}

/// What a peer has received that nobody serves.
fn received(mut link: MemoryLink) -> Vec<u8> {
    let (mut all, mut buffer) = (vec![], [0; 256]);
    while let Ok(Received::Bytes(count)) = link.receive(&mut buffer, 0) {
        all.extend_from_slice(&buffer[..count]);
    }
    all
}

/// Sends `log` by an endpoint, or by one that is shared; returns its error.
fn send_log(host: SerialTalk<MemoryLink>, is_shared: bool) -> CallError<LinkError> {
    let mut host = host;
    if !is_shared {
        return host.send("log", ("x",)).unwrap_err();
    }
    let (mut shared, _running) = share(host).unwrap();
    shared.send("log", ("x",)).unwrap_err()
}

#[test]
fn no_one_way_command_is_sent_plainly_where_the_checked_link_is_required() {
    for is_shared in [false, true] {
        let (silent, host) = memory::pair();
        let error = send_log(over(host, "host").require_checked(), is_shared);
        assert!(matches!(error, CallError::Timeout { awaited: Awaited::Hello, .. }), "{error:?}");
        assert_eq!((error.ran(), error.context().command()), (Ran::No, "log"));
        let received = received(silent);
        assert!(received.starts_with(b"<\x1a\x08checked?") && !received.ends_with(b"logx>"), "{received:?}");

        let (board, host) = memory::pair();
        let _serving = over(board, "board").plain().serve(BoardServer::new(Simulated::default())).spawn();
        let error = send_log(over(host, "host").require_checked(), is_shared);
        assert!(matches!(error, CallError::NotChecked { .. }), "{error:?}");
        assert_eq!(error.context().command(), "log");
    }
}

#[test]
fn one_way_commands_are_sent_plainly_to_a_silent_peer_after_one_greeting() {
    for is_shared in [false, true] {
        let (silent, host) = memory::pair();
        let mut host = over(host, "host");
        if is_shared {
            let (mut shared, _running) = share(host).unwrap();
            (0..5).for_each(|_| shared.send("log", ("x",)).unwrap());
        } else {
            (0..5).for_each(|_| host.send("log", ("x",)).unwrap());
        }
        let received = received(silent);
        let count = |frame: &[u8]| received.windows(frame.len()).filter(|part| *part == frame).count();
        assert_eq!((count(b"checked?"), count(b"\x03log")), (3, 5));
    }
}
