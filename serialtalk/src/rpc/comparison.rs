//! The asking side of the contract check, without a link.

use super::command::{Command, Timeout};
use super::contract::{FIND_COMMANDS, LARGE, UNKNOWN};
use super::error::CallError;
use super::interface::{CommandInfo, Interface};
use crate::codec::error::EncodeError;
use crate::codec::payload_writer::PayloadWriter;
use crate::wire::frame::MIN_BUFFER;

/// How long an answer may take, in milliseconds. Two are awaited from a peer that is silent about unknown commands.
const ANSWER_MS: u32 = 225;

/// How many commands are asked for at once: the hashes fit the largest frame.
const MAX_BATCH: usize = 56;

/// The bytes of a question besides its hashes: `<`, the length, the name with its length, the header, zero, `>`.
const OVERHEAD: usize = 3 + 1 + FIND_COMMANDS.len() + 1 + "raw".len() + 1;

/// The numbers of an answer.
pub(crate) type Numbers = heapless::Vec<u8, MAX_BATCH>;

/// Compares an interface with what a peer has.
#[derive(Debug)]
pub(crate) struct Comparison {
    /// The commands that are not compared yet.
    commands: &'static [CommandInfo],
    /// How many hashes a question may have.
    batch: usize,
    /// Whether the next question is the name of the first command, because the peer does not know its hash.
    by_name: bool,
    peer: Peer,
}

/// What a comparison needs next.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Next {
    /// The answer to the next question.
    Answer,
    /// A peer that is ready, for it did not answer.
    Ready,
    /// Nothing: the two agree, or the peer does not compare.
    Nothing,
    /// Nothing: the peer's command with this number, if it is known, has another signature.
    Differs(&'static CommandInfo, Option<u8>),
}

impl Comparison {
    /// Nothing of `interface` is compared yet. The first question also finds out whether the peer is ready.
    pub(crate) const fn new(interface: &'static Interface) -> Self {
        Self { commands: interface.commands, batch: MAX_BATCH, by_name: false, peer: Peer::Unknown }
    }

    /// The command that carries the next question.
    pub(crate) const fn command(&self) -> Command<'static> {
        Command { timeout: Some(Timeout::Ms(ANSWER_MS)), ..Command::new(FIND_COMMANDS) }
    }

    /// Writes the next question.
    pub(crate) fn write(&self, payload: &mut PayloadWriter<'_, '_>) -> Result<(), EncodeError> {
        match (self.asked(), self.by_name) {
            ([command, ..], true) => payload.raw_bytes(command.name.as_bytes()),
            (commands, _) => {
                payload.raw_bytes(&[0]);
                commands.iter().for_each(|command| payload.copy(&command.hash.to_le_bytes()));
            }
        }
        Ok(())
    }

    /// Takes the answer to the last question.
    ///
    /// # Errors
    ///
    /// Errors of the link, and a peer that falls silent.
    pub(crate) fn take<L>(&mut self, answer: Result<Numbers, CallError<L>>) -> Result<Next, CallError<L>> {
        match answer {
            Ok(numbers) => Ok(self.compare(&numbers)),
            // It has a command of its own with this name.
            Err(CallError::Protocol { .. }) => Ok(Next::Nothing),
            Err(CallError::Refused { error, .. }) => {
                // A small buffer has no room for its size in the text of an error.
                let limit = error.frame_too_long().map_or(MIN_BUFFER, |error| error.limit);
                let asks_less = !error.is_not_found() && self.shorten(limit);
                Ok(if asks_less { Next::Answer } else { Next::Nothing })
            }
            Err(CallError::Unsendable { error: EncodeError::TooLong(error), .. })
                if self.shorten(error.limit) =>
            {
                Ok(Next::Answer)
            }
            Err(error @ CallError::Timeout { .. }) => match self.peer {
                Peer::Unknown => {
                    self.peer = Peer::Ready;
                    Ok(Next::Ready)
                }
                // It is silent about commands that it does not know.
                Peer::Ready => Ok(Next::Nothing),
                Peer::Compares => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    /// The commands of the next question, if it is for their hashes.
    pub(crate) fn asked_by_hash(&self) -> Option<&'static [CommandInfo]> {
        if self.by_name { None } else { Some(self.asked()) }
    }

    /// The commands of the next question.
    fn asked(&self) -> &'static [CommandInfo] {
        let len = if self.by_name { 1 } else { self.batch };
        self.commands.get(..len).unwrap_or(self.commands)
    }

    fn compare(&mut self, numbers: &[u8]) -> Next {
        self.peer = Peer::Compares;
        let asked = self.asked();
        if numbers.len() != asked.len() {
            // It has a command of its own with this name.
            return Next::Nothing;
        }
        let unknown = numbers.iter().position(|number| *number == UNKNOWN);
        let compared = match (self.by_name, unknown) {
            (false, None) => asked.len(),
            (false, Some(at)) => at,
            // The peer does not have it. Calling it will say so.
            (true, Some(_)) => 1,
            (true, None) => {
                let number = numbers.first().copied().filter(|number| *number != LARGE);
                return asked.first().map_or(Next::Nothing, |command| Next::Differs(command, number));
            }
        };
        self.by_name = !self.by_name && unknown.is_some();
        self.commands = self.commands.get(compared..).unwrap_or_default();
        if self.commands.is_empty() { Next::Nothing } else { Next::Answer }
    }

    /// Asks for fewer commands at once, so that a question fits a frame of `limit` bytes; returns whether it can.
    fn shorten(&mut self, limit: usize) -> bool {
        let batch = limit.saturating_sub(OVERHEAD) / size_of::<u32>();
        let is_shorter = !self.by_name && batch > 0 && batch < self.batch;
        if is_shorter {
            self.batch = batch;
        }
        is_shorter
    }
}

/// What is known of the peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Peer {
    /// It was not heard of yet.
    Unknown,
    /// It was waited for, and is ready.
    Ready,
    /// It has answered a question.
    Compares,
}
