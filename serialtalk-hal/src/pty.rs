//! Virtual serial ports that other programs open by path, as they open a real one (Unix only).

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use rustix::fs::{Mode, OFlags};
use rustix::io::FdFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use serialtalk::link::{Link, Received};

use crate::duplex::{Device, Duplex};
use crate::interruption::Interruption;
use crate::{
    Interrupter, Interruptible, LinkError, OpenError, SerialTalk, WRITE_TIMEOUT_MS, descriptor, over,
};

/// Opens a virtual serial port, ready to call and to serve the program that opens its [`path`](PtyLink::path).
///
/// # Errors
///
/// [`OpenError::Io`] if the operating system has no pty left.
pub fn open() -> Result<SerialTalk<PtyLink>, OpenError> {
    let link = PtyLink::open()?;
    let path = link.path().to_owned();
    Ok(over(link, path))
}

/// Our end of a virtual serial port; other programs open [`path`](Self::path), at any speed.
///
/// Programs may open and close it: the port stays. Whether one has it open cannot be seen; bytes sent while none has wait
/// for the next one, a few kilobytes of it, after which a send is [`LinkError::WriteTimeout`]. Dropping the link
/// unplugs the port under the programs that have it open.
#[derive(Debug)]
pub struct PtyLink {
    pty: Duplex<Pty>,
    write_timeout_ms: u32,
}

impl PtyLink {
    /// Makes a virtual serial port, raw from the start: no echo, no translation of line ends.
    ///
    /// # Errors
    ///
    /// [`OpenError::Io`], as when the operating system has no pty left.
    pub fn open() -> Result<Self, OpenError> {
        Ok(Self { pty: Duplex::new(Pty::open()?), write_timeout_ms: WRITE_TIMEOUT_MS })
    }

    /// The path to open at the other end, such as `/dev/pts/4`.
    pub fn path(&self) -> &str {
        &self.pty.device.path
    }

    /// How long a write may wait for room, in milliseconds: 1000 by default.
    pub fn set_write_timeout_ms(&mut self, ms: u32) {
        self.write_timeout_ms = ms;
    }
}

impl Link for PtyLink {
    type Error = LinkError;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, LinkError> {
        match self.pty.receive(buffer, wait_ms) {
            Ok(None) => Ok(Received::Nothing),
            Ok(Some(0)) => Ok(Received::Closed),
            Ok(Some(count)) => Ok(Received::Bytes(count)),
            Err(error) => Err(LinkError::from_io(self.path(), &error)),
        }
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, LinkError> {
        match self.pty.send(bytes, self.write_timeout_ms) {
            Ok(Some(count)) => Ok(count),
            Ok(None) => Err(LinkError::write_timeout(self.path(), self.write_timeout_ms)),
            Err(error) => Err(LinkError::from_io(self.path(), &error)),
        }
    }

    /// Does nothing: nothing is kept back on this side.
    fn flush(&mut self) -> Result<(), LinkError> {
        Ok(())
    }
}

impl Interruptible for PtyLink {
    fn interrupter(&mut self) -> io::Result<Interrupter> {
        self.pty.device.interruption.interrupter()
    }
}

/// A pty, open at both ends.
#[derive(Debug)]
pub(crate) struct Pty {
    pub(crate) master: OwnedFd,
    /// Kept so that the master does not fail while no other program has the port open.
    #[cfg_attr(not(feature = "tokio"), allow(dead_code, reason = "being open is all it is for"))]
    pub(crate) slave: OwnedFd,
    pub(crate) path: String,
    interruption: Interruption,
}

impl Pty {
    pub(crate) fn open() -> Result<Self, OpenError> {
        Self::try_open().map_err(|error| OpenError::from_io("a new pty", &error))
    }

    fn try_open() -> io::Result<Self> {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        #[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
        let flags = flags | OpenptFlags::CLOEXEC;
        let master = openpt(flags)?;
        rustix::io::fcntl_setfd(&master, FdFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let path = ptsname(&master, Vec::new())?;
        let slave = rustix::fs::open(
            path.as_c_str(),
            OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC,
            Mode::empty(),
        )?;
        let mut settings = tcgetattr(&slave)?;
        settings.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &settings)?;
        rustix::io::ioctl_fionbio(&master, true)?;
        Ok(Self {
            master,
            slave,
            path: path.to_string_lossy().into_owned(),
            interruption: Interruption::default(),
        })
    }
}

impl Device for Pty {
    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> io::Result<Option<usize>> {
        descriptor::receive(&self.master, buffer, wait_ms, &self.interruption)
    }

    fn send(&mut self, bytes: &[u8], wait_ms: u32) -> io::Result<Option<usize>> {
        descriptor::send(&self.master, bytes, wait_ms)
    }
}

impl AsFd for Pty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.master.as_fd()
    }
}
