//! Replies that arrive late, or that nobody awaits.

use super::*;

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
    assert!(matches!(error, CallError::Timeout { awaited: Awaited::Echo, .. }), "{error:?}");
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
fn replies_to_oneway_commands_do_not_pile_up() {
    let (mut talk, line) = Line::new(|bytes| {
        let (name, _) = parts(bytes);
        vec![(0, frame(&format!("{name}ack"), &[0; 50]))]
    });
    let mut send_often = || {
        for _ in 0..100 {
            talk.send("led", (1u8,)).unwrap();
            line.pass(1);
            assert!(line.waiting() <= 2);
        }
    };
    send_often();
    // Commands are kept for the next `process`.
    line.deliver(0, &[frame("get_version", b"\x01z"), frame("nope", b"\x01z")].concat());
    send_often();
    line.sent();
    while talk.process().unwrap() {}
    assert_eq!(names(&line), ["get_versionack", "nopeerr"]);
}
