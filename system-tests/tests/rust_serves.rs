//! CPython and MicroPython clients call a typed Rust server, and receive what a Python server would send.
#![cfg(unix)]

use peers::{Interpreter, Line};
use serialtalk_hal::null_modem::NullModem;
use serialtalk_hal::{Spawn, pty, tcp};

/// The commands of `peers/python/commands.py`, in Rust.
#[serialtalk::interface]
trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&mut self) -> (f32, f32, f32);
    fn led(&mut self, hue: u16);
    fn get_hue(&mut self) -> u16;
    fn count(&mut self, number: Option<i64>) -> i64;
    fn by_kind(&mut self, kind: &str) -> Kind;
    #[command(repr)]
    fn upper(&mut self, text: &str) -> String;
    #[command(name = "same raw", raw)]
    fn same_raw(&mut self, bytes: &[u8]) -> Vec<u8>;
    fn fail(&mut self, text: &str) -> Result<u8, Failure>;
    fn add(&mut self, a: i8, b: i32) -> i32;
    fn byte(&mut self, value: u8) -> u8;
    fn fill(&mut self, size: u8) -> String;
    #[command(returns = "raw")]
    fn fill_raw(&mut self, size: u8) -> Vec<u8>;
}

/// The interface of a module.
#[serialtalk::interface(module = "spare")]
trait Spare {
    fn spare_sum(&mut self, numbers: (i32, i32)) -> i32;
}

/// A value of one of several kinds.
#[derive(Debug)]
enum Kind {
    Value(serialtalk::Value),
}

impl serialtalk::Encode for Kind {
    const SHAPE: &'static serialtalk::Shape = <serialtalk::Value as serialtalk::Encode>::SHAPE;

    fn encode<E: serialtalk::Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        let Self::Value(value) = self;
        value.encode(encoder)
    }
}

impl serialtalk::Decode<'_> for Kind {
    fn decode(decoder: &mut serialtalk::Decoder<'_>) -> Result<Self, serialtalk::Invalid> {
        serialtalk::Value::decode(decoder).map(Self::Value)
    }
}

#[derive(serialtalk::Value)]
struct Failure {
    text: String,
}

impl core::fmt::Debug for Failure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.text)
    }
}

#[derive(Default)]
struct Rust {
    hue: u16,
}

impl Robot for Rust {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }
    fn imu(&mut self) -> (f32, f32, f32) {
        (0.0, 0.125, 9.75)
    }
    fn led(&mut self, hue: u16) {
        self.hue = hue;
    }
    fn get_hue(&mut self) -> u16 {
        self.hue
    }
    fn count(&mut self, number: Option<i64>) -> i64 {
        number.map_or(0, |number| number + 1)
    }
    fn by_kind(&mut self, kind: &str) -> Kind {
        use serialtalk::Value::{self, Bool, Bytes, Float, Int, List, Str, Tuple};
        Kind::Value(match kind {
            "none" => Value::None,
            "bool" => Bool(true),
            "int" => Int(-7),
            "float" => Float(1.5),
            "str" => Str("it's \"ok\"\n".into()),
            "bytes" => Bytes(b"\x00<>\xff".to_vec()),
            "list" => List(vec![Int(1), List(vec![Int(2), List(vec![Int(3)])])]),
            "nested" => Tuple(vec![List(vec![]), Tuple(vec![])]),
            _ => Value::Dict(vec![(Str("a".into()), Int(1))]),
        })
    }
    fn upper(&mut self, text: &str) -> String {
        text.to_uppercase()
    }
    fn same_raw(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }
    fn fail(&mut self, text: &str) -> Result<u8, Failure> {
        Err(Failure { text: text.into() })
    }
    fn add(&mut self, a: i8, b: i32) -> i32 {
        i32::from(a) + b
    }
    fn byte(&mut self, value: u8) -> u8 {
        value
    }
    fn fill(&mut self, size: u8) -> String {
        "x".repeat(size.into())
    }
    fn fill_raw(&mut self, size: u8) -> Vec<u8> {
        (0..size).collect()
    }
}

impl Spare for Rust {
    fn spare_sum(&mut self, numbers: (i32, i32)) -> i32 {
        numbers.0 + numbers.1
    }
}

/// Runs `test` with a function that passes a line to a client of each interpreter and returns its answer.
fn with_each(test: impl Fn(&mut dyn FnMut(&str) -> String, Interpreter)) {
    let Some(venv) = peers::Venv::find() else { return };
    for interpreter in Interpreter::ALL {
        let talk = pty::open().unwrap();
        let path = talk.link().path().to_owned();
        let talk = talk.serve(RobotServer::new(Rust::default())).serve(SpareServer::new(Rust::default()));
        let _server = talk.spawn();
        let mut client = venv.client(interpreter, Line::path(path));
        test(&mut |line| client.ask(line), interpreter);
    }
}

