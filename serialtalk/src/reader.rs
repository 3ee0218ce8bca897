//! Takes typed values out of a payload, whatever its encoding.

mod scalar;
mod sequence;
#[cfg(feature = "serde")]
mod spread;

use crate::payload::Payload;
#[cfg(feature = "repr")]
use crate::payload::REPR;
#[cfg(feature = "repr")]
use crate::payload::literal::{LiteralReader, Scope};
use crate::payload::unpack::Unpack;
use crate::problem::{Problem, ProblemKind};
use crate::value::Decode;

#[cfg(any(feature = "alloc", feature = "log", feature = "defmt"))]
pub(crate) use scalar::scalar_of;
pub use scalar::{PackedFloat, Scalar};
pub use sequence::Sequence;

/// Reads the arguments of a command, or the value of a reply.
///
/// Values are converted without loss: integers exactly; an integer feeds a float if that is exact; a float feeds a float
/// by rounding to nearest; a float never feeds an integer; UTF-8 bytes feed text. Anything else is a [`Problem`], of
/// which the first is kept: [`take`](Self::take) then returns none, and [`finish`](Self::finish) says what it was.
#[derive(Debug)]
pub struct Reader<'a> {
    source: Source<'a>,
    problem: Option<Problem>,
    /// How many arguments were asked for so far.
    argument: u8,
    /// The sequence that is opened next is the list of arguments itself.
    spread: bool,
}

#[derive(Debug)]
enum Source<'a> {
    /// No value is left.
    Nothing,
    Struct(Unpack<'a>),
    /// The values of a tuple, or one value where there is no scope.
    #[cfg(feature = "repr")]
    Literal(LiteralReader<'a>, Option<Scope>),
    /// One value, bytes.
    Bytes(&'a [u8]),
    #[cfg(feature = "postcard")]
    Postcard(&'a [u8]),
}

impl<'a> Reader<'a> {
    /// Reads from a payload: all that stands behind the name of a frame.
    pub fn new(payload: &'a mut [u8]) -> Self {
        let source = match Payload::parse(payload) {
            Payload::None => Ok(Source::Nothing),
            #[cfg(feature = "repr")]
            Payload::Repr(_) => literal(payload),
            #[cfg(not(feature = "repr"))]
            Payload::Repr(_) => Err(ProblemKind::NeedsRepr),
            _ => plain(payload),
        };
        let (source, problem) = match source {
            Ok(source) => (source, None),
            Err(problem) => (Source::Nothing, Some(problem.into())),
        };
        Self { source, problem, argument: 0, spread: false }
    }

    /// The next argument of several.
    pub fn take<T: Decode<'a>>(&mut self) -> Option<T> {
        match self.begin_argument()? {
            true => T::decode(self),
            false => T::missing().or_else(|| self.wrong(ProblemKind::TooFew)),
        }
    }

    /// The only argument, or the value of a reply.
    ///
    /// If it is a sequence, the list of arguments may be that sequence: Python unwraps and spreads tuples on the way.
    pub fn take_sole<T: Decode<'a>>(&mut self) -> Option<T> {
        if !T::IS_SEQUENCE || self.holds_one_bracket() {
            return self.take();
        }
        self.spread_argument();
        let value = T::decode(self);
        self.end_spread();
        value
    }

    /// Makes the sequence that is opened next the list of arguments itself.
    pub(crate) fn spread_argument(&mut self) {
        self.argument = 1;
        self.spread = self.problem.is_none();
    }

    /// Undoes that, where nobody has opened a sequence.
    pub(crate) fn end_spread(&mut self) {
        self.spread = false;
    }

    /// Whether all that came was taken and nothing was wrong with it; `expected` is the number of arguments.
    pub fn finish(&mut self, expected: u8) -> Result<(), Problem> {
        self.check(expected).map_or(Ok(()), Err)
    }

    /// The same as what is wrong, if anything is.
    #[inline(always)]
    pub(crate) fn check(&mut self, expected: u8) -> Option<Problem> {
        if self.problem.is_none() && self.more() == Some(true) {
            self.note_kind(ProblemKind::TooMany);
        }
        #[cfg(feature = "repr")]
        if let (None, Source::Literal(text, scope)) = (self.problem, &mut self.source) {
            let closed = scope.is_none_or(|scope| text.close(scope).is_some());
            if !closed || !text.is_done() {
                self.note_kind(ProblemKind::NoLiteral);
            }
        }
        let problem = self.problem?;
        Some(match problem.kind {
            ProblemKind::TooFew | ProblemKind::TooMany => Problem::counted(problem.kind, expected.into()),
            _ => Problem { argument: self.argument, ..problem },
        })
    }

    /// Notes what is wrong, unless something was before. Always none.
    pub fn fail<T>(&mut self, problem: impl Into<Problem>) -> Option<T> {
        self.note(problem.into());
        None
    }

    /// The same where the kind says all.
    pub(crate) fn wrong<T>(&mut self, kind: ProblemKind) -> Option<T> {
        self.note_kind(kind);
        None
    }

    // Called from everywhere; copies of it would fill the flash of a small board.
    #[inline(never)]
    fn note_kind(&mut self, kind: ProblemKind) {
        self.note(kind.into());
    }

    #[inline(never)]
    fn note(&mut self, problem: Problem) {
        self.problem.get_or_insert(problem);
    }

    /// Counts an argument; tells whether it has come, or none if something was wrong before.
    pub(crate) fn begin_argument(&mut self) -> Option<bool> {
        if self.problem.is_some() {
            return None;
        }
        self.argument = self.argument.saturating_add(1);
        self.more()
    }

    /// Whether another value has come.
    pub(crate) fn more(&mut self) -> Option<bool> {
        match &mut self.source {
            Source::Nothing => Some(false),
            Source::Struct(unpack) => Some(!unpack.is_done()),
            #[cfg(feature = "repr")]
            Source::Literal(text, Some(scope)) => {
                let more = text.more(*scope);
                more.or_else(|| self.wrong(ProblemKind::NoLiteral))
            }
            #[cfg(feature = "repr")]
            Source::Literal(text, None) => Some(!text.is_done()),
            Source::Bytes(_) => Some(true),
            #[cfg(feature = "postcard")]
            Source::Postcard(bytes) => Some(!bytes.is_empty()),
        }
    }

    /// The literal that is being read.
    #[cfg(all(feature = "alloc", feature = "repr"))]
    pub(crate) fn as_literal(&mut self) -> Option<&mut LiteralReader<'a>> {
        match &mut self.source {
            Source::Literal(text, _) => Some(text),
            _ => None,
        }
    }

    /// Whether a bool of a struct comes next.
    #[cfg(feature = "alloc")]
    pub(crate) fn is_bool(&self) -> bool {
        matches!(&self.source, Source::Struct(unpack) if unpack.next_code() == Some(b'?'))
    }

    pub(crate) fn holds_one_bracket(&mut self) -> bool {
        match &mut self.source {
            #[cfg(feature = "repr")]
            Source::Literal(text, Some(scope)) => text.holds_one_bracket(*scope),
            #[cfg(feature = "repr")]
            Source::Literal(..) => true,
            #[cfg(feature = "postcard")]
            Source::Postcard(_) => true,
            _ => false,
        }
    }
}

