//! Writes the payload of one frame.

use super::argument_list::ArgumentList;
use super::encode::{Encode, Encoder};
use super::encoders::{ByFormat, Packed, Raw, write_format};
use super::error::{EncodeError, Unencodable};
use super::expected::Expected;
use super::shape::FormatText;
use crate::wire::frame::FrameWriter;
use crate::wire::literal::LiteralWriter;
use crate::wire::payload::Header;
use crate::wire::struct_format::FormatPacker;

/// Writes one payload: a header that says the encoding, and the values.
#[derive(Debug)]
pub struct PayloadWriter<'w, 'a> {
    frame: &'w mut FrameWriter<'a>,
}

impl<'w, 'a> PayloadWriter<'w, 'a> {
    /// Writes to a frame that has its name already.
    pub(crate) fn new(frame: &'w mut FrameWriter<'a>) -> Self {
        Self { frame }
    }

    /// Writes the payload of a call without arguments.
    pub fn no_arguments(&mut self) {
        Header::NoArguments.write(self.frame);
    }

    /// Writes the payload of a reply without a value.
    pub fn no_value(&mut self) {
        Header::NoValue.write(self.frame);
    }

    /// Writes raw bytes.
    pub fn raw_bytes(&mut self, bytes: &[u8]) {
        Header::Raw.write(self.frame);
        self.frame.put(bytes);
    }

    /// Copies a payload that was written elsewhere, header included.
    pub fn copy(&mut self, payload: &[u8]) {
        self.frame.put(payload);
    }

    /// Writes the arguments of a call in the encoding that their types say: the elements of a tuple, or one value.
    ///
    /// # Errors
    ///
    /// A value that serde cannot write.
    pub fn values<A: Encode + ?Sized>(&mut self, arguments: &A) -> Result<(), EncodeError> {
        if const { A::SHAPE.is_empty() } {
            self.no_arguments();
            Ok(())
        } else if const { A::SHAPE.is_packable() } {
            Ok(self.pack(const { &A::SHAPE.template() }, arguments)?)
        } else {
            self.literal_values(arguments)
        }
    }

    /// Writes the arguments of a call as a literal: the elements of a tuple, or one value.
    ///
    /// # Errors
    ///
    /// A value that serde cannot write.
    pub fn literal_values<A: Encode + ?Sized>(&mut self, arguments: &A) -> Result<(), EncodeError> {
        let start = self.frame.len();
        Header::Literal.write(self.frame);
        let text_start = self.frame.len();
        let mut writer = LiteralWriter::new(self.frame);
        if const { A::SHAPE.is_tuple() } {
            arguments.encode(&mut writer)?;
        } else {
            encode_in_tuple(arguments, &mut writer)?;
        }
        if self.frame.len() == text_start + "()".len() {
            self.frame.truncate(start);
            self.no_arguments();
        }
        Ok(())
    }

    /// Writes the arguments of a call in an encoding that is known at run time only: a struct format, `repr` or `raw`.
    ///
    /// # Errors
    ///
    /// Values that do not fit the encoding.
    pub fn values_as<A: Encode + ?Sized>(&mut self, arguments: &A, format: &str) -> Result<(), EncodeError> {
        match format {
            "repr" => self.literal_values(arguments),
            "raw" => Ok(self.raw(arguments)?),
            _ => self.by_format(format, arguments),
        }
    }

    /// Writes one value in the encoding that its type says.
    ///
    /// # Errors
    ///
    /// A value that serde cannot write.
    pub fn value<T: Encode + ?Sized>(&mut self, value: &T) -> Result<(), EncodeError> {
        if const { T::SHAPE.is_empty() } {
            self.no_value();
            Ok(())
        } else if const { T::SHAPE.is_packable() } {
            Ok(self.pack(const { &T::SHAPE.template() }, value)?)
        } else {
            Ok(self.literal(value)?)
        }
    }

