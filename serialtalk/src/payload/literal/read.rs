//! Text to values, piece by piece.

use core::mem;

use super::escape::unescape;
use super::number::NumberText;
use crate::problem::Integer;
use crate::reader::Scalar;
use crate::texts::position;

/// Reads a literal from left to right.
///
/// Strings are unescaped where they stand, which is why the text is mutable: an escape is never shorter than what it
/// means. Every method that finds something else than it is asked for returns none and may leave the reader anywhere:
/// the text is then of no further use.
#[derive(Debug)]
pub struct LiteralReader<'a> {
    rest: &'a mut [u8],
    /// Whether a sequence was just opened, so that no comma stands before its next element.
    fresh: bool,
}

/// The calls that `repr` writes for sequences.
const CONSTRUCTORS: &[u8] = b"\x05array\x05deque\x03set\x09frozenset\x0bOrderedDict\x04dict";

/// A sequence that was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// What it was written as.
    pub form: Form,
    close: u8,
    /// The sequence stands in the parentheses of a call, which are closed behind it.
    call: bool,
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

/// A string or bytes literal, unescaped.
#[derive(Debug, PartialEq, Eq)]
pub struct Quoted<'a> {
    /// UTF-8 where it is text.
    pub bytes: &'a [u8],
    /// Whether it was text rather than bytes.
    pub is_text: bool,
}

// Each of these is looked for in several places; copies of it would fill the flash of a small board.
#[inline(never)]
fn is_space(byte: &&u8) -> bool {
    byte.is_ascii_whitespace()
}

#[inline(never)]
fn is_part_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')
}

/// A name without the modules before it.
fn last_part(name: &[u8]) -> &[u8] {
    let modules = name.iter().rposition(|byte| *byte == b'.').map_or(0, |point| point + 1);
    name.get(modules..).unwrap_or_default()
}

impl Scope {
    /// Whether its elements are written `key: value`, if it is a map at all.
    pub fn has_colons(self) -> bool {
        self.close == b'}'
    }
}

