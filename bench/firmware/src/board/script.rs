//! Instead of a line: requests, each of which comes in two pieces, its last byte alone. Prints for each by semihosting
//!
//! ```text
//! NAME AFTER EARLIER BYTES STACK REPLY
//! ```
//!
//! ticks of SysTick from the moment in which the last byte is taken to that in which the first byte of the reply is put,
//! ticks from the moment in which the other bytes are taken to that in which the next byte is asked for, how many bytes
//! these were, bytes of the stack, bytes of the reply.

use core::ptr;

use cortex_m::peripheral::SYST;
use cortex_m::register::msp;
use cortex_m_semihosting::{debug, hprintln};

/// A request and what it is called.
pub type Request = (&'static str, &'static [u8]);

/// A frame, made at compile time.
macro_rules! frame {
    ($name:literal, $payload:expr) => {{
        const NAME: &[u8] = $name;
        const PAYLOAD: &[u8] = $payload;
        const FRAME: [u8; 4 + NAME.len() + PAYLOAD.len()] = {
            let mut frame = [b'>'; 4 + NAME.len() + PAYLOAD.len()];
            frame[0] = b'<';
            frame[1] = (1 + NAME.len() + PAYLOAD.len()) as u8;
            frame[2] = NAME.len() as u8;
            let (_, rest) = frame.split_at_mut(3);
            let (name, rest) = rest.split_at_mut(NAME.len());
            name.copy_from_slice(NAME);
            rest.split_at_mut(PAYLOAD.len()).0.copy_from_slice(PAYLOAD);
            frame
        };
        &FRAME
    }};
}

/// What SerialTalk's peers send. The first one finds caches and branches as they are at the start.
const REQUESTS: &[Request] = &[
    ("first", frame!(b"mult", b"\x022f\0\0\x80\x3f\0\0\x80\x3f")),
    ("mult", frame!(b"mult", b"\x022f\xcd\xcc\xbc\x40\0\0\xbc\x42")),
    ("imu", frame!(b"imu", b"\x01z")),
    ("led", frame!(b"led", b"\x01H\xf0\0")),
    ("echo64", frame!(b"echo64", b"\x0364s0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")),
    ("unknown", frame!(b"nope", b"\x01z")),
    ("refused", frame!(b"led", b"\x01i\x70\x11\x01\0")),
    ("refused64", frame!(b"echo64", b"\x033sHabc")),
    ("echo", frame!(b"echo", b"\x022i\x01\0\0\0\x02\0\0\0")),
    ("list", frame!(b"get_nth_command", b"\x01B\x06")),
    ("last", frame!(b"last", b"\x01z")),
    ("sum16", frame!(b"sum", b"\x03raw0123456789abcdef")),
    ("sum240", frame!(b"sum", &SUM)),
    ("scale", frame!(b"scale", b"\x04repr(0.1, [1.5, -2.25, 1e-05, 3.3e8])")),
    ("name", frame!(b"name", b"\x01z")),
    ("set_color", frame!(b"set color", b"\x04repr([1, 2, 3],)")),
    ("calibrate", frame!(b"calibrate", b"\x04repr('abcdefghi',)")),
    ("calibrate_now", frame!(b"calibrate", b"\x01z")),
    ("show", frame!(b"show", b"\x04repr('hello',)")),
    (
        "find_commands",
        frame!(b"find_commands", b"\x03raw\0\x43\xbe\x1e\xdc\xf0\xf6\xe5\xea\x95\xb2\x1d\x94none"),
    ),
    ("describe0", frame!(b"describe", b"\x022H\0\0\0\0")),
    ("describe1", frame!(b"describe", b"\x022H\x01\0\0\0")),
    ("describe2", frame!(b"describe", b"\x022H\x02\0\0\0")),
    ("describe3", frame!(b"describe", b"\x022H\x03\0\0\0")),
    ("turn", frame!(b"turn", b"\x04post\0\0\x80\x3f\0\0\0\x40\x05\x01\x07")),
];

/// Raw bytes.
const SUM: [u8; 4 + 240] = {
    let mut payload = [b'x'; 244];
    payload.split_at_mut(4).0.copy_from_slice(b"\x03raw");
    payload
};

#[derive(Clone, Copy, PartialEq)]
enum Phase {
    /// All bytes but the last one.
    Earlier,
    /// They were taken, and nobody has asked for more yet.
    Pause,
    Last,
    Reply,
}

