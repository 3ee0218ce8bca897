//! Calls and commands between an endpoint and a peer that misbehaves.
#![cfg(feature = "alloc")]

#[path = "support/scripted.rs"]
mod scripted;

use std::convert::Infallible;

use scripted::{Line, frame, parts, with_echo};
use serialtalk::link::{Link, Received};
#[cfg(feature = "alloc")]
use serialtalk::proto::{Carried, Carrier};
use serialtalk::proto::{Command, PayloadWriter, ReplyDecoder, serve};
use serialtalk::{CallError, Caller, Commands, EncodeError, ReplyError, SerialTalk, Timeout, args};

/// The names of the frames that were sent.
fn names(line: &Line) -> Vec<String> {
    line.sent().iter().map(|frame| parts(frame).0.to_owned()).collect()
}

fn no_arguments(payload: &mut PayloadWriter<'_, '_>) -> Result<(), EncodeError> {
    payload.no_arguments();
    Ok(())
}

#[test]
fn a_call_waits_until_its_deadline_and_no_longer() {
    let (mut talk, line) = Line::new(|_| vec![]);
    let error = talk.call::<u8>("mute", ()).unwrap_err();
    assert!(matches!(error, CallError::Timeout { waited_ms: 1500, was_sent: true, .. }), "{error:?}");
    assert_eq!(line.now(), 1500);
    assert_eq!(error.to_string(), "no answer to `mute` within 1500 ms");
}

#[test]
fn bytes_that_keep_arriving_do_not_move_the_deadline() {
    let (mut talk, line) = Line::new(|_| (0..400).map(|ms| (ms * 10, vec![b'x'])).collect());
    let error = talk.call::<u8>("mute", ()).unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(line.now(), 1500);
}

#[test]
fn a_call_may_have_its_own_deadline() {
    let (mut talk, line) = Line::new(|_| vec![(2000, frame("slowack", b"\x01B\x07"))]);
    assert_eq!(talk.within(Timeout::Ms(2500)).call::<u8>("slow", ()).unwrap(), 7);
    assert_eq!(line.now(), 2000);
}

#[test]
fn a_call_waits_forever_if_told_to() {
    let day = 24 * 60 * 60 * 1000;
    let (mut talk, line) = Line::new(move |_| vec![(day, frame("slowack", b"\x01B\x07"))]);
    assert_eq!(talk.within(Timeout::Never).call::<u8>("slow", ()).unwrap(), 7);
    assert_eq!(line.now(), day);
}

#[test]
fn a_late_reply_does_not_reach_the_next_call() {
    let mut calls = 0;
    let (mut talk, line) = Line::new(with_echo(move |name, _| {
        calls += 1;
        let delay = if calls == 1 { 1600 } else { 10 };
        vec![(delay, frame(&format!("{name}ack"), &[1, b'B', calls]))]
    }));
    assert!(talk.call::<u8>("count", ()).unwrap_err().is_timeout());
    line.pass(200);
    assert_eq!(talk.call::<u8>("count", ()).unwrap(), 2);
    assert_eq!(names(&line), ["count", "echo", "count"]);
    // Once they are in step again, no echo is needed.
    assert_eq!(talk.call::<u8>("count", ()).unwrap(), 3);
    assert_eq!(names(&line), ["count"]);
}

#[test]
fn what_arrives_before_the_answer_to_echo_is_discarded() {
    let (mut talk, line) = Line::new(|bytes| match parts(bytes) {
        // The peer was busy: it answers the first call, then the echo, in order.
        ("echo", payload) => vec![(5, frame("countack", b"\x01B\x01")), (6, frame("echoack", payload))],
        ("count", _) if bytes.ends_with(b"z>") => vec![],
        (_, payload) => vec![(5, frame("countack", payload))],
    });
    assert!(talk.call::<u8>("count", ()).unwrap_err().is_timeout());
    assert_eq!(talk.call::<u8>("count", (9u8,)).unwrap(), 9);
    assert_eq!(names(&line), ["count", "echo", "count"]);
}

