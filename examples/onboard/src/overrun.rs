use embedded_io::{Error, ErrorKind};

/// Bytes came faster than they were taken, and some are lost.
///
/// A UART that says so gets its peer a late answer at worst: the endpoint goes on, drops the frame that is not whole, and
/// answers the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overrun;

impl core::fmt::Display for Overrun {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("bytes came faster than they were taken")
    }
}

impl core::error::Error for Overrun {}

impl Error for Overrun {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}
