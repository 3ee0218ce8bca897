//! Code for a board, and the source from which it was taken.

/// Python code, with the name of its source for tracebacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Script<'a> {
    pub(super) parts: [&'a [u8]; 3],
    pub(super) name: &'a str,
    pub(super) first_line: u16,
    pub(super) prints_text: bool,
}

impl<'a> Script<'a> {
    /// Code that has the name `<stdin>` in tracebacks, as Python does it.
    pub const fn new(code: &'a str) -> Self {
        Self::of_bytes(code.as_bytes())
    }

    /// Code that is not UTF-8: MicroPython accepts any byte of 128 or more in a bytes literal.
    pub const fn of_bytes(code: &'a [u8]) -> Self {
        Self { parts: [b"", code, b""], name: "<stdin>", first_line: 1, prints_text: false }
    }

    /// Names the file from which the code was taken, for tracebacks.
    #[must_use]
    pub const fn named(self, name: &'a str) -> Self {
        Self { name, ..self }
    }

    /// Says which line of its file the code begins with, counted from one.
    #[must_use]
    pub const fn from_line(self, first_line: u16) -> Self {
        Self { first_line, ..self }
    }

    /// Promises that the code never prints the byte 04. An apparent end then need not be confirmed by the board, which
    /// saves one exchange.
    #[must_use]
    pub const fn prints_text(self) -> Self {
        Self { prints_text: true, ..self }
    }

    /// How many bytes are sent, with the empty lines that make its lines count as in its source.
    pub(super) fn len(&self) -> usize {
        self.lead() + self.parts.iter().map(|part| part.len()).sum::<usize>()
    }

    /// How many empty lines precede the code.
    pub(super) fn lead(&self) -> usize {
        usize::from(self.first_line.saturating_sub(1))
    }

    /// The bytes from the index `at`, or the first of them; empty if there are none.
    pub(super) fn rest(&self, at: usize) -> &'a [u8] {
        if let Some(lines) = self.lead().checked_sub(at).filter(|lines| *lines > 0) {
            return LINES.get(..lines).unwrap_or(LINES);
        }
        let mut at = at - self.lead();
        for part in self.parts {
            match part.get(at..) {
                Some([]) | None => at = at.saturating_sub(part.len()),
                Some(rest) => return rest,
            }
        }
        &[]
    }

    /// The first control character that the board would take for a command, if there is one.
    pub(super) fn control(&self) -> Option<u8> {
        self.parts.into_iter().flatten().copied().find(|byte| *byte <= 5)
    }
}

const LINES: &[u8] = b"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n";

impl<'a> From<&'a str> for Script<'a> {
    fn from(code: &'a str) -> Self {
        Self::new(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other() {
        let script = Script { parts: [b"<", b"code", b">"], ..Script::new("") };
        assert_eq!(script.len(), 6);
        let rests: [&[u8]; 7] = core::array::from_fn(|at| script.rest(at));
        assert_eq!(rests, [&b"<"[..], b"code", b"ode", b"de", b"e", b">", b""]);
        assert_eq!(Script::new("").rest(0), b"");
        let later = script.from_line(3);
        assert_eq!(later.len(), 8);
        let rests: [&[u8]; 4] = core::array::from_fn(|at| later.rest(at));
        assert_eq!(rests, [&b"\n\n"[..], b"\n", b"<", b"code"]);
        assert_eq!(script.from_line(100).rest(0).len(), 32);
    }

    #[test]
    fn control_characters_are_found() {
        assert_eq!(Script::new("a\tb\n").control(), None);
        assert_eq!(Script::new("a\u{3}b\u{4}").control(), Some(3));
    }
}
