//! Programs in CPython that call boards through a gateway: with generated clients, and without.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};

use peers::Interpreter;
use serialtalk_hal::memory::pair;
use serialtalk_hal::{Spawn, over};
use serialtalk_zenoh::{Access, Gateway, Port, RunningGateway};
use zenoh::Session;

#[serialtalk::interface(describe)]
trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Says hello.
    fn greet(&mut self, name: String) -> String;
    fn moves(&mut self, to: u8) -> Result<u8, String>;
    #[command(oneway)]
    fn led(&mut self, on: bool);
    fn is_on(&mut self) -> bool;
    /// An orientation.
    fn imu(&mut self) -> (f32, f32, f32);
}

#[derive(Default)]
struct Fake {
    is_on: bool,
    /// What `moves` waits for.
    until: Option<Receiver<()>>,
}

impl Robot for Fake {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }
    fn greet(&mut self, name: String) -> String {
        format!("hello {name}")
    }
    fn moves(&mut self, to: u8) -> Result<u8, String> {
        self.until.take().map(|until| until.recv());
        if to < 10 { Ok(to) } else { Err("too far".into()) }
    }
    fn led(&mut self, on: bool) {
        self.is_on = on;
    }
    fn is_on(&mut self) -> bool {
        self.is_on
    }
    fn imu(&mut self) -> (f32, f32, f32) {
        (1.5, 2.5, f32::INFINITY)
    }
}

/// What all programs begin with. `told` tells what an expression came to.
const START: &str = r#"
import signal, sys, serialtalk_zenoh
from robot import *
from serialtalk_zenoh import FleetError, Lost, ZenohTalk

signal.alarm(100)  # It never waits endlessly.
session = serialtalk_zenoh.connect(sys.argv[1])

def told(work):
    try:
        print(repr(work()))
    except Exception as error:
        print("%s: %s" % (type(error).__name__, error))
"#;

/// A folder with the socket of a router and with what Python imports, and the router.
struct Place {
    folder: PathBuf,
    address: String,
    session: Session,
}

impl Place {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("python_{name}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("robot.py"), serialtalk_python::module(&[ROBOT_INTERFACE])).unwrap();
        // The path of a socket is short.
        let socket = std::env::temp_dir().join(format!("serialtalk-{name}-{}", std::process::id()));
        let address = format!("unixsock-stream/{}", socket.display());
        let session = Access::listen([&address]).open().unwrap();
        Self { folder, address, session }
    }

