//! `serialtalk ui`

mod calls;
mod draw;
mod form;
mod keys;
mod state;

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{self, Event as Input};

use crate::clock::Clock;
use crate::connection::{Connection, Kept};
use crate::context::Context;
use crate::contract;
use crate::failure::{Failure, Kind, Result};
use crate::figures;
use crate::kept::{Keeping, News};
use crate::leaves::Named;
use crate::plot::Feed;
use crate::record::{Entry, Level, Names, Recording};
use crate::sampling::{self, Asked, Counts, Event, Plan, Sample, What};
use crate::stop::Stop;

use calls::Calls;
use keys::Wish;
use state::{Line, State};

/// How often the picture changes at most.
const PICTURE: Duration = Duration::from_millis(50);

// The arguments of `ui`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Keys:
  Up Down  marks a command             space    halts the picture, not the sampling
  Enter    calls it                    < > + -  scroll, less time, more time
  w        watches it, or no longer    1 to 9   hide and show a series
  :        a call as one line          y        locks the scale of the values
  r        records what is watched     ?        this help
  Esc      leaves the line, the form   q        ends")]
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
    let (mut connection, keeping) = Connection::keep(&board, move |news| {
        let level = if news.is_loss() { Level::Warning } else { Level::Info };
        let is_loss = (!matches!(news, News::Printed(_))).then(|| news.is_loss());
        // Nobody listens any more once the screen is closed.
        let _ = teller.send(Told { is_loss, level, text: news.to_string() });
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
    let names = Names {
        boards: vec![board.name.clone()],
        commands: state.known.iter().map(|known| known.name.clone()).collect(),
    };
    let ui = Ui {
        state,
        names: Arc::new(names),
        recording: None,
        clock: Clock::new(),
        calls: Calls::start(connection.clone()),
        connection,
        keeping,
        news,
        hz: args.hz,
        started: Instant::now(),
        watching: None,
    };
    ui.run(&stop)?;
    Ok(ExitCode::SUCCESS)
}

/// What has happened on the board.
struct Told {
    /// Whether the connection is lost, if that has changed.
    is_loss: Option<bool>,
    level: Level,
    text: String,
}

/// The screen, and what happens behind it.
struct Ui {
    state: State,
    /// The board, and its commands in their order.
    names: Arc<Names>,
    recording: Option<Recording>,
    clock: Clock,
    calls: Calls,
    connection: Connection<Kept>,
    keeping: Keeping,
    news: Receiver<Told>,
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
    fn run(mut self, stop: &Stop) -> Result<()> {
        let mut terminal = ratatui::try_init()?;
        let result = self.show(&mut terminal, stop);
        ratatui::restore();
        let finished = self.recording.as_mut().map_or(Ok(()), Recording::finish);
        result?;
        finished
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
                    Wish::Record => self.toggle_recording(),
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
        while let Ok(Told { is_loss, level, text }) = self.news.try_recv() {
            if let Some(is_loss) = is_loss {
                self.state.loss = is_loss.then(|| text.clone());
            }
            let now = self.clock.at(Instant::now());
            self.record(|recording| recording.log(0, now, level, &text));
            self.state.say(Line::Change(text));
        }
        while let Some(done) = self.calls.done() {
            self.state.say(done);
        }
        let mut failures = Vec::new();
        while let Some(event) = self.watching.as_ref().and_then(|it| it.samples.try_recv().ok()) {
            match event.what {
                What::Started { schedule, .. } => {
                    self.watching.as_mut().into_iter().for_each(|it| it.counts = Some(Counts::new(schedule)));
                }
                What::Sampled(sample) => self.add(&sample),
                What::Ended(Err(failure)) => failures.push(failure),
                What::Connection { .. } | What::Printed(_) | What::Ended(Ok(())) => {}
            }
        }
        self.record(Recording::keep_safe);
        let Some(watching) = &self.watching else { return };
        let now = Instant::now();
        self.state.figures = watching
            .counts
            .as_ref()
            .map_or(String::new(), |counts| figures::head(counts, &self.keeping.carried, now));
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
        let samples =
            sampling::over(self.connection.clone(), self.keeping.carried.clone(), plan, stop.clone());
        let commands = names.iter().map(|(at, name)| (*at, Feed::new(name))).collect();
        self.watching = Some(Watching { samples, stop, commands, counts: None });
    }

    /// Shows a sample, and records it.
    fn add(&mut self, sample: &Sample) {
        let Some(watching) = &mut self.watching else { return };
        if let Some(counts) = watching.counts.as_mut().filter(|_| sample.command == 0) {
            counts.add(sample);
        }
        let (at, feed) = &mut watching.commands[sample.command];
        let command = *at;
        let told = self.state.known[command].told.as_ref();
        let ty = told.and_then(|told| told.signature().value());
        let named = sample.result.as_ref().ok().map(|value| Named::new(value, ty));
        let time = sample.answered.duration_since(self.started).as_secs_f64();
        feed.add(&mut self.state.view, sample.slot, named.as_ref(), time);
        let (asked, answered) = (self.clock.at(sample.asked), self.clock.at(sample.answered));
        let entry = Entry { board: 0, command, slot: sample.slot, asked, answered, value: named.as_ref() };
        self.record(|recording| recording.add(&entry));
    }

    /// Ends the recording, or begins one.
    fn toggle_recording(&mut self) {
        if self.recording.is_some() {
            self.record(Recording::finish);
            self.recording = None;
            self.state.say(Line::Change("the recording has ended".into()));
        } else {
            match Recording::named_by_time(Arc::clone(&self.names)) {
                Ok(recording) => {
                    let text =
                        format!("recording what is watched into {}; r ends it", recording.path().display());
                    self.recording = Some(recording);
                    self.state.say(Line::Change(text));
                }
                Err(failure) => self.state.say(Line::Failure("record".into(), failure)),
            }
        }
        self.state.is_recording = self.recording.is_some();
    }

    /// Does something with the recording, if there is one; a failure ends it.
    fn record(&mut self, does: impl FnOnce(&mut Recording) -> Result<()>) {
        if let Some(Err(failure)) = self.recording.as_mut().map(does) {
            self.recording = None;
            self.state.is_recording = false;
            self.state.say(Line::Failure("record".into(), failure));
        }
    }
}
