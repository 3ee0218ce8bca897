//! Takes typed values out of a payload, whatever its encoding.

mod expected;
mod scalar;
mod sequence;
#[cfg(all(feature = "serde", feature = "repr"))]
mod spread;

use crate::describe::{Describe, Facts, Template};
use crate::frame::MAX_LENGTH;
use crate::payload::Payload;
#[cfg(feature = "repr")]
use crate::payload::REPR;
#[cfg(feature = "repr")]
use crate::payload::literal::{LiteralReader, Scope};
use crate::payload::unpack::Unpack;
use crate::problem::{Integer, Problem, ProblemKind};
use crate::value::Decode;

pub use expected::Expected;
pub(crate) use scalar::Last;
#[cfg(any(feature = "alloc", feature = "log", feature = "defmt"))]
pub(crate) use scalar::scalar_of;
pub use scalar::{PackedFloat, Scalar};
pub use sequence::Sequence;

/// Reads the arguments of a command, or the value of a reply.
///
/// Values are converted without loss: integers exactly; an integer feeds a float if that is exact; a float feeds a float
/// by rounding to nearest; a float never feeds an integer; UTF-8 bytes feed text. Anything else is a [`Problem`], of
/// which the first is kept: nothing more is read then, [`take`](Self::take) returns none, or a value that means nothing, and
/// [`finish`](Self::finish) says what it was. Only if that finds nothing wrong do the values count.
// Small fields first: what stands near the start of a struct is reached by shorter instructions.
#[derive(Debug)]
#[repr(C)]
pub struct Reader<'a> {
    source: Source,
    /// What was wrong first.
    problem: Option<ProblemKind>,
    /// With which argument.
    wrong_argument: u8,
    /// How many arguments were asked for so far.
    argument: u8,
    /// The sequence that is opened next is the list of arguments itself.
    spread: bool,
    /// The single value that was taken last, or what a problem is about, or the bytes that are to be read.
    last: Last<'a>,
    /// The values of a struct.
    values: Unpack<'a>,
    expected: &'static Expected,
    /// What the problem was about: what was expected, or the name of a type.
    about: &'static str,
    #[cfg(feature = "repr")]
    text: LiteralReader<'a>,
}

/// Where values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// No value is left, or there was a problem.
    Nothing,
    /// The values of a struct of the expected format, one behind the other in the bytes of the last value.
    Exact,
    Struct,
    /// One value, bytes.
    Bytes,
    #[cfg(feature = "repr")]
    Literal,
    #[cfg(feature = "postcard")]
    Postcard,
}

impl<'a> Reader<'a> {
    // Field by field: a constant would be copied from flash.
    #[inline(always)]
    fn empty() -> Self {
        Self {
            source: Source::Nothing,
            expected: &Expected::NOTHING,
            values: Unpack::nothing(),
            #[cfg(feature = "repr")]
            text: LiteralReader::new(&mut []),
            last: Last::nothing(),
            problem: None,
            about: "",
            wrong_argument: 0,
            argument: 0,
            spread: false,
        }
    }

    /// Reads from a payload: all that stands behind the name of a frame.
    pub fn new(payload: &'a mut [u8]) -> Self {
        let mut reader = Self::empty();
        let is_long = payload.len() > MAX_LENGTH;
        reader.begin(payload);
        // No frame holds such a struct: its values could not be counted.
        if is_long && reader.source == Source::Struct {
            reader.source = Source::Bytes;
        }
        reader
    }

