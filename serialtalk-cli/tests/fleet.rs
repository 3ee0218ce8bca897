//! Boards at a gateway, which the command reaches over Zenoh.

#![cfg(all(unix, feature = "fleet"))]

mod support;
#[path = "watch/watching.rs"]
#[allow(dead_code, reason = "each test crate uses a part")]
mod watching;

use serde_json::Value as Json;
use serialtalk_hal::memory::pair;
use serialtalk_hal::{Spawn, over, pty};
use serialtalk_zenoh::zenoh::Session;
use serialtalk_zenoh::{Access, BoardState, Gateway, Port, RunningGateway, info};

use support::Place;
use watching::Watching;

#[serialtalk::interface(describe)]
trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn count(&mut self) -> u32;
}

#[derive(Default)]
struct Fake(u32);

impl Robot for Fake {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }
    fn count(&mut self) -> u32 {
        self.0 += 1;
        self.0
    }
}

/// A gateway at the socket of this machine: `arm1` is in memory, `arm2` at a pty, and `arm3` at a port that is not there.
struct Cell {
    gateway: Option<RunningGateway>,
    session: Session,
    boards: Vec<Box<dyn std::any::Any>>,
}

impl Cell {
    fn new(place: &Place) -> Self {
        let socket = place.folder().parent().unwrap().join("runtime/serialtalk-fleet.sock");
        let session = Access::listen([format!("unixsock-stream/{}", socket.display())]).open().unwrap();
        let mut cell = Self { gateway: None, session, boards: Vec::new() };
        cell.start();
        cell
    }

    /// Starts the gateway with boards that have just been switched on, and waits until they are connected.
    fn start(&mut self) {
        let (ours, theirs) = pair();
        let on_pty = pty::open().unwrap();
        let path = on_pty.link().path().to_owned();
        let in_memory = over(theirs, "board").serve(RobotServer::new(Fake::default())).spawn();
        let on_pty = on_pty.serve(RobotServer::new(Fake::default())).spawn();
        self.boards = vec![Box::new(in_memory), Box::new(on_pty)];
        let gateway = Gateway::new("robots", "cell1")
            .board(Port::simulated("arm1", ours))
            .port("arm2", path)
            .port("arm3", "/dev/no-such-port");
        self.gateway = Some(gateway.start(&self.session).unwrap());
        for board in ["robots/cell1/arm1", "robots/cell1/arm2"] {
            let address = board.parse().unwrap();
            while info(&self.session, &address).unwrap().state != BoardState::Up {}
        }
    }

    fn stop(&mut self) {
        self.gateway = None;
    }
}

#[test]
fn all_boards_of_a_realm_are_listed() {
    let place = Place::new();
    let mut cell = Cell::new(&place);
    let listed = place.run(&["list", "--fleet", "robots"]).ok();
    assert_eq!(listed, "robots/cell1/arm1  up\nrobots/cell1/arm2  up\nrobots/cell1/arm3  down\n");
    let listed = place.run(&["list", "--fleet", "robots", "--json"]).ok();
    let first: Json = serde_json::from_str(listed.lines().next().unwrap()).unwrap();
    assert_eq!((&first["board"], &first["gateway"]), (&"robots/cell1/arm1".into(), &"cell1".into()));
    assert_eq!((&first["state"], &first["hash"]), (&"up".into(), &ROBOT_INTERFACE.hash().into()));
    cell.stop();
    let failed = place.run(&["list", "--fleet", "robots"]).failed(4);
    assert!(failed.starts_with("error: no gateway of the realm `robots` answers"), "{failed}");
}

#[test]
fn boards_are_listed_described_called_watched_and_measured() {
    let place = Place::new();
    let _cell = Cell::new(&place);
    for board in ["robots/cell1/arm1", "robots/*/arm2"] {
        let run = |arguments: &[&str]| place.run(&[&["--fleet", board], arguments].concat()).ok();
        assert!(run(&["list"]).starts_with("mult(a: f32, b: f32) -> f32  Product of two numbers.\n"));
        assert!(run(&["describe", "mult"]).contains("Product of two numbers."));
        assert_eq!(run(&["call", "mult", "5.9", "94"]), "554.60004\n");
        assert_eq!(run(&["watch", "count", "-n", "3", "--hz", "100", "--csv"]).lines().count(), 4);
        assert!(run(&["bench", "mult", "2", "3", "-n", "10"]).contains("10 calls"));
    }
    let both = place.run(&["--fleet", "robots/cell1/arm1,robots/cell1/arm2", "call", "mult", "2", "3"]).ok();
    let mut both: Vec<_> = both.lines().collect();
    both.sort_unstable();
    assert_eq!(both, ["robots/cell1/arm1: 6.0", "robots/cell1/arm2: 6.0"]);
}

