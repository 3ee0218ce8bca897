//! Frames between a board and a program: shown, recorded, read again and replayed.

#![cfg(unix)]

#[path = "support/board.rs"]
mod board;
#[path = "support/sniffing.rs"]
mod sniffing;
mod support;

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Instant;
use std::{fs, thread};

use board::{Board, text};
use rustix::process::Signal;
use serialtalk::link::{Link, Received};
use serialtalk::proto::Suffix;
use serialtalk_hal::pty::PtyLink;
use sniffing::{PATIENCE, Sniffing, contents, output, path_in, send};
use support::{Place, Started};

/// A board that speaks plainly, and counts.
fn counting() -> Board {
    let count = AtomicU8::new(0);
    Board::new(move |name, payload| match name {
        "echo" => (Suffix::Ack, payload.to_vec()),
        "count" => (Suffix::Ack, vec![1, b'B', count.fetch_add(1, Ordering::Relaxed) + 1]),
        "half" => (Suffix::Ack, [b"\x02fb".as_slice(), &0.5_f32.to_le_bytes(), b"\xfe"].concat()),
        _ => (Suffix::Err, text(&format!("Command not found: {name}"))),
    })
}

fn sniff(place: &Place, arguments: &[&str]) -> Sniffing {
    Sniffing::new(place.command(arguments), " list")
}

#[test]
fn checked_frames_are_shown_recorded_and_shown_again() {
    let place = Place::new();
    let _demo = place.demo();
    let sniffing = sniff(&place, &["-b", "demo", "sniff", "--record", "run.pcapng"]);
    assert_eq!(place.run(&["-b", &sniffing.path(), "call", "mult", "1.5", "2"]).ok(), "3.0\n");
    let mut lines = sniffing.until("multack");
    let shown = contents(&lines);
    assert!(shown.contains(&"> hello: no session"), "{shown:?}");
    assert!(shown.iter().any(|line| line.starts_with("< answer: new session ")), "{shown:?}");
    assert!(shown.contains(&"> call 1: mult('repr', 1.5, 2)"), "{shown:?}");
    assert_eq!(shown.last(), Some(&"< reply 1: multack('f', 3.0)"));
    let said = place.run(&["-b", &sniffing.path(), "call", "move_to", "7", "1"]);
    assert!(said.failed(1).contains("NoSuchJoint"));
    let (rest, told, code) = sniffing.end();
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("to the board: ") && told.contains(" 0 damaged"), "{told}");
    lines.extend(rest);
    let again = place.run(&["sniff", "run.pcapng"]).ok();
    let again: Vec<_> = again.lines().map(str::to_owned).collect();
    assert_eq!(contents(&again), contents(&lines));
    assert!(
        contents(&again)
            .contains(&"< error 1: move_toerr('repr', 'Command failed: NoSuchJoint', 'NoSuchJoint')")
    );
    assert!(again[0].trim_start().starts_with("0.000000 "), "{}", again[0]);
    let said = place.run(&["-b", "demo", "sniff", "--record", "run.pcapng"]).failed(2);
    assert!(said.contains("the file exists") && said.contains("--force"), "{said}");
    assert_eq!(place.run(&["sniff", "run.pcapng"]).ok().lines().count(), again.len(), "it is whole");
    place.run(&["-b", "/dev/no-such-port", "sniff", "--record", "new.pcapng"]).failed(4);
    assert!(!place.folder().join("new.pcapng").exists(), "nothing is recorded without a port");
    place.run(&["-b", "demo", "sniff", "--record", "run.pcap"]).failed(2);
    let said = place.run(&["-b", "demo", "sniff", "run.pcapng"]).failed(2);
    assert!(said.contains("--board"), "{said}");
}

