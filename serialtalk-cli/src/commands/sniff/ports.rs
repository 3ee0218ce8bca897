//! The ports that are listened to, each in a thread of its own, so that no byte waits for what is shown.

use std::io;
use std::mem;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serialtalk::link::{Link, Received};
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::{AnyLink, Interrupter, Interruptible, LinkError, OpenError};

use crate::boards::Board;
use crate::clock::Clock;
use crate::failure::Result;
use crate::kept::lasting;
use crate::link::{LOOK_EACH, may_pass, needs_line};
use crate::traffic::Side;

/// How often a port is tried to be opened that has vanished: at first, and at last.
const TRY_EACH: [Duration; 2] = [Duration::from_millis(50), Duration::from_secs(1)];

/// How long a wait for bytes is, in milliseconds; it ends early if there is something to send.
const WAIT_MS: u32 = 60_000;

/// How long a program at the new port may leave bytes unread before they are lost to it, in milliseconds.
const UNREAD_MS: u32 = 200;

/// What is heard.
pub(super) enum Event {
    /// Bytes that one side has sent, and when they arrived, since the epoch.
    Bytes { side: Side, time: Duration, bytes: Vec<u8> },
    /// A port has vanished, is back, or cannot be opened.
    Told(String),
}

/// Tells events; false once nobody takes them any more.
#[derive(Clone)]
struct Teller {
    events: Sender<Event>,
    clock: Clock,
}

impl Teller {
    fn tell(&self, text: String) -> bool {
        self.events.send(Event::Told(text)).is_ok()
    }

    fn heard(&self, side: Side, bytes: &[u8]) -> bool {
        self.events.send(Event::Bytes { side, time: self.clock.now(), bytes: bytes.to_vec() }).is_ok()
    }
}

/// Forwards between a board and a new port, and tells what crosses. Returns the path of the port.
pub(super) fn between(board: &Board, clock: Clock, events: Sender<Event>) -> Result<String> {
    let port = Port::open(board)?;
    let pty = PtyLink::open()?;
    let path = pty.path().to_owned();
    let teller = Teller { events, clock };
    let (to_board, to_program) = (Outbox::default(), Outbox::default());
    // It is told first, lest an answer is told before what it answers.
    let of_board = {
        let (teller, to_program) = (teller.clone(), to_program.clone());
        move |bytes: &[u8]| teller.heard(Side::Board, bytes) && to_program.put(bytes)
    };
    let of_program = {
        let (teller, to_board) = (teller.clone(), to_board.clone());
        move |bytes: &[u8]| teller.heard(Side::Host, bytes) && to_board.put(bytes)
    };
    let of_port = teller.clone();
    thread::spawn(move || port.keep(Some(&to_board), of_board, &of_port));
    thread::spawn(move || serve(pty, &to_program, of_program, &teller));
    Ok(path)
}

/// Listens to a port, to which nothing is ever sent.
pub(super) fn tap(side: Side, board: &Board, clock: Clock, events: Sender<Event>) -> Result<()> {
    let port = Port::open(board)?;
    let teller = Teller { events, clock };
    thread::spawn(move || port.keep(None, |bytes| teller.heard(side, bytes), &teller));
    Ok(())
}

/// A port that may vanish and return.
struct Port {
    board: Board,
    link: AnyLink,
}

impl Port {
    /// Opens a port, as soon as it is there if that may take a while.
    fn open(board: &Board) -> Result<Self> {
        needs_line(board)?;
        let deadline = Instant::now() + board.wait;
        let link = loop {
            match AnyLink::open(&board.target, board.options) {
                Ok(link) => break link,
                Err(error) if may_pass(&error) && Instant::now() < deadline => thread::sleep(LOOK_EACH),
                Err(error) => return Err(error.into()),
            }
        };
        Ok(Self { board: Board { target: lasting(&board.target), ..board.clone() }, link })
    }

    /// Carries bytes until nobody is told of them any more.
    fn keep(self, outbox: Option<&Outbox>, mut heard: impl FnMut(&[u8]) -> bool, teller: &Teller) {
        let Self { board, mut link } = self;
        loop {
            if let Some(Err(error)) = outbox.map(|outbox| outbox.begin(&mut link)) {
                teller.tell(format!("nothing can be sent to {}: {error}", link.name()));
                return;
            }
            let ended = carry(&mut link, outbox, &mut heard, |error| teller.tell(error.to_string()));
            let name = link.name().to_owned();
            drop(link);
            outbox.inspect(|outbox| outbox.end());
            let why = match ended {
                Ended::Unheard => return,
                Ended::Closed => String::new(),
                Ended::Failed(LinkError::Unplugged { .. }) => String::new(),
                Ended::Failed(error) => format!(": {error}"),
            };
            if !teller.tell(format!("{name} is gone{why}; it is opened again once it is back")) {
                return;
            }
            let Some(opened) = reopened(&board, teller) else { return };
            link = opened;
            if !teller.tell(format!("{} is back", link.name())) {
                return;
            }
        }
    }
}

