//! Text to values, piece by piece.

use core::mem;

use super::number::NumberText;
use super::quoted::is_quote;
use crate::problem::{Came, Integer};
use crate::reader::Scalar;
use crate::texts::position;

/// Reads a literal from left to right.
///
/// Strings are unescaped where they stand, which is why the text is mutable: an escape is never shorter than what it
/// means. Every method that finds something else than it is asked for returns none and may leave the reader anywhere:
/// the text is then of no further use.
#[derive(Debug)]
pub struct LiteralReader<'a> {
    /// What was not cut off yet.
    pub(super) text: &'a mut [u8],
    /// How much of that was taken.
    pub(super) at: usize,
    /// How much of that is the value of a string by now.
    pub(super) gathered: usize,
    /// Whether that is text, not bytes.
    pub(super) is_text: bool,
    /// What was taken last.
    pub(crate) value: LiteralValue<'a>,
    /// Whether a sequence was just opened, so that no comma stands before its next element.
    fresh: bool,
    /// Which of the calls the sequence that was opened last is.
    call: Option<u8>,
}

/// A single value that was taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LiteralValue<'a> {
    pub(crate) came: Came,
    /// Whether it is a number below zero.
    pub(crate) negative: bool,
    /// That of an integer or a bool; the largest one if it does not fit.
    pub(crate) magnitude: u64,
    /// What a string or bytes hold, or the text of a number in lower case.
    pub(crate) text: &'a [u8],
}

impl LiteralValue<'_> {
    const NOTHING: Self = Self { came: Came::Nothing, negative: false, magnitude: 0, text: &[] };
}

/// What comes next, told by how it begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    True,
    False,
    FloatCall,
    ByteArray,
    Sequence,
    Text,
    Bytes,
    /// A number, or something that is no literal.
    Number,
}

/// The words that are values, or begin one, in the order of the kinds.
const WORDS: &[u8] = b"None\0True\0False\0float\0bytearray\0";

/// The calls that `repr` writes for sequences.
const CALLS: &[u8] = b"array\0deque\0set\0frozenset\0OrderedDict\0dict\0";
const ARRAY: usize = 0;

/// A sequence that was opened: the byte that closes it, and two bits that are zero in each of those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope(u8);

/// The sequence stands in the parentheses of a call, which are closed behind it.
const IN_CALL: u8 = 0x80;
/// A name stands before each element.
const NAMED: u8 = 0x02;

impl Scope {
    fn closing(self) -> u8 {
        self.0 & !(IN_CALL | NAMED)
    }

    /// Whether its elements are written `key: value`, if it is a map at all.
    pub fn has_colons(self) -> bool {
        self.closing() == b'}'
    }
}

/// What a sequence was written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `(1, 2)`
    Tuple,
    /// `[1, 2]`, `array('B', [1, 2])`, `deque([1, 2])`
    List,
    /// `{1, 2}` or `{1: 2}`, which its first element will tell.
    Braces,
    /// `set({1, 2})`, `frozenset({1, 2})`, `set()`
    Set,
    /// `OrderedDict([(1, 2)])`, `OrderedDict({1: 2})`, `dict()`
    Map,
    /// `Point(x=1, y=2)`
    Record,
}

// Looked for in several places; copies of it would fill the flash of a small board.
#[inline(never)]
fn is_part_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')
}

/// A name without the modules before it.
fn last_part(name: &[u8]) -> &[u8] {
    let modules = name.iter().rposition(|byte| *byte == b'.').map_or(0, |point| point + 1);
    name.get(modules..).unwrap_or_default()
}

