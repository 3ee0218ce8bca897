//! Sequences in literals: tuples, lists, sets, maps and the calls that make them.

use core::mem;

use super::cursor::NotALiteral;
use super::kind::Kind;
use super::reader::LiteralReader;
use super::scope::{Opened, Scope};

impl LiteralReader<'_> {
    /// Opens a sequence, a set or a map, which must come next; its elements are read next.
    ///
    /// # Errors
    ///
    /// Returns [`NotALiteral`] if something else comes next, or a call whose arguments are not understood.
    pub(crate) fn open(&mut self) -> Result<Opened, NotALiteral> {
        let kind = self.next_kind();
        if !kind.is_sequence() {
            return Err(NotALiteral);
        }
        let is_call = !kind.is_bracket();
        if is_call {
            self.cursor.take_word();
            if !self.cursor.eat_exactly(b'(') {
                return Err(NotALiteral);
            }
        }
        if kind == Kind::ArrayCall {
            self.type_code()?;
        }
        let bracket = self.cursor.peek().ok_or(NotALiteral)?;
        let has_names = kind == Kind::RecordCall;
        // A namedtuple has fields, other calls may be empty: `set()`.
        let is_empty_call = is_call && bracket == b')';
        if has_names && is_empty_call {
            return Err(NotALiteral);
        }
        let scope = if has_names || is_empty_call {
            Scope { closing: Some(b')'), is_in_call: false, has_names }
        } else {
            self.cursor.advance();
            Scope { closing: Some(closing(bracket)?), is_in_call: is_call, has_names }
        };
        self.is_fresh = true;
        Ok(Opened { kind, outer: mem::replace(&mut self.scope, scope) })
    }

    /// Takes the type code of an array and the comma after it, which an array without elements does not have.
    fn type_code(&mut self) -> Result<(), NotALiteral> {
        self.cursor.string()?;
        if self.cursor.eat(b',') || self.cursor.peek() == Some(b')') { Ok(()) } else { Err(NotALiteral) }
    }

    /// Whether another element follows in the sequence. Takes the comma before it, and its name in a namedtuple.
    ///
    /// # Errors
    ///
    /// Returns [`NotALiteral`] if neither an element nor the end of the sequence comes next.
    pub(crate) fn more(&mut self) -> Result<bool, NotALiteral> {
        let is_first = mem::take(&mut self.is_fresh);
        if self.is_end() {
            return Ok(false);
        }
        if !is_first {
            // A text without brackets is one value.
            if self.scope.closing.is_none() {
                return Err(NotALiteral);
            }
            self.cursor.expect(b',')?;
            if self.is_end() {
                return Ok(false);
            }
        }
        if self.scope.has_names {
            self.cursor.peek();
            if self.cursor.take_word() == 0 || !self.cursor.eat_exactly(b'=') {
                return Err(NotALiteral);
            }
        }
        Ok(true)
    }

    /// Closes the sequence that was opened last of those that are open.
    ///
    /// # Errors
    ///
    /// Returns [`NotALiteral`] if an element is left, or a call has another argument: `deque([1], maxlen=3)`.
    pub(crate) fn close(&mut self, opened: Opened) -> Result<(), NotALiteral> {
        if self.more()? {
            return Err(NotALiteral);
        }
        if let Some(closing) = self.scope.closing {
            self.cursor.eat(closing);
        }
        let closed = mem::replace(&mut self.scope, opened.outer);
        if closed.is_in_call { self.cursor.expect(b')') } else { Ok(()) }
    }

    /// Whether the elements of the sequence that is being read are written `key: value`, if it is a map.
    pub(crate) fn has_colons(&self) -> bool {
        self.scope.closing == Some(b'}')
    }

    /// Takes the colon between a key and its value if it comes next, and returns whether it does.
    pub(crate) fn colon(&mut self) -> bool {
        self.cursor.eat(b':')
    }

    /// Whether the sequence that is being read ends here; in a text without brackets, whether that does.
    pub(crate) fn is_end(&mut self) -> bool {
        self.cursor.peek() == self.scope.closing
    }

    /// Whether the sequence that was just opened is empty or holds nothing but `None`, which is taken then.
    pub(crate) fn holds_none(&mut self) -> bool {
        if self.is_end() {
            return true;
        }
        let found = self.holds_one() && self.none();
        self.is_fresh &= !found;
        found
    }

    /// Whether the sequence that is being read, of which some is left, has exactly one element from here on.
    ///
    /// Reads ahead to the end of that element. What it returns for a text that is not a literal means nothing.
    pub(crate) fn holds_one(&mut self) -> bool {
        let start = self.cursor.position();
        let holds_one = self.skip_element().is_ok() && self.is_end();
        self.cursor.go_back(start);
        holds_one
    }

    /// Skips an element, and the comma after it if there is one.
    fn skip_element(&mut self) -> Result<(), NotALiteral> {
        let mut depth = 0usize;
        loop {
            let next = self.cursor.peek();
            if depth == 0 && matches!(next, Some(b')' | b']' | b'}') | None) {
                return Ok(());
            }
            match self.cursor.next()? {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth -= 1,
                quote @ (b'\'' | b'"') => self.cursor.skip_quoted(quote)?,
                b',' if depth == 0 => return Ok(()),
                _ => {}
            }
        }
    }
}

