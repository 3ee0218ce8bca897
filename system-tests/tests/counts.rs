//! What a person reads whose peer in Python sends another number of values than the trait has.
#![cfg(unix)]

use peers::{Interpreter, Line};
use serialtalk::{Caller, Timeout};
use serialtalk_hal::{Spawn, pty};

#[serialtalk::interface]
trait Arm {
    fn go(&mut self, joints: [f32; 6]);
    fn follow(&mut self, path: [[i32; 2]; 3], ms: u16);
    fn paint(&mut self, color: Color, name: Option<u8>, layers: u8);
    fn joints(&mut self) -> [f32; 6];
    fn color(&mut self) -> Color;
}

#[derive(serialtalk::Value)]
struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

struct MyArm;

impl Arm for MyArm {
    fn go(&mut self, _joints: [f32; 6]) {}

    fn follow(&mut self, _path: [[i32; 2]; 3], _ms: u16) {}

    fn paint(&mut self, _color: Color, _name: Option<u8>, _layers: u8) {}

    fn joints(&mut self) -> [f32; 6] {
        [0.0; 6]
    }

    fn color(&mut self) -> Color {
        Color { red: 1, green: 2, blue: 3 }
    }
}

#[test]
fn a_call_from_python_is_told_how_many_values_came_for_which_argument() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let talk = pty::open().unwrap();
        let path = talk.link().path().to_owned();
        let _server = talk.serve(ArmServer::new(MyArm)).spawn();
        let mut client = venv.client(interpreter, Line::path(path));
        for (arguments, error) in [
            ("'go', '4f', 1, 2, 3, 4", "argument 1 (`joints`): expected 6 value(s), got 4"),
            ("'go', 'repr', [1, 2, 3, 4]", "argument 1 (`joints`): expected 6 value(s), got 4"),
            ("'go', 'repr', 1, 2, 3, 4", "argument 1 (`joints`): expected 6 value(s), got 4"),
            ("'go', '7f', 1, 2, 3, 4, 5, 6, 7", "argument 1 (`joints`): expected 6 value(s), got more"),
            ("'go', 'repr', [1, 2, 3, 4, 5, 6, 7]", "argument 1 (`joints`): expected 6 value(s), got more"),
            ("'go'", "argument 1 (`joints`): expected 6 value(s), got 0"),
            ("'follow', '6i', 1, 2, 3, 4, 5, 6", "expected 2 value(s), got 1"),
            ("'follow', '4i', 1, 2, 3, 4", "argument 1 (`path`): expected 3 value(s), got 2"),
            ("'follow', 'repr', [[1, 2], [3, 4]], 100", "argument 1 (`path`): expected 3 value(s), got 2"),
            (
                "'follow', 'repr', [[1, 2], [3], [5, 6]], 100",
                "argument 1 (`path`): expected 2 value(s), got 1",
            ),
            ("'paint', 'repr', [1, 2], None, 1", "argument 1 (`color`): expected 3 value(s), got 2"),
            ("'paint', 'repr', b'ab', None, 1", "argument 1 (`color`): expected a sequence, got bytes"),
            // An option that was left out did not come.
            ("'paint', 'repr', [1, 2, 3]", "expected 3 value(s), got 1"),
            ("'joints', 'B', 1", "expected 0 value(s), got more"),
        ] {
            let name = arguments.split('\'').nth(1).unwrap();
            assert_eq!(
                client.call(arguments),
                format!("('{name}err', 'Command failed: {error}')"),
                "{interpreter:?}: {arguments}"
            );
        }
    }
}

#[test]
fn a_reply_from_python_is_told_to_have_too_few_values_and_how_many() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut talk = pty::open().unwrap();
        let _server = venv.serve(interpreter, Line::path(talk.link().path()));
        talk.set_timeout(Timeout::Ms(60_000));
        talk.ready(60_000).unwrap();
        for (format, value, got) in [
            ("4f", "(1, 2, 3, 4)", "4"),
            ("repr", "(1, 2, 3, 4)", "4"),
            ("repr", "[1, 2, 3, 4]", "4"),
            ("7f", "(1, 2, 3, 4, 5, 6, 7)", "more"),
            ("repr", "(1, 2, 3, 4, 5, 6, 7)", "more"),
        ] {
            talk.call::<()>("declare", ("joints", format, value)).unwrap();
            assert_eq!(
                ArmClient::new(&mut talk).joints().unwrap_err().to_string(),
                format!("malformed reply to `joints`: expected 6 value(s), got {got}"),
                "{interpreter:?}: {value} as {format}"
            );
        }
        talk.call::<()>("declare", ("color", "2B", "(1, 2)")).unwrap();
        assert_eq!(
            ArmClient::new(&mut talk).color().map(|_| ()).unwrap_err().to_string(),
            "malformed reply to `color`: expected 3 value(s), got 2"
        );
    }
}