#[test]
fn an_old_echo_does_not_resynchronise_calls() {
    let mut echoes: Vec<Vec<u8>> = Vec::new();
    let (mut talk, _) = Line::new(move |bytes| match parts(bytes) {
        ("echo", payload) => {
            echoes.push(payload.to_vec());
            // The first echo is answered only after the second was sent, with the reply to `count` between the answers.
            match echoes.as_slice() {
                [_] => vec![],
                [first, .., last] => vec![
                    (1, frame("echoack", first)),
                    (2, frame("countack", b"\x01B\x01")),
                    (3, frame("echoack", last)),
                ],
                [] => unreachable!(),
            }
        }
        (_, payload) if payload == b"\x01z" => vec![],
        (_, payload) => vec![(1, frame("countack", payload))],
    });
    assert!(talk.call::<u8>("count", ()).unwrap_err().is_timeout());
    let error = talk.within(Timeout::Ms(500)).call::<u8>("count", (9u8,)).unwrap_err();
    assert!(matches!(error, CallError::Timeout { was_sent: false, .. }), "{error:?}");
    assert!(error.to_string().starts_with("no answer to `echo` within 500 ms, so `count` was not sent"));
    assert_eq!(talk.call::<u8>("count", (9u8,)).unwrap(), 9);
}

#[test]
fn an_echo_that_is_lost_is_sent_again() {
    let mut heard = 0;
    let (mut talk, line) = Line::new(move |bytes| {
        heard += 1;
        // What was sent before the fourth echo is lost.
        match parts(bytes) {
            _ if heard < 5 => vec![],
            ("echo", payload) => vec![(1, frame("echoack", payload))],
            _ => vec![(1, frame("countack", b"\x01B\x02"))],
        }
    });
    talk.within(Timeout::Ms(10)).call::<u8>("count", ()).unwrap_err();
    assert_eq!(talk.within(Timeout::Never).call::<u8>("count", ()).unwrap(), 2);
    assert_eq!(names(&line), ["count", "echo", "echo", "echo", "echo", "count"]);
    assert_eq!(line.now(), 10 + 700 + 1400 + 2800 + 2);
}

#[test]
fn a_peer_that_reports_to_have_no_echo_is_not_asked_again() {
    let (mut talk, line) = Line::new(|bytes| match parts(bytes) {
        ("echo", _) => vec![(1, frame("echoerr", b"\x04repr('Command not found: echo',)"))],
        (_, b"\x01z") => vec![],
        (name, payload) => vec![(1, frame(&format!("{name}ack"), payload))],
    });
    assert!(talk.call::<u8>("count", ()).unwrap_err().is_timeout());
    assert_eq!(talk.call::<u8>("count", (9u8,)).unwrap(), 9);
    assert!(talk.call::<u8>("count", ()).unwrap_err().is_timeout());
    assert_eq!(talk.call::<u8>("count", (8u8,)).unwrap(), 8);
    assert_eq!(names(&line), ["count", "echo", "count", "count", "count"]);
}

#[test]
fn a_silent_peer_can_be_declared_to_have_no_echo() {
    let (talk, line) = Line::new(|bytes| match parts(bytes) {
        (_, b"\x01z") => vec![],
        (name, payload) => vec![(1, frame(&format!("{name}ack"), payload))],
    });
    let mut talk = talk.without_echo();
    talk.ready(5000).unwrap();
    assert!(talk.call::<u8>("count", ()).unwrap_err().is_timeout());
    assert_eq!(talk.call::<u8>("count", (9u8,)).unwrap(), 9);
    assert_eq!(names(&line), ["count", "count"]);
}

#[test]
fn the_reply_to_a_oneway_command_does_not_reach_a_call() {
    let mut value = 0;
    let (mut talk, line) = Line::new(with_echo(move |name, _| {
        value += 1;
        vec![(3, frame(&format!("{name}ack"), &[1, b'B', value]))]
    }));
    talk.send("led", (1u8,)).unwrap();
    // The reply to another command cannot be taken for it.
    assert_eq!(talk.call::<u8>("imu", ()).unwrap(), 2);
    assert_eq!(talk.call::<u8>("led", (2u8,)).unwrap(), 3);
    assert_eq!(names(&line), ["led", "imu", "echo", "led"]);
}

