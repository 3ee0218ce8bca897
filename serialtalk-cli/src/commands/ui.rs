//! `serialtalk ui`

mod calls;
mod draw;
mod form;
mod keys;
mod state;

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event as Input};

use crate::connection::{Connection, Kept};
use crate::context::Context;
use crate::contract;
use crate::failure::{Failure, Kind, Result};
use crate::figures;
use crate::kept::News;
use crate::leaves::Named;
use crate::plot::Feed;
use crate::sampling::{self, Asked, Counts, Event, Plan, Sample, What};
use crate::stop::Stop;

use calls::Calls;
use keys::Wish;
use state::{Line, State};

/// How often the picture changes at most.
const PICTURE: Duration = Duration::from_millis(50);

// The arguments of `ui`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How often watched commands are called in a second
    #[arg(long, value_name = "RATE", default_value = "10", value_parser = super::watch::hz)]
    hz: f64,
}

pub(crate) fn run(args: &Args, context: &Context) -> Result {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        let failure = Failure::usage("the full screen needs a terminal");
        return Err(failure.hint("serialtalk list, call and watch write plain text"));
    }
    let board = context.board("ui")?;
    let (teller, news) = channel();
    let (mut connection, _keeping) = Connection::keep(&board, move |news| {
        let is_loss = matches!(news, News::Connection(_)).then(|| news.is_loss());
        // Nobody listens any more once the screen is closed.
        let _ = teller.send((is_loss, news.to_string()));
    })?;
    let mut untold = None;
    let known = match contract::read(&mut connection) {
        Ok(known) => known.into_iter().filter(|known| !known.is_built_in()).collect(),
        // One that says little can be called all the same.
        Err(failure) if failure.kind == Kind::Timeout && !board.has_echo => {
            untold = Some(failure);
            Vec::new()
        }
        Err(failure) => return Err(failure),
    };
    let stop = Stop::on_signal()?;
    let mut state = State::new(&board.name, known);
    if let Some(failure) = untold {
        state.say(Line::Failure("list".into(), failure));
    }
    let ui = Ui {
        state,
        calls: Calls::start(connection.clone()),
        connection,
        news,
        hz: args.hz,
        started: Instant::now(),
        watching: None,
    };
    ui.run(&stop)?;
    Ok(ExitCode::SUCCESS)
}

/// The screen, and what happens behind it.
struct Ui {
    state: State,
    calls: Calls,
    connection: Connection<Kept>,
    /// What has happened on the board, and whether the connection is lost if that has changed.
    news: Receiver<(Option<bool>, String)>,
    hz: f64,
    started: Instant,
    watching: Option<Watching>,
}

/// Commands that are called again and again.
struct Watching {
    samples: Receiver<Event>,
    stop: Stop,
    commands: Vec<(usize, Feed)>,
    counts: Option<Counts>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.stop.set();
    }
}

impl Ui {
    /// Shows the screen until somebody has seen enough.
    fn run(mut self, stop: &Stop) -> io::Result<()> {
        let mut terminal = ratatui::try_init()?;
        let result = self.show(&mut terminal, stop);
        ratatui::restore();
        result
    }

    fn show(&mut self, terminal: &mut ratatui::DefaultTerminal, stop: &Stop) -> io::Result<()> {
        while !stop.is_set() {
            self.take();
            let now = self.now();
            self.state.view.follow(now);
            terminal.draw(|frame| draw::draw(&self.state, now, frame))?;
            let due = Instant::now() + PICTURE;
            while event::poll(due.saturating_duration_since(Instant::now()))? {
                let input = event::read()?;
                let now = self.now();
                match keys::press(&mut self.state, &input, now) {
                    Wish::Nothing => {}
                    Wish::Quit => return Ok(()),
                    Wish::Call(call, text) => self.calls.make(call, text),
                    Wish::Watch => self.watch(),
                }
                if matches!(input, Input::Key(_) | Input::Resize(..)) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// The time in seconds.
    fn now(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Takes all that has happened.
    fn take(&mut self) {
        while let Ok((is_loss, text)) = self.news.try_recv() {
            if let Some(is_loss) = is_loss {
                self.state.loss = is_loss.then(|| text.clone());
            }
            self.state.say(Line::Change(text));
        }
        while let Some(done) = self.calls.done() {
            self.state.say(done);
        }
        let Some(watching) = &mut self.watching else { return };
        let mut failures = Vec::new();
        while let Ok(event) = watching.samples.try_recv() {
            match event.what {
                What::Started { schedule, .. } => watching.counts = Some(Counts::new(schedule)),
                What::Sampled(sample) => add(&mut self.state, watching, &sample, self.started),
                What::Ended(Err(failure)) => failures.push(failure),
                What::Connection { .. } | What::Printed(_) | What::Ended(Ok(())) => {}
            }
        }
        let now = Instant::now();
        self.state.figures =
            watching.counts.as_ref().map_or(String::new(), |counts| figures::head(counts, now));
        if let Some(failure) = failures.pop() {
            self.state.say(Line::Failure("watch".into(), failure));
            self.state.watched.clear();
            self.watch();
        }
    }

    /// Watches the commands that are to be watched, instead of those that are.
    fn watch(&mut self) {
        self.watching = None;
        self.state.figures = String::new();
        let names: Vec<_> =
            self.state.watched.iter().map(|at| (*at, self.state.known[*at].name.clone())).collect();
        self.state
            .view
            .series
            .retain(|series| names.iter().any(|(_, name)| Feed::new(name).has(&series.name)));
        if names.is_empty() {
            return;
        }
        let asked = |(_, name): &(usize, String)| Asked {
            label: name.clone(),
            call: crate::connection::Call { name: name.clone(), format: None, arguments: Vec::new() },
        };
        let plan = Plan {
            commands: names.iter().map(asked).collect(),
            hz: self.hz,
            slots: None,
            wants_types: false,
        };
        let stop = Stop::default();
        let samples = sampling::over(self.connection.clone(), plan, stop.clone());
        let commands = names.iter().map(|(at, name)| (*at, Feed::new(name))).collect();
        self.watching = Some(Watching { samples, stop, commands, counts: None });
    }
}

/// Shows a sample.
fn add(state: &mut State, watching: &mut Watching, sample: &Sample, started: Instant) {
    if let Some(counts) = watching.counts.as_mut().filter(|_| sample.command == 0) {
        counts.add(sample);
    }
    let (at, feed) = &mut watching.commands[sample.command];
    let told = state.known[*at].told.as_ref();
    let ty = told.and_then(|told| told.signature().value());
    let named = sample.result.as_ref().ok().map(|value| Named::new(value, ty));
    let time = sample.answered.duration_since(started).as_secs_f64();
    feed.add(&mut state.view, sample.slot, named.as_ref(), time);
}
