//! A board in a thread, which does what a test wants.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use serialtalk::Value;
use serialtalk::link::Link;
use serialtalk_hal::pty::{self, PtyLink};
use serialtalk_hal::{SerialTalk, Spawn};

use crate::support::Place;

/// What the board can do.
#[serialtalk::interface(describe)]
pub(crate) trait Counter {
    /// How often it was called.
    fn count(&mut self) -> u32;
    /// A place that moves by one each time.
    fn place(&mut self) -> At;
    /// What the test has set.
    fn level(&mut self) -> u8;
    /// Takes a tenth of a second.
    fn slow(&mut self) -> u32;
    /// Fails if the test says so.
    fn fragile(&mut self) -> Result<u32, Broken>;
    /// Does not return while the test holds it.
    fn held(&mut self) -> u32;
    /// Nothing that is a number.
    fn name(&mut self) -> String;
}

/// A board that does not describe its commands.
#[serialtalk::interface]
pub(crate) trait Terse {
    fn place(&mut self) -> At;
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
pub(crate) struct At {
    x: i16,
    y: f32,
}

#[derive(Value, Debug, Clone, Copy, PartialEq)]
pub(crate) enum Broken {
    Broken(u8),
}

/// What a test says to its board.
#[derive(Default)]
pub(crate) struct Will {
    calls: AtomicU32,
    pub(crate) level: AtomicU8,
    pub(crate) is_broken: AtomicBool,
    /// What is printed next, in a board that prints.
    pub(crate) prints: Mutex<String>,
    is_holding: Mutex<bool>,
    changed: Condvar,
}

impl Will {
    /// From now on calls of `held` do not return.
    pub(crate) fn hold(&self) {
        *self.is_holding.lock().unwrap() = true;
    }

    /// How often commands were called that count.
    pub(crate) fn calls(&self) -> u32 {
        self.calls.load(Ordering::SeqCst)
    }

    fn release(&self) {
        *self.is_holding.lock().unwrap() = false;
        self.changed.notify_all();
    }

    fn next(&self) -> u32 {
        self.calls.fetch_add(1, Ordering::SeqCst) + 1
    }
}

/// A board that can be unplugged; plugged in again, it is at another pty, to which the same link leads.
pub(crate) struct Board {
    pub(crate) will: Arc<Will>,
    /// The port.
    pub(crate) path: PathBuf,
    running: Option<Box<dyn Send>>,
}

impl Board {
    /// The board `name` of a place.
    pub(crate) fn new(place: &Place, name: &str) -> Self {
        let path = place.folder().join(name);
        let mut board = Self { will: Arc::default(), path, running: None };
        board.plug();
        board
    }

    /// A board that does not describe itself.
    pub(crate) fn terse(place: &Place, name: &str) -> Self {
        let mut board = Self { will: Arc::default(), path: place.folder().join(name), running: None };
        let talk = board.port();
        board.running = Some(Box::new(talk.serve(TerseServer::new(Arc::clone(&board.will))).spawn()));
        board
    }

    /// A board that prints what the test wants, and speaks the checked link if it wants that.
    pub(crate) fn printing(place: &Place, name: &str, is_checked: bool) -> Self {
        let path = place.folder().join(name);
        let mut board = Self { will: Arc::default(), path, running: None };
        board.plug_printing(is_checked);
        board
    }

    /// Plugs the board in, as one that prints.
    pub(crate) fn plug_printing(&mut self, is_checked: bool) {
        let (will, is_plugged) = (Arc::clone(&self.will), Arc::new(()));
        let plugged = Arc::downgrade(&is_plugged);
        let talk = if is_checked { self.port() } else { self.port().plain() };
        let mut talk = talk.serve(CounterServer::new(Arc::clone(&will)));
        thread::spawn(move || {
            while plugged.strong_count() > 0 && talk.process_within(5).is_ok() {
                let text = std::mem::take(&mut *will.prints.lock().unwrap());
                if !text.is_empty() {
                    talk.link_mut().send(text.as_bytes()).unwrap();
                }
            }
        });
        self.running = Some(Box::new(is_plugged));
    }

    /// Plugs the board in.
    pub(crate) fn plug(&mut self) {
        let talk = self.port();
        self.running = Some(Box::new(talk.serve(CounterServer::new(Arc::clone(&self.will))).spawn()));
    }

    /// Unplugs the board.
    pub(crate) fn unplug(&mut self) {
        self.will.release();
        fs::remove_file(&self.path).unwrap();
        self.running = None;
    }

    /// A new port, to which the link leads.
    fn port(&self) -> SerialTalk<PtyLink> {
        let talk = pty::open().unwrap();
        symlink(talk.link().path(), &self.path).unwrap();
        talk
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        self.will.release();
    }
}

impl Counter for Arc<Will> {
    fn count(&mut self) -> u32 {
        self.next()
    }

    fn place(&mut self) -> At {
        at(self.next())
    }

    fn level(&mut self) -> u8 {
        self.level.load(Ordering::SeqCst)
    }

    fn slow(&mut self) -> u32 {
        thread::sleep(Duration::from_millis(100));
        self.next()
    }

    fn fragile(&mut self) -> Result<u32, Broken> {
        if self.is_broken.load(Ordering::SeqCst) { Err(Broken::Broken(7)) } else { Ok(self.next()) }
    }

    fn held(&mut self) -> u32 {
        let is_holding = self.is_holding.lock().unwrap();
        let _free = self.changed.wait_while(is_holding, |is_holding| *is_holding).unwrap();
        self.next()
    }

    fn name(&mut self) -> String {
        "R2".into()
    }
}

impl Terse for Arc<Will> {
    fn place(&mut self) -> At {
        at(self.next())
    }
}

fn at(number: u32) -> At {
    At { x: number as i16, y: 0.5 }
}
