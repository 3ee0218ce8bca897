//! Two descriptors that stay in blocking mode, since other programs may share them: asked before each use whether they
//! are ready.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::process::{ChildStdin, ChildStdout};

use rustix::event::PollFlags;
use rustix::io::Errno;

use crate::duplex::Device;
use crate::interruption::Interruption;
use crate::readiness::wait_for;

/// A pipe that is ready takes at least this many bytes without waiting, on every Unix.
const PIPE_BUF: usize = 512;

#[derive(Debug)]
pub(super) struct Streams {
    input: OwnedFd,
    output: OwnedFd,
    pub(super) interruption: Interruption,
}

impl Streams {
    pub(super) fn stdio() -> io::Result<Self> {
        Ok(Self {
            input: io::stdin().as_fd().try_clone_to_owned()?,
            output: io::stdout().as_fd().try_clone_to_owned()?,
            interruption: Interruption::default(),
        })
    }

    pub(super) fn child(output: ChildStdout, input: ChildStdin) -> io::Result<Self> {
        Ok(Self { input: output.into(), output: input.into(), interruption: Interruption::default() })
    }
}

impl Device for Streams {
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<Option<usize>> {
        if !self.interruption.wait_for_bytes(&self.input, wait_ms)? {
            return Ok(None);
        }
        unless_interrupted(rustix::io::read(&self.input, buffer))
    }

    fn send(&mut self, bytes: &[u8], wait_ms: u32) -> io::Result<Option<usize>> {
        if !wait_for(&self.output, PollFlags::OUT, wait_ms)? {
            return Ok(None);
        }
        let bytes = bytes.get(..PIPE_BUF).unwrap_or(bytes);
        Ok(unless_interrupted(rustix::io::write(&self.output, bytes))?.filter(|count| *count > 0))
    }
}

fn unless_interrupted(outcome: Result<usize, Errno>) -> io::Result<Option<usize>> {
    match outcome {
        Ok(count) => Ok(Some(count)),
        Err(Errno::INTR | Errno::AGAIN) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