    /// Writes one value in an encoding that is known at run time only: a struct format, `repr`, `raw`, or `""`, Python's
    /// way to say that there is no value.
    ///
    /// # Errors
    ///
    /// A value that does not fit the encoding.
    pub fn value_as<T: Encode + ?Sized>(&mut self, value: &T, format: &str) -> Result<(), EncodeError> {
        match format {
            "" => {
                self.no_value();
                Ok(())
            }
            "repr" => Ok(self.literal(value)?),
            "raw" => Ok(self.raw(value)?),
            _ => self.by_format(format, value),
        }
    }

    /// Writes one value as a literal.
    ///
    /// # Errors
    ///
    /// A value that serde cannot write.
    pub fn literal<T: Encode + ?Sized>(&mut self, value: &T) -> Result<(), Unencodable> {
        let mut writer = self.literal_writer();
        if const { T::SHAPE.is_spread() } {
            return value.encode(&mut writer);
        }
        encode_in_tuple(value, &mut writer)
    }

    /// Writes one value, which is bytes or text, raw.
    ///
    /// # Errors
    ///
    /// A value that is neither.
    pub fn raw<T: Encode + ?Sized>(&mut self, value: &T) -> Result<(), Unencodable> {
        Header::Raw.write(self.frame);
        value.encode(&mut Raw(self.frame))
    }

    /// Packs values under a struct format that was chosen for them.
    ///
    /// # Errors
    ///
    /// A format that some peer cannot read, or that the values do not fit.
    pub fn by_format<T: Encode + ?Sized>(&mut self, format: &str, values: &T) -> Result<(), EncodeError> {
        Header::Struct(format.as_bytes()).write(self.frame);
        let mut packer = FormatPacker::new(self.frame, format)?;
        values.encode(&mut ByFormat(&mut packer))?;
        Ok(packer.finish()?)
    }

    fn pack<T: Encode + ?Sized>(&mut self, template: &FormatText, values: &T) -> Result<(), Unencodable> {
        if const { T::SHAPE.has_run_time_bytes() } {
            self.packed_with_lengths(template.as_str(), values)
        } else {
            self.packed(template.as_str(), values)
        }
    }

    /// Packs values under the format of their shape.
    fn packed<T: Encode + ?Sized>(&mut self, format: &str, values: &T) -> Result<(), Unencodable> {
        Header::Struct(format.as_bytes()).write(self.frame);
        values.encode(&mut Packed(self.frame))
    }

    /// Packs values under the format of their shape, which holds bytes of run-time length.
    fn packed_with_lengths<T: Encode + ?Sized>(
        &mut self,
        template: &str,
        values: &T,
    ) -> Result<(), Unencodable> {
        let start = self.frame.len();
        Header::Struct(b"").write(self.frame);
        write_format(self.frame, template, values)?;
        let format_len = self.frame.len().saturating_sub(start + 1);
        // Beyond 255 bytes the frame is too long anyway.
        self.frame.overwrite(start, format_len as u8);
        values.encode(&mut Packed(self.frame))
    }

    /// Writes raw bytes, as many as the frame has room for.
    pub(crate) fn raw_bytes_that_fit(&mut self, bytes: &[u8]) {
        self.raw_bytes(&[]);
        // The closing byte follows.
        let room = self.frame.capacity().saturating_sub(self.frame.len() + 1);
        self.frame.put(bytes.get(..room).unwrap_or(bytes));
    }

    /// The frame, after a header that says that postcard follows.
    #[cfg(feature = "postcard")]
    pub(crate) fn postcard_frame(&mut self) -> &mut FrameWriter<'a> {
        Header::Postcard.write(self.frame);
        self.frame
    }

    fn literal_writer(&mut self) -> LiteralWriter<'_, 'a> {
        Header::Literal.write(self.frame);
        LiteralWriter::new(self.frame)
    }
}