#[test]
fn forgotten_commands_force_a_resynchronisation() {
    let (mut talk, line) =
        Line::new(with_echo(|name, _| vec![(1, frame(&format!("{name}ack"), b"\x01B\x01"))]));
    for name in ["a", "b", "c", "d", "e", "f"] {
        talk.send(name, ()).unwrap();
    }
    line.sent();
    assert_eq!(talk.call::<u8>("a", ()).unwrap(), 1);
    assert_eq!(names(&line), ["echo", "a"]);
}

#[test]
fn an_idempotent_command_is_sent_again_at_half_time() {
    let mut calls = 0;
    let (mut talk, line) = Line::new(with_echo(move |name, _| {
        calls += 1;
        if calls == 2 { vec![(5, frame(&format!("{name}ack"), b"\x01B\x07"))] } else { vec![] }
    }));
    let command = Command { idempotent: true, ..Command::new("imu") };
    let value: u8 = talk.call_with(command, no_arguments, ReplyDecoder::<_, Infallible>::VALUE).unwrap();
    assert_eq!((value, line.now()), (7, 755));
    assert_eq!(names(&line), ["imu", "imu"]);
    // The first reply may still come, so the next call asks for echo.
    let error = talk.call_with(command, no_arguments, ReplyDecoder::<u8, Infallible>::VALUE).unwrap_err();
    assert!(error.is_timeout());
    assert_eq!((names(&line), line.now()), (vec!["echo".into(), "imu".into(), "imu".into()], 755 + 1500));
}

#[test]
fn commands_are_served_while_a_call_waits() {
    let (mut talk, line) = Line::new(|bytes| match parts(bytes) {
        ("ask", _) => vec![(1, frame("get_version", b"\x01z")), (2, frame("askack", b"\x01B\x05"))],
        _ => vec![],
    });
    assert_eq!(talk.call::<u8>("ask", ()).unwrap(), 5);
    assert_eq!(names(&line), ["ask", "get_versionack"]);
}

#[test]
fn stray_replies_do_not_start_a_storm() {
    let (mut talk, line) =
        Line::new(with_echo(|name, _| vec![(1, frame(&format!("{name}ack"), b"\x01B\x01"))]));
    let mut process = |name: &str| {
        line.deliver(0, &frame(name, b"\x01z"));
        while talk.process().unwrap() {}
        names(&line)
    };
    // Nobody called `foo`, so this may be a command whose caller waits.
    assert_eq!(process("fooack"), ["fooackerr"]);
    assert_eq!(process("fooackerr"), [""; 0]);
    assert_eq!(process("fooerrerr"), [""; 0]);
    assert_eq!(process("foo"), ["fooerr"]);
    talk.call::<u8>("foo", ()).unwrap();
    let mut process = |name: &str| {
        line.sent();
        line.deliver(0, &frame(name, b"\x01z"));
        while talk.process().unwrap() {}
        names(&line)
    };
    assert_eq!(process("fooack"), [""; 0]);
    assert_eq!(process("fooerr"), [""; 0]);
}

#[test]
fn what_arrives_instead_of_a_frame_is_quoted() {
    let log = b"Traceback (most recent call last):\n  File \"main.py\", line 12, in <module>\nImportError: no module named 'serialtalk'\n";
    let (talk, _) = Line::new(move |_| vec![(20, log.to_vec())]);
    let mut talk = talk.named("/dev/ttyUSB0");
    let error = talk.call::<u8>("imu", ()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no answer to `imu` within 1500 ms on /dev/ttyUSB0\n  \
         the peer sent this instead of a frame:\n    \
         Traceback (most recent call last):\n      \
         File \"main.py\", line 12, in <module>\n    \
         ImportError: no module named 'serialtalk'"
    );
}

