//! What may be sent to a board.
//!
//! Boards with Python evaluate what comes under `repr`: without a look at it, who may call one command could run any code.

use serialtalk::Value;
use serialtalk::proto::{Payload, copied, encode_arguments};

use crate::answer::Failure;

/// Commands that let a caller run code on a board, or take it off its line.
const BLOCKED: [&str; 3] = ["module", "enable repl", "disable repl"];

/// The command with which a gateway opens the checked link, and what its payload is appended to.
const GREETING: &str = "checked?";

/// The payload of a call without arguments.
pub(super) const NO_ARGUMENTS: &[u8] = b"\x01z";

/// The calls that Python makes of a literal: they make values of standard types, of what stands in their parentheses.
const CONSTRUCTORS: [&[u8]; 4] = [b"float", b"bytearray", b"set", b"frozenset"];

/// Lets calls through, or says why not.
#[derive(Debug, Default)]
pub(super) struct Guard {
    /// Blocked commands that are let through nevertheless.
    pub(super) allow: Vec<String>,
}

impl Guard {
    /// Looks at a call, and returns the payload to send.
    ///
    /// # Errors
    ///
    /// [`Failure::Forbidden`], which says why.
    pub(super) fn check(&self, command: &str, payload: &[u8]) -> Result<Vec<u8>, Failure> {
        let forbidden = |reason: String| Err(Failure::Forbidden { reason });
        if BLOCKED.contains(&command) && !self.allow.iter().any(|allowed| allowed == command) {
            return forbidden(format!("`{command}` is blocked unless the gateway allows it for this board"));
        }
        if command.starts_with(GREETING) {
            return forbidden(format!("`{command}` is for the gateway alone"));
        }
        let payload = if payload.is_empty() { NO_ARGUMENTS } else { payload };
        // Before it is looked at: what does not fit a frame may be of any size.
        let encoded = match encode_arguments(command, copied(payload)) {
            Ok(encoded) => encoded,
            Err(error) => return forbidden(format!("`{command}`: {error}")),
        };
        match runs_nothing(payload) {
            Ok(()) => Ok(encoded),
            Err(problem) => forbidden(format!("the payload of `{command}` {problem}")),
        }
    }
}

/// Whether Python, which evaluates what comes under `repr`, runs nothing of a payload.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn runs_nothing(payload: &[u8]) -> Result<(), &'static str> {
    match Payload::parse(payload) {
        Payload::Literal(text) if !is_literal(text) => Err("is no tuple of Python literals"),
        Payload::Bare(_) => Err("has no header of SerialTalk"),
        _ => Ok(()),
    }
}

/// Whether a text is a literal in parentheses, in which Python finds nothing to call but constructors of values.
fn is_literal(text: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(text) else { return false };
    text.starts_with('(')
        && !text.contains(|char: char| char.is_ascii_control())
        && Value::from_literal(text).is_some()
        && calls_constructors_only(text.as_bytes())
}

/// Whether each word before an opening parenthesis, outside quotes, is a constructor. The text is a literal.
fn calls_constructors_only(text: &[u8]) -> bool {
    let mut place = Place::Elsewhere;
    let mut bytes = text.iter().enumerate();
    while let Some((at, byte)) = bytes.next() {
        place = match (byte, place) {
            (b' ', Place::Word(start)) => Place::Space(start),
            (b' ', place) => place,
            (quote @ (b'\'' | b'"'), _) => {
                while let Some((_, inside)) = bytes.next()
                    && inside != quote
                {
                    if *inside == b'\\' {
                        bytes.next();
                    }
                }
                Place::Elsewhere
            }
            (b'(', Place::Word(start) | Place::Space(start)) => match text.get(start..at) {
                Some(word) if CONSTRUCTORS.contains(&word) => Place::Elsewhere,
                _ => return false,
            },
            (byte, Place::Word(start)) if is_of_word(*byte) => Place::Word(start),
            (byte, _) if is_of_word(*byte) => Place::Word(at),
            _ => Place::Elsewhere,
        };
    }
    true
}

