//! Text to values, piece by piece.

use core::mem;

use super::quoted::is_quote;
use super::sequence::Scope;
use crate::texts::{NONE, position};

/// Reads a literal from left to right.
///
/// Strings are unescaped where they stand, which is why the text is mutable: an escape is never shorter than what it
/// means. Every method that finds something else than it is asked for returns none and may leave the reader anywhere:
/// the text is then of no further use.
// Where it stands is kept here rather than in registers, in fields near its start, and characters are words: such code is
// short on a small board.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct LiteralReader<'a> {
    /// What was not cut off yet.
    pub(super) text: &'a mut [u8],
    /// How much of that was taken.
    pub(super) at: usize,
    /// Where the digits of the number begin that was taken last.
    pub(super) digits: usize,
    /// How the sequence began that was opened last.
    #[cfg(feature = "alloc")]
    pub(super) opened: Kind,
    /// Whether a string is text, not bytes.
    pub(super) is_text: bool,
    /// The sequence that is being read.
    pub(crate) scope: Scope,
    /// Whether it was just opened, so that no comma stands before its next element.
    pub(super) fresh: bool,
    /// Whether the value that was taken last has more than 64 bits, if it is an integer.
    pub(crate) is_wide: bool,
    /// How much of the text, from its beginning on, is a value by now.
    pub(super) gathered: usize,
    /// Where that word ends.
    pub(super) behind: usize,
    /// The power of two that the mantissa of the float is multiplied by that was taken last.
    pub(crate) exponent: i32,
}

/// What comes next, told by how it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    None,
    True,
    False,
    FloatCall,
    ByteArray,
    Infinity,
    NaN,
    Array,
    Deque,
    Set,
    FrozenSet,
    OrderedDict,
    /// A call of anything else.
    Call,
    /// A bracket.
    Sequence,
    Text,
    Bytes,
    /// A number, or something that is no literal.
    Number,
}

/// The words that are values or begin one, in the order of the kinds.
const WORDS: &[u8] = b"\x04None\x04True\x05False\x05float\x09bytearray\x03inf\x03nan\x05array\x05deque\x03set\x09frozenset\x0bOrderedDict";

impl Kind {
    /// Whether it is a sequence, a set, a map or a call that stands for one.
    pub(super) fn is_sequence(self) -> bool {
        matches!(
            self,
            Self::Array
                | Self::Deque
                | Self::Set
                | Self::FrozenSet
                | Self::OrderedDict
                | Self::Call
                | Self::Sequence
        )
    }
}

impl<'a> LiteralReader<'a> {
    /// Starts at the beginning of `text`.
    #[inline(always)]
    pub(crate) fn new(text: &'a mut [u8]) -> Self {
        Self {
            text,
            at: 0,
            digits: 0,
            #[cfg(feature = "alloc")]
            opened: Kind::Sequence,
            is_text: true,
            scope: Scope::TEXT,
            fresh: true,
            is_wide: false,
            gathered: 0,
            behind: 0,
            exponent: 0,
        }
    }

    /// Starts there, if nothing was taken yet.
    pub(crate) fn start(&mut self, text: &'a mut [u8]) {
        self.text = text;
    }

    /// The next character, without taking it; zero, which stands in no literal, at the end. What is not ASCII comes byte by
    /// byte.
    #[inline(never)]
    pub(super) fn first(&self) -> char {
        char::from(self.text.get(self.at).copied().unwrap_or_default())
    }

    /// Takes the next character.
    #[inline(never)]
    pub(super) fn next(&mut self) -> char {
        let character = self.first();
        if character != '\0' {
            self.at += 1;
        }
        character
    }

    /// The next character that is no space, without taking it.
    #[inline(never)]
    pub(crate) fn peek(&mut self) -> char {
        while matches!(self.first(), ' ' | '\t'..='\n' | '\r') {
            self.at += 1;
        }
        self.first()
    }

    /// Takes a character if it comes next.
    pub(crate) fn eat(&mut self, character: char) -> bool {
        let found = self.peek() == character;
        if found {
            self.at += 1;
        }
        found
    }

    /// Whether nothing but spaces is left.
    pub(crate) fn is_done(&mut self) -> bool {
        self.peek();
        self.at >= self.text.len()
    }

    /// Tells what comes next, and looks at the word that it is or begins with.
    #[inline(never)]
    pub(super) fn kind(&mut self) -> Kind {
        let first = self.peek();
        let start = self.at;
        let behind = loop {
            match self.first() {
                character if character == '_' || character.is_ascii_alphanumeric() => {}
                character => break character,
            }
            self.at += 1;
        };
        self.behind = mem::replace(&mut self.at, start);
        if !first.is_ascii_alphabetic() {
            // Made a lower-case letter, `[` is `{`; what else becomes a bracket is none to who opens it.
            return match first as u8 | 0x20 {
                b'(' | b'{' => Kind::Sequence,
                _ if is_quote(first) => Kind::Text,
                _ => Kind::Number,
            };
        }
        let word = self.text.get(start..self.behind);
        match word.map_or(NONE, |word| position(WORDS, word)) {
            0 => Kind::None,
            1 => Kind::True,
            2 => Kind::False,
            3 => Kind::FloatCall,
            4 => Kind::ByteArray,
            5 => Kind::Infinity,
            6 => Kind::NaN,
            7 => Kind::Array,
            8 => Kind::Deque,
            9 => Kind::Set,
            10 => Kind::FrozenSet,
            11 => Kind::OrderedDict,
            _ => match behind {
                '(' => Kind::Call,
                _ if is_quote(behind) => Kind::Bytes,
                _ => Kind::Number,
            },
        }
    }

    /// Takes the word that was looked at.
    pub(super) fn take_word(&mut self) {
        self.at = self.behind;
    }

    /// Cuts off what was taken; gives what was gathered of it.
    #[inline(never)]
    pub(super) fn cut(&mut self) -> &'a [u8] {
        let (at, gathered) = (mem::take(&mut self.at), mem::take(&mut self.gathered));
        match mem::take(&mut self.text).split_at_mut_checked(at) {
            Some((taken, rest)) => {
                self.text = rest;
                taken.get(..gathered).unwrap_or_default()
            }
            None => &[],
        }
    }
}