#[test]
fn what_arrived_before_the_last_reply_is_not_quoted() {
    let (mut talk, line) = Line::new(with_echo(|name, _| match name {
        "good" => vec![(1, [b"booting\n".as_slice(), &frame("goodack", b"\x00")].concat())],
        _ => vec![(1, b"oops".to_vec())],
    }));
    let () = talk.call("good", ()).unwrap();
    let error = talk.call::<u8>("bad", ()).unwrap_err();
    assert_eq!(error.context().stray(), "oops");
    drop(line);
}

#[test]
fn half_a_frame_does_not_hide_the_reply() {
    let (mut talk, line) =
        Line::new(|_| vec![(1, b"<\xff\x03abc".to_vec()), (2, frame("imuack", b"\x01B\x05"))]);
    assert_eq!(talk.call::<u8>("imu", ()).unwrap(), 5);
    // Found when the rest of the frame was late.
    assert_eq!(line.now(), 502);
}

/// What arrived outside frames, `ms` milliseconds after half a frame.
fn stray_after(timeout_ms: Option<u16>, ms: u32) -> Vec<u8> {
    let (mut talk, line) = Line::new(|_| vec![]);
    if let Some(timeout_ms) = timeout_ms {
        talk.set_frame_timeout(timeout_ms);
    }
    line.deliver(0, b"<\xff\x03abc");
    assert!(!talk.process().unwrap());
    line.pass(ms);
    assert!(!talk.process().unwrap());
    talk.stray().to_vec()
}

#[test]
fn half_a_frame_expires_after_its_timeout() {
    let half = b"<\xff\x03abc";
    for (timeout_ms, actual) in [(None, 500), (Some(0), 1), (Some(2000), 2000), (Some(u16::MAX), 60_000)] {
        assert_eq!(stray_after(timeout_ms, actual - 1), b"", "{timeout_ms:?}");
        assert_eq!(stray_after(timeout_ms, actual), half, "{timeout_ms:?}");
        assert_eq!(stray_after(timeout_ms, 65_535), half, "{timeout_ms:?}");
    }
    // A driver that has not polled for more than a minute waits once more, and no longer.
    let (mut talk, line) = Line::new(|_| vec![]);
    line.deliver(0, half);
    assert!(!talk.process().unwrap());
    for (ms, stray) in [(65_536 + 499, b"".as_slice()), (1, half)] {
        line.pass(ms);
        assert!(!talk.process().unwrap());
        assert_eq!(talk.stray().to_vec(), stray);
    }
}

#[test]
fn a_value_that_the_peer_could_not_pack_is_an_error() {
    let (mut talk, _) = Line::new(|_| vec![(1, frame("imuack", b"B"))]);
    let error = talk.call::<u8>("imu", ()).unwrap_err();
    assert!(
        matches!(&error, CallError::Protocol { error: ReplyError::NotPacked(text), .. } if text.as_str() == "B")
    );
    let error = talk.call_value("imu", args![]).unwrap_err();
    assert!(matches!(&error, CallError::Protocol { error: ReplyError::NotPacked(_), .. }));
}

#[test]
fn a_value_of_another_type_is_an_error() {
    let (mut talk, _) = Line::new(|_| vec![(1, frame("imuack", b"\x01h\x2c\x01"))]);
    let error = talk.call::<u8>("imu", ()).unwrap_err();
    assert_eq!(error.to_string(), "malformed reply to `imu`: 300 does not fit u8 (0 to 255)");
}

#[test]
fn arguments_that_do_not_fit_are_an_error_before_a_byte_is_sent() {
    let (mut talk, line) = Line::new(|_| vec![]);
    let error = talk.call::<u8>("say", "q".repeat(300).as_str()).unwrap_err();
    assert!(matches!(error, CallError::Unsendable { error: EncodeError::TooLong(_), .. }));
    let error = talk.call_as::<u8>("set", "B", (300u16,)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the arguments of `set` cannot be sent: value 1 does not fit the format code `B`"
    );
    assert_eq!(names(&line), [""; 0]);
    assert_eq!(line.now(), 0);
}

#[test]
fn a_reply_larger_than_the_buffer_is_an_error() {
    let reply = frame("imuack", &[[3].as_slice(), b"100s", &[0; 100]].concat());
    let (talk, _) = Line::new(move |_| vec![(1, reply.clone())]);
    let mut talk = talk.max_frame::<64>();
    let error = talk.call::<u8>("imu", ()).unwrap_err();
    assert!(matches!(error, CallError::Protocol { error: ReplyError::TooLarge(_), .. }), "{error:?}");
}

