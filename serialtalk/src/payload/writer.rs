//! Writes the payload of one frame.

use super::pack::{ByFormat, Pack, PackProblem};
use super::{NO_ARGUMENTS, NO_VALUE, RAW, REPR};
#[cfg(feature = "alloc")]
use crate::dynamic::Arguments;
use crate::frame::{FrameTooLong, FrameWriter};
use crate::number::write_u64;
use crate::payload::literal::LiteralWriter;
use crate::value::Encode;

/// Writes one payload, in the encoding of the method that is called on it.
#[derive(Debug)]
pub struct PayloadWriter<'a> {
    pub(crate) frame: FrameWriter<'a>,
}

impl<'a> PayloadWriter<'a> {
    pub(crate) fn new(frame: FrameWriter<'a>) -> Self {
        Self { frame }
    }

    /// A call without arguments.
    pub fn no_arguments(&mut self) {
        self.frame.put(NO_ARGUMENTS);
    }

    /// A reply without a value.
    pub fn no_value(&mut self) {
        self.frame.put(NO_VALUE);
    }

    /// A payload that was written somewhere else.
    #[cfg(feature = "alloc")]
    pub fn whole(&mut self, payload: &[u8]) {
        self.frame.put(payload);
    }

    /// Raw bytes.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.frame.put(RAW);
        self.frame.put(bytes);
    }

    /// One value in a format that is known at run time only; `""` is Python's way to say that there is no value.
    pub fn chosen_sole<T: Encode + ?Sized>(&mut self, value: &T, format: &str) -> Result<(), PackProblem> {
        match format {
            "" => self.no_value(),
            "repr" => self.literal_sole(value),
            "raw" => self.raw_sole(value),
            _ => return self.by_format(format, |packer| value.pack(packer)),
        }
        Ok(())
    }

    /// Dynamic values in a format that is known at run time only.
    #[cfg(feature = "alloc")]
    pub fn dynamic(&mut self, arguments: &Arguments, format: &str) -> Result<(), PackProblem> {
        if arguments.0.is_empty() && format == "repr" {
            self.no_arguments();
            return Ok(());
        }
        self.chosen(arguments, format)
    }

    /// Bytes as the one value of a struct payload, `Ns`: Python gets bytes, however few they are.
    pub fn byte_string(&mut self, bytes: &[u8]) {
        let mut digits = [0; 20];
        let digits = write_u64(bytes.len() as u64, &mut digits);
        self.frame.put_byte(digits.len() as u8 + 1);
        self.frame.put(digits);
        self.frame.put_byte(b's');
        self.frame.put(bytes);
    }

    /// The arguments of a call, whose types say how they travel: the elements of a tuple, or one value.
    pub fn arguments<A: Encode + ?Sized>(&mut self, arguments: &A) {
        if const { A::SHAPE.is_nothing() } {
            self.no_arguments();
        } else if const { A::SHAPE.is_fixed() } {
            arguments.pack(self.structure(const { &A::SHAPE.format() }.as_str()));
        } else {
            self.literal_arguments(arguments);
        }
    }

    /// The arguments of a call as a literal.
    pub fn literal_arguments<A: Encode + ?Sized>(&mut self, arguments: &A) {
        let mut writer = self.literal();
        if const { A::SHAPE.is_tuple() } {
            arguments.write(&mut writer);
        } else {
            writer.sole(|writer| arguments.write(writer));
        }
    }

    /// One value, whose type says how it travels; `format` is its struct format if it has one.
    pub fn sole<T: Encode + ?Sized>(&mut self, value: &T, format: &str) {
        if const { T::SHAPE.is_nothing() } {
            self.no_value();
        } else if const { T::SHAPE.is_fixed() } {
            value.pack(self.structure(format));
        } else {
            self.literal_sole(value);
        }
    }

    /// One value as a literal.
    pub fn literal_sole<T: Encode + ?Sized>(&mut self, value: &T) {
        let mut writer = self.literal();
        if const { T::SHAPE.is_spread() } {
            value.write(&mut writer);
        } else {
            writer.sole(|writer| value.write(writer));
        }
    }

    /// One value that is bytes, raw.
    pub fn raw_sole<T: Encode + ?Sized>(&mut self, value: &T) {
        self.frame.put(RAW);
        value.pack(&mut OnlyBytes(&mut self.frame));
    }

    /// Values in a format that is known at run time only: that of a struct, `repr` or `raw`.
    pub fn chosen<A: Encode + ?Sized>(&mut self, arguments: &A, format: &str) -> Result<(), PackProblem> {
        match format {
            "repr" => self.literal_arguments(arguments),
            "raw" => self.raw_sole(arguments),
            _ => return self.by_format(format, |packer| arguments.pack(packer)),
        }
        Ok(())
    }

    /// Begins a struct payload of which the format is known to be right; the values follow one after the other.
    pub fn structure(&mut self, format: &str) -> &mut FrameWriter<'a> {
        self.frame.put_byte(format.len().min(255) as u8);
        self.frame.put(format.as_bytes());
        &mut self.frame
    }

    /// Packs values under a format that somebody chose.
    pub fn by_format(
        &mut self,
        format: &str,
        values: impl FnOnce(&mut ByFormat<'_, 'a, '_>),
    ) -> Result<(), PackProblem> {
        let mut packer = ByFormat::new(&mut self.frame, format);
        values(&mut packer);
        packer.finish()
    }

    /// Begins a literal, which must be a tuple: what Python evaluates has to start with a parenthesis.
    pub fn literal(&mut self) -> LiteralWriter<'_, 'a> {
        self.frame.put(REPR);
        LiteralWriter::new(&mut self.frame)
    }

    /// Adds a value in postcard; several are added one after the other, as in a tuple.
    #[cfg(feature = "postcard")]
    pub fn postcard<T: serde::Serialize + ?Sized>(&mut self, value: &T) {
        let mut serializer = postcard::Serializer { output: IntoFrame(&mut self.frame) };
        if value.serialize(&mut serializer).is_err() {
            self.frame.spoil();
        }
    }

    /// Says that values in postcard follow.
    #[cfg(feature = "postcard")]
    pub fn postcard_header(&mut self) {
        self.frame.put(super::POSTCARD);
    }

    pub(crate) fn finish(&mut self) -> Result<usize, FrameTooLong> {
        self.frame.finish()
    }
}

/// Takes the bytes of postcard.
#[cfg(feature = "postcard")]
struct IntoFrame<'w, 'a>(&'w mut FrameWriter<'a>);

#[cfg(feature = "postcard")]
impl postcard::ser_flavors::Flavor for IntoFrame<'_, '_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.put_byte(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.put(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// Takes bytes and nothing else.
struct OnlyBytes<'w, 'a>(&'w mut FrameWriter<'a>);

impl Pack for OnlyBytes<'_, '_> {
    fn integer(&mut self, _little_endian: &[u8], _signed: bool) {
        self.0.spoil();
    }

    fn float32(&mut self, _value: f32) {
        self.0.spoil();
    }

    fn float64(&mut self, _value: f64) {
        self.0.spoil();
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.put(bytes);
    }

    fn unpackable(&mut self) {
        self.0.spoil();
    }
}
