//! Commands of boards, called at a fixed rate in a thread for each board, whatever is done with their values meanwhile.

mod counts;
mod schedule;

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use serialtalk::{CallError, Value};
use serialtalk_hal::contract::{self, Type};

use crate::boards::Board;
use crate::carried::Carried;
use crate::connection::{Call, Connection, Kept};
use crate::failure::Result;
use crate::firmware::Firmware;
use crate::kept::News;
use crate::stop::Stop;
use crate::way::Broken;

pub(crate) use counts::Counts;
pub(crate) use schedule::Schedule;

/// How many events may wait for whoever takes them. When there are more, slots are missed.
const WAITING: usize = 1024;

/// What is sampled.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// The commands of a slot, called one after the other.
    pub(crate) commands: Vec<Asked>,
    /// How often slots come.
    pub(crate) hz: f64,
    /// After how many slots it ends; never by itself if nothing is said.
    pub(crate) slots: Option<u64>,
    /// Whether boards are asked for the types of the values.
    pub(crate) wants_types: bool,
}

/// A command with arguments.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// How it is called where its values are shown: the line that it was made of.
    pub(crate) label: String,
    pub(crate) call: Call,
}

/// What happens on one of the boards.
#[derive(Debug)]
pub(crate) struct Event {
    /// The number of the board.
    pub(crate) board: usize,
    pub(crate) what: What,
}

/// What happens on a board.
#[derive(Debug)]
pub(crate) enum What {
    /// The first slot begins.
    Started {
        /// When slots come.
        schedule: Schedule,
        /// The type of the value of each command, if the board was asked and tells it.
        types: Vec<Option<Type>>,
        /// How much the line to the board carries.
        carried: Carried,
    },
    /// A command was called.
    Sampled(Sample),
    /// The connection was lost, or is back.
    Connection {
        /// Whether it was lost.
        is_loss: bool,
        /// The change, in words.
        text: String,
    },
    /// The program of the board has printed a line.
    Printed(String),
    /// The board is sampled no more. Nothing of it follows.
    Ended(Result<()>),
}

/// A call, and what became of it.
#[derive(Debug)]
pub(crate) struct Sample {
    /// The number of the slot, from 0. Numbers of slots that were missed are left out.
    pub(crate) slot: u64,
    /// When the command was sent.
    pub(crate) asked: Instant,
    /// When its reply was there.
    pub(crate) answered: Instant,
    /// The number of the command in the plan.
    pub(crate) command: usize,
    pub(crate) result: std::result::Result<Value, CallError<Broken>>,
}

/// Starts a thread for each board, which opens it and samples it until the plan or `stop` ends that.
pub(crate) fn start(boards: &[Board], plan: &Arc<Plan>, stop: &Stop) -> Receiver<Event> {
    let (events, receiver) = sync_channel(WAITING);
    for (number, board) in boards.iter().enumerate() {
        let teller = Teller { board: number, events: events.clone() };
        let (board, plan, stop) = (board.clone(), Arc::clone(plan), stop.clone());
        thread::spawn(move || {
            let result = sample(&board, &plan, &stop, &teller);
            teller.tell(What::Ended(result));
        });
    }
    receiver
}

/// Tells the events of a board.
#[derive(Clone)]
struct Teller {
    board: usize,
    events: SyncSender<Event>,
}

impl Teller {
    /// Tells an event, as soon as there is room for it. Returns whether somebody takes it.
    fn tell(&self, what: What) -> bool {
        self.events.send(Event { board: self.board, what }).is_ok()
    }
}

fn sample(board: &Board, plan: &Plan, stop: &Stop, teller: &Teller) -> Result<()> {
    let of_connection = teller.clone();
    let (mut connection, keeping) = Connection::keep(board, move |news| {
        of_connection.tell(match news {
            News::Printed(line) => What::Printed(line.to_owned()),
            news => What::Connection { is_loss: news.is_loss(), text: news.to_string() },
        });
    })?;
    take(&mut connection, &keeping.carried, plan, stop, teller)
}

/// Samples a board that is open, in a thread of its own, until the plan or `stop` ends that.
pub(crate) fn over(
    mut connection: Connection<Kept>,
    carried: Carried,
    plan: Plan,
    stop: Stop,
) -> Receiver<Event> {
    let (events, receiver) = sync_channel(WAITING);
    let teller = Teller { board: 0, events };
    thread::spawn(move || {
        let result = take(&mut connection, &carried, &plan, &stop, &teller);
        teller.tell(What::Ended(result));
    });
    receiver
}

/// Takes samples until the plan or `stop` ends that.
fn take(
    connection: &mut Connection<Kept>,
    carried: &Carried,
    plan: &Plan,
    stop: &Stop,
    teller: &Teller,
) -> Result<()> {
    let firmware = Firmware::of(connection)?;
    let types = if plan.wants_types { types(connection, plan) } else { vec![None; plan.commands.len()] };
    let schedule = Schedule::new(Instant::now(), plan.hz, plan.slots);
    teller.tell(What::Started { schedule, types, carried: carried.clone() });
    let mut calls: Vec<Call> = plan.commands.iter().map(|asked| asked.call.clone()).collect();
    let (mut next, mut was_lost) = (0, false);
    while schedule.has(next) && stop.is_unset_until(schedule.begin(next)) {
        // A slot whose time is over is missed, and never caught up.
        let slot = schedule.slot_at(Instant::now()).max(next);
        if !schedule.has(slot) {
            break;
        }
        if was_lost {
            match Firmware::of(connection) {
                Ok(same) if same == firmware => was_lost = false,
                Ok(other) => return Err(firmware.other(&other)),
                // It is not back yet: the slot is missed.
                Err(_) => {
                    next = slot + 1;
                    continue;
                }
            }
        }
        for (command, call) in calls.iter_mut().enumerate() {
            let before = Instant::now();
            // That of the first slot shows whether it can be made at all.
            let result = if next == 0 { Ok(connection.call(call)?) } else { connection.called(call) };
            let answered = Instant::now();
            was_lost |= result.as_ref().is_err_and(CallError::is_link);
            let sample = Sample { slot, asked: before, answered, command, result };
            if !teller.tell(What::Sampled(sample)) {
                return Ok(());
            }
        }
        next = slot + 1;
    }
    Ok(())
}

/// The type of the value of each command, as far as the board tells it.
fn types(connection: &mut Connection<Kept>, plan: &Plan) -> Vec<Option<Type>> {
    // A board without `echo` answers only what it knows: it would be asked in vain.
    let told = connection.board.has_echo.then(|| contract::read(&mut connection.caller).ok()).flatten();
    let type_of = |asked: &Asked| told.as_ref()?.command(&asked.call.name)?.signature().value().cloned();
    plan.commands.iter().map(type_of).collect()
}