#[test]
fn a_command_larger_than_the_buffer_gets_an_error_reply() {
    let (talk, line) = Line::new(|_| vec![]);
    let mut talk = talk.max_frame::<128>();
    line.deliver(0, &frame("write", &[3, b'r', b'a', b'w'].into_iter().chain([7; 200]).collect::<Vec<_>>()));
    line.deliver(1, &frame("echo", b"\x01B\x01"));
    line.pass(1);
    while talk.process().unwrap() {}
    while talk.process().unwrap() {}
    let sent = line.sent();
    assert_eq!(
        parts(&sent[0]),
        ("writeerr", b"\x04repr('Command failed: 213 bytes > frame of 128',)".as_slice())
    );
    assert_eq!(parts(&sent[1]), ("echoack", b"\x01B\x01".as_slice()));
}

#[test]
fn a_small_board_reports_both_sizes() {
    let (talk, line) = Line::new(|_| vec![]);
    let mut talk = talk.max_frame::<64>();
    line.deliver(0, &frame("write", &[1; 200]));
    for _ in 0..20 {
        talk.process().unwrap();
    }
    let expected = b"\x04repr('Command failed: 209 bytes > frame of 64',)".as_slice();
    assert_eq!(line.sent(), [frame("writeerr", expected)]);
}

#[test]
fn a_late_reply_larger_than_the_buffer_is_not_answered() {
    let (talk, line) = Line::new(|_| vec![]);
    let mut talk = talk.max_frame::<64>();
    assert!(talk.call::<u8>("imu", ()).unwrap_err().is_timeout());
    line.sent();
    for name in ["imuack", "imuerr", "writeackerr", "n\u{e9}"] {
        line.deliver(0, &frame(name, &[1; 100]));
    }
    for _ in 0..50 {
        talk.process().unwrap();
    }
    assert_eq!(line.sent(), [[0; 0]; 0]);
}

#[test]
fn ready_waits_for_a_peer_that_boots() {
    let line_cell = std::rc::Rc::new(std::cell::RefCell::new(None::<Line>));
    let inner = line_cell.clone();
    let (mut talk, line) = Line::new(move |bytes| {
        let now = inner.borrow().as_ref().map_or(0, Line::now);
        match parts(bytes) {
            ("echo", payload) if now > 2000 => vec![(3, frame("echoack", payload))],
            _ => vec![(1, b"booting ".to_vec())],
        }
    });
    *line_cell.borrow_mut() = Some(line.clone());
    talk.ready(5000).unwrap();
    assert!(line.now() > 2000 && line.now() < 2500, "{}", line.now());
    let (mut talk, line) = Line::new(|_| vec![]);
    let error = talk.ready(5000).unwrap_err();
    assert_eq!(error.to_string(), "no answer to `echo` within 5000 ms");
    assert_eq!(line.now(), 5000);
}

#[test]
fn flush_discards_what_has_arrived() {
    let (mut talk, line) = Line::new(|_| vec![]);
    line.deliver(0, &frame("get_version", b"\x01z"));
    talk.flush().unwrap();
    assert!(!talk.process().unwrap());
    assert_eq!(names(&line), [""; 0]);
}

#[test]
#[cfg(feature = "repr")]
fn typed_errors_and_rejections_are_told_apart() {
    let (mut talk, _) = Line::new(|bytes| match parts(bytes).0 {
        "a" => vec![(1, frame("aerr", b"\x04repr('Command failed: Moving', 3)"))],
        "b" => vec![(1, frame("berr", b"\x04repr('Command failed: division by zero',)"))],
        _ => vec![(1, frame("cerr", b"\x04repr('Command not found: c',)"))],
    });
    let decoder = ReplyDecoder::<(), u8>::RESULT;
    let error = talk.call_with(Command::new("a"), no_arguments, decoder).unwrap_err();
    assert_eq!(error.failure(), Some(&3));
    assert_eq!(error.to_string(), "`a` failed on the peer: 3");
    let error = talk.call_with(Command::new("b"), no_arguments, decoder).unwrap_err();
    assert_eq!(error.to_string(), "the peer rejected `b`: division by zero");
    let error = talk.call_with(Command::new("c"), no_arguments, decoder).unwrap_err();
    assert_eq!(error.to_string(), "the peer has no command `c`");
}