#[test]
fn plain_frames_are_shown_and_replayed_as_they_were_recorded() {
    let place = Place::new();
    let board = counting();
    let sniffing = sniff(&place, &["-b", &board.path, "sniff", "--record", "run.pcapng"]);
    for number in 1..=3 {
        assert_eq!(place.run(&["-b", &sniffing.path(), "call", "count"]).ok(), format!("{number}\n"));
    }
    let call = |path: &str| place.run(&["-b", path, "call", "half", "1", "2", "--format", "<hf"]);
    assert_eq!(call(&sniffing.path()).ok(), "(0.5, -2)\n");
    let lines = sniffing.until("halfack");
    let shown = contents(&lines);
    assert!(shown.contains(&"< checked?err('repr', 'Command not found: checked?')"), "{shown:?}");
    assert!(shown.contains(&"> count()") && shown.contains(&"< countack('B', 3)"), "{shown:?}");
    assert!(shown.contains(&"> half('<hf', 1, 2.0)"), "{shown:?}");
    assert_eq!(shown.last(), Some(&"< halfack('fb', 0.5, -2)"));
    assert_eq!(sniffing.end().2, 0);
    drop(board);

    let replay = Started::new(place.command(&["replay", "run.pcapng"]), " call NAME");
    let path = path_in(&replay.said);
    for number in [1, 2, 3, 3] {
        assert_eq!(place.run(&["-b", &path, "call", "count"]).ok(), format!("{number}\n"));
    }
    assert_eq!(call(&path).ok(), "(0.5, -2)\n");
    assert_eq!(place.run(&["-b", &path, "call", "echo", "new"]).ok(), "'new'\n");
    assert!(place.run(&["-b", &path, "call", "half", "1"]).failed(1).contains("no command `half`"));
    let mut replay = replay;
    send(&replay.child, Signal::TERM);
    assert_eq!(replay.child.wait().unwrap().code(), Some(0));
}

#[test]
fn checked_calls_are_replayed_as_plain_ones() {
    let place = Place::new();
    let demo = place.demo();
    let sniffing = sniff(&place, &["-b", "demo", "sniff", "--record", "run.pcapng"]);
    let calls = [&["mult", "1.5", "2"][..], &["rename", "Ada"], &["name"], &["rename", "Bob"], &["name"]];
    let call = |path: &str, words: &[&str]| place.run(&[&["-b", path, "call"], words].concat()).ok();
    let recorded: Vec<_> = calls.iter().map(|words| call(&sniffing.path(), words)).collect();
    assert_eq!(recorded, ["3.0\n", "None\n", "'Ada'\n", "None\n", "'Bob'\n"]);
    place.run(&["-b", &sniffing.path(), "call", "move_to", "7", "1"]).failed(1);
    assert_eq!(sniffing.end().2, 0);
    drop(demo);
    let replay = Started::new(place.command(&["replay", "run.pcapng"]), " call NAME");
    let path = path_in(&replay.said);
    let replayed: Vec<_> = calls.iter().map(|words| call(&path, words)).collect();
    assert_eq!(replayed, recorded);
    assert!(place.run(&["-b", &path, "call", "move_to", "7", "1"]).failed(1).contains("NoSuchJoint"));
    assert!(place.run(&["-b", &path, "call", "mult", "1", "2"]).failed(1).contains("no command"));
}

/// What a program in Rust calls of the demo board.
#[serialtalk::interface]
trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn set_color(&mut self, rgb: [u8; 3]);
    fn color(&mut self) -> [u8; 3];
    fn name(&mut self) -> String;
}

