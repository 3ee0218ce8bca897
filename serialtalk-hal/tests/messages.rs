//! What a person reads when a call fails: over real ports, at whose other end something is wrong.
#![cfg(all(unix, feature = "serial", feature = "pty"))]

use std::thread;

use serialtalk::link::{Link, Received};
use serialtalk::{CallError, Caller, Timeout};
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::serial::{self, SerialLink};
use serialtalk_hal::{LinkError, OpenError, SerialTalk, Spawn};

/// A port whose other end sends `answer(bytes)` for the bytes that it gets, until the port is closed.
fn port(mut answer: impl FnMut(&[u8]) -> Vec<u8> + Send + 'static) -> SerialTalk<SerialLink> {
    let mut board = PtyLink::open().unwrap();
    let host = serial::open(board.path(), 115_200).unwrap().named("/dev/ttyUSB0");
    thread::spawn(move || {
        let mut buffer = [0; 1024];
        // Waits without an end only while the test does.
        while let Ok(Received::Bytes(count)) = board.receive(&mut buffer, 60_000) {
            let answer = answer(&buffer[..count]);
            let mut unsent = answer.as_slice();
            while !unsent.is_empty() {
                let Ok(count) = board.send(unsent) else { return };
                unsent = &unsent[count..];
            }
        }
    });
    host
}

#[test]
fn a_line_that_sends_everything_back_is_recognised() {
    let mut host = port(<[u8]>::to_vec);
    assert_eq!(
        host.call::<u8>("mult", (3u8, 2u8)).unwrap_err().to_string(),
        "the peer has no command `mult`\n  \
         the call came back as it was sent: TX is connected to RX, or an adapter echoes; \
         connect TX to the peer's RX, and RX to its TX"
    );
}

#[test]
fn noise_is_shown_in_hexadecimal() {
    let mut noise = vec![0xf8, 0x00, 0x9c, 0xe3, 0x80, 0x1c, b'x', 0xff];
    let mut host = port(move |_| std::mem::take(&mut noise));
    host.set_timeout(Timeout::Ms(300));
    assert_eq!(
        host.call::<u8>("mult", (3u8, 2u8)).unwrap_err().to_string(),
        "nobody answered within 300 ms on /dev/ttyUSB0, so `mult` was not sent\n  \
         bytes came that are neither a frame nor text, the last of them in hexadecimal:\n    \
         f8 00 9c e3 80 1c 78 ff\n  \
         check the baud rate: both ends must have the same"
    );
}

#[test]
fn who_has_answered_echo_is_not_told_to_do_without() {
    let text_of = |answers: bool| {
        let mut is_first = answers;
        // The first frame is an `echo`, which is answered as every peer does.
        let mut host = port(move |bytes| match std::mem::take(&mut is_first) {
            true => [&[b'<', bytes[1] + 3, bytes[2] + 3], &bytes[3..7], b"ack", &bytes[7..]].concat(),
            false => vec![],
        });
        host = host.plain();
        host.set_timeout(Timeout::Ms(100));
        assert_eq!(host.ready(if answers { 60_000 } else { 10 }).is_ok(), answers);
        if answers {
            host.call::<u8>("mult", (3u8, 2u8)).unwrap_err();
        }
        host.call::<u8>("mult", (3u8, 2u8)).unwrap_err().to_string()
    };
    let text = "no answer to `echo` within 100 ms on /dev/ttyUSB0, so `mult` was not sent";
    assert_eq!(text_of(true), text);
    assert_eq!(text_of(false), format!("{text}; if the peer has no `echo`, say so with `without_echo`"));
}

#[test]
fn who_has_heard_a_prompt_is_not_told_to_do_without_echo() {
    let mut host = port(|_| b"\r\n>>> ".to_vec()).plain();
    host.set_timeout(Timeout::Ms(300));
    host.ready(10).unwrap_err();
    let mut texts = (0..100).map(|_| host.call::<u8>("mult", (3u8, 2u8)).unwrap_err().to_string());
    assert_eq!(
        texts.find(|text| text.contains("prompt")).expect("a prompt that is heard"),
        "no answer to `echo` within 300 ms on /dev/ttyUSB0, so `mult` was not sent\n  \
         the peer is at its prompt (`>>>`), where nothing is served: its program has ended, or never served; \
         start it again"
    );
}

#[test]
fn a_link_has_the_name_that_the_program_gave_it() {
    let board = PtyLink::open().unwrap();
    let path = board.path().to_owned();
    let mut host = serial::open(&path, 115_200).unwrap();
    drop(board);
    let gone =
        format!("{path} is gone: it was unplugged, or its other end was closed; reopen it once it is back");
    let text = host.call::<u8>("mult", (3u8, 2u8)).unwrap_err().to_string();
    assert_eq!(text, format!("calling `mult` failed: {gone}"));
    let text = host.named("left arm").call::<u8>("mult", (3u8, 2u8)).unwrap_err().to_string();
    assert_eq!(text, format!("calling `mult` on left arm failed: {gone}"));
}

#[serialtalk::interface]
trait Arm {
    fn go(&mut self, joints: [f32; 6]);
    fn paint(&mut self, color: [u8; 3], layers: u8);
}

struct MyArm;

impl Arm for MyArm {
    fn go(&mut self, _joints: [f32; 6]) {}

    fn paint(&mut self, _color: [u8; 3], _layers: u8) {}
}

#[test]
fn a_wrong_number_of_values_is_told_with_the_number_that_came_and_the_argument() {
    let (board, mut host) = serialtalk_hal::loopback();
    let _board = board.serve(ArmServer::new(MyArm)).spawn();
    let text_of = |called: Result<(), CallError<LinkError>>| called.unwrap_err().to_string();
    for called in [
        host.call("go", (1.0f32, 2.0f32, 3.0f32, 4.0f32)),
        host.call_as("go", "repr", ([1.0f32, 2.0, 3.0, 4.0],)),
    ] {
        assert_eq!(
            text_of(called),
            "the peer rejected `go`: argument 1 (`joints`): expected 6 value(s), got 4"
        );
    }
    for called in [host.call("paint", (b"ab", 7u8)), host.call_as("paint", "repr", (b"ab", 7u8))] {
        assert_eq!(
            text_of(called),
            "the peer rejected `paint`: argument 1 (`color`): expected 3 value(s), got 2"
        );
    }
    assert_eq!(
        text_of(host.call("paint", (b"abcd", 7u8))),
        "the peer rejected `paint`: argument 1 (`color`): expected 3 value(s), got 4"
    );
    assert_eq!(
        text_of(host.call("paint", (b"abc",))),
        "the peer rejected `paint`: expected 2 value(s), got 1"
    );
}

#[test]
fn a_device_that_is_no_terminal_is_no_serial_port() {
    for path in ["/dev/null", "/dev/zero"] {
        let error = serial::open(path, 115_200).unwrap_err();
        assert!(matches!(error, OpenError::NotAPort { .. }), "{error:?}");
        let text = error.to_string();
        assert!(text.starts_with(&format!("{path} is not a serial port; there ")), "{text}");
    }
}
