//! Commands in postcard, and peers that cannot write its header.
#![cfg(all(feature = "postcard", feature = "repr", feature = "alloc"))]

#[path = "support/scripted.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod scripted;

use scripted::{Line, frame, with_echo};

#[serialtalk::interface]
trait Robot {
    #[command(postcard)]
    fn turn(&mut self, pose: Pose, by: i16) -> Pose;
}

#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
struct Pose {
    heading: i16,
    place: Option<char>,
}

struct Fake;

impl Robot for Fake {
    fn turn(&mut self, pose: Pose, by: i16) -> Pose {
        Pose { heading: pose.heading + by, ..pose }
    }
}

const POSE: Pose = Pose { heading: -1, place: Some('a') };

#[test]
fn a_reply_in_raw_bytes_is_read_as_postcard() {
    let (talk, line) = Line::new(with_echo(|_, _| vec![(0, frame("turnack", b"\x03raw\x04\x01\x01a"))]));
    let turned = RobotClient::new(talk).turn(POSE, 3).unwrap();
    assert_eq!(turned, Pose { heading: 2, place: Some('a') });
    assert_eq!(line.sent(), [frame("turn", b"\x04post\x01\x01\x01a\x06")]);
}

#[test]
fn arguments_in_raw_bytes_are_read_as_postcard() {
    for (arguments, reply) in [
        (&b"\x04post\x01\x01\x01a\x06"[..], frame("turnack", b"\x04post\x04\x01\x01a")),
        (b"\x03raw\x01\x01\x01a\x06", frame("turnack", b"\x04post\x04\x01\x01a")),
        (
            b"\x03raw\x01\x01",
            frame(
                "turnerr",
                b"\x04repr('Command failed: argument 1 (`pose`): not postcard of the expected type',)",
            ),
        ),
        (b"\x03raw", frame("turnerr", b"\x04repr('Command failed: expected 2 value(s), got 0',)")),
    ] {
        let (talk, line) = Line::new(with_echo(|_, _| Vec::new()));
        let mut talk = talk.serve(RobotServer::new(Fake));
        line.deliver(0, &frame("turn", arguments));
        talk.process().unwrap();
        let sent = line.sent().concat();
        assert_eq!(sent, reply, "{}", sent.escape_ascii());
    }
}