#[test]
fn calls_by_number_have_names_and_values_once_somebody_has_listed_the_commands() {
    let place = Place::new();
    let demo = place.demo();
    let sniffing = sniff(&place, &["-b", "demo", "sniff", "--record", "run.pcapng"]);
    let path = sniffing.path();
    let call = |talk: serialtalk_hal::SerialTalk<serialtalk_hal::AnyLink>| {
        let mut robot = RobotClient::connect(talk).unwrap();
        assert_eq!(robot.mult(1.5, 2.0), Ok(3.0));
        assert_eq!(robot.set_color([1, 2, 3]), Ok(()));
        assert_eq!((robot.color(), robot.name()), (Ok([1, 2, 3]), Ok("R2".into())));
    };
    call(serialtalk_hal::open(&path).unwrap());
    let lines = sniffing.until("'R2'");
    let shown = contents(&lines);
    assert!(shown.iter().any(|line| line.ends_with(r": #0(b'\x00\x00\xc0?\x00\x00\x00@')")), "{shown:#?}");
    assert!(shown.iter().any(|line| line.ends_with(r": #0ack(b'\x00\x00@@')")), "{shown:#?}");
    place.run(&["-b", &path, "list"]).ok();
    call(serialtalk_hal::open(&path).unwrap());
    let lines = sniffing.until("nameack");
    let shown = contents(&lines);
    for call in [
        "mult('2f', 1.5, 2.0)",
        "multack('f', 3.0)",
        r"set_color('3s', b'\x01\x02\x03')",
        "set_colorack('')",
        "color()",
        r"colorack('3s', b'\x01\x02\x03')",
        "nameack('repr', 'R2')",
    ] {
        assert!(shown.iter().any(|line| line.ends_with(&format!(": {call}"))), "{call}: {shown:#?}");
    }
    assert_eq!(sniffing.end().2, 0);
    drop(demo);
    let replay = Started::new(place.command(&["replay", "run.pcapng"]), " call NAME");
    assert!(replay.said.contains("4 calls are left out"), "{}", replay.said);
    call(serialtalk_hal::open(&path_in(&replay.said)).unwrap().plain());
}

#[test]
fn json_has_the_values() {
    let place = Place::new();
    let board = counting();
    let sniffing = sniff(&place, &["-b", &board.path, "--json", "sniff"]);
    place.run(&["-b", &sniffing.path(), "call", "half", "x"]).ok();
    let lines = sniffing.until("halfack");
    let objects: Vec<serde_json::Value> =
        lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [.., call, reply] = objects.as_slice() else { panic!("{objects:?}") };
    assert_eq!((&call["from"], &call["name"], &call["value"]), (&"host".into(), &"half".into(), &"x".into()));
    assert_eq!((&reply["kind"], &reply["format"]), (&"plain".into(), &"fb".into()));
    assert_eq!(reply["value"], serde_json::json!([0.5, -2]));
    assert_eq!(reply["bytes"], "3c1007".to_owned() + "68616c6661636b" + "026662" + "0000003f" + "fe" + "3e");
    assert!(reply["time"].as_f64() >= call["time"].as_f64());
}

/// What two taps hear that a test speaks at.
struct Taps {
    to_board: PtyLink,
    from_board: PtyLink,
    sniffing: Sniffing,
}

impl Taps {
    fn new(place: &Place, arguments: &[&str]) -> Self {
        let [to_board, from_board] = [(); 2].map(|()| PtyLink::open().unwrap());
        let taps = ["sniff", "--a", to_board.path(), "--b", from_board.path()];
        let sniffing =
            Sniffing::new(place.command(&[&taps[..], arguments].concat()), "is shown until Ctrl-C");
        Self { to_board, from_board, sniffing }
    }

    #[track_caller]
    fn host(&mut self, bytes: &[u8], shown: &str) {
        assert_eq!(self.to_board.send(bytes), Ok(bytes.len()));
        assert_eq!(contents(&self.sniffing.until(shown)).last(), Some(&&*format!("> {shown}")));
    }

    #[track_caller]
    fn board(&mut self, bytes: &[u8], shown: &str) {
        assert_eq!(self.from_board.send(bytes), Ok(bytes.len()));
        assert_eq!(contents(&self.sniffing.until(shown)).last(), Some(&&*format!("< {shown}")));
    }
}

/// A session of the specification.
const HELLO: &[u8] = b"<\x1a\x08checked?1~@@@@dcQWDBAhAyP>";
const ANSWER: &[u8] = b"<\x1a\x0bchecked?ackN~@@DA@DBA}MSX>";
const FIND: &[u8] = b"\x00\x14\x11\x0dfind_commands\x03raw\x08\x43\xbe\x1e\xdc\x83\xab\x05\x00";
const FOUND: &[u8] = b"\x00\x06\x81\x03raw\x04\x6a\x59\x8f\x00";
const CALL: &[u8] = b"\x02\x02\x01\x01\x03\xc0\x3f\x01\x01\x05\x40\x0d\x70\xde\x00";
const REPLY: &[u8] = b"\x02\x82\x01\x06\x40\x40\xc0\xa4\x57\x00";
const BYE: &[u8] = b"\x05\xf0\x5c\xb3\x7c\x00";