    /// What a program prints.
    fn run(&self, venv: &peers::Venv, program: &str) -> String {
        let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
        let path = std::env::join_paths([&self.folder, &python]).unwrap();
        let mut command = venv.command(Interpreter::CPython);
        command.env("PYTHONPATH", path).arg("-c").arg(format!("{START}{program}")).arg(&self.address);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn gateway(&self) -> RunningGateway {
        let gateway = Gateway::new("robots", "cell1").service("arm1", RobotServer::new(Fake::default()));
        gateway.start(&self.session).unwrap()
    }
}

#[test]
fn a_generated_client_calls_a_board_at_a_gateway() {
    let venv = peers::require!();
    let place = Place::new("calls");
    let _gateway = place.gateway();
    let printed = place.run(
        &venv,
        r#"
robot = RobotClient(ZenohTalk(session, "robots/*/arm1"))
told(lambda: robot.mult(5.5, 2))
told(lambda: robot.greet("you"))
told(lambda: robot.moves(9))
told(lambda: robot.moves(11))
told(lambda: robot.led(True))
told(lambda: robot.is_on())
told(lambda: robot.imu())
told(lambda: robot.mult(5.5, "x"))
"#,
    );
    let expected = "\
11.0
'hello you'
9
Failed: moves: Command failed: 'too far'
None
True
(1.5, 2.5, inf)
";
    let rest = printed.strip_prefix(expected).unwrap_or_else(|| panic!("{printed}"));
    assert_eq!(rest, "ValueError: mult: argument b: 'x' does not fit f (a float)\n");
}

#[test]
fn a_client_with_another_contract_is_refused() {
    let venv = peers::require!();
    let place = Place::new("contract");
    let _gateway = place.gateway();
    let program = r#"
name, hash, signature = RobotClient._commands[0][:3]
RobotClient._commands = ((name, bytes(4), "mult(a: i32)"),) + RobotClient._commands[1:]
told(lambda: RobotClient(ZenohTalk(session, "robots/cell1/arm1")))
"#;
    assert_eq!(
        place.run(&venv, program),
        "Mismatch: mult: the signature is another one at the other end\n  here:  mult(a: i32)\n  \
         there: mult(a: f32, b: f32) -> f32\n"
    );
}

#[test]
fn what_is_not_there_is_an_error_that_says_so() {
    let venv = peers::require!();
    let place = Place::new("errors");
    let gateway = place.gateway();
    let calls = r#"
def call(board, timeout=300):
    told(lambda: ZenohTalk(session, board, timeout).call("mult", "2f", 2, 3))

call("robots/cell1/arm1", 20000)
call("robots/cell1/arm2")
call("robots/cell2/arm1")
call("robots/*/arm2")
call("robots")
talk = ZenohTalk(session, "robots/cell1/arm1")
told(lambda: talk.call("enable repl"))
told(lambda: talk.call("nothing"))
told(lambda: talk.call("greet", "repr", serialtalk_zenoh))
try:
    ZenohTalk(session, "robots/cell2/arm1", 100).call("x")
except FleetError as error:
    print(error.failure, error.ran, isinstance(error, Lost))
told(lambda: serialtalk_zenoh.connect("tcp/localhost:7447"))
told(lambda: serialtalk_zenoh.connect("quic/localhost:7447"))
told(lambda: serialtalk_zenoh.connect("tls/localhost:7447"))
"#;
    let unreachable = |board| {
        format!(
            "FleetError: {board} cannot be reached: no gateway that has it answered within 300 ms; it does not run, the \
             network is cut, or access is denied\n"
        )
    };
    let printed = place.run(&venv, calls);
    let expected = [
        "('multack', 6.0)\nFleetError: robots/cell1/arm2 is no board of its gateway\n".to_owned(),
        unreachable("robots/cell2/arm1"),
        unreachable("robots/*/arm2"),
        "ValueError: 'robots' names no board: write `realm/gateway/board`, or `*` for any gateway\n".into(),
        "FleetError: robots/cell1/arm1 is not called by its gateway: ".into(),
    ];
    let rest = printed.strip_prefix(&expected.concat()).unwrap_or_else(|| panic!("{printed}"));
    let rest: Vec<_> = rest.lines().collect();
    assert_eq!(rest[1], "('nothingerr', 'Command not found: nothing')", "{printed}");
    assert!(rest[2].starts_with("FleetError: robots/cell1/arm1 is not called by its gateway: "), "{printed}");
    assert_eq!(rest[3], "unreachable False False", "{printed}");
    assert!(rest[4].starts_with("ValueError: tcp/localhost:7447 is not encrypted"), "{printed}");
    assert!(rest[5].starts_with("ValueError: quic/localhost:7447 needs certificates"), "{printed}");
    assert!(rest[6].starts_with("ValueError: 'tls/localhost:7447' is no address"), "{printed}");
    drop(gateway);
}

#[test]
fn a_call_whose_gateway_dies_is_lost() {
    let venv = peers::require!();
    let place = Place::new("lost");
    let fake = place.session.declare_queryable("robots/cell1/**").callback(|query| {
        if query.key_expr().as_str().ends_with("/info") {
            let info = r#"{"gateway":"cell1","incarnation":"2a"}"#;
            zenoh::Wait::wait(query.reply(query.key_expr(), info)).unwrap();
        }
    });
    let _fake = zenoh::Wait::wait(fake).unwrap();
    let program = r#"
talk = ZenohTalk(session, "robots/cell1/arm1", 20000)
told(lambda: talk.call("mult", "2f", 2, 3))
"#;
    assert_eq!(
        place.run(&venv, program),
        "Lost: robots/cell1/arm1 may have run the call, which is lost: its gateway runs and does not answer; access to the \
         command may be denied; call it again only if it may run twice\n"
    );
}

#[test]
fn a_board_that_does_not_answer_and_one_that_speaks_by_itself_are_heard() {
    let venv = peers::require!();
    let place = Place::new("stream");
    let (ours, theirs) = pair();
    // What is declared later ends earlier: the board waits for `_end`.
    let _board;
    let (_end, until) = channel();
    let fake = Fake { until: Some(until), ..Fake::default() };
    _board = over(theirs, "board").serve(RobotServer::new(fake)).spawn();
    let port = Port::simulated("arm1", ours).poll("imu=100Hz".parse().unwrap());
    let gateway = Gateway::new("robots", "cell1").board(port);
    let _gateway = gateway.start(&place.session).unwrap();
    let program = r#"
talk = ZenohTalk(session, "robots/cell1/arm1")
values = talk.stream("imu")
first, value = next(values)
print(value)
told(lambda: next(values)[0] - first)
values.close()
told(lambda: list(values))
told(lambda: ZenohTalk(session, "robots/cell1/arm1", 200).call("moves", "B", 2))
"#;
    let printed = place.run(&venv, program);
    let expected = "(1.5, 2.5, inf)\n1\n[]\n";
    let silent = printed.strip_prefix(expected).unwrap_or_else(|| panic!("{printed}"));
    assert!(silent.starts_with("('err', 'no answer to moves within "), "{printed}");
}

#[test]
fn what_python_imports_is_typed_strictly() {
    let venv = peers::require!();
    let mut mypy = venv.command(Interpreter::CPython);
    mypy.args(["-m", "mypy", "--strict", "--no-error-summary", "python/serialtalk_zenoh.py"]);
    mypy.arg("--cache-dir").arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("mypy"));
    let checked = mypy.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&checked.stdout), "");
}