/// Opens a port that has vanished as soon as it can be. `None` if there is nobody to be told of it.
fn reopened(board: &Board, teller: &Teller) -> Option<AnyLink> {
    let [mut pause, longest] = TRY_EACH;
    let mut last = None;
    loop {
        thread::sleep(pause);
        pause = (pause * 2).min(longest);
        match AnyLink::open(&board.target, board.options) {
            Ok(link) => return Some(link),
            // That it is not there was told.
            Err(OpenError::NotFound { .. } | OpenError::Refused { .. }) => {}
            Err(error) => {
                let text = error.to_string();
                if last.as_ref() != Some(&text) && !teller.tell(text.clone()) {
                    return None;
                }
                last = Some(text);
            }
        }
    }
}

/// Serves the new port until nobody is told of it any more. It stays whatever programs do at its other end.
fn serve(mut pty: PtyLink, outbox: &Outbox, mut heard: impl FnMut(&[u8]) -> bool, teller: &Teller) {
    pty.set_write_timeout_ms(UNREAD_MS);
    if let Err(error) = outbox.begin(&mut pty) {
        teller.tell(format!("nothing can be sent to {}: {error}", pty.path()));
        return;
    }
    let path = pty.path().to_owned();
    let mut was_told = false;
    let unsent = |_| {
        mem::replace(&mut was_told, true)
            || teller.tell(format!("no program reads {path}: what the board sends is shown only"))
    };
    if let Ended::Failed(error) = carry(&mut pty, Some(outbox), &mut heard, unsent) {
        teller.tell(error.to_string());
    }
}

/// Why no more bytes are carried.
enum Ended {
    /// Nobody is told of them any more.
    Unheard,
    /// The other end has closed the link.
    Closed,
    Failed(LinkError),
}

/// Sends what is to be sent, and takes what arrives. What cannot be sent in time is lost, which `unsent` is told.
fn carry(
    link: &mut impl Link<Error = LinkError>,
    outbox: Option<&Outbox>,
    heard: &mut impl FnMut(&[u8]) -> bool,
    mut unsent: impl FnMut(LinkError) -> bool,
) -> Ended {
    let mut buffer = [0; 4096];
    loop {
        if let Some(outbox) = outbox {
            match send(link, &outbox.take()) {
                Err(error @ LinkError::WriteTimeout { .. }) if unsent(error.clone()) => {}
                Err(LinkError::WriteTimeout { .. }) => return Ended::Unheard,
                Err(error) => return Ended::Failed(error),
                Ok(()) => {}
            }
        }
        match link.receive(&mut buffer, WAIT_MS) {
            Ok(Received::Nothing) => {}
            Ok(Received::Bytes(count)) if heard(&buffer[..count]) => {}
            Ok(Received::Bytes(_)) => return Ended::Unheard,
            Ok(Received::Closed) => return Ended::Closed,
            Err(error) => return Ended::Failed(error),
        }
    }
}

fn send(link: &mut impl Link<Error = LinkError>, bytes: &[u8]) -> std::result::Result<(), LinkError> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let sent = link.send(rest)?;
        rest = rest.get(sent..).unwrap_or_default();
    }
    if bytes.is_empty() { Ok(()) } else { link.flush() }
}

/// What another thread wants to be sent.
#[derive(Clone, Default)]
struct Outbox(Arc<Mutex<Sending>>);

#[derive(Default)]
struct Sending {
    bytes: Vec<u8>,
    /// Ends the wait of the link; nothing while there is no link.
    interrupter: Option<Interrupter>,
}

impl Outbox {
    /// Sends by this link from now on.
    fn begin(&self, link: &mut impl Interruptible) -> io::Result<()> {
        self.lock().interrupter = Some(link.interrupter()?);
        Ok(())
    }

    /// The link is gone: what is to be sent is lost, until there is another.
    fn end(&self) {
        *self.lock() = Sending::default();
    }

    /// Has bytes sent. Returns true.
    fn put(&self, bytes: &[u8]) -> bool {
        let mut sending = self.lock();
        if let Some(interrupter) = sending.interrupter.clone() {
            sending.bytes.extend_from_slice(bytes);
            interrupter.interrupt();
        }
        true
    }

    fn take(&self) -> Vec<u8> {
        mem::take(&mut self.lock().bytes)
    }

    fn lock(&self) -> MutexGuard<'_, Sending> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