#[test]
fn taps_tell_the_sessions_of_the_checked_link_and_never_send() {
    let place = Place::new();
    let mut taps = Taps::new(&place, &["--record", "taps.pcapng"]);
    taps.host(CALL, "of an unknown session: 15 bytes: 02 02 01 01 03 c0 3f 01 01 05 40 0d 70 de 00");
    taps.host(HELLO, "hello: no session");
    taps.board(ANSWER, "answer: new session 923558");
    taps.host(FIND, r"call 1: find_commands('raw', b'\x00C\xbe\x1e\xdc')");
    taps.board(FOUND, r"reply 1: find_commandsack('raw', b'\x00')");
    taps.host(CALL, r"call 2: #0(b'\x00\x00\xc0?\x00\x00\x00@')");
    taps.board(b"ready\r\n", "text: ready");
    let mut damaged = REPLY.to_vec();
    damaged[4] ^= 4;
    taps.board(&damaged, "damaged: 10 bytes: 02 82 01 06 44 40 c0 a4 57 00");
    taps.board(REPLY, r"reply 2: #0ack(b'\x00\x00@@')");
    taps.host(BYE, "bye");
    taps.board(b"<\x05\x03ledx>", "led(b'x')");
    taps.board(b"rst:0x1\nboot\xff\xfe\n", "text: rst:0x1");
    let text = taps.sniffing.until("boot");
    assert_eq!(contents(&text).last(), Some(&r"< text: boot\xff\xfe"));
    let mut buffer = [0; 64];
    for link in [&mut taps.to_board, &mut taps.from_board] {
        assert_eq!(link.receive(&mut buffer, 0), Ok(Received::Nothing), "{buffer:?}");
    }
    let (_, told, code) = taps.sniffing.end();
    assert_eq!(code, 0, "{told}");
    assert!(told.contains(" 0 damaged; from it: ") && told.contains(" 1 damaged"), "{told}");
    let again = place.run(&["sniff", "taps.pcapng"]).ok();
    assert!(again.contains("< damaged: 10 bytes") && again.contains("> call 2: #0("), "{again}");
}

#[test]
fn no_byte_of_a_peer_reaches_the_terminal_as_it_is() {
    let place = Place::new();
    for arguments in [&["--record", "text.pcapng"][..], &["--json", "--record", "json.pcapng"]] {
        let mut taps = Taps::new(&place, arguments);
        let evil = "\x1b[2J\x1b]0;owned\x07\u{202e}\u{9b}5n\r";
        let frame = |name: &str, payload: &[u8]| {
            let len = u8::try_from(1 + name.len() + payload.len()).unwrap();
            let count = u8::try_from(name.len()).unwrap();
            [b"<", &[len, count][..], name.as_bytes(), payload, b">"].concat()
        };
        let literal = [b"\x04repr", evil.as_bytes()].concat();
        let raw = [b"\x03raw", evil.as_bytes()].concat();
        for bytes in [frame(evil, b""), frame("a", &literal), frame("a", &raw), frame("a", evil.as_bytes())] {
            taps.from_board.send(&bytes).unwrap();
        }
        taps.from_board.send(format!("{evil}\n").as_bytes()).unwrap();
        taps.from_board.send(&frame("end", b"")).unwrap();
        let mut lines = taps.sniffing.until("end");
        lines.extend(taps.sniffing.end().0);
        assert!(lines.len() >= 6, "{lines:#?}");
        let is_harmless = |letter: char| !letter.is_control() && letter != '\u{202e}';
        assert!(lines.iter().all(|line| line.chars().all(is_harmless)), "{lines:#?}");
        let again = place.run(&["sniff", arguments.last().unwrap()]).ok();
        assert!(again.chars().all(|letter| letter == '\n' || is_harmless(letter)), "{again:?}");
    }
}