#[test]
fn arguments_in_any_format_are_accepted() {
    with_each(|ask, interpreter| {
        let mut call = |arguments: &str| ask(&format!("call {arguments}"));
        for arguments in [
            "'mult', 'ff', 1.5, 2.0",
            "'mult', '2f', 1.5, 2.0",
            "'mult', '<ff', 1.5, 2.0",
            "'mult', '>dd', 1.5, 2.0",
            "'mult', 'fb', 1.5, 2",
            "'mult', 'bd', 2, 1.5",
            "'mult', 'repr', 1.5, 2",
            "'mult', 'repr', 3, 1.0",
        ] {
            assert_eq!(call(arguments), "('multack', 3.0)", "{arguments}");
        }
        assert_eq!(call("'mult', 'ii', 1, 3"), "('multack', 3.0)");
        assert_eq!(call("'mult', 'repr', 0.1, 1"), "('multack', 0.10000000149011612)");
        // Native alignment: three bytes of padding, or none.
        for format in ["bi", "<bi", ">bi", "!bi", "@bi", "bl", "bq", "hi", "Bh"] {
            assert_eq!(call(&format!("'add', '{format}', 1, 2")), "('addack', 3)", "{format}");
        }
        if interpreter == Interpreter::CPython {
            assert_eq!(call("'add', '=bi', -1, 2"), "('addack', 1)");
            assert_eq!(call("'add', 'b xi', -1, 2"), "('addack', 1)");
            assert_eq!(call("'byte', '?', True"), "('byteack', 1)");
        }
        for format in "bBhHiIlLqQ".chars() {
            assert_eq!(call(&format!("'byte', '{format}', 77")), "('byteack', 77)");
        }
        assert_eq!(call("'byte', 'repr', 255"), "('byteack', 255)");
        // No arguments, and omitted arguments.
        assert_eq!(call("'imu'"), "('imuack', (0.0, 0.125, 9.75))");
        assert_eq!(call("'imu', ''"), "('imuack', (0.0, 0.125, 9.75))");
        assert_eq!(call("'count'"), "('countack', 0)");
        assert_eq!(call("'count', 'q', 41"), "('countack', 42)");
        assert_eq!(call("'count', 'repr', None"), "('countack', 0)");
        // Bare text, text of a struct, raw bytes.
        assert_eq!(call("'upper', 'hello'"), "('upperack', 'HELLO')");
        assert_eq!(call("'upper', '7s', b'hello'"), "('upperack', 'HELLO')");
        assert_eq!(call("'upper', 'raw', b'hello'"), "('upperack', 'HELLO')");
        assert_eq!(
            call("'upper', 'repr', 'it\\'s \"€\"'"),
            shown(interpreter, "('upperack', 'IT\\'S \"€\"')")
        );
        assert_eq!(call("'same raw', 'raw', b'\\x00<>\\xff'"), "('same rawack', b'\\x00<>\\xff')");
        assert_eq!(call("'same raw', b'\\xff<>\\xff'"), "('same rawack', b'\\xff<>\\xff')");
        assert_eq!(call("'led', 'H', 240"), "('ledack', ())");
        assert_eq!(call("'get_hue'"), "('get_hueack', 240)");
    });
}

/// The text as the interpreter prints it: MicroPython escapes characters that are not ASCII.
fn shown(interpreter: Interpreter, text: &str) -> String {
    match interpreter {
        Interpreter::CPython => text.to_owned(),
        Interpreter::MicroPython => text.replace('€', "\\u20ac"),
    }
}

#[test]
fn values_of_every_kind_are_read_back() {
    with_each(|ask, _| {
        for (kind, shown) in [
            ("none", "None"),
            ("bool", "True"),
            ("int", "-7"),
            ("float", "1.5"),
            ("str", "'it\\'s \"ok\"\\n'"),
            ("bytes", "b'\\x00<>\\xff'"),
            ("list", "[1, [2, [3]]]"),
            ("nested", "([], ())"),
            ("dict", "{'a': 1}"),
        ] {
            assert_eq!(ask(&format!("call 'by_kind', 'repr', '{kind}'")), format!("('by_kindack', {shown})"));
        }
    });
}

#[test]
fn invalid_calls_get_specific_errors() {
    with_each(|ask, _| {
        let mut call = |arguments: &str| ask(&format!("call {arguments}"));
        for (arguments, answer) in [
            ("'nope'", "('nopeerr', 'Command not found: nope')"),
            (
                "'byte', 'h', 300",
                "('byteerr', 'Command failed: argument 1 (`value`): 300 does not fit u8 (0 to 255)')",
            ),
            (
                "'byte', 'repr', -1",
                "('byteerr', 'Command failed: argument 1 (`value`): -1 does not fit u8 (0 to 255)')",
            ),
            (
                "'byte', 'f', 1.5",
                "('byteerr', 'Command failed: argument 1 (`value`): expected an integer, got a float')",
            ),
            ("'mult', 'f', 1.5", "('multerr', 'Command failed: expected 2 value(s), got 1')"),
            ("'mult', '3f', 1.5, 2, 3", "('multerr', 'Command failed: expected 2 value(s), got more')"),
            ("'imu', 'B', 1", "('imuerr', 'Command failed: expected 0 value(s), got more')"),
            ("'fail', 'repr', 'no'", "('failerr', (\"Command failed: Failure(text='no')\", ('no',)))"),
        ] {
            assert_eq!(call(arguments), answer);
        }
        assert_eq!(call("'mult', 'ff', 1.5, 2.0"), "('multack', 3.0)");
    });
}

