//! A line between two real endpoints of the checked link, with a clock that only moves when both of them wait.

#![allow(dead_code, unreachable_pub, reason = "shared by several tests")]

use std::collections::VecDeque;
use std::convert::Infallible;

use serialtalk::proto::{Action, Command, Endpoint, OutgoingCall, PayloadWriter, Policy, ReplyDecoder};
use serialtalk::{Arguments, CallError, Checked, CommandInfo, EncodeError, State, Timeout, Value};

use super::board::{BOARD_INTERFACE, Board, BoardServer, Fault};

/// How long bytes are on their way, in milliseconds.
const DELAY_MS: u32 = 1;

/// One end of the line, by its place: the host or the board.
pub const NAMES: [&str; 2] = ["host", "board"];

/// What happens on the line.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// An end sends bytes.
    Sends(usize, Vec<u8>),
    /// A call of an end ends, with a value or an error as text.
    Gets(usize, String),
}

/// What happens to an end.
pub enum Happened {
    /// Bytes arrive.
    Receives(Vec<u8>),
    /// It starts again.
    Restarts,
    /// A call of this end is over.
    Ends,
}

/// Both ends, and the bytes between them.
pub struct CheckedLine {
    pub now: u32,
    pub ends: [End; 2],
    policy: Policy,
    /// Bytes on their way to each end, and when they arrive.
    under_way: [VecDeque<(u32, Vec<u8>)>; 2],
    /// What has happened to each end, and when.
    pub happened: Vec<(u32, usize, Happened)>,
}

/// One end of the line.
pub struct End {
    endpoint: Endpoint<258, 64, Checked>,
    service: BoardServer<Recorder>,
    call: Option<(OutgoingCall<String>, Asked)>,
    /// A one-way command that is to be sent, and whether the line was prepared for it.
    oneway: Option<(String, Asked, bool)>,
    inbox: VecDeque<u8>,
}

/// A command with its arguments.
#[derive(Debug, Clone)]
struct Asked {
    command: Option<&'static CommandInfo>,
    arguments: Vec<Value>,
}

/// A board that notes what it is called with.
#[derive(Default)]
struct Recorder {
    called: Vec<String>,
}

impl Board for Recorder {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        self.called.push(format!("mult({a:?}, {b:?})"));
        a * b
    }

    fn imu(&mut self) -> (f32, f32, f32) {
        self.called.push("imu()".into());
        (0.0, 0.125, 9.75)
    }

    fn led(&mut self, hue: u16) {
        self.called.push(format!("led({hue})"));
    }

    fn name(&mut self) -> String {
        self.called.push("name()".into());
        "R2".into()
    }

    fn fill(&mut self, count: u16) -> String {
        self.called.push(format!("fill({count})"));
        "x".repeat(count.into())
    }

    fn calibrate(&mut self) -> Result<u8, Fault> {
        self.called.push("calibrate()".into());
        Err(Fault::Moving { speed: 3 })
    }
}

impl Asked {
    /// Reads a call such as `mult(1.5, 2.0)`; the name of the command, and the call.
    fn of_text(text: &str) -> (String, Self) {
        let (name, arguments) = text.trim_end_matches(')').split_once('(').expect("a call");
        let literal = format!("[{arguments}]");
        let Some(Value::List(arguments)) = Value::from_literal(&literal) else { panic!("{text}") };
        (name.into(), Self { command: BOARD_INTERFACE.command(name), arguments })
    }

    fn write(&self, payload: &mut PayloadWriter<'_, '_>) -> Result<(), EncodeError> {
        match (self.command, &*self.arguments) {
            (_, []) => payload.no_arguments(),
            (Some(command), arguments) => {
                payload.values_as(&Arguments(arguments.to_vec()), command.format)?
            }
            (None, arguments) => payload.literal_values(&Arguments(arguments.to_vec()))?,
        }
        Ok(())
    }
}

