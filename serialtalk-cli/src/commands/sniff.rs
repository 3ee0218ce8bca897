//! `serialtalk sniff`

mod ports;
mod report;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use std::{fs, io};

use crate::arguments::Global;
use crate::boards::{self, Board};
use crate::clock::Clock;
use crate::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::output::tell;
use crate::stop::Stop;
use crate::traffic::Side;
use crate::traffic::pcapng::{self, BadRecording};

use ports::{Event, between, tap};
use report::{Recording, Report};

/// How often it is looked whether there is something to do besides the bytes.
const TICK: Duration = Duration::from_millis(50);

const EXAMPLES: &str = "\
Examples:
  serialtalk sniff                            between the only board and a new port for your program
  serialtalk -b arm sniff --record arm.pcapng the same, and a file for Wireshark
  serialtalk sniff --a /dev/ttyUSB0 --b /dev/ttyUSB1
                                              two adapters that listen at RX and TX of a board
  serialtalk sniff arm.pcapng                 a recording, as it was shown
  serialtalk sniff --record - | wireshark -k -i -
                                              live in Wireshark, with contrib/serialtalk.lua

Of each frame there are the seconds since the start, `>` to the board or `<` from it, and its content as the call in \
Python that would send it. Frames of the checked link have their kind and number in front: `call 2: mult('2f', 5.9, 94.0)`.

`#5` is a command by its number, whose name and types were not told: `serialtalk list` at the new port asks for them.

Levels of DTR and RTS, and the speed that a program sets at the new port, stay there.";

// The arguments of `sniff`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Shows this recording, instead of a board; `-` is standard input
    #[arg(value_name = "FILE.pcapng", conflicts_with_all = ["a", "b", "record"])]
    file: Option<PathBuf>,
    /// Only listens, and never sends: the port at which arrives what is sent to the board
    #[arg(long, value_name = "PORT", requires = "b")]
    a: Option<String>,
    /// Only listens: the port at which arrives what the board sends
    #[arg(long, value_name = "PORT", requires = "a")]
    b: Option<String>,
    /// Records in this file; `-` is standard output, and the frames are shown on standard error then
    #[arg(long, value_name = "FILE.pcapng")]
    record: Option<PathBuf>,
    /// Overwrites the file of --record if it exists
    #[arg(long, requires = "record")]
    force: bool,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let has_board = context.global.board.is_some();
    args.record.as_ref().map_or(Ok(()), |path| Recording::check(path, args.force))?;
    match (&args.file, &args.a, &args.b) {
        (Some(_), ..) | (_, Some(_), _) if has_board => Err(Failure::usage(
            "--board is for the port between which and a program frames are shown: there is none with a FILE or --a",
        )),
        (Some(file), ..) => show(file, context),
        (None, Some(to_board), Some(from_board)) => {
            let [to_board, from_board] = [to_board, from_board].map(|name| port(name, context));
            let (to_board, from_board) = (to_board?, from_board?);
            listen(args, context, &to_board, &from_board)
        }
        _ => forward(args, context, &context.board("sniff")?),
    }
}

/// The port of one tap.
fn port(name: &str, context: &Context) -> Result<Board> {
    let global = Global { board: Some(name.to_owned()), ..context.global.clone() };
    boards::only(&global, &context.config, "sniff")
}

/// Shows what crosses between a board and a new port.
fn forward(args: &Args, context: &Context, board: &Board) -> Result {
    let (clock, stop) = (Clock::new(), Stop::on_signal()?);
    let (sender, events) = channel();
    let path = between(board, clock, sender)?;
    let mut report = report(args, context, clock, &board.target)?;
    tell(format_args!(
        "frames between {} and {path} are shown until Ctrl-C; in another terminal:\n  serialtalk -b {path} list",
        board.name
    ));
    let result = take(&mut report, &events, clock, &stop);
    report.end(result)
}

/// Shows what two taps hear.
fn listen(args: &Args, context: &Context, to_board: &Board, from_board: &Board) -> Result {
    let (clock, stop) = (Clock::new(), Stop::on_signal()?);
    let (sender, events) = channel();
    tap(Side::Host, to_board, clock, sender.clone())?;
    tap(Side::Board, from_board, clock, sender)?;
    let name = format!("{} {}", to_board.target, from_board.target);
    let mut report = report(args, context, clock, &name)?;
    tell(format_args!("what arrives at {} and {} is shown until Ctrl-C", to_board.name, from_board.name));
    let result = take(&mut report, &events, clock, &stop);
    report.end(result)
}

/// Begins the recording, now that the ports are open.
fn report(args: &Args, context: &Context, clock: Clock, name: &str) -> Result<Report> {
    let recording = args.record.as_ref().map(|path| Recording::new(path, args.force, name));
    Ok(Report::new(context.output, clock.start(), recording.transpose()?))
}

/// Takes what ports say until `stop` ends the work.
fn take(report: &mut Report, events: &Receiver<Event>, clock: Clock, stop: &Stop) -> Result<()> {
    while !stop.is_set() {
        match events.recv_timeout(TICK) {
            Ok(event) => add(report, event)?,
            Err(RecvTimeoutError::Timeout) => report.idle(clock.now())?,
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    // What has arrived until now; a board that floods sends more all the time.
    let end = clock.now();
    let is_before = |event: &Event| !matches!(event, Event::Bytes { time, .. } if *time > end);
    events.try_iter().take_while(is_before).try_for_each(|event| add(report, event))
}

fn add(report: &mut Report, event: Event) -> Result<()> {
    match event {
        Event::Bytes { side, time, bytes } => report.add(side, time, &bytes),
        Event::Told(text) => {
            tell(text);
            Ok(())
        }
    }
}

/// Shows a recording.
fn show(file: &Path, context: &Context) -> Result {
    let input: Box<dyn io::Read> = match file.to_str() {
        Some("-") => Box::new(io::stdin().lock()),
        _ => Box::new(fs::File::open(file).map_err(|error| Failure::file(file, &error))?),
    };
    let mut report = None;
    let mut shown = Ok(());
    let read = pcapng::read(input, |packet| {
        let report = report.get_or_insert_with(|| Report::new(context.output, packet.time, None));
        if shown.is_ok() {
            shown = report.add_packet(packet);
        }
    });
    let ended = match report {
        Some(report) => report.end(shown),
        None => Ok(ExitCode::SUCCESS),
    };
    match (ended, read) {
        (Ok(code), Err(BadRecording::CutShort)) => {
            tell("the file ends within a packet: whoever wrote it was ended before");
            Ok(code)
        }
        (Ok(_), Err(error)) => Err(Failure::new(Kind::Usage, format!("{}: {error}", file.display()))),
        (ended, _) => ended,
    }
}
