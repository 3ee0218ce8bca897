//! Sessions of the checked link that two endpoints have on a bad line, compared with what a program in Python makes of the bytes
//! that arrived. It was written from `spec/checked-link.md`, and has nothing in common with this crate.

#[path = "../../../serialtalk/src/rpc/endpoint/checked/tests/bad_line.rs"]
mod bad_line;
#[path = "../../../serialtalk/tests/spec/board.rs"]
#[allow(dead_code, reason = "shared with the tests of the specification")]
mod board;
#[path = "../../../serialtalk/tests/support/checked_line.rs"]
mod checked_line;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use bad_line::Random;
use board::BOARD_INTERFACE;
use checked_line::{CheckedLine, Event, Happened, NAMES};
use peers::{Interpreter, Venv};

/// A call, with arguments that `number` tells from those of other calls.
fn random_call(random: &mut Random, number: u32) -> String {
    let half = f64::from(number) / 2.0;
    match random.below(8) {
        0 => format!("led({})", number % 360),
        1 => "name()".into(),
        2 => "imu()".into(),
        3 => "calibrate()".into(),
        4 => format!("fill({})", 1 + random.below(260)),
        5 => format!("echo({number}, '{}')", "text".repeat(random.below(40) as usize)),
        _ => format!("mult({half:?}, 2.0)"),
    }
}

/// Two ends that call each other, and what came of it.
struct Recorded {
    line: CheckedLine,
    /// The calls that ended with a value or were refused: the end, the call, and the value.
    got: Vec<(usize, String, String)>,
    calling: [String; 2],
}

impl Recorded {
    fn new(entropy: u32) -> Self {
        let mut line = CheckedLine::new(entropy);
        line.require_checked();
        Self { line, got: vec![], calling: [String::new(), String::new()] }
    }

    fn call(&mut self, end: usize, call: String, timeout_ms: u32) {
        self.line.call(end, &call, timeout_ms);
        self.calling[end] = call;
    }

    /// Runs until no end calls, or for `limit` milliseconds; `damage` may change what is sent.
    fn run(&mut self, limit: u32, damage: impl FnMut(&mut Vec<u8>)) {
        self.run_while(limit, |calling| calling.iter().any(|call| !call.is_empty()), damage);
    }

    fn run_while(
        &mut self,
        limit: u32,
        goes_on: impl Fn(&[String; 2]) -> bool,
        mut damage: impl FnMut(&mut Vec<u8>),
    ) {
        let until = self.line.now + limit;
        while goes_on(&self.calling) {
            match self.line.run(until) {
                Some(Event::Sends(end, _)) => self.line.damage(end, &mut damage),
                Some(Event::Gets(end, text)) => {
                    let call = std::mem::take(&mut self.calling[end]);
                    let without_reply = ["timeout", "restarted", "reply lost"];
                    if !without_reply.iter().any(|error| text.starts_with(error)) {
                        self.got.push((end, call, text));
                    }
                }
                None => return,
            }
        }
    }

    fn restart(&mut self, end: usize, entropy: Option<u32>) {
        self.line.restart(end, entropy);
        self.calling[end].clear();
    }

    /// Calls in both directions over a bad line, between ends of which each starts again now and then.
    fn random(seed: u64) -> Self {
        let mut random = Random(seed);
        let mut recorded = Self::new(random.below(1 << 23) as u32);
        let times = [300, 1000, 5000][random.below(3) as usize];
        for round in 0..40 {
            for end in [0, 1] {
                let number = round * 2 + end as u32;
                if random.once_in(3) {
                    recorded.line.send(end, &format!("led({number})"));
                }
                if !random.once_in(3) && recorded.calling[end].is_empty() {
                    recorded.call(end, random_call(&mut random, number), 100 + random.below(2000) as u32);
                }
            }
            let limit = if random.once_in(6) { random.below(100) as u32 } else { 10_000 };
            recorded.run(limit, |bytes| random.damage(bytes, times));
            match random.below(16) {
                0 => recorded.restart(0, Some(random.below(1 << 23) as u32)),
                1 => recorded.restart(1, None),
                _ => {}
            }
            let pause = [5, 5, 1200, 3000][random.below(4) as usize];
            recorded.run_while(pause, |_| true, |bytes| random.damage(bytes, times));
        }
        recorded.run(10_000, |bytes| random.damage(bytes, times));
        recorded
    }

