//! `serialtalk watch`

mod live;
mod picture;
mod view;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use clap_complete::ArgValueCompleter;
use serialtalk::Value;
use serialtalk_hal::contract::Type;

use crate::carried::Carried;
use crate::clock::Clock;
use crate::completion;
use crate::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::figures;
use crate::leaves::Named;
use crate::line;
use crate::output::Output;
use crate::plot::Wish;
use crate::record::{Entry, Level, Names, Recording};
use crate::sampling::{self, Asked, Counts, Event, Plan, Sample, What};
use crate::stop::Stop;
use crate::udp::Udp;
use crate::way::is_away;

use view::{View, Wanted};

/// How often it is looked whether there is something to do besides the values.
const TICK: Duration = Duration::from_millis(50);

/// How long calls that run may take when the work is to end.
const GRACE: Duration = Duration::from_millis(200);

const EXAMPLES: &str = "\
Examples:
  serialtalk watch imu                            ten times a second
  serialtalk watch imu \"mult 5.9 94\" --hz 50      two commands, one with arguments
  serialtalk watch imu --plot --hz 50             lines that move; ? shows the keys
  serialtalk watch imu --csv --for 10s > imu.csv  ten seconds as a table
  serialtalk watch imu --record run.mcap          a file for Foxglove or PlotJuggler
  serialtalk watch imu --udp 127.0.0.1:9870       live in PlotJuggler: UDP server, JSON
  serialtalk watch distance --on-change --json    only what is new, an object a line";

// The arguments of `watch`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A command; one with arguments, or with blanks in its name, in quotes: "mult 5.9 94", "'get imu' 1"
    #[arg(value_name = "COMMAND", required = true, allow_negative_numbers = true)]
    #[arg(add = ArgValueCompleter::new(completion::commands))]
    commands: Vec<String>,
    /// How often they are called in a second
    #[arg(long, value_name = "RATE", default_value = "10", value_parser = hz)]
    hz: f64,
    /// Packs arguments in this format of Python's struct: `ff`, `<if`; as literals otherwise
    #[arg(long)]
    format: Option<String>,
    /// Ends after so many slots, which are RATE in a second
    #[arg(short, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    n: Option<u64>,
    /// Ends after so long: 10s, 5min
    #[arg(long = "for", value_name = "TIME", value_parser = humantime::parse_duration)]
    duration: Option<Duration>,
    /// Shows a value only if it is another one than before
    #[arg(long)]
    on_change: bool,
    /// Draws lines that move, in full screen
    #[arg(long, conflicts_with_all = ["csv", "json", "on_change", "verbose"])]
    plot: bool,
    /// Writes a table: a row for each slot, a column for each part of a value
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Records in this file, NAME.mcap or NAME.csv
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Overwrites the file of --record if it exists
    #[arg(long, requires = "record")]
    force: bool,
    /// Sends each value to this address as JSON, for PlotJuggler: 127.0.0.1:9870
    #[arg(long, value_name = "ADDRESS")]
    udp: Option<String>,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let plan = Arc::new(plan(args)?);
    let boards = context.boards()?;
    let names = Arc::new(Names {
        boards: boards.iter().map(|board| board.name.clone()).collect(),
        commands: plan.commands.iter().map(|asked| asked.label.clone()).collect(),
    });
    let record = |path: &PathBuf| Recording::new(path, args.force, Arc::clone(&names));
    let recording = args.record.as_ref().map(record).transpose()?;
    let udp = args.udp.as_deref().map(Udp::new).transpose()?;
    let stop = Stop::on_signal()?;
    let output = Output { names_boards: boards.len() > 1, ..context.output };
    let wanted = Wanted { csv: args.csv, plot: args.plot, on_change: args.on_change };
    let view = View::new(output, &names, wanted)?;
    let mut watch = Watch::new(names, view, output, recording, udp);
    let result = watch.take(&sampling::start(&boards, &plan, &stop), &stop);
    watch.end(result)
}

/// What the command line wants to be sampled.
fn plan(args: &Args) -> Result<Plan> {
    let asked = |line: &String| {
        let call = line::call(line, args.format.as_deref())?;
        Ok(Asked { label: line.trim().to_owned(), call })
    };
    let commands: Vec<Asked> = args.commands.iter().map(asked).collect::<Result<_>>()?;
    for (number, asked) in commands.iter().enumerate() {
        if commands[..number].iter().any(|other| other.label == asked.label) {
            return Err(Failure::usage(format!("`{}` is there twice", asked.label)));
        }
        if number > 0 && Value::from_literal(&asked.call.name).is_some() {
            let text = format!("`{}` names no command", asked.label);
            let line = args.commands.join(" ");
            return Err(
                Failure::usage(text).hint(format!("quotes around a command with arguments: \"{line}\""))
            );
        }
    }
    let of_duration = args.duration.map(|duration| (duration.as_secs_f64() * args.hz).ceil().max(1.0) as u64);
    Ok(Plan {
        commands,
        hz: args.hz,
        slots: args.n.into_iter().chain(of_duration).min(),
        wants_types: args.plot || args.csv || args.record.is_some() || args.udp.is_some(),
    })
}

pub(super) fn hz(text: &str) -> std::result::Result<f64, String> {
    match text.parse() {
        Ok(hz) if (0.001..=10_000.0).contains(&hz) => Ok(hz),
        _ => Err("expected a rate from 0.001 to 10000".into()),
    }
}

/// Does with samples what the command line wants.
struct Watch {
    names: Arc<Names>,
    view: View,
    output: Output,
    recording: Option<Recording>,
    udp: Option<Udp>,
    clock: Clock,
    boards: Vec<Watched>,
    /// The worst of why boards are sampled no more.
    failed: Option<Kind>,
    /// Failures that cannot be told before the end.
    untold: Vec<(usize, Failure)>,
}

