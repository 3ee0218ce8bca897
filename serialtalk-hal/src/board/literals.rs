//! A file on its way to a board whose programs cannot read bytes: as literals in code.

use serialtalk::link::Link;
use serialtalk::repl::{ReplError, Script};

use super::files::quoted;
use super::{Board, report};

impl<L: Link<Error: core::fmt::Display>> Board<L> {
    /// Makes a file of `bytes`, in literals of at most `block` bytes. If the board raises an exception, nothing is left
    /// of it.
    pub(super) fn send_literals(
        &mut self,
        path: (&str, &str),
        bytes: &[u8],
        block: usize,
    ) -> Result<(), ReplError<L::Error>> {
        let (part, path) = path;
        let outcome = self.send_each(part, path, bytes, block);
        if outcome.as_ref().is_err_and(|error| error.exception().is_some()) {
            for undo in ["_st_file.close()", &format!("os.remove({})", quoted(part))] {
                match self.repl.run(Script::new(undo).prints_text(), |_| {}) {
                    // It was not open, or is not there: as it should be.
                    Err(error) if error.exception().is_some() => {}
                    other => other?,
                }
            }
        }
        outcome
    }

    fn send_each(
        &mut self,
        part: &str,
        path: &str,
        bytes: &[u8],
        block: usize,
    ) -> Result<(), ReplError<L::Error>> {
        let open = format!("_st_file=open({},'wb')", quoted(part));
        self.repl.run(Script::new(&open).prints_text(), |_| {})?;
        let mut done = 0;
        for block in bytes.chunks(block) {
            self.repl.run(Script::of_bytes(&statement(block)).prints_text(), |_| {})?;
            done += block.len();
            report(&mut self.progress, path, done, bytes.len());
        }
        self.repl.run(Script::new("_st_file.close()").prints_text(), |_| {})
    }
}

/// Writes a block, or fails as if there were no space left, for that is why a part of it is not written.
fn statement(block: &[u8]) -> Vec<u8> {
    let mut code = b"if _st_file.write(".to_vec();
    code.extend(literal(block));
    code.extend(format!(")!={}:raise OSError(28)", block.len()).bytes());
    code
}

/// Bytes as a literal, no longer than it has to be: it is no text.
pub(super) fn literal(bytes: &[u8]) -> Vec<u8> {
    let mut code = b"b'''".to_vec();
    for byte in bytes {
        match byte {
            b'\\' | b'\'' => code.extend([b'\\', *byte]),
            b'\n' => code.push(b'\n'),
            _ if byte.is_ascii_control() => code.extend(format!("\\x{byte:02x}").bytes()),
            _ => code.push(*byte),
        }
    }
    code.extend(b"'''");
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_holds_every_byte() {
        let code = statement(b"a\n'\\\x03\r\x7f\x80");
        assert_eq!(code, b"if _st_file.write(b'''a\n\\'\\\\\\x03\\x0d\\x7f\x80''')!=8:raise OSError(28)");
    }
}
