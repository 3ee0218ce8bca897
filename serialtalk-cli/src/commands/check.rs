//! `serialtalk check`

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Map, Value as Json, json};
use serialtalk::Caller;
use serialtalk_hal::ports;

use crate::boards::Board;
use crate::carried::Carried;
use crate::connection::{Call, Connection};
use crate::context::Context;
use crate::escaped::on_one_line;
use crate::failure::{Failure, Result};
use crate::holders::holders;
use crate::link::BoardLink;
use crate::output::{DIM, Output};
use crate::overheard::Overheard;
use crate::pause::Pause;
use crate::several;

/// How many round trips are measured.
const ROUND_TRIPS: usize = 20;

// The arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Goes from the port to the commands, and ends at the first thing that fails, with what to try.")]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, context: &Context) -> Result {
    several::each(context, &check)
}

/// Goes from the port to the commands of a board; the first thing that fails ends it.
fn check(board: &Board, output: Output) -> Result<()> {
    let mut findings = Findings { board, output, found: Map::new() };
    let result = findings.all();
    if output.is_json {
        let mut found = findings.found;
        found.insert("board".into(), json!(board.name));
        output.json(Json::Object(found))?;
    }
    result
}

/// What was found about a board, told as it is found.
struct Findings<'b> {
    board: &'b Board,
    output: Output,
    found: Map<String, Json>,
}

impl Findings<'_> {
    fn all(&mut self) -> Result<()> {
        let path = Path::new(&self.board.target);
        let is_port = path.exists();
        if is_port {
            let listed = ports::list()?.into_iter().find(|port| Path::new(&port.path) == path);
            let shown = listed.map_or_else(|| self.board.target.clone(), |port| port.to_string());
            self.tell("port", &shown, json!(shown))?;
            let programs: Vec<_> = holders(path).iter().map(ToString::to_string).collect();
            let shown = if programs.is_empty() { "no other program".into() } else { programs.join(", ") };
            self.tell("open in", &shown, json!(programs))?;
        } else {
            self.tell("port", &self.board.target.clone(), json!(self.board.target))?;
        }
        let link = BoardLink::open(self.board, &Pause::default())?;
        let is_shared = link.is_forwarded();
        if is_shared {
            self.tell("shared", "yes: calls are made by the program that has it open", json!(true))?;
        }
        let (carried, printed) = (Carried::default(), Arc::new(Mutex::new(Vec::new())));
        let lines = Arc::clone(&printed);
        let keep =
            move |line: &str| lines.lock().unwrap_or_else(PoisonError::into_inner).push(line.to_owned());
        let link = link.overheard_by(Overheard::new(carried.clone(), keep));
        let start = Instant::now();
        let result = Connection::with_link(link, self.board, |connection| self.talk(connection, start));
        // What has crossed the line says most where nobody understands it.
        let total = carried.total();
        self.tell("bytes", &format!("{total} in both directions"), json!(total))?;
        let printed = std::mem::take(&mut *printed.lock().unwrap_or_else(PoisonError::into_inner));
        if !printed.is_empty() {
            self.tell("prints", &printed.join(" | "), json!(printed))?;
        }
        result
    }

    /// Talks with a board that was asked for an answer at `start`.
    fn talk(&mut self, connection: &mut Connection, start: Instant) -> Result<()> {
        let has_echo = self.board.has_echo;
        if has_echo {
            let took = start.elapsed();
            self.tell("answered", &format!("after {}", shown_ms(took)), json!(ms(took)))?;
        } else {
            self.tell("answered", "not asked: it has no `echo`", Json::Null)?;
        }
        let is_checked = connection.is_checked();
        let shown = if is_checked { "checked: nothing is lost or run twice unnoticed" } else { "plain" };
        self.tell("link", shown, json!(if is_checked { "checked" } else { "plain" }))?;
        let count = connection.names()?.len();
        let version: std::result::Result<String, _> = connection.caller.call("get_version", ());
        if let Ok(version) = version {
            self.tell("version", &version, json!(version))?;
        }
        self.tell("commands", &format!("{count}; serialtalk list shows them"), json!(count))?;
        let name = if has_echo { "echo" } else { "get_num_commands" };
        let call = Call { name: name.into(), format: None, arguments: Vec::new() };
        let (mut trips, mut failed) = (Vec::new(), None);
        for _ in 0..ROUND_TRIPS {
            let start = Instant::now();
            match connection.called(&call) {
                Ok(_) => trips.push(start.elapsed()),
                Err(error) if error.is_link() => return Err(error.into()),
                Err(error) => failed = Some(error),
            }
        }
        let errors = ROUND_TRIPS - trips.len();
        let shown = format!("{errors} in {ROUND_TRIPS} round trips");
        self.tell("errors", &shown, json!(errors))?;
        if let Some(error) = failed {
            let failure = Failure::from(error);
            return Err(
                failure.hint("the wiring, and a lower --baud: serialtalk sniff shows what crosses the line")
            );
        }
        trips.sort();
        let [middle, longest] = [trips[trips.len() / 2], trips[trips.len() - 1]];
        let shown = format!("{}, the longest of {ROUND_TRIPS} {}", shown_ms(middle), shown_ms(longest));
        self.tell("round trip", &shown, json!({ "p50_ms": ms(middle), "max_ms": ms(longest) }))
    }

    /// Tells a finding, as text or later as JSON.
    fn tell(&mut self, what: &str, text: &str, json: Json) -> Result<()> {
        if self.output.is_json {
            self.found.insert(what.replace(' ', "_"), json);
        } else {
            let text = on_one_line(text);
            self.output.line(&self.board.name, format_args!("{DIM}{what:<10}{DIM:#}  {text}"))?;
        }
        Ok(())
    }
}

fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

fn shown_ms(time: Duration) -> String {
    format!("{:.2} ms", ms(time))
}