impl<'a> LiteralReader<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a mut [u8]) -> Self {
        Self { rest: text, fresh: true }
    }

    /// The next character that is no space, without taking it.
    #[inline(never)]
    pub fn peek(&mut self) -> Option<u8> {
        let spaces = self.rest.iter().take_while(is_space).count();
        self.take(spaces);
        self.rest.first().copied()
    }

    /// Takes `byte` if it comes next.
    #[inline(never)]
    pub fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.take(1);
        }
        found
    }

    /// Whether nothing but spaces is left.
    pub fn is_done(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Whether a sequence, a set, a map or a call that stands for one comes next.
    #[inline(never)]
    pub fn is_bracket(&mut self) -> bool {
        match self.peek() {
            Some(b'(' | b'[' | b'{') => true,
            Some(byte) if byte.is_ascii_alphabetic() => {
                let call = self.word();
                self.rest.get(call.len()) == Some(&b'(') && !matches!(self.word(), b"float" | b"bytearray")
            }
            _ => false,
        }
    }

    /// Whether a map comes next, or a set, which looks the same.
    #[cfg(feature = "serde")]
    pub(crate) fn is_map(&mut self) -> bool {
        match self.peek() {
            Some(b'{') => true,
            Some(b'O' | b'd' | b'c') => {
                matches!(last_part(self.word()), b"OrderedDict" | b"dict") && self.is_bracket()
            }
            _ => false,
        }
    }

    /// Whether bytes rather than anything else come next.
    pub fn is_bytes(&mut self) -> bool {
        match self.peek() {
            Some(b'b') => matches!(self.rest, [_, b'\'' | b'"', ..]) || self.word() == b"bytearray",
            _ => false,
        }
    }

    /// Takes `word` if it comes next as a whole.
    pub fn eat_word(&mut self, word: &[u8]) -> bool {
        self.peek();
        let found = self.word() == word;
        if found {
            self.take(word.len());
        }
        found
    }

    /// Opens a tuple, list or set, or a call that stands for one: `array('B', [1])`, `OrderedDict([(1, 2)])`,
    /// `frozenset({1})`, `set()`, `Point(x=1, y=2)`.
    pub fn open(&mut self) -> Option<Scope> {
        let (form, close) = match self.peek()? {
            b'(' => (Form::Tuple, b')'),
            b'[' => (Form::List, b']'),
            b'{' => (Form::Braces, b'}'),
            _ => return self.open_call(),
        };
        self.take(1);
        self.fresh = true;
        Some(Scope { form, close, call: false })
    }

    fn open_call(&mut self) -> Option<Scope> {
        let length = self.word().len();
        let name = self.take(length);
        if !self.eat(b'(') {
            return None;
        }
        let form = match position(CONSTRUCTORS, last_part(name)) {
            // array
            Some(0) => {
                self.quoted()?;
                // An empty array is written without its list.
                if !self.eat(b',') && self.peek() != Some(b')') {
                    return None;
                }
                Form::List
            }
            // deque
            Some(1) => Form::List,
            // set, frozenset
            Some(2 | 3) => Form::Set,
            // OrderedDict, dict
            Some(_) => Form::Map,
            // Any other call is a namedtuple, or nothing that can be read.
            None if self.is_named() => Form::Record,
            None => return None,
        };
        self.fresh = true;
        match self.peek()? {
            b'[' | b'{' | b'(' if form != Form::Record => {
                self.open().map(|scope| Scope { form, call: true, ..scope })
            }
            next => {
                (form == Form::Record || next == b')').then_some(Scope { form, close: b')', call: false })
            }
        }
    }

    fn is_named(&mut self) -> bool {
        self.peek();
        let word = self.word();
        !word.is_empty() && self.rest.get(word.len()) == Some(&b'=')
    }

    /// Whether another element follows in the sequence; takes the comma and the name before it.
    pub fn more(&mut self, scope: Scope) -> Option<bool> {
        if self.peek()? == scope.close {
            return Some(false);
        }
        if !mem::take(&mut self.fresh) {
            if !self.eat(b',') {
                return None;
            }
            if self.peek()? == scope.close {
                return Some(false);
            }
        }
        if scope.form == Form::Record {
            if !self.is_named() {
                return None;
            }
            let length = self.word().len();
            self.take(length + 1);
        }
        Some(true)
    }

    /// Closes the sequence; none if an element is left.
    pub fn close(&mut self, scope: Scope) -> Option<()> {
        if self.more(scope)? {
            return None;
        }
        self.take(1);
        self.fresh = false;
        if scope.call {
            // `deque([1], maxlen=3)` and its like are refused here.
            return self.eat(b')').then_some(());
        }
        Some(())
    }

    /// Takes one value; a sequence is only told, not taken.
    pub fn scalar(&mut self) -> Option<Scalar<'a>> {
        if self.is_bracket() {
            return Some(Scalar::Sequence);
        }
        let bool = |value| Some(Scalar::Integer(Integer { negative: false, magnitude: u64::from(value) }));
        match self.peek()? {
            b'\'' | b'"' => {}
            b'b' if self.is_bytes() => {}
            b'N' if self.eat_word(b"None") => return Some(Scalar::None),
            b'T' if self.eat_word(b"True") => return bool(true),
            b'F' if self.eat_word(b"False") => return bool(false),
            _ => return self.number().map(Scalar::Number),
        }
        let Quoted { bytes, is_text } = self.quoted()?;
        Some(if is_text { Scalar::Text(bytes) } else { Scalar::Bytes(bytes) })
    }

    /// Takes a number; also `inf`, `nan` and `float('inf')`.
    pub fn number(&mut self) -> Option<NumberText<'a>> {
        self.peek()?;
        if self.word() == b"float" {
            return self.float_call();
        }
        let negative = self.sign();
        let is_hex = self.is_hex();
        let mut before = 0;
        let is_part = |byte: &&u8| {
            let exponent_sign = matches!(**byte, b'+' | b'-') && before | 0x20 == b'e' && !is_hex;
            before = **byte;
            is_part_of_word(**byte) || exponent_sign
        };
        let length = self.rest.iter().take_while(is_part).count();
        let text: &[u8] = self.take(length);
        (!text.is_empty()).then_some(NumberText { negative, text })
    }

    fn sign(&mut self) -> bool {
        let negative = self.eat(b'-');
        if !negative {
            self.eat(b'+');
        }
        negative
    }

    fn is_hex(&self) -> bool {
        matches!(self.rest, [b'0', b'x' | b'X', ..])
    }

    fn float_call(&mut self) -> Option<NumberText<'a>> {
        self.take(5);
        if !self.eat(b'(') {
            return None;
        }
        let bytes = self.quoted()?.bytes;
        let (negative, text) = match bytes {
            [b'-', text @ ..] => (true, text),
            [b'+', text @ ..] => (false, text),
            text => (false, text),
        };
        self.eat(b')').then_some(NumberText { negative, text })
    }

    /// Takes a string or bytes literal, several that stand side by side as one, and `bytearray(b'..')` as bytes.
    pub fn quoted(&mut self) -> Option<Quoted<'a>> {
        self.peek()?;
        if self.eat_word(b"bytearray") {
            if !self.eat(b'(') {
                return None;
            }
            let quoted = self.quoted()?;
            return (!quoted.is_text && self.eat(b')')).then_some(quoted);
        }
        let is_text = self.rest.first() != Some(&b'b');
        // All the pieces are gathered at the front of the text that they took.
        let text = mem::take(&mut self.rest);
        let (mut read, mut written) = (0, 0);
        let mut end = None;
        loop {
            match text.get(read..)? {
                [b'b', b'\'' | b'"', ..] if !is_text => read += 1,
                [b'\'' | b'"', ..] if is_text => {}
                _ => break,
            }
            (read, written) = unescape(text, read, written, is_text)?;
            end = Some(read);
            let spaces = text.get(read..)?.iter().take_while(is_space).count();
            read += spaces;
        }
        let (front, rest) = text.split_at_mut_checked(end?)?;
        self.rest = rest;
        let bytes = &*front.get_mut(..written)?;
        Some(Quoted { bytes, is_text })
    }

    /// Whether the sequence that was just opened is empty, or holds nothing but `None`; takes that then.
    pub fn holds_none(&mut self, scope: Scope) -> Option<bool> {
        match self.peek()? {
            b'N' if self.is_last(4, scope) => Some(self.more(scope)? && self.eat_word(b"None")),
            next => Some(next == scope.close),
        }
    }

    /// Whether the sequence that is being read holds exactly one element from here on, and that is a sequence itself.
    pub fn holds_one_bracket(&mut self, scope: Scope) -> bool {
        self.is_bracket() && self.holds_one(scope)
    }

    /// Whether the sequence that is being read holds exactly one element from here on.
    pub fn holds_one(&mut self, scope: Scope) -> bool {
        !self.is_end(scope) && self.skip_length().is_some_and(|length| self.is_last(length, scope))
    }

    /// Whether what closes the sequence comes next.
    pub fn is_end(&mut self, scope: Scope) -> bool {
        self.peek() == Some(scope.close)
    }

    /// Whether the sequence ends behind an element of so many bytes.
    fn is_last(&self, length: usize, scope: Scope) -> bool {
        let behind = self.rest.get(length..).unwrap_or_default();
        let mut behind = behind.iter().filter(|byte| !is_space(byte));
        match behind.next() {
            Some(b',') => behind.next() == Some(&scope.close),
            next => next == Some(&scope.close),
        }
    }

    /// How many bytes the literal takes that comes next.
    fn skip_length(&self) -> Option<usize> {
        let mut depth = 0usize;
        let mut quote = None;
        let mut bytes = self.rest.iter().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match (quote, *byte) {
                (Some(_), b'\\') => {
                    bytes.next();
                }
                (Some(open), close) if open == close => quote = None,
                (Some(_), _) => {}
                (None, b'\'' | b'"') => quote = Some(*byte),
                (None, b'(' | b'[' | b'{') => depth += 1,
                (None, b')' | b']' | b'}') => match depth.checked_sub(1) {
                    Some(outer) => depth = outer,
                    None => return Some(at),
                },
                (None, b',') if depth == 0 => return Some(at),
                (None, _) => {}
            }
        }
        Some(self.rest.len())
    }

    /// The name, with its dots, that stands here; empty if none does.
    #[inline(never)]
    fn word(&self) -> &[u8] {
        let length = self.rest.iter().take_while(|byte| is_part_of_word(**byte)).count();
        self.rest.get(..length).unwrap_or_default()
    }

    #[inline(never)]
    fn take(&mut self, count: usize) -> &'a mut [u8] {
        let rest = mem::take(&mut self.rest);
        match rest.split_at_mut_checked(count) {
            Some((front, back)) => {
                self.rest = back;
                front
            }
            None => <&mut [u8]>::default(),
        }
    }
}