#[test]
fn a_peer_that_floods_with_commands_cannot_hold_up_a_call() {
    const HANDLER_MS: u32 = 40;
    // A command every 10 ms, for a handler that takes 40.
    let (talk, line) = Line::new(|bytes| match parts(bytes) {
        ("ask", _) => (0..1000).map(|count| (count * 10, frame("slow", b"\x01z"))).collect(),
        _ => vec![],
    });
    let mut talk = talk.serve(Commands::new());
    let clock = line.clone();
    talk.add_command("slow", move || clock.pass(HANDLER_MS)).unwrap();
    let error = talk.call::<u8>("ask", ()).unwrap_err();
    assert!(matches!(error, CallError::Timeout { waited_ms: 1500, was_sent: true, .. }), "{error:?}");
    assert!((1500..=1500 + HANDLER_MS).contains(&line.now()), "{}", line.now());
    let served = names(&line).len();
    assert!(served > 30, "{served}");
    // The command at which the call stopped is not lost.
    assert!(talk.process().unwrap());
    assert_eq!(names(&line), ["slowack"]);
}

#[test]
fn a_reply_that_has_arrived_is_taken_after_the_deadline_unless_a_command_precedes_it() {
    for (commands, is_taken) in [(1, true), (2, false)] {
        let (talk, line) = Line::new(move |bytes| match parts(bytes) {
            ("ask", _) => {
                let mut all = frame("slow", b"\x01z").repeat(commands);
                all.extend(frame("askack", b"\x01B\x07"));
                vec![(1, all)]
            }
            _ => vec![],
        });
        let mut talk = talk.serve(Commands::new());
        let clock = line.clone();
        talk.add_command("slow", move || clock.pass(2000)).unwrap();
        let result = talk.call::<u8>("ask", ());
        assert_eq!(result.ok(), is_taken.then_some(7));
        assert_eq!(line.now(), 2001);
        assert_eq!(names(&line), ["ask", "slowack"]);
    }
}

/// A link on which a byte arrives every millisecond, whether it is read or not.
struct Flood(Line);

impl Link for Flood {
    type Error = Infallible;

