//! Generated clients and servers, connected in memory.
#![cfg(all(feature = "alloc", feature = "repr"))]

#[path = "support/robot.rs"]
mod robot;
#[path = "support/scripted.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod scripted;
mod support;

use std::thread::JoinHandle;

use robot::{ArmError, DIFFERENT_INTERFACE, ROBOT_INTERFACE, Robot, RobotClient, RobotServer};
use scripted::{Line, Scripted, frame, parts, with_echo};
use serialtalk::proto;
use serialtalk::{CallError, Caller, Clock, SerialTalk, Service, Timeout, Value};
use support::{End, clock, pair};

#[derive(Default)]
struct Fake {
    log: Vec<String>,
}

impl Robot for Fake {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }
    fn led(&mut self, hue: u16) {
        self.log.push(format!("led {hue}"));
    }
    fn reset(&mut self) {
        self.log.push("reset".into());
    }
    fn name(&self) -> heapless::String<16> {
        heapless::String::try_from("it's \"R2\"\n€").unwrap()
    }
    fn pose(&self) -> (f32, f32, i16) {
        (0.5, -1.5, 90)
    }
    fn rgb(&mut self, [red, green, blue]: [u8; 3]) -> [u8; 3] {
        [blue, green, red]
    }
    fn mix(&mut self, (red, green, blue): (u8, u8, u8)) -> u32 {
        u32::from_be_bytes([0, red, green, blue])
    }
    fn calibrate(&mut self, text: &str, fast: Option<bool>) -> Result<(i16, i16), (u8, u8)> {
        match (text, fast) {
            ("a'b", Some(true)) => Ok((1, -2)),
            ("a'b", None) => Ok((3, 4)),
            _ => Err((7, 8)),
        }
    }
    fn start(&mut self) -> Result<(), u8> {
        if self.log.is_empty() { Ok(()) } else { Err(9) }
    }
    fn sum(&mut self, numbers: Vec<i32>) -> i64 {
        numbers.into_iter().map(i64::from).sum()
    }
    fn bytes(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.iter().rev().copied().collect()
    }
    fn unit(&mut self) {}
    fn lift(&mut self, to: i16) -> Result<i16, ArmError> {
        match to {
            ..0 => Err(ArmError::Stalled),
            0..100 => Ok(to),
            _ => Err(ArmError::Moving { speed: 0.25 }),
        }
    }
    fn blink(&mut self) -> u8 {
        7
    }
    fn log(&mut self, text: &str) {
        self.log.push(text.into());
    }
    fn set_color(&mut self, red: u8, green: u8, blue: u8) -> (u8, u8, u8) {
        (blue, green, red)
    }
    fn upload(&mut self, block: &[u8]) -> heapless::Vec<u8, 32> {
        block.iter().map(|byte| !byte).collect()
    }
    fn wide(&mut self, a: i8, b: i16) -> f32 {
        f32::from(a) + f32::from(b)
    }
    fn label(&mut self, text: &str) -> bool {
        text == "left"
    }
    fn small(&mut self, n: i8) -> i8 {
        -n
    }
    fn slow(&mut self) -> u8 {
        1
    }
    fn patient(&mut self) -> u8 {
        2
    }
    fn r#type(&mut self, r#in: u8) -> u8 {
        r#in + 1
    }
    fn many(
        &mut self,
        a: u8,
        b: u8,
        c: u8,
        d: u8,
        e: u8,
        f: u8,
        g: u8,
        h: u8,
        i: u8,
        j: u8,
        k: u8,
        l: u8,
        m: u8,
        n: &str,
    ) -> u16 {
        let all = [a, b, c, d, e, f, g, h, i, j, k, l, m];
        all.into_iter().map(u16::from).sum::<u16>() + n.len() as u16
    }
    fn here(&mut self) -> u8 {
        3
    }
    fn either(&mut self, n: u8) -> u8 {
        n
    }
    fn multiply(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }
}

