//! A typed Rust client calls CPython and MicroPython servers.
#![cfg(unix)]

use core::convert::Infallible;

use peers::{Interpreter, Line, Peer};
use serialtalk::{CallError, ReplyError};
use serialtalk::{Caller, Timeout, args};
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::tcp::TcpLink;
use serialtalk_hal::{LinkError, SerialTalk, over, pty};

/// The commands of `peers/python/commands.py`.
#[serialtalk::interface]
trait Python {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn imu(&mut self) -> (f32, f32, f32);
    fn led(&mut self, hue: u16);
    fn get_hue(&mut self) -> u16;
    fn get_name(&mut self) -> String;
    fn note(&mut self, text: &str, number: Option<u8>);
    fn get_notes(&mut self) -> Vec<(String, Option<u8>)>;
    fn count(&mut self, number: i64) -> i64;
    #[command(raw)]
    fn same_raw(&mut self, bytes: &[u8]) -> Vec<u8>;
    fn fail(&mut self, text: &str) -> u8;
    fn too_big(&mut self) -> u8;
    fn wrong_type(&mut self) -> i32;
    fn too_many(&mut self) -> (i8, i8);
    #[command(name = "by_kind")]
    fn tuple_by_kind(&mut self, kind: &str) -> (u8, String, f64);
    #[command(timeout_ms = 60_000)]
    fn slow(&mut self, ms: u32) -> u32;
    fn fill(&mut self, size: u8) -> String;
    #[command(returns = "raw")]
    fn fill_raw(&mut self, size: u8) -> Vec<u8>;
    fn mute(&mut self, commands: u8);
    fn crash(&mut self);
    fn nope(&mut self) -> u8;
    fn spare_sum(&mut self, a: i32, b: i32) -> i32;
}

/// Commands whose names are not Rust identifiers.
#[serialtalk::interface]
trait Formats {
    #[command(name = "as B")]
    fn b(&mut self, value: u8) -> u8;
    #[command(name = "as q", format = "q")]
    fn q(&mut self, value: i64) -> i64;
    #[command(name = "as <bi")]
    fn packed(&mut self, a: i8, b: i32) -> (i8, i32);
    #[command(name = "as >bi", format = ">bi")]
    fn big_endian(&mut self, a: i8, b: i32) -> (i8, i32);
    #[command(name = "as bi")]
    fn native(&mut self, a: i8, b: i32) -> (i8, i32);
    #[command(name = "as 5s")]
    fn bytes(&mut self, value: [u8; 5]) -> [u8; 5];
    #[command(name = "as 3h")]
    fn three(&mut self, values: [i16; 3]) -> [i16; 3];
    #[command(name = "as d")]
    fn d(&mut self, value: f64) -> f64;
    #[command(name = "as l")]
    fn long(&mut self, value: i64) -> i64;
}

type Client = PythonClient<SerialTalk<PtyLink>>;
type Error = CallError<LinkError, Infallible>;

/// Runs `test` with a client of each interpreter.
fn with_each(test: impl Fn(Client, Interpreter, &mut Peer)) {
    let Some(venv) = peers::Venv::find() else { return };
    for interpreter in Interpreter::ALL {
        let talk = pty::open().unwrap();
        let mut server = venv.serve(interpreter, Line::path(talk.link().path()));
        let mut client = PythonClient::new(talk);
        client.caller_mut().set_timeout(Timeout::Ms(60_000));
        client.caller_mut().ready(60_000).unwrap();
        test(client, interpreter, &mut server);
    }
}

fn refusal(error: Error) -> String {
    match error {
        CallError::Refused { error, .. } => error.text().to_owned(),
        other => panic!("not refused, but {other:?}"),
    }
}

#[test]
fn functions_with_every_kind_of_return_format_are_called() {
    with_each(|mut python, interpreter, _| {
        assert_eq!(python.mult(5.9, 94.0).unwrap(), 5.9 * 94.0);
        assert_eq!(python.imu().unwrap(), (0.0, 0.125, 9.75));
        python.led(240).unwrap();
        assert_eq!(python.get_hue().unwrap(), 240);
        let name = if interpreter == Interpreter::CPython { "cpython" } else { "micropython" };
        assert_eq!(python.get_name().unwrap(), name);
        python.note("it's \"€\"\n\\", Some(7)).unwrap();
        python.note("", None).unwrap();
        assert_eq!(python.get_notes().unwrap(), [("it's \"€\"\n\\".into(), Some(7)), (String::new(), None)]);
        assert_eq!(python.tuple_by_kind("tuple").unwrap(), (1, "two".into(), 3.0));
    });
}