#[test]
fn built_in_commands_reply_as_a_python_server() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let talk = pty::open().unwrap();
        let path = talk.link().path().to_owned();
        let _server = talk.serve(RobotServer::new(Rust::default())).spawn();
        let mut of_rust = venv.client(interpreter, Line::path(path));
        let cable = NullModem::new().unwrap();
        let (near, far) = cable.paths();
        let _server = venv.serve(interpreter, Line::path(near));
        let mut of_python = venv.client(interpreter, Line::path(far));
        for arguments in [
            "'echo', 'repr', 1, 'a'",
            "'echo', 'repr', [1, 2]",
            "'echo', 'bf', 1, 2.5",
            "'echo', 'd', 0.1",
            "'echo', '5s', b'abc'",
            "'echo', 'raw', b'abc'",
            "'echo', b'abc'",
            "'echo'",
            "'get_nth_command', 'B', 0",
            "'get_nth_command', 'B', 7",
            "'get_nth_command', 'B', 8",
            "'get_nth_command', 'B', 200",
        ] {
            let call = format!("call {arguments}");
            assert_eq!(of_rust.ask(&call), of_python.ask(&call), "{interpreter:?}: {arguments}");
        }
        // For an empty format CPython sends no payload; Rust sends what MicroPython sends.
        for arguments in ["'raw echo', 'raw', b'abc'", "'enable repl'", "'disable repl'"] {
            let answer = of_rust.call(arguments);
            assert!(answer.ends_with("ack', ())"), "{answer}");
        }
        assert_eq!(of_rust.call("'get_num_commands'"), "('get_num_commandsack', 21)");
        let names = of_rust.ask("eval st.get_remote_commands()");
        assert!(names.starts_with("['enable repl', 'disable repl', 'echo', "), "{names}");
        assert!(names.contains("'get_version', 'mult', 'imu', 'led', 'get_hue', "), "{names}");
        assert!(of_rust.call("'get_version'").starts_with("('get_versionack', '"));
    }
}

#[test]
fn modules_are_added_on_request() {
    with_each(|ask, _| {
        assert_eq!(ask("call 'spare_sum', 'ii', 1, 2"), "('spare_sumerr', 'Command not found: spare_sum')");
        let count = ask("call 'get_num_commands'");
        ask("eval st.add_module('no_such_module')");
        assert_eq!(ask("call 'get_num_commands'"), count);
        assert_eq!(ask("call 'module', '4s', b'nope'"), "('moduleerr', 'Command failed: no such module')");
        ask("eval st.add_module('spare')");
        assert_eq!(ask("call 'spare_sum', 'ii', 1, 2"), "('spare_sumack', 3)");
        assert_ne!(ask("call 'get_num_commands'"), count);
    });
}

#[test]
fn frames_of_exactly_255_pass_and_larger_ones_are_errors() {
    with_each(|ask, _| {
        assert_eq!(ask("eval len(st.call('fill_raw', 'B', 239)[1])"), "239");
        assert_eq!(
            ask("call 'fill_raw', 'B', 240"),
            "('fill_rawerr', 'Response packing failed: 259 bytes > frame of 258')"
        );
        // LEN = 1 + 8 + 4 + 242 in the request; its reply would be three bytes longer.
        assert_eq!(
            ask("call 'same raw', 'raw', b'x' * 242"),
            "('same rawerr', 'Response packing failed: 261 bytes > frame of 258')"
        );
        assert_eq!(ask("eval len(st.call('same raw', 'raw', b'x' * 239)[1])"), "239");
    });
}

#[test]
fn a_client_with_a_connection_for_each_call_is_served() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let server = tcp::serve("127.0.0.1:0", RobotServer::new(Rust::default())).unwrap();
        let address = server.local_addr();
        let _server = server.spawn();
        let mut each = venv.client(interpreter, Line::ConnectEachCall(address));
        let mut keeping = venv.client(interpreter, Line::Connect(address));
        for hue in 0..20 {
            assert_eq!(each.call(&format!("'led', 'H', {hue}")), "('ledack', ())");
            assert_eq!(keeping.call("'get_hue'"), format!("('get_hueack', {hue})"));
        }
    }
}