#[test]
fn names_stand_for_boards_at_gateways() {
    let place = Place::new();
    let _cell = Cell::new(&place);
    let failed = place.run(&["--fleet", "arm1", "call", "mult", "2", "3"]).failed(2);
    assert!(failed.contains("\"arm1\" names no board: write `realm/gateway/board`"), "{failed}");
    assert!(failed.contains("realm = \"robots\" in [fleet] of serialtalk.toml"), "{failed}");
    place.write(
        "serialtalk.toml",
        "default = \"arm\"\n[board.arm]\nport = \"fleet:robots/cell1/arm2\"\n[fleet]\nrealm = \"robots\"\n",
    );
    for named in [&["--fleet", "arm1"][..], &["-b", "fleet:robots/*/arm1"], &["-b", "arm"], &[]] {
        assert_eq!(place.run(&[named, &["call", "mult", "2", "3"]].concat()).ok(), "6.0\n");
        assert!(place.run(&[named, &["list"]].concat()).ok().starts_with("mult(a: f32, b: f32) -> f32"));
    }
    assert!(place.run(&["--fleet", "robots", "list"]).ok().starts_with("robots/cell1/arm1  up\n"));
}

#[test]
fn what_cannot_be_reached_fails_as_on_a_line() {
    let place = Place::new();
    let nobody = place.run(&["--fleet", "robots/cell1/arm1", "call", "mult"]).failed(4);
    assert!(
        nobody.contains("nobody answers at unixsock-stream/") && nobody.contains("within 1500 ms"),
        "{nobody}"
    );

    let _cell = Cell::new(&place);
    let call = |board: &str, arguments: &[&str]| {
        let options = ["--timeout", "300ms", "--fleet", board];
        place.run(&[&options, arguments].concat())
    };
    let failed = call("robots/cell1/arm9", &["call", "mult"]).failed(2);
    assert!(
        failed.contains("there is no board robots/cell1/arm9: its gateway has none of this name"),
        "{failed}"
    );
    let failed = call("robots/cell9/arm1", &["call", "mult"]).failed(4);
    assert!(
        failed.contains("robots/cell9/arm1 cannot be reached: no gateway that has it answered within"),
        "{failed}"
    );
    let failed = call("robots/cell1/arm3", &["call", "mult"]).failed(4);
    assert!(
        failed.contains("robots/cell1/arm3 is down: ") && failed.contains("/dev/no-such-port"),
        "{failed}"
    );
    let call = |arguments: &[&str]| place.run(&[&["--fleet", "robots/cell1/arm1"], arguments].concat());
    let failed = call(&["call", "mlt"]).failed(1);
    assert!(failed.contains("is it `mult`?"), "{failed}");
    let failed = call(&["call", "module", "arm"]).failed(1);
    assert!(failed.contains("the gateway lets no such call through"), "{failed}");
    for line in [&["check"][..], &["exec", "1"], &["ls"], &["share"], &["sniff"]] {
        let failed = call(line).failed(2);
        assert!(failed.contains("robots/cell1/arm1 is at a gateway, and this needs its line"), "{failed}");
    }
}

#[test]
fn only_what_is_encrypted_or_of_this_machine_is_used_unless_it_may_be_insecure() {
    let place = Place::new();
    place.write("serialtalk.toml", "[fleet]\nconnect = [\"tcp/127.0.0.1:1\"]\n");
    let failed = place.run(&["--fleet", "robots/cell1/arm1", "call", "mult"]).failed(2);
    assert!(failed.contains("tcp/127.0.0.1:1 is not encrypted: use quic/ and certificates"), "{failed}");
    place.write("serialtalk.toml", "[fleet]\nconnect = [\"tcp/127.0.0.1:1\"]\ninsecure = true\n");
    let failed = place.run(&["--fleet", "robots/cell1/arm1", "call", "mult"]).failed(4);
    assert!(failed.contains("nobody answers at tcp/127.0.0.1:1"), "{failed}");
    let files = "ca = \"ca.pem\"\ncertificate = \"me.pem\"\nkey = \"me.key\"\n";
    place.write(
        "serialtalk.toml",
        &format!("[fleet]\nconnect = [\"quic/localhost:1\"]\n[fleet.certificates]\n{files}"),
    );
    let failed = place.run(&["--fleet", "robots/cell1/arm1", "call", "mult"]).failed(2);
    let missing = place.folder().join("ca.pem");
    assert!(failed.contains(&format!("{}: No such file", missing.display())), "{failed}");
}

#[test]
fn a_gateway_that_ends_and_returns_leaves_a_gap_in_what_is_watched() {
    let place = Place::new();
    let mut cell = Cell::new(&place);
    let arguments = ["count", "--hz", "50", "--timeout", "300ms"];
    let watching = Watching::new(&place, "fleet:robots/cell1/arm1", &arguments);
    watching.value();
    cell.stop();
    watching.told("robots/cell1/arm1");
    cell.start();
    watching.told("the board is reached again");
    while watching.value() != "1" {}
    let ended = watching.interrupted();
    assert_eq!(ended.code, Some(0), "{ended:?}");
}
