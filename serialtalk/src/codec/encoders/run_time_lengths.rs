//! The struct format of a frame whose values hold bytes of run-time length.

use crate::codec::encode::{Encode, Encoder};
use crate::codec::error::Unencodable;
use crate::wire::frame::FrameWriter;
use crate::wire::number::write_u64;

/// Writes a format: `template` with the number of bytes that each value has in place of its `*`.
pub(crate) fn write_format<T: Encode + ?Sized>(
    frame: &mut FrameWriter<'_>,
    template: &str,
    values: &T,
) -> Result<(), Unencodable> {
    let mut lengths = RunTimeLengths { frame, template: template.as_bytes() };
    values.encode(&mut lengths)?;
    lengths.frame.put(lengths.template);
    Ok(())
}

/// Looks at nothing but the number of bytes in each value of run-time length.
struct RunTimeLengths<'w, 'a, 't> {
    frame: &'w mut FrameWriter<'a>,
    /// What is left of the template.
    template: &'t [u8],
}

impl Encoder for RunTimeLengths<'_, '_, '_> {
    type Error = Unencodable;

    fn unsupported(&mut self) -> Result<(), Unencodable> {
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Unencodable> {
        let mut parts = self.template.splitn(2, |byte| *byte == b'*');
        self.frame.put(parts.next().unwrap_or_default());
        self.frame.put(write_u64(bytes.len() as u64, &mut [0; 20]));
        self.template = parts.next().unwrap_or_default();
        Ok(())
    }

    fn byte_array(&mut self, _bytes: &[u8]) -> Result<(), Unencodable> {
        Ok(())
    }
}
