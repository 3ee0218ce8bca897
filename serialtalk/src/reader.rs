//! Takes typed values out of a payload, whatever its encoding.

mod scalar;
mod sequence;
#[cfg(all(feature = "serde", feature = "repr"))]
mod spread;

use crate::payload::Payload;
#[cfg(feature = "repr")]
use crate::payload::REPR;
#[cfg(feature = "repr")]
use crate::payload::literal::{LiteralReader, Scope};
use crate::payload::unpack::Unpack;
use crate::problem::{Problem, ProblemKind};
use crate::value::Decode;

use scalar::Last;
#[cfg(any(feature = "alloc", feature = "log", feature = "defmt"))]
pub(crate) use scalar::scalar_of;
pub use scalar::{PackedFloat, Scalar};
pub use sequence::Sequence;

/// Reads the arguments of a command, or the value of a reply.
///
/// Values are converted without loss: integers exactly; an integer feeds a float if that is exact; a float feeds a float
/// by rounding to nearest; a float never feeds an integer; UTF-8 bytes feed text. Anything else is a [`Problem`], of
/// which the first is kept: [`take`](Self::take) then returns none, or an array of bytes that means nothing, and
/// [`finish`](Self::finish) says what it was. Only if that finds nothing wrong do the values count.
#[derive(Debug)]
pub struct Reader<'a> {
    source: Source<'a>,
    /// The single value that was taken last, or what a problem is about.
    last: Last<'a>,
    /// What was wrong first.
    problem: Option<ProblemKind>,
    /// What was expected then.
    expected: &'static str,
    /// How many arguments were asked for so far.
    argument: u8,
    /// The sequence that is opened next is the list of arguments itself.
    spread: bool,
    is_bare: bool,
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
    // Field by field: a constant would be copied from flash.
    #[inline(always)]
    fn empty() -> Self {
        Self {
            source: Source::Nothing,
            last: Last::nothing(),
            problem: None,
            expected: "",
            argument: 0,
            spread: false,
            is_bare: false,
        }
    }

    /// Reads from a payload: all that stands behind the name of a frame.
    pub fn new(payload: &'a mut [u8]) -> Self {
        let mut reader = Self::empty();
        reader.begin(payload);
        reader
    }

    /// The same where it stands, so that it has not to be moved.
    #[inline(never)]
    pub(crate) fn new_in<'r>(place: &'r mut Option<Self>, payload: &'a mut [u8]) -> &'r mut Self {
        let reader = place.insert(Self::empty());
        reader.begin(payload);
        reader
    }

    #[inline(always)]
    fn begin(&mut self, payload: &'a mut [u8]) {
        #[cfg(feature = "repr")]
        if payload.starts_with(REPR) {
            return self.begin_literal(payload);
        }
        let payload = &*payload;
        self.source = match Payload::parse(payload) {
            Payload::None => return,
            Payload::Raw(bytes) => Source::Bytes(bytes),
            Payload::Bare(bytes) => {
                self.is_bare = true;
                Source::Bytes(bytes)
            }
            Payload::Struct { format, data } => Source::Struct(Unpack::unchecked(format, data)),
            #[cfg(feature = "postcard")]
            Payload::Postcard(bytes) => Source::Postcard(bytes),
            #[cfg(not(feature = "postcard"))]
            Payload::Postcard(_) => return self.note(ProblemKind::Postcard, ""),
            Payload::Repr(_) => return self.note(ProblemKind::NeedsRepr, ""),
        };
        if let Source::Struct(values) = &mut self.source
            && !values.begin()
        {
            // What cannot be read under its format is bytes as a whole, as for a Python peer: a list, sent bare, looks so.
            self.source = Source::Bytes(payload);
            self.is_bare = true;
        }
    }

    #[cfg(feature = "repr")]
    fn begin_literal(&mut self, payload: &'a mut [u8]) {
        let text = LiteralReader::new(payload.get_mut(REPR.len()..).unwrap_or_default());
        // In place, or all of it would be copied.
        self.source = Source::Literal(text, None);
        let Source::Literal(text, scope) = &mut self.source else { return };
        let is_literal = match text.peek() {
            0 => false,
            b'(' => {
                *scope = text.open();
                true
            }
            _ => {
                if !text.none() {
                    return;
                }
                let is_all = text.is_done();
                self.source = Source::Nothing;
                is_all
            }
        };
        if !is_literal {
            self.source = Source::Nothing;
            self.note(ProblemKind::NoLiteral, "");
        }
    }

    /// Whether the payload is bytes without a header, or such that do not fit theirs. Only before anything is taken.
    pub(crate) fn is_bare(&self) -> bool {
        self.is_bare
    }

    /// The next argument of several.
    pub fn take<T: Decode<'a>>(&mut self) -> Option<T> {
        let missing = T::missing();
        if missing.is_some() {
            if !self.begin_argument()? {
                return missing;
            }
        } else if !self.must_begin_argument() {
            return None;
        }
        T::decode(self)
    }

    /// The only argument, or the value of a reply.
    ///
    /// If it is a sequence, the list of arguments may be that sequence: Python unwraps and spreads tuples on the way.
    #[inline(always)]
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
            self.note(ProblemKind::TooMany, "");
        }
        #[cfg(feature = "repr")]
        if let (None, Source::Literal(text, scope)) = (self.problem, &mut self.source) {
            let closed = scope.is_none_or(|scope| text.close(scope).is_some());
            if !closed || !text.is_done() {
                self.note(ProblemKind::NoLiteral, "");
            }
        }
        let kind = self.problem?;
        Some(match kind {
            ProblemKind::TooFew | ProblemKind::TooMany => Problem::counted(kind, expected.into()),
            _ => Problem { kind, argument: self.argument, expected: self.expected, ..self.last.problem() },
        })
    }

    /// Notes what is wrong, unless something was before. Always none.
    pub fn fail<T>(&mut self, problem: impl Into<Problem>) -> Option<T> {
        let problem = problem.into();
        if self.problem.is_none() {
            self.last.is_about(&problem);
        }
        self.wrong_with(problem.kind, problem.expected)
    }

    /// The same where the kind says all.
    pub(crate) fn wrong<T>(&mut self, kind: ProblemKind) -> Option<T> {
        self.wrong_with(kind, "")
    }

    /// The same about the value that was taken last.
    fn wrong_with<T>(&mut self, kind: ProblemKind, expected: &'static str) -> Option<T> {
        self.note(kind, expected);
        None
    }

    // Called from everywhere; copies of it would fill the flash of a small board.
    #[inline(never)]
    fn note(&mut self, kind: ProblemKind, expected: &'static str) {
        if self.problem.is_none() {
            self.problem = Some(kind);
            self.expected = expected;
        }
    }

    /// Counts an argument, which must have come.
    #[inline(never)]
    fn must_begin_argument(&mut self) -> bool {
        let has_come = self.begin_argument();
        if has_come == Some(false) {
            self.note(ProblemKind::TooFew, "");
        }
        has_come == Some(true)
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

    /// Takes bytes that came raw for postcard, of which Python cannot write the header.
    #[cfg(feature = "serde")]
    pub(crate) fn bytes_are_postcard(&mut self) {
        #[cfg(feature = "postcard")]
        if let Source::Bytes(bytes) = self.source {
            self.source = Source::Postcard(bytes);
        }
    }

    #[cfg(feature = "postcard")]
    pub(crate) fn as_postcard(&mut self) -> Option<&mut &'a [u8]> {
        match &mut self.source {
            Source::Postcard(bytes) => Some(bytes),
            _ => None,
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

    #[inline(never)]
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
