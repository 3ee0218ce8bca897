//! The generated client class, with a typed server in Rust.

use std::sync::mpsc::channel;

use peers::{Interpreter, Line};
use serialtalk_hal::{Spawn, pty};

use crate::wide::{Rust, SpareServer, WideServer};
use crate::{Library, Module, with_each};

/// Expressions that are evaluated in Python, and the reprs of their values.
const CALLS: &[(&str, &str)] = &[
    ("wide.mult(1.5, 2)", "3.0"),
    ("wide.numbers(-1, 18446744073709551615, 0.1)", "(-1, 18446744073709551615, 0.1)"),
    ("wide.invert(True)", "False"),
    ("wide.imu()", "Imu(x=0.0, y=0.125, z=9.75)"),
    ("wide.imu() == (0.0, 0.125, 9.75)", "True"),
    ("wide.imu().z", "9.75"),
    ("wide.mirror((1.0, -2.0, 3.0))", "Imu(x=-1.0, y=2.0, z=-3.0)"),
    ("wide.mirror([1, -2, 3])", "Imu(x=-1.0, y=2.0, z=-3.0)"),
    ("wide.mirror(module.Imu(1, -2, 3)).y", "2.0"),
    ("wide.place([300, -100], True, [1, 2, 3])", "206"),
    ("wide.place((300, -100), True, (1, 2, 3))", "206"),
    ("wide.place(at=(300, -100), on=False, rgb=(1, 2, 3))", "0"),
    ("wide.mode(7)", "7"),
    ("wide.mode(module.Mode.Fast) == module.Mode.Fast", "True"),
    ("wide.reset()", "None"),
    ("wide.greet('it\\'s \"Eve\"')", "'hello it\\'s \"Eve\"'"),
    ("wide.sums([1, -2, 70000])", "[69999, 3]"),
    ("wide.sums([5])", "[5, 1]"),
    ("wide.sums([])", "[0, 0]"),
    ("wide.find('x', 3)", "(3, 'x')"),
    ("wide.find('x')", "None"),
    ("wide.way(('dock', 3))", "[('dock', 3), ('dock!', 4)]"),
    ("wide.state(('Moving', 3))", "'Idle'"),
    ("wide.state('Idle')", "('At', 1.5, [('x', 1)])"),
    ("sorted(wide.counts({'a': 1}).items())", "[('a', 1), ('more', 1)]"),
    ("wide.maybe((1, 2))", "(2, 1)"),
    ("wide.maybe()", "None"),
    ("wide.corners(('a', 'b'))", "('b', 'a')"),
    ("wide.reflect(b'\\x00<>\\xff')", "b'\\x00<>\\xff'"),
    ("wide.reflect(b'\\x03')", "b'\\x03'"),
    ("wide.reflect(b'')", "b''"),
    ("wide.shout('it')", "'IT'"),
    ("wide.shout('i')", "'I'"),
    ("wide.widen(-1, 300)", "299.5"),
    ("wide.label('left')", "'LEFT'"),
    ("wide.labels(('ab', 3), ('cdef', 4))", "7"),
    ("wide.labels(module.Label('ab', 3), [b'cdef', 4])", "7"),
    ("wide.set_color(b'\\xff\\x80\\x00')", "None"),
    ("wide.pose(b'\\x01\\x01\\x01a\\x06')", "b'\\x04\\x01\\x01a'"),
    ("wide.log('one-way')", "None"),
    ("wide.calibrate(False)", "Imu(x=1.0, y=2.0, z=3.0)"),
    ("wide.patient()", "8"),
    ("wide.yield_(1, 2)", "3"),
    ("wide.yield_(in_=1, self_=2)", "3"),
    ("wide.register_()", "\"'reset', b'\\\\xff\\\\x80\\\\x00', 'one-way'\""),
    ("wide.store(4096, b'abc')", "4099"),
    ("wide.store(1, b'')", "1"),
    ("wide.store(7, bytes(range(200)))", "207"),
    ("wide.store(7, bytearray(b'ab'))", "9"),
    ("wide.load(3)", "b'\\x00\\x01\\x02'"),
    ("wide.load(1)", "b'\\x00'"),
    ("wide.load(0)", "b''"),
    ("wide.load(200) == bytes(range(200))", "True"),
    ("wide.join(b'ab', b'c')", "b'abc'"),
    ("wide.join(b'', b'\\xff')", "b'\\xff'"),
    ("wide.join(b'', b'')", "b''"),
    ("wide.invert_chunk((1, b'\\x00\\xf0'))", "Chunk(at=65534, data=b'\\xff\\x0f')"),
    ("wide.invert_chunk((65535, b''))", "Chunk(at=0, data=b'')"),
    ("wide.way(['dock', 3])", "[('dock', 3), ('dock!', 4)]"),
    ("wide.maybe([1, 2])", "(2, 1)"),
    ("wide.corners(['a', 'b'])", "('b', 'a')"),
    ("wide.nest(module.Nest((7, True), [1, 2], 3))", "Nest(spot=(7, False), pair=(2, 1), mode=3)"),
    ("wide.nest([[7, False], (1, 2), 3]).spot[1] is True", "True"),
    (
        "wide.spots([module.Spot(1, True), (2, False)])",
        "[Spot(number=2, lit=False), Spot(number=1, lit=True)]",
    ),
    ("wide.spots([])", "[]"),
    ("module.SpareClient(st).spare_sum((40, 2))", "42"),
];

