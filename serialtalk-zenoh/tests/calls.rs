//! Calls of boards through a gateway.
#![cfg(unix)]

mod place;

use serialtalk::heapless::Vec as Bytes;
use serialtalk::{CallError, Caller, Value, args};
use serialtalk_hal::memory::pair;
use serialtalk_hal::{Running, Spawn, over};
use serialtalk_zenoh::{
    BoardInfo, BoardState, EventKind, FleetError, Gateway, GatewayList, Port, RunningGateway, board, boards,
    events, info, stream,
};
use zenoh::Session;

use serialtalk_zenoh::keys::Address;

use place::{LONG, Place, get, get_with, until_up};

/// What the boards of these tests can do.
#[serialtalk::interface(describe)]
trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn moves(&mut self, to: u8) -> Result<u8, Jammed>;
    fn picture(&mut self, bytes: Bytes<u8, 200>) -> Bytes<u8, 200>;
    #[command(oneway)]
    fn show(&mut self, text: String);
    fn shown(&mut self) -> String;
}

#[derive(serialtalk::Value, Debug, Clone, PartialEq)]
struct Jammed {
    at: u8,
}

/// A later version of it.
mod later {
    #[serialtalk::interface]
    pub(super) trait Robot {
        fn mult(&mut self, a: f64, b: f64) -> f64;
        fn shown(&mut self) -> String;
    }
}

#[derive(Default)]
struct Fake {
    shown: String,
}

impl Robot for Fake {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn moves(&mut self, to: u8) -> Result<u8, Jammed> {
        if to < 10 { Ok(to) } else { Err(Jammed { at: 9 }) }
    }

    fn picture(&mut self, bytes: Bytes<u8, 200>) -> Bytes<u8, 200> {
        bytes
    }

    fn show(&mut self, text: String) {
        self.shown = text;
    }

    fn shown(&mut self) -> String {
        self.shown.clone()
    }
}

/// A gateway with the same board twice: `service` without a line, and `line` at the end of one.
struct Bench {
    place: Place,
    gateway: RunningGateway,
    _board: Running<
        serialtalk_hal::SerialTalk<serialtalk_hal::memory::MemoryLink, RobotServer<Fake>>,
        serialtalk_hal::LinkError,
    >,
}

impl Bench {
    fn new() -> Self {
        let place = Place::new();
        let (ours, theirs) = pair();
        let board = over(theirs, "board").serve(RobotServer::new(Fake::default())).spawn();
        let gateway = Gateway::new("robots", "cell1")
            .service("service", RobotServer::new(Fake::default()))
            .board(Port::simulated("line", ours))
            .start(&place.session)
            .unwrap();
        until_up(&place.session, "robots/cell1/line");
        Self { place, gateway, _board: board }
    }
}

/// Checks something for both boards, by this program and by another.
fn for_each(bench: &Bench, check: impl Fn(&Session, &str)) {
    for session in [bench.place.session.clone(), bench.place.join()] {
        for name in ["service", "line"] {
            check(&session, name);
        }
    }
}

#[test]
fn typed_calls_bring_values_and_errors() {
    let bench = Bench::new();
    for_each(&bench, |session, name| {
        for gateway in ["cell1", "*"] {
            let address = format!("robots/{gateway}/{name}");
            let mut robot = RobotClient::connect(board(session, &address).unwrap()).unwrap();
            assert_eq!(robot.mult(5.9, 94.0).unwrap(), 5.9 * 94.0);
            assert_eq!(robot.moves(3).unwrap(), 3);
            let Err(CallError::Failed { error, context }) = robot.moves(30) else { panic!("it moved") };
            assert_eq!((error, context.link()), (Jammed { at: 9 }, address.as_str()));
            let picture: Bytes<u8, 200> = (0..200).collect();
            assert_eq!(robot.picture(picture.clone()).unwrap(), picture);
            robot.show(address.clone()).unwrap();
            assert_eq!(robot.shown().unwrap(), address);
        }
    });
}

#[test]
fn calls_without_a_trait_find_commands_built_in_ones_and_none() {
    let bench = Bench::new();
    for_each(&bench, |session, name| {
        let mut talk = board(session, &format!("robots/cell1/{name}")).unwrap();
        assert_eq!(talk.call_value("mult", args![2, 3]).unwrap(), Value::Float(6.0));
        let names = talk.remote_commands().unwrap();
        assert!(names.iter().any(|name| name == "moves"), "{names:?}");
        let unknown = talk.call_value("fly", args![]).unwrap_err();
        let refused = talk.call_value("mult", args!["a", 3]).unwrap_err();
        for (error, text) in [(unknown, "the peer has no command `fly`"), (refused, "argument 1 (`a`)")] {
            assert!(matches!(error, CallError::Refused { .. }), "{error:?}");
            assert!(error.to_string().contains(text), "{error}");
        }
    });
}