#[test]
fn a_recording_on_standard_output_leaves_the_frames_to_standard_error() {
    let place = Place::new();
    let board = counting();
    let mut sniffing = Started::new(place.command(&["-b", &board.path, "sniff", "--record", "-"]), " list");
    let path = path_in(&sniffing.said);
    assert_eq!(place.run(&["-b", &path, "call", "count"]).ok(), "1\n");
    send(&sniffing.child, Signal::TERM);
    let (mut recorded, mut told) = (Vec::new(), String::new());
    sniffing.child.stdout.take().unwrap().read_to_end(&mut recorded).unwrap();
    sniffing.child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!(sniffing.child.wait().unwrap().code(), Some(0));
    assert!(told.contains("< countack('B', 1)"), "{told}");
    let shown = place.run_with_input(&["sniff", "-"], &recorded).ok();
    assert!(shown.contains("< countack('B', 1)"), "{shown}");
}

#[test]
fn whoever_has_read_enough_ends_it_quietly() {
    let place = Place::new();
    let board = counting();
    let mut sniffing = Started::new(place.command(&["-b", &board.path, "sniff"]), " list");
    let path = path_in(&sniffing.said);
    let mut first = String::new();
    let mut reader = BufReader::new(sniffing.child.stdout.take().unwrap());
    let deadline = Instant::now() + PATIENCE;
    place.run(&["-b", &path, "call", "count"]).ok();
    reader.read_line(&mut first).unwrap();
    drop(reader);
    let code = loop {
        if let Some(status) = sniffing.child.try_wait().unwrap() {
            break status.code();
        }
        assert!(Instant::now() < deadline, "it goes on");
        // Once it has ended, nobody answers.
        place.run(&["-b", &path, "--timeout", "500ms", "call", "count"]);
    };
    let mut told = String::new();
    sniffing.child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((code, told.as_str()), (Some(0), ""));
}

#[test]
fn a_recording_outlives_the_program_that_is_killed() {
    let place = Place::new();
    let board = counting();
    let mut sniffing =
        Started::new(place.command(&["-b", &board.path, "sniff", "--record", "run.pcapng"]), " list");
    place.run(&["sniff", "run.pcapng"]).ok();
    place.run(&["-b", &path_in(&sniffing.said), "call", "count"]).ok();
    let deadline = Instant::now() + PATIENCE;
    while !place.run(&["sniff", "run.pcapng"]).stdout.contains("countack") {
        assert!(Instant::now() < deadline, "it is not written");
        thread::yield_now();
    }
    sniffing.child.kill().unwrap();
    sniffing.child.wait().unwrap();
    assert!(place.run(&["sniff", "run.pcapng"]).ok().contains("< countack('B', 1)"));
    let path = place.folder().join("run.pcapng");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 7]).unwrap();
    let said = place.run(&["sniff", "run.pcapng"]);
    assert!(said.stderr.contains("the file ends within a packet"), "{said:?}");
    assert!(said.ok().contains("> count()"));
    place.write("text.pcapng", "no recording");
    assert!(place.run(&["sniff", "text.pcapng"]).failed(2).contains("no pcapng file"));
    assert!(place.run(&["replay", "text.pcapng"]).failed(2).contains("no pcapng file"));
}

#[test]
fn a_board_that_vanishes_is_told_and_opened_again() {
    let place = Place::new();
    let demo = Started::new(place.command(&["demo", "--tcp", "127.0.0.1:0"]), "serialtalk -b demo call");
    let target = demo.said.split_whitespace().find(|word| word.starts_with("tcp://")).unwrap().to_owned();
    let mut sniffing = sniff(&place, &["-b", &target, "sniff"]);
    let path = sniffing.path();
    assert_eq!(place.run(&["-b", &path, "call", "mult", "2", "3"]).ok(), "6.0\n");
    drop(demo);
    sniffing.until_told("is gone");
    let address = target.strip_prefix("tcp://").unwrap();
    let _demo = Started::new(place.command(&["demo", "--tcp", address]), "serialtalk -b demo call");
    sniffing.until_told("is back");
    assert_eq!(place.run(&["-b", &path, "call", "mult", "2", "4"]).ok(), "8.0\n");
    sniffing.until("multack('f', 8.0)");
}