/// Expressions that raise, and the exceptions.
const MISTAKES: &[(&str, &str)] = &[
    ("wide.mode(300)", "ValueError: mode: argument mode: 300 does not fit B (0 to 255)"),
    (
        "wide.place((40000, 0), True, (1, 2, 3))",
        "ValueError: place: argument at: 40000 does not fit h (-32768 to 32767)",
    ),
    (
        "wide.mirror((1.0, 2.0))",
        "ValueError: mirror: argument imu: (1.0, 2.0) does not fit: 3 values are due, got 2",
    ),
    (
        "wide.mirror((1, 2, 3, 4))",
        "ValueError: mirror: argument imu: (1, 2, 3, 4) does not fit: 3 values are due, got 4",
    ),
    ("wide.mirror((1, 'b', 3))", "ValueError: mirror: argument imu: 'b' does not fit f (a float)"),
    ("wide.mode('fast')", "ValueError: mode: argument mode: 'fast' does not fit B (0 to 255)"),
    (
        "wide.label('much too long')",
        "ValueError: label: argument text: b'much too long' does not fit 8s (8 bytes)",
    ),
    ("wide.store(1, 2)", "ValueError: store: argument data: 2 does not fit *s (bytes)"),
    ("wide.mode(8)", "Refused: mode: Command failed: argument 1 (`mode`): 8 is not a valid Mode"),
    (
        "wide.sums([3000000000])",
        "Refused: sums: Command failed: argument 1 (`numbers`): 3000000000 does not fit i32 (-2147483648 to 2147483647)",
    ),
    (
        "wide.find('x', 256)",
        "Refused: find: Command failed: argument 2 (`nth`): 256 does not fit u8 (0 to 255)",
    ),
    ("wide.pose(b'')", "Refused: pose: Command failed: expected 2 value(s), got 0"),
    ("wide.store(-1, b'ab')", "ValueError: store: argument at: -1 does not fit I (0 to 4294967295)"),
    ("wide.store(1, 'ab')", "ValueError: store: argument data: 'ab' does not fit *s (bytes)"),
    ("wide._call('nope', '')", "Refused: nope: Command not found: nope"),
    (
        "wide._call('greet', '2B', None, 'repr', '', 'x')",
        "BadReply: greet: expected a value under 2B, got 'hello x'",
    ),
    ("wide.calibrate(True)", "Failed: calibrate: Command failed: Moving(speed=3)"),
];

