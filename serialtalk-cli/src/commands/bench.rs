//! `serialtalk bench`

mod tally;

use std::ffi::OsString;
use std::fmt::Write;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use clap_complete::ArgValueCompleter;
use serde_json::json;

use crate::boards::Board;
use crate::completion;
use crate::connection::{Call, Connection};
use crate::context::Context;
use crate::failure::{Failure, Kind, Result};
use crate::figures::milliseconds;
use crate::output::{DIM, Output};
use crate::stop::Stop;
use crate::words;

use tally::Tally;

/// How long it takes if nothing is said.
const DURATION: Duration = Duration::from_secs(5);

/// How often it is looked whether all boards are done.
const LOOK_EACH: Duration = Duration::from_millis(20);

/// How many columns the longest bar of the histogram has.
const BAR: u64 = 40;

// The arguments of `bench`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  serialtalk bench                            echo, for five seconds
  serialtalk bench mult 5.9 94 -n 1000        a thousand calls")]
pub(crate) struct Args {
    /// The name of the command that is called
    #[arg(default_value = "echo", add = ArgValueCompleter::new(completion::commands))]
    name: String,
    /// Its arguments, each a word, as `call` takes them
    #[arg(value_name = "ARGUMENT", allow_negative_numbers = true)]
    arguments: Vec<OsString>,
    /// Packs the arguments in this format of Python's struct: `ff`, `<if`; as literals otherwise
    #[arg(long)]
    format: Option<String>,
    /// Ends after so many calls
    #[arg(short, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    n: Option<u64>,
    /// Ends after so long: 5s, 1min [default: 5s, unless there is -n]
    #[arg(long = "for", value_name = "TIME", value_parser = humantime::parse_duration)]
    duration: Option<Duration>,
}

/// A board that is measured.
struct Bench {
    board: Board,
    tally: Arc<Mutex<Tally>>,
    thread: thread::JoinHandle<Result<()>>,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    let arguments = words::values(&args.arguments)?;
    let boards = context.boards()?;
    let output = Output { names_boards: boards.len() > 1, ..context.output };
    let stop = Stop::on_signal()?;
    let work = Work {
        call: Call { name: args.name.clone(), format: args.format.clone(), arguments },
        calls: args.n,
        duration: args.duration.or(args.n.is_none().then_some(DURATION)),
    };
    let benches: Vec<Bench> = boards.into_iter().map(|board| start(board, &work, &stop)).collect();
    let are_done = || benches.iter().all(|bench| bench.thread.is_finished());
    while !are_done() && stop.is_unset_until(Instant::now() + LOOK_EACH) {}
    let mut failed: Option<Kind> = None;
    for bench in benches {
        let tally = lock(&bench.tally).clone();
        if tally.calls() > 0 {
            show(&tally, &args.name, &bench.board, output)?;
        }
        // A call that runs when the work is to end is not waited for.
        if bench.thread.is_finished()
            && let Err(failure) = bench.thread.join().unwrap_or_else(|_| Err(panicked()))
        {
            output.failure(Some(&bench.board.name), &failure);
            failed = failed.max(Some(failure.kind));
        }
    }
    Ok(failed.map_or(ExitCode::SUCCESS, ExitCode::from))
}

fn panicked() -> Failure {
    Failure::new(Kind::Protocol, "the calls have ended by a mistake of this program")
}

/// What is done with each board.
#[derive(Debug, Clone)]
struct Work {
    call: Call,
    calls: Option<u64>,
    duration: Option<Duration>,
}

fn start(board: Board, work: &Work, stop: &Stop) -> Bench {
    let tally = Arc::new(Mutex::new(Tally::new()));
    let (of_thread, work, stop, opened) = (Arc::clone(&tally), work.clone(), stop.clone(), board.clone());
    let measuring = move |connection: &mut Connection| measure(connection, &work, &stop, &of_thread);
    let thread = thread::spawn(move || Connection::with(&opened, measuring));
    Bench { board, tally, thread }
}

/// Calls the command again and again.
fn measure(connection: &mut Connection, work: &Work, stop: &Stop, tally: &Mutex<Tally>) -> Result<()> {
    // The first call shows whether it can be called at all, and is not counted.
    let mut call = work.call.clone();
    connection.call(&mut call)?;
    let start = Instant::now();
    let (mut calls, mut now) = (0, start);
    let is_due = |calls, now: Instant| {
        let is_early = work.duration.is_none_or(|duration| now.duration_since(start) < duration);
        calls == 0 || is_early && work.calls.is_none_or(|wanted| calls < wanted)
    };
    while is_due(calls, now) && !stop.is_set() {
        let result = connection.called(&call);
        let answered = Instant::now();
        lock(tally).add(result.is_ok(), answered - now, answered - start);
        match result {
            Err(error) if error.is_link() => return Err(error.into()),
            _ => {}
        }
        (calls, now) = (calls + 1, answered);
    }
    Ok(())
}

fn lock(tally: &Mutex<Tally>) -> MutexGuard<'_, Tally> {
    tally.lock().unwrap_or_else(PoisonError::into_inner)
}

fn show(tally: &Tally, command: &str, board: &Board, output: Output) -> Result<()> {
    let ms = |time: Duration| (time.as_secs_f64() * 1e6).round() / 1e3;
    if output.is_json {
        return Ok(output.json(json!({
            "board": board.name,
            "command": command,
            "calls": tally.calls(),
            "errors": tally.errors(),
            "seconds": tally.duration().as_secs_f64(),
            "calls_per_s": (tally.per_second() * 10.0).round() / 10.0,
            "p50_ms": ms(tally.round_trip(0.5)),
            "p90_ms": ms(tally.round_trip(0.9)),
            "p99_ms": ms(tally.round_trip(0.99)),
            "max_ms": ms(tally.round_trip(1.0)),
        }))?);
    }
    for line in described(tally, command).lines() {
        output.line(&board.name, line)?;
    }
    Ok(())
}

/// The figures and a histogram, in several lines.
fn described(tally: &Tally, command: &str) -> String {
    let seconds = tally.duration().as_secs_f64();
    let (calls, errors, rate) = (tally.calls(), tally.errors(), tally.per_second());
    let mut text =
        format!("{command}: {rate:.0} calls/s; {calls} calls in {seconds:.1} s, {errors} errors\n");
    let [p50, p90, p99, max] = [0.5, 0.9, 0.99, 1.0].map(|quantile| milliseconds(tally.round_trip(quantile)));
    // Writing to text does not fail.
    let _ = writeln!(text, "round trip in ms: p50 {p50}, p90 {p90}, p99 {p99}, max {max}");
    let rows = tally.rows();
    let most = rows.iter().map(|row| row.calls).max().unwrap_or(0).max(1);
    let width = rows.iter().map(|row| milliseconds(row.to).len()).max().unwrap_or(0);
    for row in rows {
        // A call that is there is seen.
        let bar = "█".repeat((row.calls * BAR).div_ceil(most) as usize);
        let (to, calls) = (milliseconds(row.to), row.calls);
        let _ = writeln!(text, "  ≤ {to:>width$}  {bar} {DIM}{calls}{DIM:#}");
    }
    text
}
