//! Sequences in literals: tuples, lists, sets, maps and the calls that stand for them.

use core::mem;
use core::num::NonZeroU8;

use super::read::{Kind, LiteralReader, NO_WORD};

/// A sequence that was opened: the byte that closes it, and two bits that are zero in each of those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scope(NonZeroU8);

/// The sequence stands in the parentheses of a call, which are closed behind it.
const IN_CALL: u8 = 0x80;
/// A name stands before each element.
const NAMED: u8 = 0x02;

impl Scope {
    /// The one with these bits.
    pub(crate) fn of(bits: u8) -> Option<Self> {
        NonZeroU8::new(bits).map(Self)
    }

    pub(crate) fn bits(self) -> u8 {
        self.0.get()
    }

    fn closing(self) -> char {
        char::from(self.bits() & !(IN_CALL | NAMED))
    }

    /// Whether its elements are written `key: value`, if it is a map at all.
    pub(crate) fn has_colons(self) -> bool {
        self.closing() == '}'
    }
}

/// What a sequence was written as.
#[cfg(feature = "alloc")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
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

const ARRAY: u8 = 0;

/// Whether one of the `CALLS` is that of a map.
#[cfg(any(feature = "alloc", feature = "serde"))]
fn is_map(call: u8) -> bool {
    matches!(call, 4 | 5)
}

impl LiteralReader<'_> {
    /// Whether a sequence, a set, a map or a call that stands for one comes next.
    pub(crate) fn is_bracket(&mut self) -> bool {
        self.kind() == Kind::Sequence
    }

    /// Whether a map comes next, or a set, which looks the same.
    #[cfg(feature = "serde")]
    pub(crate) fn is_map(&mut self) -> bool {
        self.peek() == '{' || (self.is_bracket() && is_map(self.call))
    }

    /// Opens a tuple, list or set, or a call that stands for one: `array('B', [1])`, `OrderedDict([(1, 2)])`,
    /// `frozenset({1})`, `set()`, `Point(x=1, y=2)`.
    #[inline(never)]
    pub(crate) fn open(&mut self) -> Option<Scope> {
        if !self.is_bracket() {
            return None;
        }
        let mut form = 0;
        if self.behind > self.at {
            self.take_word();
            self.next();
            if self.call == ARRAY {
                self.quoted()?;
                // An empty array is written without its list.
                self.fresh = false;
                self.more(Scope::of(b')')?)?;
            }
            form = IN_CALL;
        }
        self.fresh = true;
        if form == IN_CALL {
            let is_empty = self.peek() == ')';
            if self.call == NO_WORD {
                // A namedtuple, or nothing that can be read.
                return if is_empty { None } else { Scope::of(b')' | NAMED) };
            }
            if is_empty {
                return Scope::of(b')');
            }
        }
        let bracket = self.next();
        if !matches!(bracket, '(' | '[' | '{') {
            return None;
        }
        // In ASCII, `)` follows `(`, and the others are one further away from each other.
        let bracket = bracket as u8;
        Scope::of((bracket + 1 + (bracket >> 6)) | form)
    }

    /// What the sequence was written as that was just opened.
    #[cfg(feature = "alloc")]
    pub(crate) fn form(&self, scope: Scope) -> Form {
        match (self.call, scope.closing()) {
            _ if scope.bits() & NAMED != 0 => Form::Record,
            (NO_WORD, ')') => Form::Tuple,
            (NO_WORD, '}') => Form::Braces,
            (2 | 3, _) => Form::Set,
            (call, _) if is_map(call) => Form::Map,
            _ => Form::List,
        }
    }

    /// Whether another element follows in the sequence; takes the comma and the name before it.
    #[inline(never)]
    pub(crate) fn more(&mut self, scope: Scope) -> Option<bool> {
        let is_first = mem::take(&mut self.fresh);
        if !is_first && !self.is_end(scope) && !self.eat(',') {
            return None;
        }
        if self.is_end(scope) {
            return Some(false);
        }
        if scope.bits() & NAMED != 0 {
            self.kind();
            let start = mem::replace(&mut self.at, self.behind);
            if start == self.at || self.next() != '=' {
                return None;
            }
        }
        Some(true)
    }

    /// Closes the sequence; none if an element is left.
    #[inline(never)]
    pub(crate) fn close(&mut self, scope: Scope) -> Option<()> {
        if self.more(scope)? {
            return None;
        }
        self.next();
        // `deque([1], maxlen=3)` and its like are refused here.
        if scope.bits() & IN_CALL == 0 || self.eat(')') { Some(()) } else { None }
    }

    /// Whether the sequence that was just opened is empty, or holds nothing but `None`; takes that then.
    pub(crate) fn holds_none(&mut self, scope: Scope) -> bool {
        if self.is_end(scope) {
            return true;
        }
        let found = self.holds_one(scope) && self.none();
        self.fresh &= !found;
        found
    }

    /// Whether the sequence that is being read, which is not empty, holds exactly one element from here on.
    pub(crate) fn holds_one(&mut self, scope: Scope) -> bool {
        let start = self.at;
        let holds_one = self.skip_one(scope);
        self.at = start;
        holds_one
    }

    /// Skips an element, and the comma behind it; tells whether the sequence ends there.
    #[inline(always)]
    fn skip_one(&mut self, scope: Scope) -> bool {
        let mut depth = 0usize;
        loop {
            self.peek();
            let character = self.next();
            // Made a lower-case letter, `[` is `{` and `]` is `}`. Controls become others, too: no literal has any but spaces.
            match (character as u8) | 0x20 {
                b'(' | b'{' => depth += 1,
                b')' | b'}' if depth == 0 => return true,
                b')' | b'}' => depth -= 1,
                b',' if depth == 0 => return self.is_end(scope),
                b'"' | b'\'' => loop {
                    let inner = self.next();
                    if inner == '\\' {
                        self.next();
                    } else if inner == character {
                        break;
                    } else if inner == '\0' {
                        return false;
                    }
                },
                _ if character == '\0' => return false,
                _ => {}
            }
        }
    }

    /// Whether what closes the sequence comes next.
    pub(crate) fn is_end(&mut self, scope: Scope) -> bool {
        self.peek() == scope.closing()
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use super::*;
    use crate::problem::Integer;
    use crate::reader::Scalar;

    #[test]
    fn pieces_are_taken_one_by_one() {
        let mut text = *b" (1, [ 'a\\x62' ], {2: None}) ";
        let mut reader = LiteralReader::new(&mut text);
        assert_eq!(reader.peek(), '(');
        let outer = reader.open().unwrap();
        assert_eq!(reader.form(outer), Form::Tuple);
        assert_eq!(reader.more(outer), Some(true));
        assert!(matches!(reader.scalar(), Some(Scalar::Integer(Integer { negative: false, magnitude: 1 }))));
        assert_eq!(reader.more(outer), Some(true));
        assert!(reader.is_bracket() && !reader.is_bytes());
        let list = reader.open().unwrap();
        assert_eq!((reader.form(list), list.has_colons()), (Form::List, false));
        assert_eq!(reader.more(list), Some(true));
        assert_eq!(reader.scalar(), Some(Scalar::Text(b"ab")));
        assert_eq!(reader.more(list), Some(false));
        assert_eq!(reader.close(list), Some(()));
        assert_eq!(reader.more(outer), Some(true));
        let map = reader.open().unwrap();
        assert_eq!((reader.form(map), map.has_colons()), (Form::Braces, true));
        assert_eq!(reader.close(map), None, "an element is left");
    }
}
