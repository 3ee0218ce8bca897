use embedded_io::{Error, ErrorKind};

/// Bytes arrived faster than they were read, and some are lost.
///
/// An endpoint copes with it: it drops the incomplete frame and answers the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overrun;

impl core::fmt::Display for Overrun {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("bytes arrived faster than they were read")
    }
}

impl core::error::Error for Overrun {}

impl Error for Overrun {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}