#[test]
fn every_kind_of_command_is_called() {
    let Some(module) = Module::new("calling") else { return };
    with_each(|interpreter, library| {
        let talk = pty::open().unwrap();
        let path = talk.link().path().to_owned();
        let (alarm, rings) = channel();
        let rust = || Rust { heard: Vec::new(), alarm: channel().1 };
        let served = WideServer::new(Rust { alarm: rings, ..rust() });
        let _server = talk.serve(served).serve(SpareServer::new(rust())).spawn();
        let mut client = module.run(interpreter, library, &Line::path(path), "client");
        let who = format!("{interpreter:?} with {library:?}");

        for (call, value) in CALLS {
            assert_eq!(client.ask(call), *value, "{call} by {who}");
        }
        for (call, error) in MISTAKES {
            client.say(call);
            assert_eq!(client.answer(), Err((*error).to_owned()), "{call} by {who}");
        }
        assert_eq!(
            client.ask("caught(lambda: wide.calibrate(True))"),
            "('Failed', 'calibrate', 'Command failed: Moving(speed=3)', ('Moving', 3))"
        );

        // The server is busy; its late reply must not answer a later call.
        client.say("wide.nap()");
        let error = client.answer().unwrap_err();
        assert!(error.starts_with("NoReply: nap: no reply: "), "{error} by {who}");
        alarm.send(()).unwrap();
        for n in 0..10 {
            assert_eq!(client.ask(&format!("wide.mult({n}, 2)")), format!("{}.0", 2 * n), "{who}");
        }
        assert_eq!(client.ask("st.timeout"), "60000", "{who}");
    });
}

#[test]
fn numbers_that_micropython_would_truncate_are_refused() {
    let Some(module) = Module::new("numbers") else { return };
    let talk = pty::open().unwrap();
    let path = talk.link().path().to_owned();
    let _server = talk.serve(WideServer::new(Rust { heard: Vec::new(), alarm: channel().1 })).spawn();
    let mut client = module.run(Interpreter::MicroPython, Library::Original, &Line::path(path), "client");
    // The library itself truncates 263.
    assert_eq!(client.ask("st.call('mode', 'B', 263)"), "('modeack', 7)");
    client.say("wide.mode(263)");
    assert_eq!(client.answer(), Err("ValueError: mode: argument mode: 263 does not fit B (0 to 255)".into()));
}

/// Replies that a correct server does not send, from a fake SerialTalk.
#[test]
fn replies_are_matched_to_their_calls() {
    let Some(module) = Module::new("frames") else { return };
    let talk = pty::open().unwrap();
    let path = talk.link().path().to_owned();
    for interpreter in Interpreter::ALL {
        let mut client = module.run(interpreter, Library::Original, &Line::path(&path), "caller");
        let mut ask = |call: &str, frames: &str| {
            client.say(&format!("module.WideClient(ScriptedTalk({frames}), False).{call}"));
            client.answer()
        };
        let late = "('napack', 7), ('imuerr', 'late'), ('multack', 3.0)";
        assert_eq!(ask("mult(1, 2)", late), Ok("3.0".into()));
        assert_eq!(ask("mult(1, 2)", "('napack', 7)"), Err("NoReply: mult: no reply: nothing".into()));
        // The reply of CPython for a value that it cannot pack, and other invalid replies.
        for value in ["()", "b'B'", "'8'", "300", "-1", "1.5", "(1, 2)", "None"] {
            let error = ask("mode(7)", &format!("('modeack', {value})")).unwrap_err();
            assert_eq!(error, format!("BadReply: mode: expected a value under B, got {value}"));
        }
        assert_eq!(ask("imu()", "('imuack', [0, 1, 2.5])"), Ok("Imu(x=0, y=1, z=2.5)".into()));
        assert!(ask("imu()", "('imuack', (0.0, 1.0))").is_err());
        assert_eq!(ask("calibrate(True)", "('calibrateerr', b'?')"), Err("Refused: calibrate: b'?'".into()));
        // Waits for the reply to a one-way command, because the original library would take it for the next reply.
        let script =
            "(lambda st: (module.WideClient(st, False).log('x'), st.done))(ScriptedTalk(('logack', ())))";
        assert_eq!(client.ask(script), "(None, [('call', ('log', 'repr', 'x'))])");
        // The timeout of the endpoint is restored after a call has raised.
        let script = "(lambda st: (caught(lambda: module.WideClient(st, False).nap())[0], st.timeout))(ScriptedTalk())";
        assert_eq!(client.ask(script), "('NoReply', 1500)");
    }
}