impl End {
    /// An end that has just started. One with `entropy` has random numbers.
    pub fn new(entropy: Option<u32>) -> Self {
        let mut endpoint = Endpoint::<258, 64, Checked>::new();
        if let Some(entropy) = entropy {
            endpoint.set_entropy(entropy);
        }
        let service = BoardServer::new(Recorder::default());
        Self { endpoint, service, call: None, oneway: None, inbox: VecDeque::new() }
    }

    /// What it was called with, as text.
    pub fn called(&mut self) -> &[String] {
        &State::<Recorder, _>::state(&mut self.service).called
    }

    /// Tells the other end that this one leaves.
    pub fn leave(&mut self) {
        self.endpoint.leave();
    }

    /// Speaks no checked link.
    pub fn speak_plainly(&mut self) {
        self.endpoint.set_policy(Policy::Decline);
    }

    /// Writes the one-way command, or first what has to precede it; drops it if the peer may not have the session.
    fn write_oneway(&mut self, now: u32) {
        let Some((name, asked, is_prepared)) = self.oneway.take() else { return };
        if is_prepared {
            self.endpoint.write_oneway(&name, |payload| asked.write(payload)).expect("arguments that fit");
        } else if self.endpoint.begin_greeting(now).is_none() {
            self.endpoint.greet_before_oneway(now);
            self.oneway = Some((name, asked, true));
        }
    }

    /// Takes what is in its inbox, as far as there is room.
    fn receive(&mut self, now: u32) {
        let buffer = self.endpoint.recv_buf();
        let count = buffer.len().min(self.inbox.len());
        buffer.iter_mut().zip(self.inbox.drain(..count)).for_each(|(to, byte)| *to = byte);
        if count > 0 {
            self.endpoint.commit(count, now);
        }
    }

    /// Takes what is in its inbox, and does what is due, until it sends something or its call ends; `None` if it waits, with
    /// how long at most.
    fn step(&mut self, now: u32) -> Result<Step, Option<u32>> {
        self.receive(now);
        loop {
            if self.endpoint.transmit().is_empty() {
                self.write_oneway(now);
            }
            if self.oneway.is_some() && self.endpoint.transmit().is_empty() {
                continue;
            }
            let action = match &mut self.call {
                Some((call, _)) => self.endpoint.poll_call(call, now),
                None => self.endpoint.poll(now),
            };
            match action {
                Action::Transmit => {
                    let bytes = self.endpoint.transmit().to_vec();
                    self.endpoint.consume(bytes.len());
                    return Ok(Step::Sends(bytes));
                }
                Action::Serve(frame) => self.endpoint.serve(frame, &mut self.service),
                Action::WriteArguments => {
                    let (call, asked) = self.call.as_mut().expect("a call");
                    let asked = asked.clone();
                    self.endpoint
                        .write_arguments(call, |payload| asked.write(payload))
                        .expect("arguments that fit");
                }
                Action::Reply(reply) => {
                    let (call, asked) = self.call.take().expect("a call");
                    let decoder = decoder(asked.command);
                    return Ok(Step::Gets(shown(self.endpoint.finish_call(&call, "", reply, decoder))));
                }
                Action::Ended(why) => {
                    let (call, _) = self.call.take().expect("a call");
                    let context = self.endpoint.context(call.name(), "");
                    let error: CallError<Infallible> = why.of_call(call.awaited(), context);
                    return Ok(Step::Gets(shown(Err(error))));
                }
                Action::Receive { wait_ms } if self.inbox.is_empty() => return Err(wait_ms),
                Action::Receive { .. } => self.receive(now),
            }
        }
    }
}

enum Step {
    Sends(Vec<u8>),
    Gets(String),
}

/// Decodes a reply to whatever value it has.
fn decoder(command: Option<&CommandInfo>) -> ReplyDecoder<Value, Infallible> {
    let Some(command) = command else { return ReplyDecoder::DYNAMIC };
    let value = |decoder: &mut serialtalk::Decoder<'_>| {
        let mut values = decoder.rest()?;
        Ok(if values.len() == 1 { values.remove(0) } else { Value::Tuple(values) })
    };
    serialtalk::__private::reply_decoder(command.expected_value(), value, None)
}

