//! A short file on its way to a board: in one program, without asking first what the board can do.

use core::ops::ControlFlow;

use serialtalk::Value;
use serialtalk::link::Link;
use serialtalk::repl::{Conversation, ReplError, Script};
use sha2::{Digest, Sha256};

use super::files::{Written, quoted};
use super::literals::literal;
use super::upload::{ACK, escaped};
use super::{Board, BoardError};

/// Most boards can spare a few times as many bytes.
const LONGEST: usize = 4096;

/// So many go along with the program, whether they are needed or not: that takes no longer than to ask first.
const SHORTEST: usize = 1024;

impl<L: Link<Error: core::fmt::Display>> Board<L> {
    /// Writes a short file. Returns `None` if that failed on the board: the general way works on more boards, and returns the
    /// cause.
    pub(super) fn write_short(
        &mut self,
        path: &str,
        bytes: &[u8],
    ) -> Result<Option<Written>, BoardError<L::Error>> {
        if self.means.is_some() || bytes.len() > LONGEST {
            return Ok(None);
        }
        let goes_along = bytes.len() <= SHORTEST && !self.helpers.contains("short");
        let file: Vec<u8> =
            if goes_along { Vec::new() } else { bytes.iter().flat_map(escaped).copied().collect() };
        let helpers: &[_] = if file.len() > bytes.len() { &["decode", "short"] } else { &["short"] };
        let digest = Value::Bytes(Sha256::digest(bytes).to_vec());
        self.part = Some(format!("{path}.part"));
        let call = format!("_st_short({}, {}, {digest}, {}", quoted(path), bytes.len(), file.len());
        let mut call = call.into_bytes();
        if goes_along {
            call.extend(b", ");
            call.extend(literal(bytes));
        }
        call.push(b')');
        let missing = self.missing(helpers).concat();
        let outcome = if missing.is_empty() {
            self.exchange(Script::of_bytes(&call), &[&file])
        } else {
            // Read by the board as bytes, code gets there faster than through its prompt. What asks for it fits one
            // statement, and fails before it asks where there is nothing to read from.
            let source = [missing.as_bytes(), &call].concat();
            let reads = format!("import sys;_=sys.stdin.buffer;print('\x06');exec(_.read({}))", source.len());
            self.exchange(Script::new(&reads), &[&source, &file])
        };
        match self.checked(path, outcome) {
            Ok(ending) => {
                self.helpers.extend(helpers);
                Ok(ending)
            }
            Err(error) if error.exception().is_some() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Runs code that reads these inputs, one after the other, and then prints what has become of the file.
    fn exchange(
        &mut self,
        script: Script<'_>,
        inputs: &[&[u8]],
    ) -> Result<Option<Written>, ReplError<L::Error>> {
        let mut exchange = Exchange { inputs, rest: &[], written: None };
        self.repl.converse(script.prints_text(), &mut exchange)?;
        Ok(exchange.written)
    }
}

/// Sends one input after the other, each when the board is ready for it.
struct Exchange<'e> {
    inputs: &'e [&'e [u8]],
    /// The bytes to send next.
    rest: &'e [u8],
    written: Option<Written>,
}

impl Conversation for Exchange<'_> {
    fn output(&mut self, bytes: &[u8]) -> ControlFlow<()> {
        for byte in bytes {
            match (*byte, self.inputs.split_first()) {
                (ACK, Some((next, later))) => {
                    self.rest = next;
                    self.inputs = later;
                }
                (b'=', _) => self.written = Some(Written::Unchanged),
                (b'+', _) => self.written = Some(Written::Sent),
                _ => {}
            }
        }
        ControlFlow::Continue(())
    }

    fn input(&mut self) -> &[u8] {
        self.rest
    }

    fn sent(&mut self, count: usize) {
        self.rest = self.rest.get(count..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_follow_acknowledgements_each_to_its_end() {
        let mut exchange = Exchange { inputs: &[b"abc", b"d"], rest: &[], written: None };
        let mut sent = Vec::new();
        for said in [&b"\r\n"[..], b"\x06\r\n", b"\x06", b"\r\n+\r\n"] {
            let _ = exchange.output(said);
            while let [byte, ..] = exchange.input() {
                sent.push(*byte);
                exchange.sent(1);
            }
            sent.push(b'.');
        }
        assert_eq!(sent, b".abc.d..");
        assert_eq!(exchange.written, Some(Written::Sent));
    }
}