#[test]
fn a_board_with_another_signature_is_not_called() {
    let bench = Bench::new();
    for_each(&bench, |session, name| {
        let mut robot = later::RobotClient::over(board(session, &format!("robots/cell1/{name}")).unwrap());
        match robot.mult(2.0, 3.0) {
            Err(CallError::Link { error: FleetError::Skew { theirs, .. }, .. }) => {
                assert_eq!(theirs, "mult(a: f32, b: f32) -> f32");
            }
            other => panic!("{other:?}"),
        }
        assert!(robot.shown().is_ok(), "the same in both versions");
    });
}

#[test]
fn boards_and_gateways_that_are_not_there_are_errors() {
    let bench = Bench::new();
    let error = |address: &str| match RobotClient::over(board(&bench.place.join(), address).unwrap())
        .mult(1.0, 2.0)
    {
        Err(CallError::Link { error, .. }) => error,
        other => panic!("{other:?}"),
    };
    assert!(matches!(error("robots/cell1/other"), FleetError::NoSuchBoard { .. }));
    assert!(matches!(error("robots/cell2/line"), FleetError::Unreachable { waited_ms: 1500, .. }));
    assert!(matches!(error("robots/*/other"), FleetError::Unreachable { .. }));
    assert!(matches!(error("others/*/line"), FleetError::Unreachable { .. }));
}