/// What needs no changing of the bytes to be read.
fn plain(payload: &[u8]) -> Result<Source<'_>, ProblemKind> {
    match Payload::parse(payload) {
        // What cannot be read under its format is bytes as a whole, as for a Python peer: a list, sent bare, looks so.
        Payload::Struct { format, data } => {
            Ok(Unpack::new(format, data).map_or(Source::Bytes(payload), Source::Struct))
        }
        Payload::Raw(bytes) | Payload::Bare(bytes) => Ok(Source::Bytes(bytes)),
        #[cfg(feature = "postcard")]
        Payload::Postcard(bytes) => Ok(Source::Postcard(bytes)),
        #[cfg(not(feature = "postcard"))]
        Payload::Postcard(_) => Err(ProblemKind::Postcard),
        Payload::None | Payload::Repr(_) => Ok(Source::Nothing),
    }
}

#[cfg(feature = "repr")]
fn literal(payload: &mut [u8]) -> Result<Source<'_>, ProblemKind> {
    let mut text = LiteralReader::new(payload.get_mut(REPR.len()..).unwrap_or_default());
    match text.peek() {
        None => Err(ProblemKind::NoLiteral),
        Some(b'(') => {
            let scope = text.open();
            Ok(Source::Literal(text, scope))
        }
        Some(_) if text.eat_word(b"None") => {
            if text.is_done() {
                Ok(Source::Nothing)
            } else {
                Err(ProblemKind::NoLiteral)
            }
        }
        Some(_) => Ok(Source::Literal(text, None)),
    }
}