impl<'a> LiteralReader<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a mut [u8]) -> Self {
        Self { text, at: 0, gathered: 0, is_text: true, value: LiteralValue::NOTHING, fresh: true, call: None }
    }

    /// The next character; zero, which stands in no literal, at the end.
    #[inline(never)]
    pub(super) fn first(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or_default()
    }

    /// Takes the next character.
    #[inline(never)]
    pub(super) fn next(&mut self) -> u8 {
        let byte = self.first();
        if byte != 0 {
            self.at += 1;
        }
        byte
    }

    /// The next character that is no space, without taking it.
    #[inline(never)]
    pub fn peek(&mut self) -> u8 {
        while self.first().is_ascii_whitespace() {
            self.at += 1;
        }
        self.first()
    }

    /// Takes `byte` if it comes next.
    #[inline(never)]
    pub fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        if found {
            self.at += 1;
        }
        found
    }

    /// Whether nothing but spaces is left.
    pub fn is_done(&mut self) -> bool {
        self.peek();
        self.at >= self.text.len()
    }

    #[inline(never)]
    fn kind(&mut self) -> Kind {
        match self.peek() {
            b'(' | b'[' | b'{' => Kind::Sequence,
            b'\'' | b'"' => Kind::Text,
            first if first.is_ascii_alphabetic() => {
                let word = self.word();
                let behind = self.text.get(self.at + word.len());
                match position(WORDS, word) {
                    Some(0) => Kind::None,
                    Some(1) => Kind::True,
                    Some(2) => Kind::False,
                    Some(3) => Kind::FloatCall,
                    Some(_) => Kind::ByteArray,
                    None => match behind {
                        Some(b'(') => Kind::Sequence,
                        Some(b'\'' | b'"') => Kind::Bytes,
                        _ => Kind::Number,
                    },
                }
            }
            _ => Kind::Number,
        }
    }

    /// Whether a sequence, a set, a map or a call that stands for one comes next.
    pub fn is_bracket(&mut self) -> bool {
        self.kind() == Kind::Sequence
    }

    /// Whether a map comes next, or a set, which looks the same.
    #[cfg(feature = "serde")]
    pub(crate) fn is_map(&mut self) -> bool {
        self.peek() == b'{'
            || (self.is_bracket() && matches!(last_part(self.word()), b"OrderedDict" | b"dict"))
    }

    /// Whether bytes rather than anything else come next.
    pub fn is_bytes(&mut self) -> bool {
        matches!(self.kind(), Kind::Bytes | Kind::ByteArray)
    }

    /// Takes `None` if it comes next.
    pub fn none(&mut self) -> bool {
        let found = self.kind() == Kind::None;
        if found {
            self.skip_word();
        }
        found
    }

    /// Takes `True` or `False` if one of them comes next.
    #[cfg(any(feature = "alloc", feature = "serde"))]
    pub fn bool(&mut self) -> Option<bool> {
        let value = match self.kind() {
            Kind::True => true,
            Kind::False => false,
            _ => return None,
        };
        self.skip_word();
        Some(value)
    }

    /// Opens a tuple, list or set, or a call that stands for one: `array('B', [1])`, `OrderedDict([(1, 2)])`,
    /// `frozenset({1})`, `set()`, `Point(x=1, y=2)`.
    pub fn open(&mut self) -> Option<Scope> {
        let is_call = self.peek().is_ascii_alphabetic();
        self.call = None;
        if is_call {
            let name = self.word();
            let length = name.len();
            let call = position(CALLS, last_part(name));
            self.at += length;
            if !self.eat(b'(') {
                return None;
            }
            // An empty array is written without its list.
            if call == Some(ARRAY) && !(self.quoted() && (self.eat(b',') || self.peek() == b')')) {
                return None;
            }
            self.fresh = true;
            let is_empty = self.peek() == b')';
            match call {
                // Any other call is a namedtuple, or nothing that can be read.
                None if is_empty => return None,
                None => return Some(Scope(b')' | NAMED)),
                Some(call) => self.call = Some(call as u8),
            }
            if is_empty {
                return Some(Scope(b')'));
            }
        }
        self.fresh = true;
        let bracket = self.next();
        if !is_bracket(bracket) {
            return None;
        }
        // In ASCII, `)` follows `(`, and the others are one further away from each other.
        let closing = bracket + 1 + (bracket >> 6);
        Some(Scope(if is_call { closing | IN_CALL } else { closing }))
    }

    /// What the sequence that was opened last was written as.
    #[cfg(feature = "alloc")]
    pub fn form(&self, scope: Scope) -> Form {
        match (self.call, scope.0) {
            (_, named) if named & NAMED != 0 => Form::Record,
            (Some(0 | 1), _) | (None, b']') => Form::List,
            (Some(2 | 3), _) => Form::Set,
            (Some(_), _) => Form::Map,
            (None, b')') => Form::Tuple,
            (None, _) => Form::Braces,
        }
    }

    /// Whether another element follows in the sequence; takes the comma and the name before it.
    #[inline(never)]
    pub fn more(&mut self, scope: Scope) -> Option<bool> {
        let is_first = mem::take(&mut self.fresh);
        if !self.is_end(scope) && !is_first && !self.eat(b',') {
            return None;
        }
        if self.is_end(scope) {
            return Some(false);
        }
        if scope.0 & NAMED != 0 {
            let start = self.at;
            self.skip_word();
            if start == self.at || self.next() != b'=' {
                return None;
            }
        }
        if self.first() == 0 { None } else { Some(true) }
    }

    /// Closes the sequence; none if an element is left.
    pub fn close(&mut self, scope: Scope) -> Option<()> {
        if self.more(scope)? {
            return None;
        }
        self.next();
        // `deque([1], maxlen=3)` and its like are refused here.
        if scope.0 & IN_CALL == 0 || self.eat(b')') { Some(()) } else { None }
    }

    /// Takes one value; a sequence is only told, not taken.
    pub fn scalar(&mut self) -> Option<Scalar<'a>> {
        if !self.take() {
            return None;
        }
        let LiteralValue { came, negative, magnitude, text } = self.value;
        Some(match came {
            Came::Sequence => Scalar::Sequence,
            Came::None => Scalar::None,
            Came::Text => Scalar::Text(text),
            Came::Bytes => Scalar::Bytes(text),
            Came::Integer => Scalar::Integer(Integer { negative, magnitude }),
            _ => Scalar::Number(NumberText { negative, text }),
        })
    }

    /// The same, which leaves it in `value`; false if there is none.
    pub(crate) fn take(&mut self) -> bool {
        self.value.negative = false;
        let kind = self.kind();
        self.value.came = match kind {
            Kind::Sequence => Came::Sequence,
            Kind::Text => Came::Text,
            Kind::Bytes | Kind::ByteArray => Came::Bytes,
            Kind::None => Came::None,
            _ => Came::Integer,
        };
        match kind {
            Kind::Sequence => true,
            Kind::Text | Kind::Bytes => self.quoted(),
            Kind::Number => self.number(),
            _ => {
                self.skip_word();
                self.value.magnitude = u64::from(kind == Kind::True);
                match kind {
                    Kind::FloatCall => self.float_call(),
                    Kind::ByteArray => {
                        self.eat(b'(') && self.peek() == b'b' && self.quoted() && self.eat(b')')
                    }
                    _ => true,
                }
            }
        }
    }

    /// Takes `float('inf')` and its like.
    fn float_call(&mut self) -> bool {
        if !self.eat(b'(') {
            return false;
        }
        self.peek();
        let quote = self.next();
        is_quote(quote) && self.number() && self.eat(quote) && self.eat(b')')
    }

    /// Takes a number; also `inf` and `nan`.
    #[inline(never)]
    fn number(&mut self) -> bool {
        let sign = self.peek();
        if is_sign(sign) {
            self.next();
        }
        self.cut();
        let mut before = 0;
        loop {
            let byte = self.first().to_ascii_lowercase();
            // A sign stands behind the letter of an exponent, too.
            if !is_part_of_word(byte) && !(is_sign(byte) && before == b'e') {
                break;
            }
            self.gather(byte);
            self.next();
            before = byte;
        }
        self.cut();
        let number = NumberText { negative: sign == b'-', text: self.value.text };
        let (came, magnitude) = number.kind();
        // There is no negative zero but as a float.
        let negative = number.negative && (came != Came::Integer || magnitude != 0);
        self.value = LiteralValue { came, negative, magnitude, text: number.text };
        !number.text.is_empty()
    }

    /// Whether the sequence that was just opened is empty, or holds nothing but `None`; takes that then.
    pub fn holds_none(&mut self, scope: Scope) -> bool {
        if self.is_end(scope) {
            return true;
        }
        let found = self.holds_one(scope) && self.none();
        self.fresh &= !found;
        found
    }

    /// Whether the sequence that is being read holds exactly one element from here on, and that is a sequence itself.
    pub fn holds_one_bracket(&mut self, scope: Scope) -> bool {
        self.is_bracket() && self.holds_one(scope)
    }

    /// Whether the sequence that is being read holds exactly one element from here on.
    pub fn holds_one(&mut self, scope: Scope) -> bool {
        if self.is_end(scope) {
            return false;
        }
        let start = self.at;
        let (mut depth, mut quote, mut has_comma) = (0usize, 0, false);
        let is_one = loop {
            let byte = self.peek();
            self.next();
            if quote != 0 {
                if byte == b'\\' {
                    self.next();
                } else if byte == quote {
                    quote = 0;
                }
            } else if is_closing(byte) {
                if depth == 0 {
                    break true;
                }
                depth -= 1;
            } else if has_comma {
                // Something behind the comma is another element.
                break false;
            } else if is_bracket(byte) {
                depth += 1;
            } else if is_quote(byte) {
                quote = byte;
            } else {
                has_comma = byte == b',' && depth == 0;
            }
            if byte == 0 {
                break false;
            }
        };
        self.at = start;
        is_one
    }

    /// Whether what closes the sequence comes next.
    pub fn is_end(&mut self, scope: Scope) -> bool {
        self.peek() == scope.closing()
    }

    /// The name, with its dots, that stands here; empty if none does.
    #[inline(never)]
    fn word(&self) -> &[u8] {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| is_part_of_word(**byte)).count();
        rest.get(..length).unwrap_or_default()
    }

    fn skip_word(&mut self) {
        self.at += self.word().len();
    }

    /// Cuts off what was taken. What was gathered of it stays as the value.
    #[inline(never)]
    pub(super) fn cut(&mut self) {
        if let Some((taken, rest)) = mem::take(&mut self.text).split_at_mut_checked(self.at) {
            self.text = rest;
            self.value.text = taken.get(..self.gathered).unwrap_or_default();
            self.at = 0;
            self.gathered = 0;
        }
    }
}

fn is_sign(byte: u8) -> bool {
    matches!(byte, b'+' | b'-')
}

fn is_bracket(byte: u8) -> bool {
    matches!(byte, b'(' | b'[' | b'{')
}

fn is_closing(byte: u8) -> bool {
    matches!(byte, b')' | b']' | b'}')
}