#[test]
fn gateways_tell_what_they_have() {
    let bench = Bench::new();
    let session = bench.place.join();
    let list = boards(&session, "robots").unwrap().remove(0);
    let told: Vec<_> = list.boards.iter().map(|board| (board.board.as_str(), board.up, board.hash)).collect();
    let hash = Some(ROBOT_INTERFACE.hash());
    assert_eq!(told, [("line", true, hash), ("service", true, hash)]);
    assert_eq!((list.gateway.as_str(), list.incarnation), ("cell1", bench.gateway.incarnation()));

    let line = info(&session, &"robots/*/line".parse().unwrap()).unwrap();
    assert_eq!((line.state, line.link.as_str()), (BoardState::Up, "simulation"));
    assert_eq!(line.interface.unwrap().hash(), ROBOT_INTERFACE.hash());

    // Whatever a key with wild cards asks for is told at a key of its own.
    let tell = |key: &str| {
        let told = get(&session, key, b"").into_iter().map(|told| String::from_utf8(told.unwrap()).unwrap());
        let (lists, infos): (Vec<_>, Vec<_>) =
            told.partition(|told| serde_json::from_str::<GatewayList>(told).is_ok());
        assert!(infos.iter().all(|info| serde_json::from_str::<BoardInfo>(info).is_ok()), "{infos:?}");
        (lists.len(), infos.len())
    };
    for (key, told) in [
        ("robots/cell1/list", (1, 0)),
        ("robots/*/list", (1, 0)),
        ("*/*/line/info", (0, 1)),
        ("robots/cell1/*/info", (0, 2)),
        ("robots/cell1/l$*/info", (0, 1)),
        ("robots/**", (1, 2)),
        ("**/info", (0, 2)),
        ("robots/*/other/info", (0, 0)),
        ("robots/cell1/*", (1, 0)),
        ("robots/cell1", (0, 0)),
    ] {
        assert_eq!(tell(key), told, "{key}");
    }
    assert_eq!(get(&session, "robots/cell1/other/info", b""), [Err(r#"{"failure":"no_such_board"}"#.into())]);
}

#[test]
fn a_program_that_knows_nothing_of_attachments_calls_by_payloads() {
    let bench = Bench::new();
    for_each(&bench, |session, name| {
        let key = format!("robots/cell1/{name}/call/mult");
        let arguments = [b"\x022f".as_slice(), &5.9f32.to_le_bytes(), &94.0f32.to_le_bytes()].concat();
        let product = [b"\x01f".as_slice(), &(5.9f32 * 94.0).to_le_bytes()].concat();
        assert_eq!(get(session, &key, &arguments), [Ok(product)]);
        assert_eq!(
            get(session, &key, b"\x04repr(2, 3.5)"),
            [Ok([b"\x01f".as_slice(), &7f32.to_le_bytes()].concat())]
        );
        let shown = format!("robots/cell1/{name}/call/shown");
        assert_eq!(get(session, &shown, b""), [Ok(b"\x04repr('',)".to_vec())]);

        let bad = get_with(session, &key, &arguments, Some(b"\x01abc")).remove(0).unwrap_err();
        assert!(bad.contains(r#""failure":"forbidden""#) && bad.contains("4 bytes"), "{bad}");
        let newer = get_with(session, &key, &arguments, Some(&[2; 38])).remove(0).unwrap_err();
        assert!(newer.contains("version 2"), "{newer}");
        let wild = get(session, &key.replace("cell1", "*"), &arguments).remove(0).unwrap_err();
        assert!(wild.contains("name its gateway"), "{wild}");
        assert_eq!(get(session, &key.replace("mult", "*"), &arguments), []);
    });
}

/// What a board may ask of its host.
#[serialtalk::interface]
trait Host {
    #[command(oneway)]
    fn log(&mut self, line: &str);
    fn add(&mut self, a: i32, b: i32) -> i32;
}

struct Planner;

impl Host for Planner {
    fn log(&mut self, _line: &str) {}

    fn add(&mut self, a: i32, b: i32) -> i32 {
        a + b
    }
}

#[test]
fn what_a_board_calls_is_published_or_forwarded() {
    let place = Place::new();
    let (ours, theirs) = pair();
    let (other, theirs_of_other) = pair();
    let port = Port::simulated("arm1", ours).publish(["log"]).forward("robots/*/planner".parse().unwrap());
    let _gateway = Gateway::new("robots", "cell1")
        .board(port)
        .board(Port::simulated("arm2", other))
        .service("planner", HostServer::new(Planner))
        .start(&place.session)
        .unwrap();
    let session = place.join();
    let address: Address = "robots/cell1/arm1".parse().unwrap();
    let lines = stream(&session, &address, "log").unwrap();
    let others = stream(&session, &"robots/cell1/arm2".parse().unwrap(), "add").unwrap();

    let mut board = over(theirs, "board");
    board.ready(5000).unwrap();
    let mut host = HostClient::new(&mut board);
    let first = place::until("the stream has a listener", || {
        host.log("hello").unwrap();
        lines.recv_timeout(std::time::Duration::from_millis(50)).unwrap()
    });
    host.log("battery low").unwrap();
    let next = lines.recv_timeout(LONG).unwrap().unwrap();
    assert_eq!((next.number, next.decode::<String>().unwrap()), (first.number + 1, "battery low".into()));
    assert_eq!(host.add(2, 3).unwrap(), 5);
    let unknown = board.call_value("fly", args![]).unwrap_err();
    assert!(unknown.to_string().contains("no command `fly`"), "{unknown}");

    let mut board = over(theirs_of_other, "board");
    board.ready(5000).unwrap();
    assert_eq!(board.call_value("add", args![2, 3]).unwrap(), Value::None, "published");
    let sum = others.recv_timeout(LONG).unwrap().unwrap();
    assert_eq!((sum.number, sum.payload()), (1, b"\x04repr(2, 3)".as_slice()));
}

#[test]
fn a_polled_command_is_published() {
    let place = Place::new();
    let (ours, theirs) = pair();
    let _board = over(theirs, "board").serve(RobotServer::new(Fake::default())).spawn();
    let session = place.join();
    let values = stream(&session, &"robots/cell1/arm1".parse().unwrap(), "shown").unwrap();
    let port = Port::simulated("arm1", ours).poll("shown=100Hz".parse().unwrap());
    let _gateway = Gateway::new("robots", "cell1").board(port).start(&place.session).unwrap();
    let numbers = [(); 5].map(|()| {
        let value = values.recv_timeout(LONG).unwrap().unwrap();
        assert_eq!(value.decode::<String>().unwrap(), "");
        value.number
    });
    assert_eq!(numbers, [1, 2, 3, 4, 5].map(|count| numbers[0] + count - 1), "none is lost");
}

#[test]
fn a_gateway_tells_what_happens_to_its_boards() {
    let place = Place::new();
    let session = place.join();
    let heard = events(&session, "robots").unwrap();
    let next = || heard.recv_timeout(LONG).unwrap().unwrap();
    let (ours, theirs) = pair();
    let board = over(theirs, "board").serve(RobotServer::new(Fake::default())).spawn();
    let gateway = Gateway::new("robots", "cell1")
        .service("service", RobotServer::new(Fake::default()))
        .board(Port::simulated("line", ours))
        .start(&place.session)
        .unwrap();
    let told = |event: serialtalk_zenoh::Event| (event.number, event.board, event.kind);
    assert_eq!(told(next()), (1, "service".into(), EventKind::Up));
    assert_eq!(told(next()), (2, "line".into(), EventKind::Up));
    drop(board);
    let EventKind::Down { reason } = told(next()).2 else { panic!("it is up") };
    assert_eq!(reason, "the other end closed the link");
    drop(gateway);
    let reason = "its gateway has ended".to_owned();
    assert_eq!(told(next()), (4, "service".into(), EventKind::Down { reason }));
}