/// It refuses `find_commands`, which is as good an answer as one to `echo`.
#[test]
fn an_untyped_peer_is_connected_to_with_one_question() {
    with_each(|mut python, interpreter, _| {
        let count = |python: &mut Client| python.caller_mut().call::<u32>("count", ()).unwrap();
        let before = count(&mut python);
        let mut connected = PythonClient::connect(python.caller_mut().within(Timeout::Ms(60_000))).unwrap();
        assert_eq!(connected.mult(5.9, 94.0).unwrap(), 5.9 * 94.0);
        // `count` itself, `find_commands`, `mult`
        assert_eq!(count(&mut python) - before, 3, "{interpreter:?}");
    });
}

#[test]
fn every_format_carries_its_values() {
    with_each(|mut python, _, _| {
        let mut formats = FormatsClient::new(python.caller_mut());
        assert_eq!(formats.b(255).unwrap(), 255);
        for value in [i64::MIN, -1, 0, i64::MAX] {
            assert_eq!(formats.q(value).unwrap(), value);
            assert_eq!(formats.long(value).unwrap(), value);
        }
        assert_eq!(formats.packed(-1, i32::MIN).unwrap(), (-1, i32::MIN));
        assert_eq!(formats.big_endian(-2, 258).unwrap(), (-2, 258));
        assert_eq!(formats.native(-3, -70_000).unwrap(), (-3, -70_000));
        assert_eq!(formats.bytes(*b"<\x00>\xffz").unwrap(), *b"<\x00>\xffz");
        assert_eq!(formats.caller_mut().call::<String>("as 5s", (b"ab".as_slice(),)).unwrap(), "ab");
        assert_eq!(formats.three([-1, 0, 32_767]).unwrap(), [-1, 0, 32_767]);
        for value in [0.1, -0.0, 1e300, f64::INFINITY] {
            assert_eq!(formats.d(value).unwrap().to_bits(), value.to_bits());
        }
    });
}

#[test]
fn failures_in_python_are_typed_errors() {
    with_each(|mut python, interpreter, _| {
        assert_eq!(refusal(python.fail("it's on purpose").unwrap_err()), "Command failed: it's on purpose");
        let error = python.nope().unwrap_err();
        assert_eq!(error.to_string(), "the peer has no command `nope`");
        assert_eq!(refusal(error), "Command not found: nope");
        let error = python.caller_mut().call::<f32>("mult", (1.0f32,)).unwrap_err();
        assert!(refusal(error).starts_with("Command failed: "));
        match interpreter {
            // CPython sends the bare format if it cannot pack a value.
            Interpreter::CPython => {
                for error in [
                    python.too_big().unwrap_err(),
                    python.wrong_type().unwrap_err(),
                    python.too_many().map(|_| ()).unwrap_err(),
                ] {
                    assert!(
                        matches!(&error, CallError::Protocol { error: ReplyError::NotPacked(_), .. }),
                        "{error:?}"
                    );
                }
            }
            // MicroPython truncates: it sends 300 as 44.
            Interpreter::MicroPython => {
                assert_eq!(python.too_big().unwrap(), 44);
                assert_eq!(python.too_many().unwrap(), (1, 2));
            }
        }
        assert_eq!(python.mult(2.0, 3.0).unwrap(), 6.0);
    });
}

#[test]
fn values_of_any_kind_are_displayed_as_by_python() {
    with_each(|mut python, _, _| {
        for (kind, shown) in [
            ("none", "None"),
            ("bool", "True"),
            ("int", "-7"),
            ("float", "1.5"),
            ("str", "'it\\'s \"ok\"\\n'"),
            ("bytes", "b'\\x00<>\\xff'"),
            ("tuple", "(1, 'two', 3.0)"),
            ("list", "[1, [2, [3]]]"),
            ("dict", "{'a': 1}"),
            ("nested", "({'k': (1, [2, {'deep': b'x'}])}, None)"),
        ] {
            let value = python.caller_mut().call_value("by_kind", args![kind]).unwrap();
            assert_eq!(value.to_string(), shown);
            // Sent back as an argument.
            let sent = serialtalk::Arguments(vec![value]);
            let back = python.caller_mut().call_value("same", sent).map(|value| value.to_string());
            assert_eq!(back.unwrap(), shown, "{kind}");
        }
    });
}