    /// The recording, as the program in Python reads it.
    fn text(&self) -> String {
        let mut text = String::new();
        for command in BOARD_INTERFACE.commands {
            let fixed = |format: &'static str| match format {
                "repr" | "raw" => "",
                format => format,
            };
            let (arguments, value) = (fixed(command.format), fixed(command.return_format));
            writeln!(text, "signature {} | {arguments} | {value}", command.signature()).unwrap();
        }
        for (ms, end, happened) in &self.line.happened {
            let does = match happened {
                Happened::Receives(bytes) => {
                    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                    format!("receives {hex}")
                }
                Happened::Restarts => "restarts".into(),
                Happened::Ends => "ends a call".into(),
            };
            writeln!(text, "{ms} {} {does}", NAMES[*end]).unwrap();
        }
        text
    }
}

/// What the program in Python says of a recording.
fn decoded(venv: &Venv, recording: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checked_link/decode.py");
    let mut python = venv
        .command(Interpreter::CPython)
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("CPython");
    let mut input = python.stdin.take().expect("standard input");
    let recording = recording.to_owned();
    let writer = std::thread::spawn(move || input.write_all(recording.as_bytes()));
    let output = python.wait_with_output().expect("output");
    writer.join().expect("a thread").expect("all was read");
    assert!(output.status.success(), "the decoder failed");
    String::from_utf8(output.stdout).expect("text")
}

/// Compares what the program in Python has made of a recording with what the endpoints did.
fn compare(recorded: &mut Recorded, text: &str, seed: u64) {
    for end in [0, 1] {
        let lines: Vec<_> =
            text.lines().filter_map(|line| line.split_once(&format!(" {} ", NAMES[end]))).collect();
        let ran = lines.iter().filter_map(|(_, said)| {
            let said = said.split_once(" runs")?.0;
            let call = said.splitn(3, ' ').nth(2)?;
            BOARD_INTERFACE.command(call.split('(').next()?).map(|_| call)
        });
        assert_eq!(ran.collect::<Vec<_>>(), recorded.line.ends[end].called(), "seed {seed}: {}", NAMES[end]);

        // A reply that arrives after its call was given up is no value of any.
        let mut replies = lines.iter().filter_map(|(_, said)| said.split_once(" of "));
        for (_, call, value) in recorded.got.iter().filter(|(by, ..)| *by == end) {
            let is_refused = value.starts_with("refused");
            let found = replies.any(|(kind, said)| match is_refused {
                true => kind.starts_with("ERROR") && said.starts_with(&format!("{call}: ")),
                false => kind.starts_with("REPLY") && said == format!("{call}: {value}"),
            });
            assert!(found, "seed {seed}: the {} got {value} of {call}\n{text}", NAMES[end]);
        }
    }
}

#[test]
fn a_decoder_that_was_written_from_the_specification_reads_every_session() {
    let venv = peers::require!();
    let mut all = String::new();
    let mut values = 0;
    for seed in 0..40 {
        let mut recorded = Recorded::random(seed);
        let text = decoded(&venv, &recorded.text());
        compare(&mut recorded, &text, seed);
        values += recorded.got.len();
        all += &text;
    }
    assert!(values > 1000, "{values} values");
    for said in [
        " hello ",
        " answer N ",
        " answer S ",
        " CALL ",
        " NAMED ",
        " NOTE ",
        " REPLY ",
        " ERROR ",
        " GONE ",
        " AGAIN ",
        " again",
        " damage",
        " restarts",
    ] {
        assert!(all.contains(said), "no{said}");
    }
}
