//! Makes the calls of one client at a board.

use std::io::{self, Read, Write};

use serialtalk::Timeout;
use serialtalk::proto::{Carrier, Command, FrameDecoder, MAX_FRAME, Suffix};
use serialtalk::{CallError, Value};

use super::{PAUSE, TIMEOUT};
use crate::answers::{literal, reply};
use crate::connection::Kept;
use crate::pause::{Claim, Pause};

/// How long the port may take to be closed.
const CLOSE: std::time::Duration = std::time::Duration::from_secs(3);

/// Commands after which a board serves others no more, or runs code of its own choice.
const DANGEROUS: [&str; 3] = ["module", "enable repl", "disable repl"];

/// What a client may do.
pub(crate) enum Rights {
    /// Everything; it may ask for the port.
    All(Pause),
    /// No commands that change what runs on the board.
    Calls,
}

/// What a command of a client came to.
enum Answer {
    Value(Vec<u8>),
    Error(Vec<u8>),
    /// An error after which the client is served no more.
    Last(Vec<u8>),
    /// The board has not answered, and the client notices that by itself.
    Silence,
}

/// Says to a client why it is not served, as soon as it calls something.
pub(crate) fn refuse(stream: impl Read + Write, why: &str) -> io::Result<()> {
    answer_each(stream, |name, payload| {
        Ok(match name {
            "echo" => Answer::Value(payload.to_vec()),
            _ if is_hello(name) => Answer::Error(literal("Command not found")),
            _ => Answer::Last(literal(&format!("Command failed: {why}"))),
        })
    })
}

/// Whether a client asks for the checked link. It would speak it with this program, not with the board.
fn is_hello(name: &str) -> bool {
    name.starts_with("checked?")
}

/// Answers the commands of a client until it closes the connection, or has its last answer.
fn answer_each(
    mut stream: impl Read + Write,
    mut answer: impl FnMut(&str, &[u8]) -> io::Result<Answer>,
) -> io::Result<()> {
    let mut decoder = FrameDecoder::<MAX_FRAME>::new();
    loop {
        while let Some(handle) = decoder.next(false, |_| ()) {
            let Some(frame) = decoder.frame(handle) else { continue };
            let Ok(name) = str::from_utf8(frame.name) else { continue };
            let (suffix, payload, is_last) = match answer(name, frame.payload)? {
                Answer::Value(payload) => (Suffix::Ack, payload, false),
                Answer::Error(payload) => (Suffix::Err, payload, false),
                Answer::Last(payload) => (Suffix::Err, payload, true),
                Answer::Silence => continue,
            };
            stream.write_all(&reply(name.as_bytes(), suffix, &payload))?;
            if is_last {
                return Ok(());
            }
        }
        match stream.read(decoder.recv_buf())? {
            0 => return Ok(()),
            count => decoder.commit(count),
        }
    }
}

/// A client, with what it has asked for.
pub(crate) struct Client {
    board: Kept,
    rights: Rights,
    timeout: Option<Timeout>,
    claim: Option<Claim>,
}

impl Client {
    pub(crate) fn new(board: Kept, rights: Rights) -> Self {
        Self { board, rights, timeout: None, claim: None }
    }

    /// Makes the client's calls until it closes the connection, or the board is lost.
    pub(crate) fn serve(&mut self, stream: impl Read + Write) -> io::Result<()> {
        answer_each(stream, |name, payload| self.answer(name, payload))
    }

    fn answer(&mut self, name: &str, payload: &[u8]) -> io::Result<Answer> {
        match (name, &self.rights) {
            (TIMEOUT, Rights::All(_)) => {
                if let Value::Int(ms) = Value::from_payload(payload) {
                    self.timeout = u32::try_from(ms).ok().map(Timeout::Ms);
                }
                Ok(Answer::Value(b"\x01z".to_vec()))
            }
            (PAUSE, Rights::All(pause)) => {
                self.claim = pause.ask(CLOSE);
                Ok(match self.claim {
                    Some(_) => Answer::Value(b"\x01z".to_vec()),
                    None => Answer::Error(literal("Command failed: the port is still open")),
                })
            }
            _ if is_hello(name) => Ok(Answer::Error(literal("Command not found"))),
            (name, Rights::Calls) if DANGEROUS.contains(&name) => {
                Ok(Answer::Error(literal("Command failed: not over a shared connection")))
            }
            _ => self.forward(name, payload),
        }
    }

    fn forward(&mut self, name: &str, payload: &[u8]) -> io::Result<Answer> {
        let command = Command { timeout: self.timeout, ..Command::new(name) };
        match self.board.call_raw(command, payload) {
            Ok(reply) if reply.is_error() => Ok(Answer::Error(reply.payload().to_vec())),
            Ok(reply) => Ok(Answer::Value(reply.payload().to_vec())),
            Err(CallError::Timeout { .. }) => Ok(Answer::Silence),
            Err(error) if error.is_link() => Err(io::Error::other(error.to_string())),
            Err(error) => Ok(Answer::Error(literal(&format!("Command failed: {error}")))),
        }
    }
}
