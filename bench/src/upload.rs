//! Files and code sent to MicroPython boards, compared with mpremote.

mod boards;
mod ours;
mod peer;

use std::time::Duration;

use anyhow::Result;
use peers::{Venv, random};

use crate::compare::{Effort, Side, compare};
use crate::report::{Report, Section, Show};
use crate::table::Budget;
use boards::{Place, microbit, micropython, micropython_without_raw_paste};
use peer::{Mpremote, Way};

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// A script of 20 lines, as a file.
    Script,
    /// A script of 20 lines, run.
    Run,
    Text(usize),
    Random(usize),
}

/// One row.
struct Row {
    name: &'static str,
    what: What,
    /// The number of rounds of other rows for each round of this one.
    share: usize,
}

const KIB: usize = 1024;

const SCRIPT: Row = Row { name: "script, 20 lines", what: What::Script, share: 4 };
const RUN: Row = Row { name: "script, 20 lines, run", what: What::Run, share: 4 };
const TEXT_4: Row = Row { name: "4 KiB, text", what: What::Text(4 * KIB), share: 8 };
const RANDOM_4: Row = Row { name: "4 KiB, random", what: What::Random(4 * KIB), share: 8 };
const TEXT_64: Row = Row { name: "64 KiB, text", what: What::Text(64 * KIB), share: 16 };
const RANDOM_64: Row = Row { name: "64 KiB, random", what: What::Random(64 * KIB), share: 16 };
const TEXT_256: Row = Row { name: "256 KiB, text", what: What::Text(256 * KIB), share: 32 };
const RANDOM_256: Row = Row { name: "256 KiB, random", what: What::Random(256 * KIB), share: 32 };

const ALL: [Row; 8] = [SCRIPT, RUN, TEXT_4, RANDOM_4, TEXT_64, RANDOM_64, TEXT_256, RANDOM_256];

/// Divides the number of rounds where mpremote mostly sleeps: such rounds are long and vary little.
const SLEEPY: usize = 8;

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    let sections = [
        Section {
            name: "upload",
            title: "to MicroPython 1.29 on a pty, from the open port on, and what arrived is compared; peer: mpremote 1.29",
        },
        Section {
            name: "upload port",
            title: "to MicroPython 1.29 on a pty; peer: mpremote's way with ports other than ptys",
        },
        Section {
            name: "upload raw",
            title: "to MicroPython 1.29 on a pty, with raw paste hidden; 256 KiB are omitted, because mpremote takes 40 s",
        },
        Section {
            name: "upload micro:bit",
            title: "to MicroPython 1.9.2 on a micro:bit in QEMU, which has no room for 64 KiB; peer: mpremote's way with a pty",
        },
    ];
    let small = || [SCRIPT, RUN, TEXT_4, RANDOM_4];
    if !sections.iter().any(|section| ALL.iter().any(|row| report.would_want(section, row.name))) {
        return Ok(());
    }
    let Some(venv) = &Venv::find() else { return Ok(()) };
    let mut mpremote = Mpremote::start(venv);
    let [pty, port, raw, on_microbit] = sections;

    let board = micropython(venv);
    report.section(pty);
    // Code that is run passes through the prompt, which reads it byte by byte for either side.
    let half = |row: &Row| if row.what == What::Run { 1.0 } else { 0.5 };
    for row in ALL {
        row.measure(report, &board, &mut mpremote, Way::Pty, half(&row), 1)?;
    }
    report.section(port);
    for row in ALL {
        row.measure(report, &board, &mut mpremote, Way::Port, 0.1, SLEEPY)?;
    }
    report.section(raw);
    let board = micropython_without_raw_paste(venv);
    for row in small().into_iter().chain([RANDOM_64]) {
        row.measure(report, &board, &mut mpremote, Way::Pty, 0.5, SLEEPY)?;
    }
    report.section(on_microbit);
    let Some(board) = microbit()? else { return Ok(()) };
    for row in small() {
        row.measure(report, &board, &mut mpremote, Way::Pty, 1.0, SLEEPY)?;
    }
    Ok(())
}

impl Row {
    fn measure(
        &self,
        report: &mut Report,
        board: &impl Place,
        mpremote: &mut Mpremote,
        way: Way,
        most: f64,
        divisor: usize,
    ) -> Result<()> {
        let mut lost = 0;
        report.compare(self.name, Show::Time, Budget::AtMost(most), |effort| {
            let rounds = (effort.rounds / self.share / divisor).max(3);
            let mut work = Work { what: self.what, content: self.what.content(), turn: 0 };
            let comparison =
                compare(Effort { rounds, lengths: [Duration::ZERO; 2], ..effort }, |side, _| {
                    work.next();
                    board.refresh()?;
                    match side {
                        Side::Ours => ours::send(&work, board),
                        Side::Peer => mpremote.send(&work, board, way, &mut lost),
                    }
                })?;
            Ok(comparison.of_different_kinds())
        })?;
        if lost > 0 {
            report.note(&format!(
                "mpremote failed or damaged what it sent {lost} times; those are not counted"
            ));
        }
        Ok(())
    }
}

/// The content of one round, which differs from all earlier ones.
struct Work {
    what: What,
    content: Vec<u8>,
    turn: u32,
}

impl Work {
    fn next(&mut self) {
        self.turn += 1;
        if self.what != What::Run {
            let number = format!("# {:05}", self.turn);
            self.content[..number.len()].copy_from_slice(number.as_bytes());
        }
    }

    /// The name of the file on the board: a new one each time, because replacing a file would dominate the time on a host's
    /// disk.
    fn name(&self) -> String {
        format!("file-{}", self.turn)
    }
}

const SOURCE: &[u8] = include_bytes!("../python/script.py");

impl What {
    fn content(self) -> Vec<u8> {
        let cycle = |bytes: &[u8], size| bytes.iter().copied().cycle().take(size).collect();
        match self {
            Self::Script | Self::Run => SOURCE.to_vec(),
            Self::Text(size) => cycle(SOURCE, size),
            Self::Random(size) => random(size),
        }
    }
}
