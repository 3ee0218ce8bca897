//! Sequences in literals: tuples, lists, sets, maps and the calls that stand for them.

use core::mem;

use super::read::{Kind, LiteralReader};

/// A sequence that was opened: the byte that closes it, and two bits that are zero in each of those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scope(u8);

/// The sequence stands in the parentheses of a call, which are closed behind it.
const IN_CALL: u8 = 0x80;
/// A name stands before each element.
const NAMED: u8 = 0x02;

impl Scope {
    /// The text itself, which its end closes.
    pub(crate) const TEXT: Self = Self(0);

    /// The one with these bits.
    pub(crate) fn of(bits: u8) -> Self {
        Self(bits)
    }

    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }

    fn closing(self) -> char {
        char::from(self.0 & !(IN_CALL | NAMED))
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
    /// `OrderedDict([(1, 2)])`, `OrderedDict({1: 2})`
    Map,
    /// `Point(x=1, y=2)`
    Record,
}

impl LiteralReader<'_> {
    /// Whether a sequence, a set, a map or a call that stands for one comes next.
    pub(crate) fn is_bracket(&mut self) -> bool {
        self.kind().is_sequence()
    }

    /// Whether a map comes next, or a set, which looks the same.
    #[cfg(feature = "serde")]
    pub(crate) fn is_map(&mut self) -> bool {
        self.peek() == '{' || self.kind() == Kind::OrderedDict
    }

    /// Opens a tuple, list or set, or a call that stands for one: `array('B', [1])`, `OrderedDict([(1, 2)])`,
    /// `frozenset({1})`, `set()`, `Point(x=1, y=2)`. False if something else comes next, which is not taken then, or nothing
    /// that can be read. The sequence that it is in is needed to close it.
    #[inline(never)]
    pub(crate) fn open(&mut self) -> bool {
        let kind = self.kind();
        if !kind.is_sequence() {
            return false;
        }
        let is_open = self.open_as(kind);
        if !is_open {
            // Behind everything: no value comes any more.
            self.at = usize::MAX;
        }
        is_open
    }

    #[inline(always)]
    fn open_as(&mut self, kind: Kind) -> bool {
        #[cfg(feature = "alloc")]
        {
            self.opened = kind;
        }
        self.scope = Scope(b')');
        let mut form = 0;
        if kind != Kind::Sequence {
            self.take_word();
            if self.next() != '(' {
                return false;
            }
            if kind == Kind::Array {
                // An empty array is written without its list.
                self.fresh = false;
                if self.quoted().is_none() || self.more().is_none() {
                    return false;
                }
            }
            form = IN_CALL;
        }
        self.fresh = true;
        let bracket = self.peek();
        if kind == Kind::Call {
            // A namedtuple, or nothing that can be read.
            self.scope = Scope(b')' | NAMED);
        } else if matches!(bracket, '(' | '[' | '{') {
            self.next();
            // In ASCII, `)` follows `(`, and the others are one further away from each other.
            let bracket = bracket as u8;
            self.scope = Scope((bracket + 1 + (bracket >> 6)) | form);
            return true;
        }
        (bracket == ')') != (kind == Kind::Call)
    }

    /// What the sequence was written as that was just opened.
    #[cfg(feature = "alloc")]
    pub(crate) fn form(&self) -> Form {
        match (self.opened, self.scope.closing()) {
            (Kind::Call, _) => Form::Record,
            (Kind::Sequence, ')') => Form::Tuple,
            (Kind::Sequence, '}') => Form::Braces,
            (Kind::Set | Kind::FrozenSet, _) => Form::Set,
            (Kind::OrderedDict, _) => Form::Map,
            _ => Form::List,
        }
    }

    /// Whether the elements of the sequence are written `key: value`, if it is a map at all.
    pub(crate) fn has_colons(&self) -> bool {
        self.scope.closing() == '}'
    }

    /// Whether another element follows in the sequence; takes the comma and the name before it.
    #[inline(never)]
    pub(crate) fn more(&mut self) -> Option<bool> {
        let is_first = mem::take(&mut self.fresh);
        // A text without brackets is one value.
        if !is_first && !self.is_end() && (self.scope == Scope::TEXT || !self.eat(',')) {
            return None;
        }
        if self.is_end() {
            return Some(false);
        }
        if self.scope.has(NAMED) {
            self.kind();
            let start = mem::replace(&mut self.at, self.behind);
            if start == self.at || self.next() != '=' {
                return None;
            }
        }
        Some(true)
    }

    /// Closes the sequence, which is in this one; none if an element is left.
    #[inline(never)]
    pub(crate) fn close(&mut self, outer: Scope) -> Option<()> {
        if self.more()? {
            return None;
        }
        self.next();
        let closed = mem::replace(&mut self.scope, outer);
        // `deque([1], maxlen=3)` and its like are refused here.
        if !closed.has(IN_CALL) || self.eat(')') { Some(()) } else { None }
    }

    /// Whether the sequence that was just opened is empty, or holds nothing but `None`; takes that then.
    pub(crate) fn holds_none(&mut self) -> bool {
        if self.is_end() {
            return true;
        }
        let found = self.holds_one() && self.none();
        self.fresh &= !found;
        found
    }

    /// Whether the sequence that is being read, which is not empty, holds exactly one element from here on.
    pub(crate) fn holds_one(&mut self) -> bool {
        let start = self.at;
        let holds_one = self.skip_one();
        self.at = start;
        holds_one
    }

    /// Skips an element, and the comma behind it; tells whether the sequence ends there.
    #[inline(always)]
    fn skip_one(&mut self) -> bool {
        let mut depth = 0usize;
        loop {
            self.peek();
            let character = self.next();
            // Made a lower-case letter, `[` is `{` and `]` is `}`. Controls become others, too: no literal has any but spaces.
            match (character as u8) | 0x20 {
                b'(' | b'{' => depth += 1,
                b')' | b'}' if depth == 0 => return true,
                b')' | b'}' => depth -= 1,
                b',' if depth == 0 => return self.is_end(),
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
                _ if character == '\0' => return depth == 0 && self.scope == Scope::TEXT,
                _ => {}
            }
        }
    }

    /// Whether what closes the sequence comes next.
    pub(crate) fn is_end(&mut self) -> bool {
        self.peek() == self.scope.closing()
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
        assert!(reader.scope == Scope::TEXT && reader.open());
        assert_eq!(reader.form(), Form::Tuple);
        assert_eq!(reader.more(), Some(true));
        assert!(matches!(reader.scalar(), Some(Scalar::Integer(Integer { negative: false, magnitude: 1 }))));
        assert_eq!(reader.more(), Some(true));
        assert!(reader.is_bracket() && !reader.is_bytes());
        let tuple = reader.scope;
        assert!(reader.open());
        assert_eq!((reader.form(), reader.has_colons()), (Form::List, false));
        assert_eq!(reader.more(), Some(true));
        assert_eq!(reader.scalar(), Some(Scalar::Text(b"ab")));
        assert_eq!(reader.more(), Some(false));
        assert_eq!(reader.close(tuple), Some(()));
        assert_eq!(reader.more(), Some(true));
        assert!(reader.scope == tuple && reader.open());
        assert_eq!((reader.form(), reader.has_colons()), (Form::Braces, true));
        assert_eq!(reader.close(tuple), None, "an element is left");
    }
}