    /// The same of the payload of a frame, and where it stands, so that it has not to be moved.
    #[inline(never)]
    pub(crate) fn new_in<'r>(
        place: &'r mut Option<Self>,
        payload: &'a mut [u8],
        expected: &'static Expected,
    ) -> &'r mut Self {
        let reader = place.insert(Self::empty());
        reader.expected = expected;
        reader.begin(payload);
        reader
    }

    #[inline(always)]
    fn begin(&mut self, payload: &'a mut [u8]) {
        #[cfg(feature = "repr")]
        if payload.first_chunk() == Some(REPR) {
            return self.begin_literal(payload);
        }
        let payload = &*payload;
        let Some((length, behind)) = payload.split_first() else { return };
        // What cannot be read under its format is bytes as a whole, as for a Python peer: a list, sent bare, looks so.
        self.last.set_bytes(payload);
        self.source = Source::Bytes;
        let Some((format, data)) = behind.split_at_checked(usize::from(*length)) else { return };
        self.source = if self.expected.is(format, data.len()) {
            self.last.use_bytes(data);
            Source::Exact
        } else {
            match Payload::of(format, data) {
                Payload::None => Source::Nothing,
                Payload::Raw(bytes) => return self.last.use_bytes(bytes),
                #[cfg(feature = "postcard")]
                Payload::Postcard(bytes) => {
                    self.last.use_bytes(bytes);
                    Source::Postcard
                }
                #[cfg(not(feature = "postcard"))]
                Payload::Postcard(_) => return self.note_kind(ProblemKind::Postcard),
                Payload::Repr(_) => return self.note_kind(ProblemKind::NeedsRepr),
                Payload::Struct { .. } if self.values.begin(format, data) => Source::Struct,
                Payload::Struct { .. } | Payload::Bare(_) => return,
            }
        };
    }

    #[cfg(feature = "repr")]
    fn begin_literal(&mut self, payload: &'a mut [u8]) {
        self.text.start(payload.get_mut(REPR.len()..).unwrap_or_default());
        self.source = Source::Literal;
        match self.text.peek() {
            '\0' => self.note_kind(ProblemKind::NoLiteral),
            '(' => {
                self.text.open();
            }
            _ if self.text.none() => self.source = Source::Nothing,
            _ => {}
        }
    }

    /// How many bytes the payload is; none if it is no bytes. Those of a payload of this length have no header, or do not
    /// fit theirs. Only before anything is taken.
    pub(crate) fn count_of_bytes(&self) -> Option<usize> {
        if self.source == Source::Bytes { Some(self.last.length()) } else { None }
    }

    /// The next argument of several.
    pub fn take<T: Decode<'a>>(&mut self) -> Option<T> {
        T::argument(self)
    }

    /// The only argument, or the value of a reply.
    ///
    /// If it is a sequence, the list of arguments may be that sequence: Python unwraps and spreads tuples on the way.
    #[inline(always)]
    pub fn take_sole<T: Decode<'a>>(&mut self) -> Option<T> {
        if !T::IS_SEQUENCE {
            return T::argument(self);
        }
        let is_one = match T::DEPTH {
            // Its elements are no sequences: a bracket is all of it.
            1 => self.begins_with_bracket(),
            _ => self.holds_one_bracket(),
        };
        if !is_one {
            self.spread_argument();
        } else if !self.begins::<T>() {
            return T::missing();
        }
        T::decode(self)
    }

    /// Begins an argument; false if it is one that may be missing, and is.
    #[inline(always)]
    pub(crate) fn begins<T: Decode<'a>>(&mut self) -> bool {
        if T::missing().is_some() {
            return self.begin_argument();
        }
        // If it has not come, there is nothing to decode.
        self.must_begin_argument();
        true
    }

    /// Makes the sequence that is opened next the list of arguments itself.
    pub(crate) fn spread_argument(&mut self) {
        self.argument = 1;
        self.spread = true;
    }

    /// Whether all that came was taken and nothing was wrong with it; `expected` is the number of arguments.
    pub fn finish(&mut self, expected: u8) -> Result<(), Problem> {
        if self.is_right() {
            return Ok(());
        }
        self.what_was_wrong(expected).map_or(Ok(()), Err)
    }

    /// Whether all that came was taken and nothing was wrong with it.
    #[inline(never)]
    pub fn is_right(&mut self) -> bool {
        if self.more() {
            self.note_kind(ProblemKind::TooMany);
        }
        #[cfg(feature = "repr")]
        {
            let is_closed = self.source != Source::Literal || self.text.close(Scope::TEXT).is_some();
            if !is_closed || !self.text.is_done() {
                self.note_kind(ProblemKind::NoLiteral);
            }
        }
        !self.has_problem()
    }

    /// Whether something was wrong so far.
    pub(crate) fn has_problem(&self) -> bool {
        self.problem.is_some()
    }

    /// What was wrong first.
    fn what_was_wrong(&self, expected: u8) -> Option<Problem> {
        let kind = self.problem?;
        Some(match kind.is_count() {
            true => Problem::counted(kind, expected.into()),
            false => Problem {
                kind,
                argument: self.wrong_argument,
                came: self.last.came,
                expected: self.about,
                integer: self.last.integer(),
            },
        })
    }

    /// Describes what was wrong first; `argument` is what is said before it about the argument.
    #[inline(always)]
    pub(crate) fn describe(&self, argument: Template, to: &mut impl Describe) {
        let Some(kind) = self.problem else { return };
        if self.wrong_argument > 0 && !kind.is_count() {
            to.add(argument, Some(self));
        }
        to.add(kind.template(), Some(self));
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
        self.note_kind(kind);
        None
    }

    /// The same about the value that was taken last.
    fn wrong_with<T>(&mut self, kind: ProblemKind, about: &'static str) -> Option<T> {
        self.note(kind, about);
        None
    }

    /// Notes what is wrong where the kind says all.
    #[inline(never)]
    fn note_kind(&mut self, kind: ProblemKind) {
        self.note(kind, "");
    }

    // Called from everywhere; copies of it would fill the flash of a small board.
    #[inline(never)]
    fn note(&mut self, kind: ProblemKind, about: &'static str) {
        self.source = Source::Nothing;
        if self.problem.is_none() {
            self.problem = Some(kind);
            self.about = about;
            self.wrong_argument = self.argument;
        }
    }

    /// Counts an argument, which must have come.
    #[cfg_attr(feature = "repr", inline(never))]
    pub(crate) fn must_begin_argument(&mut self) {
        // No frame holds as many.
        self.argument = self.argument.wrapping_add(1);
        #[cfg(feature = "repr")]
        if self.source == Source::Literal && !self.more() {
            self.note_kind(ProblemKind::TooFew);
        }
    }

    /// Counts an argument; tells whether it has come, and nothing was wrong before.
    pub(crate) fn begin_argument(&mut self) -> bool {
        // No frame holds as many.
        self.argument = self.argument.wrapping_add(1);
        // Nothing is missing where all is as expected.
        self.source == Source::Exact || self.more()
    }

    /// Whether another value comes next: an argument, or an element of the sequence that was opened last; and nothing was
    /// wrong before.
    pub fn more(&mut self) -> bool {
        match self.source {
            Source::Nothing => false,
            Source::Exact => self.last.has_bytes(),
            Source::Struct => !self.values.is_done(),
            #[cfg(feature = "repr")]
            Source::Literal => {
                let more = self.text.more();
                if more.is_none() {
                    self.note_kind(ProblemKind::NoLiteral);
                }
                more == Some(true)
            }
            Source::Bytes => true,
            #[cfg(feature = "postcard")]
            Source::Postcard => self.last.has_bytes(),
        }
    }

    /// Takes bytes that came raw for postcard, of which Python cannot write the header.
    #[cfg(feature = "serde")]
    pub(crate) fn bytes_are_postcard(&mut self) {
        #[cfg(feature = "postcard")]
        if self.source == Source::Bytes {
            self.source = Source::Postcard;
        }
    }

    #[cfg(feature = "postcard")]
    pub(crate) fn as_postcard(&mut self) -> Option<&mut &'a [u8]> {
        if self.source == Source::Postcard { Some(self.last.bytes_mut()) } else { None }
    }

    /// The literal that is being read.
    #[cfg(all(feature = "alloc", feature = "repr"))]
    pub(crate) fn as_literal(&mut self) -> Option<&mut LiteralReader<'a>> {
        if self.source == Source::Literal { Some(&mut self.text) } else { None }
    }

    /// Whether a bool of a struct comes next.
    #[cfg(feature = "alloc")]
    pub(crate) fn is_bool(&mut self) -> bool {
        self.source == Source::Struct && self.values.next_code() == Some(b'?')
    }

    /// Whether the first argument is a sequence itself.
    #[inline(never)]
    pub(crate) fn begins_with_bracket(&mut self) -> bool {
        match self.source {
            #[cfg(feature = "repr")]
            Source::Literal => self.text.is_bracket(),
            #[cfg(feature = "postcard")]
            Source::Postcard => true,
            _ => false,
        }
    }

    /// The same, and there is no other argument.
    #[inline(never)]
    pub(crate) fn holds_one_bracket(&mut self) -> bool {
        if !self.begins_with_bracket() {
            return false;
        }
        #[cfg(feature = "repr")]
        if self.source == Source::Literal {
            return self.text.holds_one();
        }
        true
    }
}

impl Facts for Reader<'_> {
    fn integer(&self) -> Integer {
        self.last.integer()
    }

    fn word(&self) -> &[u8] {
        self.about.as_bytes()
    }

    fn came(&self) -> Template {
        self.last.came.template()
    }

    fn count(&self) -> u8 {
        self.argument
    }

    #[allow(clippy::misnamed_getters, reason = "it is the one that is described")]
    fn argument(&self) -> u8 {
        self.wrong_argument
    }

    fn name(&self) -> &[u8] {
        self.expected.name(self.wrong_argument)
    }
}