/// The bracket that closes a sequence.
fn closing(opening: u8) -> Result<u8, NotALiteral> {
    match opening {
        b'(' => Ok(b')'),
        b'[' => Ok(b']'),
        b'{' => Ok(b'}'),
        _ => Err(NotALiteral),
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use super::*;
    use crate::wire::integer::Integer;
    use crate::wire::scalar::Scalar;
    use alloc::vec::Vec;

    #[test]
    fn elements_are_read_one_by_one() {
        let mut text = *b" (1, [ 'a\\x62' ], {2: None}) ";
        let mut reader = LiteralReader::new(&mut text);
        assert!(reader.is_sequence() && !reader.is_map());
        let tuple = reader.open().unwrap();
        assert_eq!(tuple.kind, Kind::Tuple);
        assert_eq!(reader.more(), Ok(true));
        assert_eq!(reader.scalar(), Ok(Some(Scalar::Integer(Integer::positive(1)))));
        assert_eq!(reader.more(), Ok(true));
        assert!(reader.is_sequence() && !reader.is_bytes());
        assert_eq!(reader.scalar(), Ok(None), "a sequence is not taken");
        let list = reader.open().unwrap();
        assert_eq!((list.kind, reader.has_colons()), (Kind::List, false));
        assert_eq!(reader.more(), Ok(true));
        assert_eq!(reader.scalar(), Ok(Some(Scalar::Text(b"ab"))));
        assert_eq!(reader.more(), Ok(false));
        assert_eq!(reader.close(list), Ok(()));
        assert_eq!(reader.more(), Ok(true));
        assert!(reader.is_map());
        let map = reader.open().unwrap();
        assert_eq!((map.kind, reader.has_colons()), (Kind::Braces, true));
        assert_eq!(reader.close(map), Err(NotALiteral), "an element is left");
    }

    #[test]
    fn a_text_without_brackets_is_one_value() {
        let mut text = *b"True ";
        let mut reader = LiteralReader::new(&mut text);
        assert!(!reader.is_end());
        assert_eq!(reader.more(), Ok(true));
        assert_eq!(reader.scalar(), Ok(Some(Scalar::Bool(true))));
        assert!(reader.is_end());
        assert_eq!(reader.more(), Ok(false));
        assert!(reader.is_done());
        let mut text = *b"1, 2";
        let mut reader = LiteralReader::new(&mut text);
        assert_eq!(reader.more(), Ok(true));
        assert!(reader.scalar().is_ok());
        assert_eq!(reader.more(), Err(NotALiteral));
    }

    #[test]
    fn every_sequence_is_known_by_how_it_begins() {
        for (text, kind, is_map, has_colons) in [
            ("()", Kind::Tuple, false, false),
            ("[]", Kind::List, false, false),
            ("{}", Kind::Braces, true, true),
            ("array('B')", Kind::ArrayCall, false, false),
            ("array('B',)", Kind::ArrayCall, false, false),
            ("array('B', (1, 2))", Kind::ArrayCall, false, false),
            ("deque([])", Kind::DequeCall, false, false),
            ("deque()", Kind::DequeCall, false, false),
            ("set()", Kind::SetCall, false, false),
            ("set( { 1 } )", Kind::SetCall, false, true),
            ("frozenset({1})", Kind::SetCall, false, true),
            ("OrderedDict()", Kind::MapCall, true, false),
            ("OrderedDict([])", Kind::MapCall, true, false),
            ("OrderedDict({1: 2})", Kind::MapCall, true, true),
            ("P(x=1)", Kind::RecordCall, false, false),
        ] {
            let mut copy = Vec::from(text);
            let mut reader = LiteralReader::new(&mut copy);
            assert_eq!((reader.is_sequence(), reader.is_map()), (true, is_map), "{text}");
            let opened = reader.open().unwrap();
            assert_eq!((opened.kind, reader.has_colons()), (kind, has_colons), "{text}");
            while reader.more().unwrap() {
                assert!(reader.scalar().unwrap().is_some(), "{text}");
                if reader.colon() {
                    assert!(reader.scalar().unwrap().is_some(), "{text}");
                }
            }
            assert_eq!(reader.close(opened), Ok(()), "{text}");
            assert!(reader.is_done(), "{text}");
        }
    }

    #[test]
    fn a_single_element_is_known_before_it_is_read() {
        for (text, holds_one) in [
            ("(1)", true),
            ("(1,)", true),
            ("( 'a, (b' , )", true),
            (r#"["\"]", ]"#, true),
            (r"['\'],']", true),
            ("[(1, 2)]", true),
            ("{1: [2, 3]}", true),
            ("P(x=(1, 2))", true),
            ("set({1})", true),
            ("(1, 2)", false),
            ("('', '')", false),
            ("([1], )", true),
            ("([1], [2])", false),
        ] {
            let mut copy = Vec::from(text);
            let mut reader = LiteralReader::new(&mut copy);
            assert!(reader.holds_one(), "{text}");
            let _opened = reader.open().unwrap();
            assert_eq!(reader.holds_one(), holds_one, "{text}");
            assert_eq!(reader.more(), Ok(true), "{text}");
        }
        for text in [r"('1'  ", r"['a\']", "(((1))", "'a"] {
            assert!(!LiteralReader::new(&mut Vec::from(text)).holds_one(), "{text}");
        }
    }

    #[test]
    fn a_sequence_of_none_alone_counts_as_none() {
        for (text, holds_none) in
            [("()", true), ("(None,)", true), ("(None, 1)", false), ("(1,)", false), ("((None,),)", false)]
        {
            let mut copy = Vec::from(text);
            let mut reader = LiteralReader::new(&mut copy);
            let opened = reader.open().unwrap();
            assert_eq!(reader.holds_none(), holds_none, "{text}");
            assert_eq!(reader.close(opened).is_ok(), holds_none, "{text}");
        }
    }
}