#[test]
fn commands_are_listed_and_modules_loaded() {
    with_each(|mut python, _, _| {
        let names = python.caller_mut().remote_commands().unwrap();
        let builtin = [
            "enable repl",
            "disable repl",
            "echo",
            "raw echo",
            "module",
            "get_num_commands",
            "get_nth_command",
            "get_version",
        ];
        assert_eq!(names[..8], builtin);
        assert!(names.contains(&"mult".to_owned()) && !names.contains(&"spare_sum".to_owned()));
        assert!(python.spare_sum(1, 2).is_err());
        python.caller_mut().add_module("spare").unwrap();
        assert_eq!(python.spare_sum(1, 2).unwrap(), 3);
        assert_eq!(python.caller_mut().remote_commands().unwrap().len(), names.len() + 2);
        let error = python.caller_mut().add_module("no_such_module").unwrap_err();
        assert!(refusal(error).contains("no_such_module"));
    });
}

#[test]
fn frames_of_exactly_255_pass_and_larger_ones_are_errors() {
    with_each(|mut python, _, _| {
        // LEN = 1 + 11 + 4 + 239 in the reply.
        let bytes = python.fill_raw(239).unwrap();
        assert!(bytes.iter().enumerate().all(|(at, byte)| usize::from(*byte) == at));
        assert_eq!(bytes.len(), 239);
        assert!(refusal(python.fill_raw(240).unwrap_err()).starts_with("Response packing failed"));
        // LEN = 1 + 4 + 4 + 246 in the request.
        python.caller_mut().call_as::<()>("note", "raw", [7u8; 246]).unwrap();
        let error = python.caller_mut().call_as::<()>("note", "raw", [7u8; 247]).unwrap_err();
        assert!(matches!(error, CallError::Unsendable { .. }), "{error:?}");
        assert_eq!(python.fill(200).unwrap().len(), 200);
        assert_eq!(python.mult(2.0, 3.0).unwrap(), 6.0);
    });
}

#[test]
fn noise_between_frames_is_skipped() {
    with_each(|mut python, _, _| {
        for noise in [b"boot\r\n".as_slice(), b"<", b"<<\x02", b">\x00\xff", b"<\x04\x01xq!"] {
            let written: u8 = python.caller_mut().call("noise", (noise,)).unwrap();
            assert_eq!(usize::from(written), noise.len());
        }
        assert_eq!(python.mult(2.0, 3.0).unwrap(), 6.0);
    });
}

#[test]
fn a_traceback_is_quoted() {
    with_each(|mut python, _, _| {
        python.caller_mut().set_timeout(Timeout::Ms(1500));
        let error = python.crash().unwrap_err();
        assert!(error.is_timeout());
        let text = error.to_string();
        assert!(text.starts_with("no answer to `crash` within 1500 ms on /dev/"), "{text}");
        assert!(text.contains("\n    ImportError: no module named 'motors'"), "{text}");
    });
}

#[test]
fn late_replies_reach_no_later_call() {
    with_each(|mut python, _, _| {
        for round in 0..5 {
            let error = python.within(Timeout::Ms(50)).slow(200 + round).unwrap_err();
            assert!(error.is_timeout());
            // The late reply has the same name, so only `echo` separates the two.
            assert_eq!(python.slow(10 + round).unwrap(), 10 + round);
        }
        python.mute(1).unwrap();
        assert!(python.within(Timeout::Ms(300)).count(1).unwrap_err().is_timeout());
        assert_eq!(python.count(5).unwrap(), 6);
    });
}

#[test]
fn ten_thousand_mixed_calls_are_all_answered() {
    with_each(|mut python, _, _| {
        for number in 0..2500u16 {
            let bytes: Vec<u8> = (0..2 + number % 200).map(|byte| byte as u8).collect();
            assert_eq!(python.count(number.into()).unwrap(), i64::from(number) + 1);
            assert_eq!(python.mult(number.into(), 2.0).unwrap(), f32::from(number) * 2.0);
            assert_eq!(
                python.caller_mut().call_as::<Vec<u8>>("same raw", "raw", bytes.as_slice()).unwrap(),
                bytes
            );
            python.led(number).unwrap();
        }
        assert_eq!(python.get_hue().unwrap(), 2499);
    });
}

#[test]
fn one_connection_per_call_serves_a_closing_server() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let server = venv.serve(interpreter, Line::ListenEachCall);
        let link = TcpLink::connect(server.address()).unwrap().one_connection_per_call();
        let mut python = PythonClient::new(over(link, "one connection per call"));
        python.caller_mut().set_timeout(Timeout::Ms(60_000));
        for number in 0..50u8 {
            assert_eq!(python.mult(number.into(), 2.0).unwrap(), f32::from(number) * 2.0);
        }
        assert_eq!(refusal(python.fail("x").unwrap_err()), "Command failed: x");
    }
}
