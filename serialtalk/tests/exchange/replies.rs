//! Replies that are damaged, too large or of another type, and what arrives instead of them.

use super::*;

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