/// What is known of a board.
#[derive(Default)]
struct Watched {
    /// The counts of each command; none before the first slot.
    counts: Vec<Counts>,
    types: Vec<Option<Type>>,
    /// The last error of each command that was told.
    told: Vec<String>,
    /// How much its line carries.
    carried: Carried,
}

impl Watch {
    fn new(
        names: Arc<Names>,
        view: View,
        output: Output,
        recording: Option<Recording>,
        udp: Option<Udp>,
    ) -> Self {
        let boards = names.boards.iter().map(|_| Watched::default()).collect();
        Self {
            names,
            view,
            output,
            recording,
            udp,
            clock: Clock::new(),
            boards,
            failed: None,
            untold: Vec::new(),
        }
    }

    /// Takes events until there will be no more, or until `stop` ends the work.
    fn take(&mut self, events: &Receiver<Event>, stop: &Stop) -> Result<()> {
        let mut deadline = None;
        while deadline.is_none_or(|deadline| Instant::now() < deadline) {
            match events.recv_timeout(TICK) {
                Ok(event) => self.add(event)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if let Some(recording) = &mut self.recording {
                recording.keep_safe()?;
            }
            match self.view.refresh(&self.boards)? {
                Wish::Nothing => {}
                Wish::Quit => stop.set(),
                Wish::Record => self.toggle_recording()?,
            }
            if deadline.is_none() && stop.is_set() {
                deadline = Some(Instant::now() + GRACE);
            }
        }
        Ok(())
    }

    fn add(&mut self, event: Event) -> Result<()> {
        let board = event.board;
        match event.what {
            What::Started { schedule, types, carried } => {
                let counts = types.iter().map(|_| Counts::new(schedule)).collect();
                let told = vec![String::new(); types.len()];
                self.boards[board] = Watched { counts, types, told, carried };
                Ok(())
            }
            What::Sampled(sample) => self.add_sample(board, &sample),
            What::Connection { is_loss, text } => {
                self.view.tell_connection(board, is_loss, &text)?;
                self.log(board, if is_loss { Level::Warning } else { Level::Info }, &text)
            }
            What::Printed(line) => {
                self.view.tell(board, &format!("the board prints: {line}"))?;
                self.log(board, Level::Info, &line)
            }
            What::Ended(Ok(())) => Ok(()),
            What::Ended(Err(failure)) => {
                let counts = &mut self.boards[board].counts;
                // It may have failed in the first slot: then there is nothing to count.
                if counts.iter().all(|counts| counts.values() == 0) {
                    counts.clear();
                }
                self.failed = self.failed.max(Some(failure.kind));
                if self.view.fail(board, &failure)? {
                    self.untold.push((board, failure));
                }
                Ok(())
            }
        }
    }

    fn add_sample(&mut self, board: usize, sample: &Sample) -> Result<()> {
        let watched = &mut self.boards[board];
        watched.counts[sample.command].add(sample);
        let value = sample.result.as_ref().ok();
        let named = value.map(|value| Named::new(value, watched.types[sample.command].as_ref()));
        let entry = Entry {
            board,
            command: sample.command,
            slot: sample.slot,
            asked: self.clock.at(sample.asked),
            answered: self.clock.at(sample.answered),
            value: named.as_ref(),
        };
        if let Some(recording) = &mut self.recording {
            recording.add(&entry)?;
        }
        if let (Some(udp), Some(value)) = (&mut self.udp, &named) {
            let (board, command) = (&self.names.boards[board], &self.names.commands[sample.command]);
            udp.send(board, command, value, entry.answered);
        }
        self.view.show(&entry, value, sample.answered)?;
        match &sample.result {
            // That the board is away was told already.
            Err(error) if !is_away(error) => {
                let text = error.to_string();
                if self.boards[board].told[sample.command] != text {
                    self.view.tell(board, &text)?;
                    self.log(board, Level::Error, &text)?;
                    self.boards[board].told[sample.command] = text;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Records something that is said beside the values.
    fn log(&mut self, board: usize, level: Level, text: &str) -> Result<()> {
        match &mut self.recording {
            Some(recording) => recording.log(board, self.clock.at(Instant::now()), level, text),
            None => Ok(()),
        }
    }

    /// Ends the recording, or begins one in a file that is named by the time.
    fn toggle_recording(&mut self) -> Result<()> {
        if let Some(mut recording) = self.recording.take() {
            recording.finish()?;
            return Ok(self.view.tell(0, "the recording has ended")?);
        }
        match Recording::named_by_time(Arc::clone(&self.names)) {
            Ok(recording) => {
                let text = format!("recording into {}; r ends it", recording.path().display());
                self.recording = Some(recording);
                Ok(self.view.tell(0, &text)?)
            }
            Err(failure) => Ok(self.view.tell(0, &failure.text)?),
        }
    }

    /// Ends the file, and tells what became of the slots.
    fn end(mut self, result: Result<()>) -> Result {
        let finished = self.recording.as_mut().map_or(Ok(()), Recording::finish);
        self.view.finish(&self.boards)?;
        result?;
        let now = Instant::now();
        for (board, watched) in self.boards.iter().enumerate() {
            for (command, counts) in watched.counts.iter().enumerate().filter(|(_, it)| it.slots(now) > 0) {
                let command = &self.names.commands[command];
                let summary = format!("{command}: {}", figures::summary(counts, now));
                self.output.tell(&self.names.boards[board], &summary);
            }
        }
        for (board, failure) in &self.untold {
            self.output.failure(Some(&self.names.boards[*board]), failure);
        }
        finished?;
        Ok(self.failed.map_or(ExitCode::SUCCESS, ExitCode::from))
    }
}
