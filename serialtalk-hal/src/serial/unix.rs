//! A serial port on a Unix: serialport sets it up, and the bytes go through a descriptor of our own.
//!
//! serialport asks the system before each read and each write whether it would block, and keeps only the kind of an
//! error; with a descriptor of its own, a read of bytes that have arrived and a write are one system call each, and no error is lost.

use std::io;
use std::os::fd::OwnedFd;

use rustix::fs::{Mode, OFlags};
use serialport::{SerialPort, TTYPort};

use super::{SerialOptions, open_error};
use crate::duplex::Device;
use crate::interruption::Interruption;
use crate::{OpenError, descriptor};

#[derive(Debug)]
pub(super) struct Port {
    data: OwnedFd,
    lines: TTYPort,
    pub(super) interruption: Interruption,
}

impl Port {
    pub(super) fn open(path: &str, options: &SerialOptions) -> Result<Self, OpenError> {
        // In this order: once serialport has opened the port for us alone, no other open succeeds.
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let data = rustix::fs::open(path, flags, Mode::empty())
            .map_err(|error| OpenError::of_device(path, &error.into()))?;
        let mut lines = options.builder(path).open_native().map_err(|error| open_error(path, error))?;
        options.apply(path, &mut lines)?;
        Ok(Self { data, lines, interruption: Interruption::default() })
    }

    pub(super) fn lines(&mut self) -> &mut dyn SerialPort {
        &mut self.lines
    }
}

impl Device for Port {
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<Option<usize>> {
        descriptor::receive(&self.data, buffer, wait_ms, &self.interruption)
    }

    fn send(&mut self, bytes: &[u8], wait_ms: u32) -> io::Result<Option<usize>> {
        descriptor::send(&self.data, bytes, wait_ms)
    }
}
