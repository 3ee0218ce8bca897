//! The questions with which a contract is read, without a link.

use std::time::Instant;

use serialtalk::{CallError, RemoteError};

use super::command::{BadCommand, Command};
use super::description;
use super::interface::{BadInterface, Interface};
use super::limits::{MAX_COMMANDS, MAX_CONTRACT, MAX_DESCRIPTION, MAX_TIME};

/// The command that tells descriptions.
pub(super) const DESCRIBE: &str = "describe";

/// How long an answer may take, in milliseconds.
pub(super) const ANSWER_MS: u32 = 300;

/// How many numbers without a description may follow each other: a table of run-time commands reserves very many.
const MAX_GAP: u16 = 256;

/// How often a question is asked again: a peer that has answered before is there, and a byte may have been lost.
const MAX_REPEATS: u8 = 2;

/// The fewest bytes that a peer with room for a frame sends of a description at once, unless it ends there.
const MIN_PART: usize = 8;

/// A contract cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError<L: core::error::Error + 'static> {
    /// Nobody answered.
    #[error(
        "no answer to `describe` within {ANSWER_MS} ms: either there is no peer, or one that ignores commands it does not have"
    )]
    Silent,
    /// The peer describes nothing.
    #[error("the peer describes nothing: mark its interface with `#[serialtalk::interface(describe)]`")]
    NotDescribed,
    /// A call failed.
    #[error(transparent)]
    Call(CallError<L>),
    /// A description is none.
    #[error("the description of command {number} is none: {error}")]
    Command {
        /// The number of the command.
        number: u16,
        /// What is wrong with it.
        error: BadCommand,
    },
    /// The descriptions do not make an interface.
    #[error("the peer's descriptions do not make an interface: {0}")]
    Interface(BadInterface),
    /// The peer sends parts of a description that it cannot have.
    #[error(
        "the peer sends absurd parts of the description of command {number}: expected at most 16384 bytes of UTF-8, in parts \
         of one size of at least {MIN_PART} bytes"
    )]
    Parts {
        /// The number of the command.
        number: u16,
    },
    /// The peer goes on for too long.
    #[error("the contract was not read within {} s: use a faster line", MAX_TIME.as_secs())]
    TooSlow,
}

/// A contract that is being read.
pub(super) struct Reading {
    started: Instant,
    /// The number of the command whose description is being read.
    number: u16,
    text: Vec<u8>,
    /// How many bytes all descriptions have.
    total: usize,
    /// The length of the first part of the description, and whether a shorter one has come.
    part: Option<(usize, bool)>,
    /// How often the last question was asked again.
    repeats: u8,
    /// How many numbers without a description came last.
    gap: u16,
    commands: Vec<Command>,
    is_done: bool,
}

impl Reading {
    pub(super) fn new() -> Self {
        Self {
            started: Instant::now(),
            number: 0,
            text: Vec::new(),
            total: 0,
            part: None,
            repeats: 0,
            gap: 0,
            commands: Vec::new(),
            is_done: false,
        }
    }

    /// The arguments of the next call; `None` if everything is read.
    pub(super) fn question<L>(&self) -> Result<Option<(u16, u16)>, ReadError<L>>
    where
        L: core::error::Error,
    {
        if self.is_done {
            return Ok(None);
        }
        if self.started.elapsed() > MAX_TIME {
            return Err(ReadError::TooSlow);
        }
        // A text never gets so long.
        Ok(Some((self.number, u16::try_from(self.text.len()).unwrap_or(u16::MAX))))
    }

    /// Takes the answer to the last question.
    pub(super) fn take<L>(&mut self, answer: Result<Vec<u8>, CallError<L>>) -> Result<(), ReadError<L>>
    where
        L: core::error::Error,
    {
        let is_first = self.number == 0 && self.text.is_empty();
        if answer.is_ok() {
            self.repeats = 0;
        }
        match answer {
            Ok(part) if part.is_empty() => self.end_of_text(),
            Ok(part) => self.part(&part),
            Err(CallError::Refused { error, .. }) if is_first && says(&error, NOT_FOUND) => {
                Err(ReadError::NotDescribed)
            }
            Err(CallError::Refused { error, .. }) if self.text.is_empty() && says(&error, NO_SUCH_NUMBER) => {
                self.is_done = true;
                Ok(())
            }
            Err(CallError::Timeout { .. }) if is_first => Err(ReadError::Silent),
            Err(CallError::Timeout { .. }) if self.repeats < MAX_REPEATS => {
                self.repeats += 1;
                Ok(())
            }
            Err(error) => Err(ReadError::Call(error)),
        }
    }

    /// What was read.
    pub(super) fn finish<L>(self) -> Result<Interface, ReadError<L>>
    where
        L: core::error::Error,
    {
        Interface::new("Board", "", self.commands).map_err(ReadError::Interface)
    }

    fn part<L: core::error::Error>(&mut self, part: &[u8]) -> Result<(), ReadError<L>> {
        let is_sound = match self.part {
            None => true,
            Some((first, is_last)) => first >= MIN_PART && !is_last && part.len() <= first,
        };
        if !is_sound || self.text.len() + part.len() > MAX_DESCRIPTION {
            return Err(ReadError::Parts { number: self.number });
        }
        let first = self.part.map_or(part.len(), |(first, _)| first);
        self.part = Some((first, part.len() < first));
        self.text.extend_from_slice(part);
        Ok(())
    }

    fn end_of_text<L: core::error::Error>(&mut self) -> Result<(), ReadError<L>> {
        let number = self.number;
        self.part = None;
        if self.text.is_empty() {
            self.gap += 1;
        } else {
            self.gap = 0;
            self.total += self.text.len();
            let text = String::from_utf8(core::mem::take(&mut self.text))
                .map_err(|_| ReadError::Parts { number })?;
            let command =
                description::command(&text).map_err(|error| ReadError::Command { number, error })?;
            self.commands.push(command);
        }
        if self.commands.len() > MAX_COMMANDS {
            return Err(ReadError::Interface(BadInterface::TooMany(self.commands.len())));
        }
        if self.total > MAX_CONTRACT {
            return Err(ReadError::Interface(BadInterface::TooLong(self.total)));
        }
        match number.checked_add(1) {
            Some(next) if self.gap < MAX_GAP => self.number = next,
            _ => self.is_done = true,
        }
        Ok(())
    }
}

/// With which words a peer refuses a number that no command can have.
const NO_SUCH_NUMBER: &str = "Command failed: no such number";

/// With which words a peer refuses a command that it does not have.
const NOT_FOUND: &str = "Command not found";

/// Whether a refusal has these words, or as many of them as a small buffer has room for.
fn says(error: &RemoteError, words: &str) -> bool {
    let text = error.text();
    text.starts_with(words) || !text.is_empty() && words.starts_with(text)
}

#[cfg(test)]
mod tests {
    use core::convert::Infallible;

    use super::*;

    #[test]
    fn a_contract_is_not_read_for_ever() {
        let mut reading = Reading::new();
        assert!(matches!(reading.question::<Infallible>(), Ok(Some((0, 0)))));
        reading.started = Instant::now().checked_sub(MAX_TIME * 2).unwrap();
        assert!(matches!(reading.question::<Infallible>(), Err(ReadError::TooSlow)));
    }
}