    fn receive(&mut self, buffer: &mut [u8], _wait_ms: u32) -> Result<Received, Infallible> {
        self.0.pass(1);
        buffer[0] = b'<';
        Ok(Received::Bytes(1))
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

#[test]
fn a_flush_ends_although_the_peer_keeps_sending() {
    let (_, line) = Line::new(|_| vec![]);
    let mut talk = SerialTalk::new(Flood(line.clone()), line.clone());
    talk.flush().unwrap();
    assert_eq!(line.now(), 100);
    assert!(talk.call::<u8>("mute", ()).unwrap_err().is_timeout());
    assert_eq!(line.now(), 1600);
}

#[test]
fn replies_to_oneway_commands_do_not_pile_up() {
    let (mut talk, line) = Line::new(|bytes| {
        let (name, _) = parts(bytes);
        vec![(0, frame(&format!("{name}ack"), &[0; 50]))]
    });
    for _ in 0..100 {
        talk.send("led", (1u8,)).unwrap();
        line.pass(1);
        assert!(line.waiting() <= 1);
    }
    // A command is kept for the next `process`, and so is what follows it.
    line.deliver(0, &frame("get_version", b"\x01z"));
    talk.send("led", (1u8,)).unwrap();
    line.sent();
    while talk.process().unwrap() {}
    assert_eq!(names(&line), ["get_versionack"]);
}

#[test]
#[cfg(feature = "repr")]
fn a_carrier_takes_payloads_and_returns_replies_as_they_are() {
    let (talk, line) = Line::new(with_echo(|name, payload| match name {
        "bad" => vec![(0, frame("baderr", b"\x04repr('Command failed: no',)"))],
        _ => vec![(0, frame(&format!("{name}ack"), payload))],
    }));
    let mut talk = talk.named("line 7");
    let reply = talk.call_raw(Command::new("copy"), b"\x01B\x07").unwrap();
    assert_eq!((reply.payload(), reply.is_error()), (&b"\x01B\x07"[..], false));
    let reply = talk.call_raw(Command::new("bad"), b"\x01z").unwrap();
    assert!(reply.is_error());
    talk.send_raw("copy", b"\x01B\x07").unwrap();
    assert_eq!(line.sent().last().unwrap(), &frame("copy", b"\x01B\x07"));

    // And a caller is made of any carrier.
    let mut caller = Carried(talk);
    caller.ready(1000).unwrap();
    assert_eq!(caller.call::<u8>("copy", (9u8,)).unwrap(), 9);
    let error = caller.call::<u8>("bad", ()).unwrap_err();
    assert_eq!(error.to_string(), "the peer rejected `bad`: no");
    assert_eq!((error.context().command(), error.context().link()), ("bad", "line 7"));
    let error = caller.call::<u8>("copy", "q".repeat(300).as_str()).unwrap_err();
    assert!(matches!(error, CallError::Unsendable { error: EncodeError::TooLong(_), .. }));
    caller.send("copy", (1u8,)).unwrap();
}

#[test]
fn a_service_is_served_by_name() {
    let mut commands = Commands::new();
    commands.add("mult", |a: f32, b: f32| a * b).unwrap();
    let mut buffer = [0; 258];
    let mut served = |name: &str, payload: &[u8]| {
        let mut payload = payload.to_vec();
        let served = serve(&mut commands, name, &mut payload, &mut buffer)?;
        Some((served.payload.to_vec(), served.is_error))
    };
    let two_floats = b"\x022f\0\0\xc0\x3f\0\0\0\x40";
    assert_eq!(served("mult", two_floats), Some((b"\x01f\0\0\x40\x40".to_vec(), false)));
    let (text, is_error) = served("mult", b"\x01z").unwrap();
    assert!(is_error && text.starts_with(b"\x04repr('Command failed: "), "{}", text.escape_ascii());
    let not_found = b"\x04repr('Command not found: nope',)".to_vec();
    assert_eq!(served("nope", b"\x01z"), Some((not_found, true)));
    assert_eq!(served("echo", b"\x01B\x07"), Some((b"\x01B\x07".to_vec(), false)));
    assert_eq!(served(&"n".repeat(260), b"\x01z"), None);
}

#[test]
fn settings_remain_when_buffers_change() {
    let (mut talk, line) = Line::new(|_| vec![]);
    talk.set_timeout(Timeout::Ms(70));
    let mut talk = talk.max_frame::<64>().keep_stray::<8>();
    assert_eq!(talk.timeout(), Timeout::Ms(70));
    assert!(talk.call::<u8>("mute", ()).unwrap_err().is_timeout());
    assert_eq!(line.now(), 70);
    talk.set_timeout(Timeout::Never);
    assert_eq!(talk.timeout(), Timeout::Never);
    talk.set_timeout(Timeout::Ms(0));
    assert_eq!(talk.timeout(), Timeout::Ms(1));
}

#[test]
fn several_lines_are_served_with_one_service() {
    let (mut first, first_line) = Line::new(|_| vec![]);
    let (mut second, second_line) = Line::new(|_| vec![]);
    let mut commands = Commands::new();
    let mut count = 0u8;
    commands
        .add("count", move || {
            count += 1;
            count
        })
        .unwrap();
    for line in [&first_line, &second_line] {
        line.deliver(0, &frame("count", b"\x01z"));
    }
    assert!(first.process_with(&mut commands).unwrap());
    assert!(second.process_within_with(&mut commands, 10).unwrap());
    assert_eq!(first_line.sent(), [frame("countack", b"\x01B\x01")]);
    assert_eq!(second_line.sent(), [frame("countack", b"\x01B\x02")]);
}
