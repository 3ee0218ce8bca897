//! What a gateway does not let through, and how much of it waits.
#![cfg(unix)]

mod place;

use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use serialtalk::proto::{BUILTIN_NAMES, Call, Names, Reply};
use serialtalk::{Caller, CommandTable, Invalid, Service, args};
use serialtalk_hal::memory::pair;
use serialtalk_hal::{Spawn, over};
use serialtalk_zenoh::{Gateway, Port};
use zenoh::handlers::FifoChannelHandler;
use zenoh::query;
use zenoh::{Session, Wait};

use place::{Place, attachment, get, until_up};

/// A board that has every command, and notes what reaches it.
#[derive(Clone, Default)]
struct Recorder {
    heard: Arc<Mutex<Vec<(String, Vec<u8>)>>>,
    /// The payload of its replies, if they are not without a value.
    reply: Option<&'static [u8]>,
}

impl Recorder {
    fn heard(&self) -> Vec<(String, Vec<u8>)> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

impl CommandTable for Recorder {
    const NAMES: Names = Names::None;
    const SPAN: usize = 1;

    fn count(&self) -> usize {
        0
    }

    fn nth(&self, _index: usize) -> Option<&str> {
        None
    }

    fn find(&self, name: &[u8]) -> Option<usize> {
        let is_asked_by_gateways = [b"echo".as_slice(), b"checked?", b"describe"].contains(&name);
        (!is_asked_by_gateways).then_some(0)
    }
}

impl Service for Recorder {
    fn serve(&mut self, _: usize, call: &mut Call<'_>, reply: &mut Reply<'_>) -> Result<(), Invalid> {
        let name = String::from_utf8(call.name().to_vec()).unwrap();
        self.heard.lock().unwrap().push((name, call.payload().to_vec()));
        if let Some(payload) = self.reply {
            reply.copy(payload, false);
        }
        Ok(())
    }
}

/// Runs something with two boards that note what reaches them: one at a line, and one without.
fn with_recorders(allow: &[&str], check: impl Fn(&Session, &str, &Recorder)) {
    let place = Place::new();
    let (at_line, service) = (Recorder::default(), Recorder::default());
    let (ours, theirs) = pair();
    let _board = over(theirs, "board").plain().serve(at_line.clone()).spawn();
    let port = Port::simulated("line", ours).allow(allow.iter().copied());
    let _gateway = Gateway::new("robots", "cell1")
        .board(port)
        .service("service", service.clone())
        .start(&place.session)
        .unwrap();
    until_up(&place.session, "robots/cell1/line");
    let session = place.join();
    check(&session, "line", &at_line);
    check(&session, "service", &service);
}

fn call(session: &Session, board: &str, command: &str, payload: &[u8]) -> Result<Vec<u8>, String> {
    get(session, &format!("robots/cell1/{board}/call/{command}"), payload).remove(0)
}

fn repr(text: &str) -> Vec<u8> {
    [b"\x04repr", text.as_bytes()].concat()
}

#[test]
fn no_payload_that_python_would_run_reaches_a_board() {
    with_recorders(&[], |session, board, recorder| {
        for text in [
            "(__import__('os').system('reboot'),)",
            "(open(file='main.py', mode='w'),)",
            "('''a' ''', exit(), ''' 'b''')",
            "[1]",
            "os.x(1)",
            "",
        ] {
            let error = call(session, board, "led", &repr(text)).unwrap_err();
            assert!(error.contains(r#""failure":"forbidden""#), "{text}: {error}");
        }
        let bare = call(session, board, "led", b"\x09bare").unwrap_err();
        assert!(bare.contains("no header of SerialTalk"), "{bare}");
        assert_eq!(recorder.heard(), []);
        for payload in [&repr("(1, 'a')")[..], b"\x03rawany bytes", b"\x02if12345678", b"\x04post\x01"] {
            call(session, board, "led", payload).unwrap();
            assert_eq!(recorder.heard(), [("led".into(), payload.to_vec())]);
        }
    });
}

#[test]
fn no_reply_that_python_would_run_reaches_a_board_that_calls() {
    for (payload, passes) in [(b"\x04repr(float('nan'),)".as_slice(), true), (b"\x04repr(exit(),)", false)] {
        let place = Place::new();
        let (ours, theirs) = pair();
        let port = Port::simulated("arm1", ours).forward("robots/cell1/planner".parse().unwrap());
        let planner = Recorder { reply: Some(payload), ..Recorder::default() };
        let gateway = Gateway::new("robots", "cell1").board(port).service("planner", planner);
        let _gateway = gateway.start(&place.session).unwrap();
        let mut board = over(theirs, "board");
        board.ready(5000).unwrap();
        match board.call_value("plan", args![]) {
            Ok(value) => assert!(passes && value.to_string() == "nan", "{value}"),
            Err(error) => {
                let text = error.to_string();
                assert!(
                    !passes && text.contains("the reply to `plan` is no tuple of Python literals"),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn commands_that_run_code_reach_a_board_only_if_that_is_allowed() {
    with_recorders(&["module", "enable repl"], |session, board, recorder| {
        let is_allowed = board == "line";
        for command in ["module", "enable repl"] {
            assert_eq!(call(session, board, command, b"\x03rawfiles").is_ok(), is_allowed, "{command}");
            assert_eq!(recorder.heard().len(), usize::from(is_allowed), "{command}");
        }
        for command in ["disable repl", "checked%3F", "checked%3F1~%40%40"] {
            let error = call(session, board, command, b"").unwrap_err();
            assert!(error.contains("blocked unless") || error.contains("for the gateway alone"), "{error}");
        }
        assert_eq!(recorder.heard(), []);
        assert!(BUILTIN_NAMES.contains(&"disable repl"));
    });
}

#[test]
fn what_does_not_fit_a_frame_does_not_reach_a_board() {
    with_recorders(&[], |session, board, recorder| {
        let raw = |len: usize| [b"\x03raw".as_slice(), &vec![7; len]].concat();
        assert_eq!(call(session, board, "led", &raw(240)), Ok(b"\x00".to_vec()));
        assert_eq!(recorder.heard().len(), 1);
        for len in [260, 1000, 1_000_000] {
            let error = call(session, board, "led", &raw(len)).unwrap_err();
            assert!(error.contains("forbidden") && error.contains("bytes"), "{error}");
        }
        let error = call(session, board, &"x".repeat(300), b"").unwrap_err();
        assert!(error.contains("forbidden"), "{error}");
        assert_eq!(recorder.heard(), []);
    });
}

/// Reads texts, and fails at the first in which Python finds something else than values and their constructors.
const CHECK: &str = r#"
import ast, sys
for line in sys.stdin:
    text = ast.literal_eval(line)
    for node in ast.walk(ast.parse(text, mode="eval")):
        if isinstance(node, ast.Call):
            assert node.func.id in ("float", "bytearray", "set", "frozenset") and not node.keywords, text
        elif isinstance(node, ast.Name):
            assert node.id in ("float", "bytearray", "set", "frozenset", "inf", "nan"), text
        else:
            allowed = (ast.Expression, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Constant, ast.UnaryOp,
                       ast.USub, ast.UAdd, ast.Load)
            assert isinstance(node, allowed), text
print("checked")
"#;

/// Pieces of which texts are put together that may be taken for literals.
const PIECES: [&str; 32] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "'",
    "\"",
    "'''",
    "\"\"\"",
    ",",
    ",",
    ",",
    ",",
    " ",
    "\\",
    ":",
    "a",
    "1",
    "exit()",
    "P(x=1)",
    "P (x=1)",
    "deque([1])",
    "set",
    "()",
    "float('nan')",
    "\n",
    "#",
    "None",
    "b''",
    "'''a' '''",
];

#[test]
fn python_finds_only_values_in_what_reaches_a_board() {
    let Ok(python) = peers::find_python() else { return peers::skip("no Python", "install Python 3") };
    with_recorders(&[], |session, board, recorder| {
        if board == "line" {
            return;
        }
        let mut state = 1u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        for _ in 0..4000 {
            let inner: String = (0..random(14)).map(|_| PIECES[random(PIECES.len())]).collect();
            let _ = call(session, board, "led", &repr(&format!("({inner})")));
        }
        let heard = recorder.heard();
        assert!(heard.len() > 100, "only {} texts were literals", heard.len());
        let texts: String = heard
            .iter()
            .map(|(_, payload)| format!("{:?}\n", str::from_utf8(&payload[5..]).unwrap()))
            .collect();
        let mut child = Command::new(&python)
            .args(["-c", CHECK])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), texts.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.stdout, b"checked\n", "{}", String::from_utf8_lossy(&output.stderr));
    });
}

/// A board whose command `wait` returns when it is told to.
#[serialtalk::interface]
trait Slow {
    fn wait(&mut self, number: u32) -> u32;
}

struct Gate {
    entered: Sender<u32>,
    go_on: Receiver<()>,
}

impl Slow for Gate {
    fn wait(&mut self, number: u32) -> u32 {
        self.entered.send(number).unwrap();
        // The test has ended if nobody tells.
        let _ = self.go_on.recv();
        number
    }
}

/// A gateway with a board at a line or without, which notes what runs and waits until it may go on.
struct Waiting {
    session: Session,
    entered: Receiver<u32>,
    go_on: Sender<()>,
}

impl Waiting {
    /// Runs something with a board at a line, then with one without.
    fn with_each(check: impl Fn(&Self)) {
        for has_line in [true, false] {
            let place = Place::new();
            let (entered, has_entered) = channel();
            let (go_on, may_go_on) = channel();
            let server = SlowServer::new(Gate { entered, go_on: may_go_on });
            let gateway = Gateway::new("robots", "cell1");
            let (ours, theirs) = pair();
            let (gateway, board) = if has_line {
                let board = over(theirs, "board").serve(server).spawn();
                (gateway.board(Port::simulated("slow", ours)), Some(board))
            } else {
                (gateway.service("slow", server), None)
            };
            let gateway = gateway.start(&place.session).unwrap();
            until_up(&place.session, "robots/cell1/slow");
            let waiting = Self { session: place.join(), entered: has_entered, go_on };
            check(&waiting);
            drop(waiting);
            drop(gateway);
            drop(board);
        }
    }

    /// Calls `wait` without waiting for the reply.
    fn call(&self, number: u32, budget_ms: u32) -> FifoChannelHandler<query::Reply> {
        let payload = [b"\x01I".as_slice(), &number.to_le_bytes()].concat();
        let attachment = attachment(number.into(), budget_ms, 1, None);
        self.session
            .get("robots/cell1/slow/call/wait")
            .payload(payload)
            .attachment(attachment)
            .wait()
            .unwrap()
    }
}

fn answer(replies: &FifoChannelHandler<query::Reply>) -> Result<Vec<u8>, String> {
    match replies.recv().unwrap().into_result() {
        Ok(sample) => Ok(sample.payload().to_bytes().into_owned()),
        Err(error) => Err(String::from_utf8_lossy(&error.payload().to_bytes()).into_owned()),
    }
}

#[test]
fn thirty_two_calls_wait_and_no_more() {
    Waiting::with_each(|board| {
        let mut calls: Vec<_> = (0..33).map(|number| board.call(number, 60_000)).collect();
        assert_eq!(board.entered.recv_timeout(place::LONG), Ok(0));
        let too_many = answer(&board.call(33, 60_000));
        assert_eq!(too_many, Err(r#"{"failure":"busy","waiting":32}"#.into()));
        board.go_on.send(()).unwrap();
        assert_eq!(answer(&calls.remove(0)), Ok(b"\x01I\0\0\0\0".to_vec()));
        calls.push(board.call(34, 60_000));
        for number in (1..33).chain([34]) {
            assert_eq!(
                board.entered.recv_timeout(place::LONG),
                Ok(number),
                "in the order in which they came"
            );
            board.go_on.send(()).unwrap();
        }
        for (replies, number) in calls.iter().zip((1u8..33).chain([34])) {
            assert_eq!(answer(replies), Ok([b"\x01I".as_slice(), &[number, 0, 0, 0]].concat()));
        }
    });
}

#[test]
fn a_board_that_hangs_does_not_hold_up_the_answers_to_its_callers() {
    Waiting::with_each(|board| {
        let first = board.call(1, 2000);
        assert_eq!(board.entered.recv_timeout(place::LONG), Ok(1));
        let second = board.call(2, 50);
        let second = answer(&second).unwrap_err();
        assert!(second.contains(r#""failure":"timeout""#) && second.contains(r#""ran":"no""#), "{second}");
        let first = answer(&first).unwrap_err();
        assert!(first.contains(r#""failure":"timeout""#) && first.contains(r#""ran":"unknown""#), "{first}");
        board.go_on.send(()).unwrap();
    });
}

#[test]
fn a_call_that_has_waited_too_long_never_runs() {
    Waiting::with_each(|board| {
        let first = board.call(1, 60_000);
        assert_eq!(board.entered.recv_timeout(place::LONG), Ok(1));
        let late = board.call(2, 30);
        let third = board.call(3, 60_000);
        std::thread::sleep(std::time::Duration::from_millis(60));
        board.go_on.send(()).unwrap();
        assert!(answer(&first).is_ok());
        let late = answer(&late).unwrap_err();
        assert!(late.contains(r#""failure":"timeout""#), "{late}");
        assert!(late.contains(r#""awaited":"turn","ran":"no""#), "{late}");
        assert_eq!(board.entered.recv_timeout(place::LONG), Ok(3), "the second never runs");
        board.go_on.send(()).unwrap();
        assert!(answer(&third).is_ok());
    });
}
