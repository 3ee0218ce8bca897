//! One value that is bytes or text, without any encoding.

use crate::codec::encode::Encoder;
use crate::codec::error::Unencodable;
use crate::wire::frame::FrameWriter;

/// Writes bytes and text as they are, and refuses everything else.
pub(crate) struct Raw<'w, 'a>(pub(crate) &'w mut FrameWriter<'a>);

impl Encoder for Raw<'_, '_> {
    type Error = Unencodable;

    fn unsupported(&mut self) -> Result<(), Unencodable> {
        Err(Unencodable)
    }

    fn text(&mut self, text: &str) -> Result<(), Unencodable> {
        self.bytes(text.as_bytes())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Unencodable> {
        self.0.put(bytes);
        Ok(())
    }
}
