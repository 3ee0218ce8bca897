//! What came in place of a reply, as an error tells it.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// What precedes a line that was typed at the prompt of Python.
const PROMPT: &str = ">>> ";

/// How many bytes of noise an error shows.
const SHOWN: usize = 32;

/// What came in place of a reply.
///
/// Shown as what an error adds to its text: nothing, or lines that are indented, each after a line feed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Heard {
    /// Nothing.
    Nothing,
    /// The call itself, as it was sent.
    Mirror,
    /// The prompt of Python, and before that these lines.
    Prompt(String),
    /// Bytes that are not text: the last ones.
    Noise(Vec<u8>),
    /// Text: a boot log, a traceback.
    Text(String),
}

impl Heard {
    /// Tells from the bytes outside frames what was heard while `command` was called.
    pub(super) fn of(stray: &[u8], command: &str) -> Self {
        let stray = stray.trim_ascii();
        if stray.is_empty() {
            return Self::Nothing;
        }
        if is_noise(stray) {
            return Self::Noise(stray.get(stray.len().saturating_sub(SHOWN)..).unwrap_or(stray).into());
        }
        let text = String::from_utf8_lossy(stray);
        match without_prompt(&text, command) {
            Some(said) => Self::Prompt(said),
            None => Self::Text(text.into_owned()),
        }
    }
}

/// Whether more than a third of the bytes belong to no text.
fn is_noise(bytes: &[u8]) -> bool {
    let is_text = |character: &char| !character.is_control() || matches!(character, '\t'..='\r' | '\u{1b}');
    let text: usize =
        bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).filter(is_text).map(char::len_utf8).sum();
    bytes.len() - text > bytes.len() / 3
}

/// What a peer said besides its prompt and the frames that a prompt writes back without their control characters; `None` if there is
/// neither.
fn without_prompt(text: &str, command: &str) -> Option<String> {
    let mut is_prompt = false;
    let mut said = String::new();
    for line in text.lines() {
        // What follows the prompt was sent from here.
        let (line, typed) = line.split_once(PROMPT).map_or((line, None), |(line, typed)| (line, Some(typed)));
        let unframed = without_frames(line, command);
        is_prompt |= typed.is_some() || line.trim_end() == PROMPT.trim_end() || unframed.len() < line.len();
        let rest = unframed.trim_end();
        if !rest.is_empty() && rest != PROMPT.trim_end() {
            said.push_str(rest);
            said.push('\n');
        }
    }
    is_prompt.then_some(said)
}

/// A line without the visible characters of frames that were sent from here.
fn without_frames(line: &str, command: &str) -> String {
    let mut rest = String::from(line);
    // The length of the name of a hello is a backspace, which takes `<` away.
    for (before, name) in [("<", "echorepr("), ("", "checked?1~"), ("<", command)] {
        let start = [before, name].concat();
        while let Some(at) = rest.find(&start).filter(|_| !name.is_empty()) {
            let end = rest.get(at..).and_then(|frame| frame.find('>')).map_or(rest.len(), |end| at + end + 1);
            rest.replace_range(at..end, "");
        }
    }
    rest
}

impl fmt::Display for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Mirror => f.write_str(
                "\n  the call came back as it was sent: TX is connected to RX, or an adapter echoes; \
                 connect TX to the peer's RX, and RX to its TX",
            ),
            Self::Prompt(said) => {
                f.write_str(
                    "\n  the peer is at its prompt (`>>>`), where nothing is served: its program has ended, or \
                     never served; start it again",
                )?;
                if !said.is_empty() {
                    f.write_str("\n  before that it said:")?;
                }
                quote(said, f)
            }
            Self::Noise(bytes) => {
                f.write_str(
                    "\n  bytes came that are neither a frame nor text, the last of them in hexadecimal:\n   ",
                )?;
                bytes.iter().try_for_each(|byte| write!(f, " {byte:02x}"))?;
                f.write_str("\n  check the baud rate: both ends must have the same")
            }
            Self::Text(text) => {
                f.write_str("\n  the peer sent this instead of a frame:")?;
                quote(text, f)
            }
        }
    }
}

/// Writes text line by line, indented.
fn quote(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    text.lines().try_for_each(|line| write!(f, "\n    {line}"))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn a_log_with_a_few_odd_bytes_is_text_and_a_wrong_speed_is_noise() {
        let log = b"\x00\xfe\x80ets Jul 29 2019 12:21:46\r\n\x1b[0;32mrst:0x1 \xc2\xb5C".as_slice();
        assert!(matches!(Heard::of(log, "mult"), Heard::Text(_)));
        assert!(matches!(Heard::of(b"<\x0e\x04echo", "mult"), Heard::Text(_)));
        let noise = [0xf8, 0x00, 0x9c, 0xe3, 0x80, 0x1c, b'x', 0xff].repeat(10);
        assert_eq!(Heard::of(&noise, "mult"), Heard::Noise(noise[..SHOWN].into()));
        assert_eq!(Heard::of(b" \r\n", "mult"), Heard::Nothing);
    }

    #[test]
    fn a_prompt_is_not_quoted_with_what_it_writes_back() {
        for (text, said) in [
            (">>> <echorepr(1,)><multff@>", ""),
            ("<echorepr(1,)><echorepr(257,)>\r\n", ""),
            ("OSError: 5\r\n>>> <echorepr(1,)>", "OSError: 5\n"),
            ("hello\r\n>>>", "hello\n"),
            ("<multff", ""),
        ] {
            assert_eq!(Heard::of(text.as_bytes(), "mult"), Heard::Prompt(said.into()), "{text}");
        }
        let text = Heard::of(b">>> ", "").to_string();
        assert!(text.ends_with("start it again"), "{text}");
        assert_eq!(Heard::of(b"a <b> c", ""), Heard::Text("a <b> c".into()));
    }
}
