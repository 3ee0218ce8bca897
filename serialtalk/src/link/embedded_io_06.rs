//! Devices that implement the traits of embedded-io 0.6, as links.

use embedded_io::{ErrorKind, ErrorType, Read, ReadReady, Write};
use embedded_io_06 as v06;

/// Implements the traits of embedded-io 0.7 for a device with those of 0.6.
///
/// A device without `ReadReady` is only a link if [`TimedReads`](super::TimedReads) wraps the adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct V06<D>(pub D);

/// The error of a device with the traits of embedded-io 0.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct V06Error<E>(pub E);

impl<D: v06::ErrorType> ErrorType for V06<D> {
    type Error = V06Error<D::Error>;
}

impl<D: v06::Read> Read for V06<D> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Self::Error> {
        self.0.read(buffer).map_err(V06Error)
    }
}

impl<D: v06::Write> Write for V06<D> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.0.write(bytes).map_err(V06Error)
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        self.0.flush().map_err(V06Error)
    }
}

impl<D: v06::ReadReady> ReadReady for V06<D> {
    fn read_ready(&mut self) -> Result<bool, Self::Error> {
        self.0.read_ready().map_err(V06Error)
    }
}

impl<E: v06::Error> core::fmt::Display for V06Error<E> {
    /// Devices of 0.6 have no text for their errors, so this is what `Debug` says.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: v06::Error> core::error::Error for V06Error<E> {}

impl<E: v06::Error> embedded_io::Error for V06Error<E> {
    fn kind(&self) -> ErrorKind {
        use v06::ErrorKind as K;
        match self.0.kind() {
            K::NotFound => ErrorKind::NotFound,
            K::PermissionDenied => ErrorKind::PermissionDenied,
            K::ConnectionRefused => ErrorKind::ConnectionRefused,
            K::ConnectionReset => ErrorKind::ConnectionReset,
            K::ConnectionAborted => ErrorKind::ConnectionAborted,
            K::NotConnected => ErrorKind::NotConnected,
            K::AddrInUse => ErrorKind::AddrInUse,
            K::AddrNotAvailable => ErrorKind::AddrNotAvailable,
            K::BrokenPipe => ErrorKind::BrokenPipe,
            K::AlreadyExists => ErrorKind::AlreadyExists,
            K::InvalidInput => ErrorKind::InvalidInput,
            K::InvalidData => ErrorKind::InvalidData,
            K::TimedOut => ErrorKind::TimedOut,
            K::Interrupted => ErrorKind::Interrupted,
            K::Unsupported => ErrorKind::Unsupported,
            K::OutOfMemory => ErrorKind::OutOfMemory,
            K::WriteZero => ErrorKind::WriteZero,
            _ => ErrorKind::Other,
        }
    }
}

#[cfg(all(test, feature = "alloc"))]
mod tests {
    use alloc::string::ToString as _;
    use alloc::vec::Vec;

    use super::*;
    use crate::link::{Link, Received, TimedReads};

    /// Answers with what was written to it.
    #[derive(Default)]
    struct Echo(Vec<u8>);

    impl v06::ErrorType for Echo {
        type Error = v06::ErrorKind;
    }

    impl v06::Read for Echo {
        fn read(&mut self, buffer: &mut [u8]) -> Result<usize, v06::ErrorKind> {
            if self.0.is_empty() {
                return Err(v06::ErrorKind::TimedOut);
            }
            let count = buffer.len().min(self.0.len());
            for (slot, byte) in buffer.iter_mut().zip(self.0.drain(..count)) {
                *slot = byte;
            }
            Ok(count)
        }
    }

    impl v06::Write for Echo {
        fn write(&mut self, bytes: &[u8]) -> Result<usize, v06::ErrorKind> {
            self.0.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> Result<(), v06::ErrorKind> {
            Err(v06::ErrorKind::Unsupported)
        }
    }

    impl v06::ReadReady for Echo {
        fn read_ready(&mut self) -> Result<bool, v06::ErrorKind> {
            Ok(!self.0.is_empty())
        }
    }

    #[test]
    fn an_adapted_device_is_a_link() {
        let mut link = V06(Echo::default());
        let mut buffer = [0; 8];
        assert_eq!(link.receive(&mut buffer, 0), Ok(Received::Nothing));
        assert_eq!(link.send(b"abc"), Ok(3));
        assert_eq!(link.receive(&mut buffer, 0), Ok(Received::Bytes(3)));
        assert_eq!(&buffer[..3], b"abc");
    }

    #[test]
    fn errors_keep_their_kind() {
        let error = Link::flush(&mut V06(Echo::default())).unwrap_err();
        assert_eq!(embedded_io::Error::kind(&error), ErrorKind::Unsupported);
        assert_eq!(error.to_string(), "Unsupported");
    }

    #[test]
    fn a_device_whose_reads_time_out_is_a_link_too() {
        let mut link = TimedReads(V06(Echo::default()));
        assert_eq!(link.receive(&mut [0; 8], 0), Ok(Received::Nothing));
    }
}
