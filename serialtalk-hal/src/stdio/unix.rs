//! Two descriptors that stay in blocking mode, since other programs may share them: asked before each use whether they
//! are ready.

use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::process::{ChildStdin, ChildStdout};

use rustix::event::PollFlags;
use rustix::io::Errno;

use crate::deadline::Deadline;
use crate::interruption::Interruption;
use crate::readiness::wait_for;

/// A pipe that is ready takes at least this many bytes without waiting, on every Unix.
const PIPE_BUF: usize = 512;

#[derive(Debug)]
pub(super) struct Streams {
    input: OwnedFd,
    output: OwnedFd,
}

impl Streams {
    pub(super) fn stdio() -> io::Result<Self> {
        Ok(Self {
            input: io::stdin().as_fd().try_clone_to_owned()?,
            output: io::stdout().as_fd().try_clone_to_owned()?,
        })
    }

    pub(super) fn child(output: ChildStdout, input: ChildStdin) -> io::Result<Self> {
        Ok(Self { input: output.into(), output: input.into() })
    }

    pub(super) fn receive(
        &mut self,
        buffer: &mut [u8],
        wait_ms: u32,
        interruption: &Interruption,
    ) -> io::Result<Option<usize>> {
        if !interruption.wait_for_bytes(&self.input, wait_ms)? {
            return Ok(None);
        }
        unless_interrupted(rustix::io::read(&self.input, buffer))
    }

    pub(super) fn send(&mut self, bytes: &[u8], timeout_ms: u32) -> io::Result<Option<usize>> {
        let bytes = bytes.get(..PIPE_BUF).unwrap_or(bytes);
        let deadline = Deadline::in_ms(timeout_ms);
        while let Some(left_ms) = deadline.left_ms() {
            if wait_for(&self.output, PollFlags::OUT, left_ms)? {
                let sent = unless_interrupted(rustix::io::write(&self.output, bytes))?;
                if sent.is_some_and(|count| count > 0) {
                    return Ok(sent);
                }
            }
        }
        Ok(None)
    }
}

fn unless_interrupted(outcome: Result<usize, Errno>) -> io::Result<Option<usize>> {
    match outcome {
        Ok(count) => Ok(Some(count)),
        Err(Errno::INTR | Errno::AGAIN) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