/// How often nothing may come before a request is given up.
const POLLS: u32 = 100;

struct Script {
    requests: &'static [Request],
    at: usize,
    phase: Phase,
    earlier: u32,
    started: u32,
    after: u32,
    reply: u32,
    polls: u32,
}

static mut SCRIPT: Script = Script {
    requests: REQUESTS,
    at: 0,
    phase: Phase::Earlier,
    earlier: 0,
    started: 0,
    after: 0,
    reply: 0,
    polls: 0,
};

fn script() -> &'static mut Script {
    // SAFETY: there is one thread and no interrupt, and no reference outlives a function of this file.
    unsafe { &mut *(&raw mut SCRIPT) }
}

/// Starts the counter. Others than those of SerialTalk bring their own requests.
pub(super) fn start(syst: &mut SYST) {
    syst.set_reload(0x00ff_ffff);
    syst.clear_current();
    syst.enable_counter();
}

/// Other requests than those of SerialTalk.
pub fn replace(requests: &'static [Request]) {
    script().requests = requests;
}

fn since(start: u32) -> u32 {
    start.wrapping_sub(SYST::get_current()) & 0x00ff_ffff
}

/// Whether a byte could be taken.
pub(super) fn is_ready() -> bool {
    let script = script();
    match script.phase {
        Phase::Earlier | Phase::Last => {}
        Phase::Pause => script.resume(),
        Phase::Reply => script.wait(),
    }
    script.phase != Phase::Reply
}

/// The next byte of the piece.
pub(super) fn take() -> Option<u8> {
    let script = script();
    let (_, request) = script.requests.first()?;
    match script.phase {
        Phase::Earlier => {
            if script.at == 0 {
                paint();
            }
            if script.at + 1 == request.len() {
                script.phase = Phase::Pause;
                script.started = SYST::get_current();
                return None;
            }
        }
        Phase::Pause => script.resume(),
        Phase::Last => {}
        Phase::Reply => {
            script.wait();
            return None;
        }
    }
    let byte = request.get(script.at).copied();
    script.at += 1;
    if script.phase == Phase::Last {
        script.phase = Phase::Reply;
        script.started = SYST::get_current();
    }
    byte
}

/// Takes a byte of the reply.
pub(super) fn put(_: u8) {
    let script = script();
    if script.reply == 0 {
        script.after = since(script.started);
    }
    script.reply += 1;
}

impl Script {
    fn resume(&mut self) {
        self.earlier = since(self.started);
        self.phase = Phase::Last;
    }

    /// Nothing comes until the reply is there, or will not be.
    fn wait(&mut self) {
        self.polls += 1;
        if self.polls == 1 || (self.reply == 0 && self.polls < POLLS) {
            return;
        }
        if let Some((name, request)) = self.requests.first() {
            let Self { after, earlier, reply, .. } = self;
            hprintln!("{} {} {} {} {} {}", name, after, earlier, request.len() - 1, stack(), reply);
        }
        match self.requests {
            [_, rest @ ..] if !rest.is_empty() => {
                *self = Self {
                    requests: rest,
                    at: 0,
                    phase: Phase::Earlier,
                    earlier: 0,
                    started: 0,
                    after: 0,
                    reply: 0,
                    polls: 0,
                };
            }
            _ => debug::exit(debug::EXIT_SUCCESS),
        }
    }
}

const PAINT: u32 = 0x5a5a_a5a5;
const PAINTED: u32 = 8192;
/// What the painter itself may need.
const SPARED: u32 = 64;

static mut LOWEST: u32 = 0;

/// Marks the part of the stack that is not used now.
#[inline(never)]
fn paint() {
    let top = (msp::read() - SPARED) & !3;
    let mut place = top - PAINTED;
    // SAFETY: there is one thread, and nothing uses what lies below its stack pointer.
    unsafe {
        LOWEST = place;
        while place < top {
            ptr::write_volatile(place as *mut u32, PAINT);
            place += 4;
        }
    }
}

/// How much of the stack was used since then.
fn stack() -> u32 {
    unsafe extern "C" {
        static _stack_start: u32;
    }
    // SAFETY: these words were written by `paint`; the symbol is the linker's.
    unsafe {
        let mut place = LOWEST;
        while ptr::read_volatile(place as *const u32) == PAINT {
            place += 4;
        }
        (&raw const _stack_start) as u32 - place
    }
}