/// What generated code calls, whose signatures are constants of the exact size.
impl<'a> PayloadWriter<'_, 'a> {
    /// Writes arguments in the encoding that their types say.
    ///
    /// # Errors
    ///
    /// A value that serde cannot write.
    #[doc(hidden)]
    pub fn arguments<L: ArgumentList>(
        &mut self,
        arguments: L,
        expected: &Expected,
    ) -> Result<(), EncodeError> {
        if const { L::LEN == 0 } {
            self.no_arguments();
            Ok(())
        } else if const { L::ARE_PACKABLE } {
            self.packed_arguments(arguments, expected.template.unwrap_or_default())
        } else {
            self.literal_arguments(arguments)
        }
    }

    /// Writes arguments as a literal.
    ///
    /// # Errors
    ///
    /// A value that serde cannot write.
    #[doc(hidden)]
    pub fn literal_arguments<L: ArgumentList>(&mut self, arguments: L) -> Result<(), EncodeError> {
        if const { L::LEN == 0 } {
            self.no_arguments();
            return Ok(());
        }
        let mut writer = self.literal_writer();
        if const { L::LEN == 1 && L::FIRST_IS_SPREAD } {
            return Ok(arguments.encode(&mut writer)?);
        }
        writer.begin_tuple()?;
        arguments.encode(&mut writer)?;
        Ok(writer.end_tuple(L::LEN)?)
    }

    /// Packs arguments under a format that lays them down as they are.
    ///
    /// # Errors
    ///
    /// None for arguments that are packable.
    #[doc(hidden)]
    pub fn packed_arguments<L: ArgumentList>(
        &mut self,
        arguments: L,
        format: &str,
    ) -> Result<(), EncodeError> {
        if const { L::HAVE_RUN_TIME_BYTES } {
            Ok(self.packed_with_lengths(format, &Arguments(arguments))?)
        } else {
            Ok(self.packed(format, &Arguments(arguments))?)
        }
    }

    /// Packs arguments under a format that was chosen by hand.
    ///
    /// # Errors
    ///
    /// Values that do not fit the format.
    #[doc(hidden)]
    pub fn arguments_by_format<L: ArgumentList>(
        &mut self,
        arguments: L,
        format: &str,
    ) -> Result<(), EncodeError> {
        self.by_format(format, &Arguments(arguments))
    }

    /// Writes nothing. Without the feature `postcard` a program that calls this does not compile.
    #[cfg(not(feature = "postcard"))]
    #[doc(hidden)]
    pub fn postcard_arguments<L>(&mut self, _arguments: L) -> Result<(), EncodeError> {
        Err(Unencodable.into())
    }

    /// Writes one value in the encoding that its type says; `expected` has its struct format if it has one.
    ///
    /// # Errors
    ///
    /// A value that serde cannot write.
    pub(crate) fn value_as_expected<T: Encode>(
        &mut self,
        value: &T,
        expected: &Expected,
    ) -> Result<(), Unencodable> {
        if const { T::SHAPE.is_empty() } {
            self.no_value();
            Ok(())
        } else if const { T::SHAPE.is_packable() } {
            self.value_by_exact_format(value, expected.template.unwrap_or_default())
        } else {
            self.literal(value)
        }
    }

    /// Packs one value under a format that lays it down as it is.
    ///
    /// # Errors
    ///
    /// None for a value that is packable.
    pub(crate) fn value_by_exact_format<T: Encode>(
        &mut self,
        value: &T,
        format: &str,
    ) -> Result<(), Unencodable> {
        if const { T::SHAPE.has_run_time_bytes() } {
            self.packed_with_lengths(format, value)
        } else {
            self.packed(format, value)
        }
    }
}

/// A list of arguments as one value to be encoded.
struct Arguments<L>(L);

impl<L: ArgumentList> Encode for Arguments<L> {
    const SHAPE: &'static super::shape::Shape = &super::shape::Shape::Opaque;

    fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<(), E::Error> {
        self.0.encode(encoder)
    }
}

fn encode_in_tuple<T: Encode + ?Sized, E: Encoder>(value: &T, encoder: &mut E) -> Result<(), E::Error> {
    encoder.begin_tuple()?;
    encoder.element()?;
    value.encode(encoder)?;
    encoder.end_tuple(1)
}
