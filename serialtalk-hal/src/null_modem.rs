//! A cable between two virtual serial ports (Unix only).

use std::io;
use std::os::unix::net::UnixStream;
use std::thread::JoinHandle;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::{Errno, read, write};

use crate::OpenError;
use crate::pty::Pty;

/// Two virtual serial ports with a cable between them: what one program sends to one path, another reads from the
/// other. For programs that each want a port to open, where there is no hardware.
///
/// A thread carries the bytes while this lives. Dropping it unplugs both ports.
#[derive(Debug)]
pub struct NullModem {
    paths: (String, String),
    /// Closing this ends the thread.
    stop: Option<UnixStream>,
    thread: Option<JoinHandle<()>>,
}

impl NullModem {
    /// Makes the two ports and starts the thread.
    ///
    /// # Errors
    ///
    /// [`OpenError::Io`], as when the operating system has no pty left.
    pub fn new() -> Result<Self, OpenError> {
        let (a, b) = (Pty::open()?, Pty::open()?);
        let paths = (a.path.clone(), b.path.clone());
        let start = || {
            let (stop, stopped) = UnixStream::pair()?;
            let carry = move || {
                // Fails only if a pty is gone, which its programs notice themselves.
                let _ = carry(&a, &b, &stopped);
            };
            let thread = std::thread::Builder::new().name("null modem".into()).spawn(carry)?;
            Ok((stop, thread))
        };
        let (stop, thread) = start().map_err(|error: io::Error| OpenError::from_io("null modem", &error))?;
        Ok(Self { paths, stop: Some(stop), thread: Some(thread) })
    }

    /// The paths of the two ports.
    pub fn paths(&self) -> (&str, &str) {
        (&self.paths.0, &self.paths.1)
    }
}

impl Drop for NullModem {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn carry(a: &Pty, b: &Pty, stopped: &UnixStream) -> Result<(), Errno> {
    let (mut a_to_b, mut b_to_a) = (Wire::new(), Wire::new());
    loop {
        let mut ready = [
            PollFd::new(stopped, PollFlags::IN),
            PollFd::new(a, a_to_b.wants_in() | b_to_a.wants_out()),
            PollFd::new(b, b_to_a.wants_in() | a_to_b.wants_out()),
        ];
        match poll(&mut ready, None) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error),
        }
        let [stop, ..] = &ready;
        if !stop.revents().is_empty() {
            return Ok(());
        }
        a_to_b.carry(a, b)?;
        b_to_a.carry(b, a)?;
    }
}

/// The bytes in transit in one direction.
struct Wire {
    bytes: Vec<u8>,
    buffer: [u8; 4096],
}

impl Wire {
    fn new() -> Self {
        Self { bytes: Vec::new(), buffer: [0; 4096] }
    }

    fn wants_in(&self) -> PollFlags {
        if self.bytes.is_empty() { PollFlags::IN } else { PollFlags::empty() }
    }

    fn wants_out(&self) -> PollFlags {
        if self.bytes.is_empty() { PollFlags::empty() } else { PollFlags::OUT }
    }

    /// Takes bytes in if none are under way, and gives out what goes.
    fn carry(&mut self, from: &Pty, to: &Pty) -> Result<(), Errno> {
        if self.bytes.is_empty() {
            let count = unless_busy(read(from, &mut self.buffer))?;
            self.bytes.extend(self.buffer.iter().take(count));
        }
        if !self.bytes.is_empty() {
            let count = unless_busy(write(to, &self.bytes))?;
            self.bytes.drain(..count.min(self.bytes.len()));
        }
        Ok(())
    }
}

fn unless_busy(outcome: Result<usize, Errno>) -> Result<usize, Errno> {
    match outcome {
        Err(Errno::AGAIN | Errno::INTR) => Ok(0),
        outcome => outcome,
    }
}