fn is_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// What stands before a byte of a literal.
#[derive(Clone, Copy)]
enum Place {
    /// A word that begins there.
    Word(usize),
    /// A word that begins there, and white space after it.
    Space(usize),
    Elsewhere,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repr(text: &str) -> Vec<u8> {
        [b"\x04repr", text.as_bytes()].concat()
    }

    fn refusal(command: &str, payload: &[u8]) -> String {
        match Guard::default().check(command, payload) {
            Err(Failure::Forbidden { reason }) => reason,
            other => panic!("{command} {payload:?}: {other:?}"),
        }
    }

    #[test]
    fn literals_pass_as_they_are() {
        for text in [
            "()",
            "(1,)",
            "('__import__(x=1)', \"it's (\\\"x(\")",
            "(b'a(', [1, 2], {1: 'a'}, {2}, None, True, -1.5e3)",
            "(float('nan'), 1e999, set(), frozenset({1}), bytearray(b'a'))",
            "('\\'', 'x\\\\')",
            "(1) ",
            "('a' 'b',)",
        ] {
            assert_eq!(Guard::default().check("led", &repr(text)).as_ref(), Ok(&repr(text)), "{text}");
        }
    }

    #[test]
    fn nothing_passes_that_python_would_run() {
        for text in [
            "1",
            "'a'",
            "[1]",
            "",
            "(",
            "(x)",
            "(1 + 1,)",
            "(__import__('os').system('x'),)",
            "(exit(),)",
            "(exit(code=1),)",
            "(open(file='main.py', mode='w'),)",
            "(Point (x=1),)",
            "(Point\n(x=1),)",
            "(array('B', [1]),)",
            "(deque([1]),)",
            "(OrderedDict([(1, 2)]),)",
            "(float(open('x')),)",
            "(lambda: 0,)",
            "(f'{exit()}',)",
            "('''a''',)",
            "('''a' ''', exit(), ''' 'b''')",
            r#"("""a" """, exit(), """ "b""")"#,
            "('a\n')",
            "('a\\\n')",
            "(float ('nan'),)",
            "('a', exit(code='\\''))",
            "os.system('x')",
            "(1,)#",
            "(1,);exit()",
        ] {
            assert!(refusal("led", &repr(text)).contains("no tuple of Python literals"), "{text}");
        }
        assert!(refusal("led", &[b"\x04repr(".as_slice(), &[0xff], b")"].concat()).contains("no tuple"));
        assert!(refusal("led", &repr(&"(".repeat(40))).contains("no tuple"));
    }

    #[test]
    fn commands_that_are_for_nobody_are_refused() {
        for command in BLOCKED {
            assert!(refusal(command, b"").contains("blocked unless the gateway allows it"));
        }
        let guard = Guard { allow: vec!["module".into()] };
        assert_eq!(guard.check("module", b"\x03rawfiles"), Ok(b"\x03rawfiles".to_vec()));
        assert!(guard.check("enable repl", b"").is_err());
        assert!(refusal("checked?", b"").contains("for the gateway alone"));
        assert!(refusal("checked?1~@@@@", b"").contains("for the gateway alone"));
    }

    #[test]
    fn payloads_have_a_header_and_fit_a_frame() {
        assert_eq!(Guard::default().check("imu", b""), Ok(NO_ARGUMENTS.to_vec()));
        assert!(refusal("imu", b"\x09abc").contains("no header of SerialTalk"));
        let fits = |len: usize| Guard::default().check("x", &[b"\x03raw".as_slice(), &vec![7; len]].concat());
        assert!(fits(240).is_ok());
        let Err(Failure::Forbidden { reason }) = fits(300) else { panic!("it fits") };
        assert!(reason.contains("3"), "{reason}");
        assert!(refusal(&"x".repeat(300), b"").contains("x"));
        // It is not read as a literal: it may be of any size.
        assert!(refusal("led", &repr(&"(".repeat(300))).contains("3"), "its size");
    }
}
