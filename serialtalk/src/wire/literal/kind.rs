//! What comes next in a literal, known by how it begins.

use super::cursor::{Cursor, is_quote};

/// What comes next in a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `None`.
    None,
    /// `True`.
    True,
    /// `False`.
    False,
    /// A number that begins with a sign, a digit or a point; also `inf` and `nan`.
    Number,
    /// `float('inf')`.
    FloatCall,
    /// A string.
    Text,
    /// Bytes.
    Bytes,
    /// `bytearray(b'ab')`.
    ByteArrayCall,
    /// `(1, 2)`, or parentheses that only group: `(1)`.
    Tuple,
    /// `[1, 2]`.
    List,
    /// `{1, 2}` or `{1: 2}`, which the first element shows.
    Braces,
    /// `array('B', [1, 2])`.
    ArrayCall,
    /// `deque([1, 2])`.
    DequeCall,
    /// `set({1, 2})`, `frozenset({1, 2})`, `set()`.
    SetCall,
    /// `OrderedDict([(1, 2)])`, `OrderedDict({1: 2})`.
    MapCall,
    /// A call of anything else, which must be a namedtuple: `Point(x=1, y=2)`.
    RecordCall,
    /// The end of the text, or something that begins no literal.
    Invalid,
}

/// The words that are values or begin one.
const WORDS: [(&[u8], Kind); 12] = [
    (b"None", Kind::None),
    (b"True", Kind::True),
    (b"False", Kind::False),
    (b"inf", Kind::Number),
    (b"nan", Kind::Number),
    (b"float", Kind::FloatCall),
    (b"bytearray", Kind::ByteArrayCall),
    (b"array", Kind::ArrayCall),
    (b"deque", Kind::DequeCall),
    (b"set", Kind::SetCall),
    (b"frozenset", Kind::SetCall),
    (b"OrderedDict", Kind::MapCall),
];

impl Kind {
    /// Tells what comes next after white space, without taking it.
    pub(super) fn of_next(cursor: &mut Cursor<'_>) -> Self {
        match cursor.peek() {
            Some(b'(') => Self::Tuple,
            Some(b'[') => Self::List,
            Some(b'{') => Self::Braces,
            Some(b'\'' | b'"') => Self::Text,
            Some(b'0'..=b'9' | b'.' | b'+' | b'-') => Self::Number,
            Some(byte) if byte.is_ascii_alphabetic() => Self::of_word(cursor),
            _ => Self::Invalid,
        }
    }

    fn of_word(cursor: &Cursor<'_>) -> Self {
        let word = cursor.word();
        if let Some((_, kind)) = WORDS.iter().find(|(known, _)| *known == word) {
            return *kind;
        }
        match cursor.after_word() {
            Some(b'(') => Self::RecordCall,
            Some(quote) if is_quote(quote) && word == b"b" => Self::Bytes,
            _ => Self::Invalid,
        }
    }

    /// Whether it is a sequence, a set or a map.
    pub(crate) fn is_sequence(self) -> bool {
        self.is_bracket()
            || matches!(
                self,
                Self::ArrayCall | Self::DequeCall | Self::SetCall | Self::MapCall | Self::RecordCall
            )
    }

    /// Whether it begins with a bracket rather than a word.
    pub(super) fn is_bracket(self) -> bool {
        matches!(self, Self::Tuple | Self::List | Self::Braces)
    }
}
