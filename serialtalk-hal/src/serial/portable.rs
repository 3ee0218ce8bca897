//! A serial port where serialport alone knows how to use it: Windows.

use core::time::Duration;
use std::io;

use serialport::SerialPort;

use super::{SerialOptions, open_error};
use crate::OpenError;
use crate::duplex::Device;
use crate::interruption::slices::Interruption;

/// Reads wait for at most this long at a time, so that the limit, which costs a system call, need hardly ever change.
const LONGEST_WAIT_MS: u32 = 50;

pub(super) struct Port {
    port: Box<dyn SerialPort>,
    wait_ms: u32,
    pub(super) interruption: Interruption,
}

impl Port {
    pub(super) fn open(path: &str, options: &SerialOptions) -> Result<Self, OpenError> {
        let builder = options.builder(path).timeout(Duration::from_millis(LONGEST_WAIT_MS.into()));
        let mut port = builder.open().map_err(|error| open_error(path, error))?;
        options.apply(path, &mut *port)?;
        Ok(Self { port, wait_ms: LONGEST_WAIT_MS, interruption: Interruption::default() })
    }

    #[cfg_attr(unix, allow(dead_code, reason = "the tests have no use for it"))]
    pub(super) fn lines(&mut self) -> &mut dyn SerialPort {
        &mut *self.port
    }

    fn limit_waits(&mut self, ms: u32) -> io::Result<()> {
        if self.wait_ms != ms {
            self.port.set_timeout(Duration::from_millis(ms.into()))?;
            self.wait_ms = ms;
        }
        Ok(())
    }
}

impl Device for Port {
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<Option<usize>> {
        if wait_ms == 0 && self.port.bytes_to_read()? == 0 {
            return Ok(None);
        }
        let limit = self.interruption.limit(wait_ms).clamp(1, LONGEST_WAIT_MS);
        if self.wait_ms > limit || limit == LONGEST_WAIT_MS {
            self.limit_waits(limit)?;
        }
        unless_late(self.port.read(buffer))
    }

    /// Waits as long as a read would, whatever `wait_ms` is.
    fn send(&mut self, bytes: &[u8], _wait_ms: u32) -> io::Result<Option<usize>> {
        Ok(unless_late(self.port.write(bytes))?.filter(|count| *count > 0))
    }
}

impl core::fmt::Debug for Port {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Port").field("name", &self.port.name()).finish_non_exhaustive()
    }
}

fn unless_late(outcome: io::Result<usize>) -> io::Result<Option<usize>> {
    match outcome {
        Ok(count) => Ok(Some(count)),
        Err(error) => match error.kind() {
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted => Ok(None),
            _ => Err(error),
        },
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::time::Instant;

    use serialtalk::link::{Link, Received};

    use super::*;
    use crate::pty::PtyLink;

    fn board_and_port() -> (PtyLink, Port) {
        let board = PtyLink::open().unwrap();
        let port = Port::open(board.path(), &SerialOptions::default()).unwrap();
        (board, port)
    }

    #[test]
    fn bytes_cross_both_ways() {
        let (mut board, mut port) = board_and_port();
        let mut buffer = [0; 8];
        assert_eq!(port.send(b"to board", 1000).unwrap(), Some(8));
        assert_eq!(board.receive(&mut buffer, 60_000), Ok(Received::Bytes(8)));
        assert_eq!(&buffer, b"to board");
        board.send(b"to port").unwrap();
        let count = loop {
            match port.receive(&mut buffer, 60_000).unwrap() {
                None => {}
                Some(count) => break count,
            }
        };
        assert_eq!(&buffer[..count], b"to port");
    }

    #[test]
    fn reads_end_in_time_and_set_the_limit_only_if_they_must() {
        let (_board, mut port) = board_and_port();
        for (wait_ms, limit) in [(0, 50), (1000, 50), (7, 7), (20, 7), (3, 3), (50, 50), (0, 1)] {
            let start = Instant::now();
            assert_eq!(port.receive(&mut [0; 8], wait_ms).unwrap(), None);
            assert!(start.elapsed() < Duration::from_secs(10));
            if wait_ms > 0 {
                assert_eq!(port.wait_ms, limit, "after a wait of {wait_ms}");
            }
        }
    }

    #[test]
    fn a_peer_that_does_not_read_ends_the_write() {
        let (_board, mut port) = board_and_port();
        port.receive(&mut [0; 8], 1).unwrap();
        let outcome = loop {
            match port.send(&[7; 1024], 5).unwrap() {
                Some(count) => assert!(count > 0),
                late => break late,
            }
        };
        assert_eq!(outcome, None);
    }

    #[test]
    fn an_unplugged_port_is_an_error() {
        let (board, mut port) = board_and_port();
        drop(board);
        for outcome in [port.receive(&mut [0; 8], 1000), port.send(b"x", 1000)] {
            let error = crate::LinkError::from_io("p", &outcome.unwrap_err());
            assert_eq!(error, crate::LinkError::unplugged("p"));
        }
    }
}
