//! Values in postcard, for peers in Rust.

use ::postcard::Serializer;
use ::postcard::ser_flavors::Flavor;
use serde::Serialize;

use super::error::{EncodeError, Unencodable};
use super::payload_writer::PayloadWriter;
use crate::wire::frame::FrameWriter;

/// The arguments of a call in postcard: nested pairs that end with `()`.
pub trait PostcardList {
    /// Whether there are no arguments.
    const IS_EMPTY: bool;

    /// Writes every argument, one after the other.
    fn write(&self, frame: &mut FrameWriter<'_>) -> Result<(), Unencodable>;
}

impl PostcardList for () {
    const IS_EMPTY: bool = true;

    fn write(&self, _frame: &mut FrameWriter<'_>) -> Result<(), Unencodable> {
        Ok(())
    }
}

impl<First: Serialize, Rest: PostcardList> PostcardList for (First, Rest) {
    const IS_EMPTY: bool = false;

    fn write(&self, frame: &mut FrameWriter<'_>) -> Result<(), Unencodable> {
        let mut serializer = Serializer { output: IntoFrame(frame) };
        self.0.serialize(&mut serializer).map_err(|_| Unencodable)?;
        self.1.write(frame)
    }
}

/// What generated code calls.
impl PayloadWriter<'_, '_> {
    /// Writes arguments in postcard.
    ///
    /// # Errors
    ///
    /// A value that serde cannot write.
    #[doc(hidden)]
    pub fn postcard_arguments<L: PostcardList>(&mut self, arguments: L) -> Result<(), EncodeError> {
        if const { L::IS_EMPTY } {
            self.no_arguments();
            return Ok(());
        }
        Ok(self.postcard(&arguments)?)
    }

    /// Writes values in postcard.
    pub(crate) fn postcard<L: PostcardList>(&mut self, values: &L) -> Result<(), Unencodable> {
        values.write(self.postcard_frame())
    }
}

/// Takes the bytes of postcard.
struct IntoFrame<'w, 'a>(&'w mut FrameWriter<'a>);

impl Flavor for IntoFrame<'_, '_> {
    type Output = ();

    fn try_push(&mut self, byte: u8) -> ::postcard::Result<()> {
        self.0.put_byte(byte);
        Ok(())
    }

    fn try_extend(&mut self, bytes: &[u8]) -> ::postcard::Result<()> {
        self.0.put(bytes);
        Ok(())
    }

    fn finalize(self) -> ::postcard::Result<()> {
        Ok(())
    }
}