/// A thread that serves until the other end is dropped, and then returns the service; and the other end.
fn serve<S: Service + Send + 'static>(mut service: S) -> (JoinHandle<S>, SerialTalk<End, impl Clock>) {
    let (board, host) = pair();
    let server = std::thread::spawn(move || {
        let ended = SerialTalk::new(board, clock()).serve(&mut service).run();
        assert_eq!(ended, Ok(()));
        service
    });
    let mut host = SerialTalk::new(host, clock());
    host.set_timeout(Timeout::Never);
    (server, host)
}

#[test]
fn every_kind_of_method_is_called_and_answered() {
    let (server, host) = serve(RobotServer::new(Fake::default()));
    let mut robot = RobotClient::connect(host).unwrap();
    assert_eq!(robot.mult(5.9, 94.0).unwrap(), 5.9 * 94.0);
    assert_eq!(robot.name().unwrap(), "it's \"R2\"\n€");
    assert_eq!(robot.pose().unwrap(), (0.5, -1.5, 90));
    assert_eq!(robot.rgb([1, 2, 3]).unwrap(), [3, 2, 1]);
    assert_eq!(robot.mix((1, 2, 3)).unwrap(), 0x0001_0203);
    assert_eq!(robot.calibrate("a'b", Some(true)).unwrap(), (1, -2));
    assert_eq!(robot.calibrate("a'b", None).unwrap(), (3, 4));
    assert_eq!(robot.calibrate("x", None).unwrap_err().failure(), Some(&(7, 8)));
    assert_eq!(robot.start(), Ok(()));
    robot.led(300).unwrap();
    robot.reset().unwrap();
    robot.log("once").unwrap();
    robot.log("more").unwrap();
    assert_eq!(robot.start().unwrap_err().failure(), Some(&9));
    assert_eq!(robot.sum(vec![1, -2, i32::MAX]).unwrap(), i64::from(i32::MAX) - 1);
    assert_eq!(robot.sum(vec![]).unwrap(), 0);
    assert_eq!(robot.bytes(b"abc").unwrap(), b"cba");
    assert_eq!(robot.bytes(b"").unwrap(), b"");
    assert_eq!(robot.unit(), Ok(()));
    assert!(matches!(robot.lift(5), Ok(5)));
    let stalled = robot.lift(-1).err().unwrap();
    assert!(stalled.failure() == Some(&ArmError::Stalled));
    let moving = robot.lift(100).err().unwrap();
    assert!(moving.failure() == Some(&ArmError::Moving { speed: 0.25 }));
    assert_eq!(robot.blink().unwrap(), 7);
    assert_eq!(robot.set_color(1, 2, 3).unwrap(), (3, 2, 1));
    assert_eq!(robot.upload(&[0, 255]).unwrap(), [255, 0]);
    assert_eq!(robot.wide(-3, 1000).unwrap(), 997.0);
    assert!(robot.label("left").unwrap());
    assert!(!robot.label("right").unwrap());
    assert_eq!(robot.small(-5).unwrap(), 5);
    assert_eq!(robot.slow().unwrap(), 1);
    assert_eq!(robot.patient().unwrap(), 2);
    assert_eq!(robot.r#type(4).unwrap(), 5);
    assert_eq!(robot.many(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, "1234").unwrap(), 17);
    assert_eq!(robot.here().unwrap(), 3);
    assert_eq!(robot.either(6).unwrap(), 6);
    #[allow(deprecated)]
    let product = robot.multiply(2.0, 3.0);
    assert_eq!(product.unwrap(), 6.0);
    drop(robot);
    assert_eq!(server.join().unwrap().into_inner().log, ["led 300", "reset", "once", "more"]);
}

#[test]
fn arguments_in_other_encodings_are_converted_or_refused() {
    let (server, mut host) = serve(RobotServer::new(Fake::default()));
    assert_eq!(host.call::<f32>("mult", (2i32, 3u8)).unwrap(), 6.0);
    assert_eq!(host.call_as::<f64>("mult", "repr", (0.5f32, 3u8)).unwrap(), 1.5);
    assert_eq!(host.call::<u32>("mix", (1u8, 2u8, 3u8)).unwrap(), 0x0001_0203);
    assert_eq!(host.call::<i64>("sum", (vec![1i32, 2],)).unwrap(), 3);
    assert_eq!(host.call::<Vec<u8>>("bytes", ([1u8, 2],)).unwrap(), [2, 1]);
    assert_eq!(host.call::<(i16, i16)>("calibrate", ("a'b",)).unwrap(), (3, 4));
    assert_eq!(host.call_as::<u8>("type", "raw", b"\x07".as_slice()).unwrap_err().to_string(), REFUSED_BYTES);
    for (error, expected) in [
        (host.call::<()>("led", (70_000i32,)), "argument 1 (`hue`): 70000 does not fit u16 (0 to 65535)"),
        (host.call("mult", (1.0f32,)), "expected 2 value(s), got 1"),
        (host.call("mult", (1.0f32, 2.0f32, 3.0f32)), "expected 2 value(s), got more"),
        (host.call("mult", (1.0f32, "x")), "argument 2 (`b`): expected a number, got text"),
        (host.call("reset", (1u8,)), "expected 0 value(s), got more"),
        (host.call("type", (300u16,)), "argument 1 (`in`): 300 does not fit u8 (0 to 255)"),
    ] {
        let Err(CallError::Refused { error, .. }) = error else { panic!("{error:?}") };
        assert_eq!(error.to_string(), expected);
    }
    for absent in ["absent", "set_color", "r#type"] {
        let error = host.call::<()>(absent, ()).unwrap_err();
        assert!(matches!(error, CallError::Refused { error, .. } if error.is_not_found()));
    }
    drop(host);
    assert!(server.join().unwrap().inner().log.is_empty());
}

const REFUSED_BYTES: &str = "the peer rejected `type`: argument 1 (`in`): expected an integer, got bytes";

/// An endpoint whose peer is scripted.
type Endpoint = SerialTalk<Scripted, Line, (), 258, 256>;

/// The payload that a call sends.
fn sent(call: impl FnOnce(&mut RobotClient<Endpoint>)) -> Vec<u8> {
    let (talk, line) = Line::new(|_| vec![]);
    let mut robot = RobotClient::new(talk);
    call(&mut robot);
    let frame = line.sent().remove(0);
    parts(&frame).1.to_vec()
}

#[test]
fn types_and_options_decide_what_is_sent() {
    for (payload, expected) in [
        (sent(|robot| drop(robot.mult(1.0, 2.0))), &b"\x022f\0\0\x80\x3f\0\0\0\x40"[..]),
        (sent(|robot| drop(robot.led(7))), b"\x01H\x07\0"),
        (sent(|robot| drop(robot.reset())), b"\x01z"),
        (sent(|robot| drop(robot.rgb([1, 2, 3]))), b"\x023s\x01\x02\x03"),
        (sent(|robot| drop(robot.mix((1, 2, 3)))), b"\x023B\x01\x02\x03"),
        (sent(|robot| drop(robot.calibrate("x", None))), b"\x04repr('x', None)"),
        (sent(|robot| drop(robot.log("x"))), b"\x04repr('x',)"),
        (sent(|robot| drop(robot.sum(vec![1, 2]))), b"\x04repr([1, 2],)"),
        (sent(|robot| drop(robot.bytes(b"abc"))), b"\x023sabc"),
        (sent(|robot| drop(robot.blink())), b"\x01z"),
        (sent(|robot| drop(robot.set_color(1, 2, 3))), b"\x04repr(1, 2, 3)"),
        (sent(|robot| drop(robot.upload(b"<>"))), b"\x03raw<>"),
        (sent(|robot| drop(robot.wide(1, 2))), b"\x03>hi\0\x01\0\0\0\x02"),
        (sent(|robot| drop(robot.label("left"))), b"\x028sleft\0\0\0\0"),
    ] {
        assert_eq!(payload, expected, "{}", payload.escape_ascii());
    }
}

#[test]
fn the_error_of_a_command_is_text_for_python_and_a_value_for_rust() {
    let reply = |to: i16| {
        let mut buffer = [0; 258];
        let mut payload = [b"\x01h".as_slice(), &to.to_le_bytes()].concat();
        let reply =
            proto::serve(&mut RobotServer::new(Fake::default()), "lift", &mut payload, &mut buffer).unwrap();
        assert_eq!(reply.is_error, to != 5);
        Value::from_payload(reply.payload).to_string()
    };
    assert_eq!(reply(5), "5");
    assert_eq!(reply(-1), "('Command failed: Stalled', 'Stalled')");
    assert_eq!(reply(100), "('Command failed: Moving(speed=0.25)', ('Moving', 0.25))");
}

#[test]
fn text_that_does_not_fit_its_format_is_not_sent() {
    let (talk, line) = Line::new(|_| vec![]);
    let error = RobotClient::new(talk).label("longer than 8").unwrap_err();
    assert!(matches!(error, CallError::Unsendable { .. }), "{error}");
    assert!(line.sent().is_empty());
}

/// How long a call waits in milliseconds, and how many frames it sends.
fn waited(call: impl FnOnce(&mut RobotClient<Endpoint>)) -> (u32, usize) {
    let (talk, line) = Line::new(|_| vec![]);
    let mut robot = RobotClient::new(talk);
    call(&mut robot);
    (line.now(), line.sent().len())
}

#[test]
fn a_command_waits_as_long_as_it_says() {
    assert_eq!(waited(|robot| assert!(robot.reset().unwrap_err().is_timeout())), (1500, 1));
    assert_eq!(waited(|robot| assert!(robot.slow().unwrap_err().is_timeout())), (40, 2));
    assert_eq!(waited(|robot| robot.log("x").unwrap()), (0, 1));
    let within = |robot: &mut RobotClient<_>| {
        assert!(robot.within(Timeout::Ms(70)).slow().unwrap_err().is_timeout());
    };
    assert_eq!(waited(within), (70, 2));
}

#[test]
fn a_command_without_a_timeout_gets_a_late_reply() {
    let (talk, _) =
        Line::new(with_echo(|name, _| vec![(1 << 30, frame(&format!("{name}ack"), b"\x01B\x02"))]));
    assert_eq!(RobotClient::new(talk).patient().unwrap(), 2);
}

#[test]
fn a_reply_of_the_wrong_type_is_malformed() {
    let (talk, _) = Line::new(with_echo(|_, _| vec![(0, frame("ledack", b"\x01H\x02\x01"))]));
    let error = RobotClient::new(talk).led(1).unwrap_err();
    assert!(matches!(error, CallError::Protocol { .. }), "{error}");
    let (talk, _) = Line::new(with_echo(|_, _| vec![(0, frame("typeack", b"\x01H\x2c\x01"))]));
    let error = RobotClient::new(talk).r#type(1).unwrap_err();
    assert_eq!(error.to_string(), "malformed reply to `type`: 300 does not fit u8 (0 to 255)");
}

#[test]
fn a_reference_to_an_implementation_is_one() {
    fn twice(robot: &mut impl Robot) -> f32 {
        robot.mult(2.0, 4.0)
    }
    let mut fake = Fake::default();
    assert_eq!(twice(&mut &mut fake), 8.0);
    let dynamic: &mut dyn Robot = &mut fake;
    let mut server = RobotServer::new(dynamic);
    server.inner_mut().reset();
    assert_eq!(fake.log, ["reset"]);
}

#[test]
fn the_description_lists_every_command() {
    let names: Vec<_> = ROBOT_INTERFACE.commands.iter().map(|command| command.method).collect();
    assert!(names.contains(&"here") && !names.contains(&"absent"));
    assert_eq!(names.iter().filter(|name| **name == "either").count(), 1);
    assert_eq!(ROBOT_INTERFACE.name, "Robot");
    assert_eq!(ROBOT_INTERFACE.docs, "What every robot of ours can do.");
    let described = |name| {
        let command = ROBOT_INTERFACE.command(name).unwrap();
        let arguments: Vec<_> =
            command.arguments.iter().map(|argument| format!("{}: {}", argument.name, argument.ty)).collect();
        let (format, returns) = (command.format, command.return_format);
        format!("({}) {format:?} -> {} {returns:?} {}", arguments.join(", "), command.returns, command.error)
    };
    assert_eq!(described("mult"), "(a: f32, b: f32) \"2f\" -> f32 \"f\" ");
    assert_eq!(described("reset"), "() \"\" ->  \"\" ");
    assert_eq!(described("pose"), "() \"\" -> (f32, f32, i16) \"2fh\" ");
    assert_eq!(described("rgb"), "(rgb: [u8; 3]) \"3s\" -> [u8; 3] \"3s\" ");
    assert_eq!(
        described("calibrate"),
        "(text: &str, fast: Option<bool>) \"repr\" -> (i16, i16) \"2h\" (u8, u8)"
    );
    assert_eq!(described("set color"), "(red: u8, green: u8, blue: u8) \"repr\" -> (u8, u8, u8) \"repr\" ");
    assert_eq!(described("upload"), "(block: &[u8]) \"raw\" -> heapless::Vec<u8, 32> \"raw\" ");
    assert_eq!(described("wide"), "(a: i8, b: i16) \">hi\" -> f32 \"<d\" ");
    assert_eq!(described("type"), "(in: u8) \"B\" -> u8 \"B\" ");
    assert_eq!(ROBOT_INTERFACE.command("mult").unwrap().docs, "Product of two numbers.");
    assert!(ROBOT_INTERFACE.command("log").unwrap().oneway);
    assert!(ROBOT_INTERFACE.command("slow").unwrap().idempotent);
    assert_eq!(ROBOT_INTERFACE.command("slow").unwrap().timeout, Some(Timeout::Ms(40)));
    assert_eq!(ROBOT_INTERFACE.command("patient").unwrap().timeout, Some(Timeout::Never));
    assert!(ROBOT_INTERFACE.command("nothing").is_none());
}

/// Equal to that of `Robot` in its signature.
#[serialtalk::interface]
trait Product {
    /// Other words.
    #[command(name = "mult", timeout_ms = 5, idempotent)]
    fn product(&self, a: Volts, b: f32) -> f32;
}

#[derive(serialtalk::Value)]
struct Volts(f32);

#[test]
fn signatures_tell_what_two_peers_must_agree_on() {
    let signatures: Vec<_> =
        DIFFERENT_INTERFACE.commands.iter().map(|command| command.signature().to_string()).collect();
    let expected = [
        "mult(b: f32, a: f32) -> f32",
        r#""go \"fast\""(ms: i32) as "<q" -> f32 as "d""#,
        r#"at(x: f32, y: f32) -> (u8, u16) as repr"#,
        "store(data: [u8]) as raw or {Moving(speed: i16)}",
        "keep(level: u8) as postcard",
        "all(values: (u8, u16)) -> [f32?]",
        "nothing()",
    ];
    assert_eq!(signatures, expected);
}

#[test]
fn hashes_are_those_of_signatures() {
    let of = |interface: &'static serialtalk::Interface| interface.command("mult").unwrap();
    let (robot, product, different) =
        (of(&ROBOT_INTERFACE), of(&PRODUCT_INTERFACE), of(&DIFFERENT_INTERFACE));
    assert_eq!(robot.signature().to_string(), product.signature().to_string());
    assert_eq!(robot.hash, product.hash);
    assert_ne!(robot.hash, different.hash);
    let text = robot.signature().to_string();
    let fnv =
        text.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    assert_eq!(robot.hash, fnv);
}

#[test]
fn clients_can_be_taken_apart() {
    let (talk, line) = Line::new(with_echo(|name, _| vec![(0, frame(&format!("{name}ack"), b"\0"))]));
    let mut robot = RobotClient::connect(talk).unwrap();
    robot.reset().unwrap();
    robot.caller_mut().send("hello", ()).unwrap();
    assert_eq!(robot.caller().timeout(), Timeout::Ms(1500));
    let mut talk = robot.into_caller();
    RobotClient::new(&mut talk).reset().unwrap();
    assert_eq!(line.sent().len(), 4);
}
