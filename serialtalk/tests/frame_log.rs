//! Every frame in and out, as it is logged.
#![cfg(all(feature = "log", feature = "alloc"))]

#[allow(dead_code, reason = "shared by several tests")]
#[path = "support/scripted.rs"]
mod scripted;

use std::sync::Mutex;

use scripted::{Line, frame, parts};
use serialtalk::{Caller, args};

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Keep;

impl log::Log for Keep {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        if record.target() == "serialtalk" {
            LINES.lock().unwrap().push(format!("{} {}", record.level(), record.args()));
        }
    }

    fn flush(&self) {}
}

#[test]
fn frames_are_logged_as_the_python_that_would_send_them() {
    log::set_logger(&Keep).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let (mut talk, line) = Line::new(|bytes| match parts(bytes).0 {
        "mult" => vec![(0, frame("multack", b"\x01f\x66\xa6\x0a\x44"))],
        "say" => vec![(0, frame("sayack", "\x04repr('it\\'s', [1, 2])".as_bytes()))],
        "put" => vec![(0, frame("putack", b"\x03raw\x00\xff"))],
        name => vec![(0, frame(&format!("{name}ack"), b"\x00"))],
    });
    talk.call::<f32>("mult", (5.9f32, 94.0f32)).unwrap();
    talk.call_value("say", args!["hello", 3]).unwrap();
    talk.call_as::<Vec<u8>>("put", "raw", *b"<\x01>").unwrap();
    let () = talk.call("go", ()).unwrap();
    line.deliver(0, &frame("led", b"on"));
    talk.process().unwrap();
    assert_eq!(
        *LINES.lock().unwrap(),
        [
            "TRACE > mult('2f', 5.9, 94.0)",
            "TRACE < multack('f', 554.6)",
            "TRACE > say('repr', 'hello', 3)",
            "TRACE < sayack('repr', 'it\\'s', [1, 2])",
            "TRACE > put('raw', b'<\\x01>')",
            "TRACE < putack('raw', b'\\x00\\xff')",
            "TRACE > go()",
            "TRACE < goack('')",
            "TRACE < led(b'on')",
            "TRACE > lederr('repr', 'Command not found: led')",
        ]
    );
}