#[test]
fn text_that_no_program_reads_is_shown_and_holds_nothing_up() {
    let place = Place::new();
    let board = Board::that(|link, stop| {
        link.set_write_timeout_ms(20);
        let (mut number, mut rest) = (0, Vec::new());
        while !stop.load(Ordering::Relaxed) {
            if rest.is_empty() {
                number += 1;
                rest = format!("line {number}\n").into_bytes();
            }
            if let Ok(sent) = link.send(&rest) {
                rest.drain(..sent);
            }
        }
    });
    let mut sniffing = sniff(&place, &["-b", &board.path, "sniff"]);
    sniffing.until_told("no program reads");
    // More than all buffers on the way hold.
    let lines = sniffing.until(": line 20000");
    // Of the first line the beginning may have been sent before the port was opened.
    for lines in contents(&lines)[1..].windows(2) {
        let number = |line: &str| line.strip_prefix("< text: line ").unwrap().parse::<u32>().unwrap();
        assert_eq!(number(lines[0]) + 1, number(lines[1]));
    }
    let (_, told, code) = sniffing.end();
    assert_eq!(code, 0, "{told}");
}

#[test]
fn wireshark_shows_what_was_recorded() {
    peers::require_program!("tshark");
    let place = Place::new();
    let demo = place.demo();
    let sniffing = sniff(&place, &["-b", "demo", "sniff", "--record", "checked.pcapng"]);
    place.run(&["-b", &sniffing.path(), "call", "mult", "1.5", "2"]).ok();
    sniffing.end();
    drop(demo);
    let board = counting();
    let sniffing = sniff(&place, &["-b", &board.path, "sniff", "--record", "plain.pcapng"]);
    place.run(&["-b", &sniffing.path(), "call", "half", "1", "2.5", "--format", "<hf"]).ok();
    sniffing.end();

    let script = concat!("lua_script:", env!("CARGO_MANIFEST_DIR"), "/../contrib/serialtalk.lua");
    let tshark = |file: &str, fields: &[&str]| {
        let mut command = Command::new("tshark");
        command
            .current_dir(place.folder())
            .args(["-X", script, "-r", file, "-T", "fields"])
            .stderr(Stdio::null());
        fields.iter().for_each(|field| {
            command.args(["-e", field]);
        });
        output(&mut command).lines().map(|line| line.replace('\t', " ")).collect::<Vec<_>>()
    };
    let fields = ["frame", "name", "reply", "format", "value"].map(|field| format!("serialtalk.{field}"));
    let fields: Vec<_> = fields.iter().map(String::as_str).collect();
    let plain = tshark("plain.pcapng", &fields);
    assert_eq!(
        plain[plain.len() - 2..],
        ["plain half 0 <hf 1,2.5", "plain halfack 1 fb 0.5,-2"],
        "{plain:#?}"
    );
    let checked = ["kind", "number", "name", "literal", "value"].map(|field| format!("serialtalk.{field}"));
    let checked: Vec<_> = checked.iter().map(String::as_str).collect();
    let checked = tshark("checked.pcapng", &checked);
    assert!(checked.contains(&"1 1 mult (1.5, 2) ".to_owned()), "{checked:#?}");
    assert!(checked.contains(&"8 1 mult  3".to_owned()), "{checked:#?}");

    let times = tshark("plain.pcapng", &["frame.time_epoch", "frame.packet_flags_direction"]);
    let shown = place.run(&["--json", "sniff", "plain.pcapng"]).ok();
    assert_eq!(times.len(), shown.lines().count());
    let epochs: Vec<f64> =
        times.iter().map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect();
    for (line, (epoch, time)) in shown.lines().zip(epochs.iter().zip(&times)) {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        let seconds = object["time"].as_f64().unwrap();
        assert!((epoch - epochs[0] - seconds).abs() < 1e-5, "{epoch} and {seconds}");
        let direction = if object["from"] == "board" { "1" } else { "2" };
        assert!(time.ends_with(direction) || time.ends_with(&format!("0x{direction:0>8}")), "{time}");
    }
}