fn shown(result: Result<Value, CallError<Infallible>>) -> String {
    match result {
        Ok(value) => value.to_string(),
        Err(error) => format!("{} (ran: {:?})", kind(&error), error.ran()),
    }
}

fn kind(error: &CallError<Infallible>) -> &'static str {
    match error {
        CallError::Timeout { .. } => "timeout",
        CallError::Restarted { .. } => "restarted",
        CallError::ReplyLost { .. } => "reply lost",
        CallError::NotChecked { .. } => "not checked",
        CallError::Refused { .. } => "refused",
        CallError::Protocol { .. } => "malformed reply",
        other => panic!("{other:?}"),
    }
}

impl CheckedLine {
    /// A host with random numbers, of which `entropy` is the first, and a board without.
    pub fn new(entropy: u32) -> Self {
        Self {
            now: 0,
            ends: [End::new(Some(entropy)), End::new(None)],
            under_way: [VecDeque::new(), VecDeque::new()],
            happened: vec![],
            policy: Policy::Offer,
        }
    }

    /// Lets both ends speak nothing but the checked link.
    pub fn require_checked(&mut self) {
        self.policy = Policy::Require;
        self.ends.iter_mut().for_each(|end| end.endpoint.set_policy(Policy::Require));
    }

    /// Begins a call such as `mult(1.5, 2.0)`.
    pub fn call(&mut self, end: usize, text: &str, timeout_ms: u32) {
        let (name, asked) = Asked::of_text(text);
        let command = asked.command.map_or(Command::new(&name), |command| command.command());
        let command = Command { timeout: Some(Timeout::Ms(timeout_ms)), ..command };
        let end = &mut self.ends[end];
        end.call = Some((end.endpoint.begin_call(command, self.now).into_owned(), asked));
    }

    /// Sends a one-way command to a peer that has the session; does nothing if that is not known.
    pub fn send(&mut self, end: usize, text: &str) {
        let (name, asked) = Asked::of_text(text);
        self.ends[end].oneway = Some((name, asked, false));
    }

    /// Starts an end again: everything that it knew, and what was under way, is lost.
    pub fn restart(&mut self, end: usize, entropy: Option<u32>) {
        let mut started = End::new(entropy);
        started.endpoint.set_policy(self.policy);
        let service = std::mem::replace(&mut self.ends[end], started).service;
        self.ends[end].service = service;
        self.under_way.iter_mut().for_each(VecDeque::clear);
        self.happened.push((self.now, end, Happened::Restarts));
    }

    /// What the bytes that were sent last become on their way.
    pub fn damage(&mut self, by: usize, change: impl FnOnce(&mut Vec<u8>)) {
        change(&mut self.under_way[1 - by].back_mut().expect("bytes under way").1);
    }

    /// Runs until something happens, or for so long that the time is `until`.
    pub fn run(&mut self, until: u32) -> Option<Event> {
        loop {
            let mut next = until;
            for end in [0, 1] {
                let mut arrived = vec![];
                while self.under_way[end].front().is_some_and(|(at, _)| *at <= self.now) {
                    arrived.extend(self.under_way[end].pop_front().expect("bytes").1);
                }
                if !arrived.is_empty() {
                    self.ends[end].inbox.extend(&arrived);
                    self.happened.push((self.now, end, Happened::Receives(arrived)));
                }
                match self.ends[end].step(self.now) {
                    Ok(Step::Sends(bytes)) => {
                        self.under_way[1 - end].push_back((self.now + DELAY_MS, bytes.clone()));
                        return Some(Event::Sends(end, bytes));
                    }
                    Ok(Step::Gets(text)) => {
                        self.happened.push((self.now, end, Happened::Ends));
                        return Some(Event::Gets(end, text));
                    }
                    Err(wait) => next = wait.map_or(next, |wait| next.min(self.now.saturating_add(wait))),
                }
            }
            if self.now >= until {
                return None;
            }
            let arrival = self.under_way.iter().filter_map(|to| to.front()).map(|(at, _)| *at).min();
            self.now = next.min(arrival.unwrap_or(next)).max(self.now + 1);
        }
    }
}
