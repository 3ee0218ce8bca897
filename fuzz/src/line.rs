//! A line to a peer that follows a script, in virtual time.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::rc::Rc;

use arbitrary::Unstructured;
use serialtalk::Clock;
use serialtalk::link::{Link, Received};

use crate::frames;

/// How often a link may be used before another byte arrives: more is an endless loop.
const MAX_STEPS: u32 = 5000;

/// How a link is used, and what arrives.
pub trait Script {
    /// What arrives after `sent`, all bytes since the last time, was sent: after milliseconds, bytes. `None` at the end.
    fn next(&mut self, input: &mut Unstructured<'_>, sent: &[u8]) -> Option<(u32, Vec<u8>)>;
}

/// What a line is like now.
struct State<'u, S> {
    input: Unstructured<'u>,
    script: S,
    now: u32,
    steps: u32,
    sent: Vec<u8>,
    is_closed: bool,
    arriving: VecDeque<(u32, Vec<u8>)>,
    arrived: usize,
}

/// A line, as a link and its clock.
pub struct Line<'u, S>(Rc<RefCell<State<'u, S>>>);

impl<S> Clone for Line<'_, S> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<'u, S: Script> Line<'u, S> {
    /// A line on which what `script` makes of `input` arrives. The clock starts with `now`.
    pub fn new(input: Unstructured<'u>, script: S, now: u32) -> Self {
        Self(Rc::new(RefCell::new(State {
            input,
            script,
            now,
            steps: 0,
            sent: Vec::new(),
            is_closed: false,
            arriving: VecDeque::new(),
            arrived: 0,
        })))
    }

    /// The time in milliseconds.
    pub fn time(&self) -> u32 {
        self.0.borrow().now
    }

    /// Lets time pass in which nobody waits.
    pub fn pass(&self, ms: u32) {
        let mut state = self.0.borrow_mut();
        state.now = state.now.wrapping_add(ms);
    }

    /// How many bytes have arrived.
    pub fn arrived(&self) -> usize {
        self.0.borrow().arrived
    }

    /// What was sent since the peer took the last bytes.
    pub fn sent(&self) -> Vec<u8> {
        self.0.borrow().sent.clone()
    }
}

impl<S> State<'_, S> {
    fn step(&mut self) {
        self.steps += 1;
        assert!(self.steps < MAX_STEPS, "an endless loop");
    }
}

impl<S> Clock for Line<'_, S> {
    fn now(&self) -> u32 {
        let mut state = self.0.borrow_mut();
        state.step();
        state.now
    }
}

impl<S: Script> Link for Line<'_, S> {
    type Error = Infallible;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, Infallible> {
        let state = &mut *self.0.borrow_mut();
        state.step();
        assert!(!buffer.is_empty(), "there is room to read into");
        if state.arriving.is_empty() && !state.is_closed {
            let sent = std::mem::take(&mut state.sent);
            if let Some((ms, bytes)) = state.script.next(&mut state.input, &sent) {
                state.is_closed = ms == CLOSED;
                state.arriving.push_back((state.now.wrapping_add(ms), bytes));
            } else {
                state.sent = sent;
            }
        }
        if state.is_closed {
            return Ok(Received::Closed);
        }
        let Some((time, bytes)) = state.arriving.front_mut() else {
            assert!(wait_ms < u32::MAX, "waits for ever");
            state.now = state.now.wrapping_add(wait_ms);
            return Ok(Received::Nothing);
        };
        let left = time.wrapping_sub(state.now) as i32;
        if left > 0 {
            let waited = wait_ms.min(left as u32);
            state.now = state.now.wrapping_add(waited);
            if waited < left as u32 {
                return Ok(Received::Nothing);
            }
        }
        let count = bytes.len().min(buffer.len());
        buffer[..count].copy_from_slice(&bytes[..count]);
        bytes.drain(..count);
        if count > 0 {
            state.steps = 0;
        }
        state.arrived += count;
        if bytes.is_empty() {
            state.arriving.pop_front();
        }
        Ok(if count == 0 { Received::Nothing } else { Received::Bytes(count) })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        let state = &mut *self.0.borrow_mut();
        state.step();
        // Now and then the link takes a part only.
        let count = if state.steps.is_multiple_of(5) { bytes.len().div_ceil(2) } else { bytes.len() };
        state.sent.extend_from_slice(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

/// After this many milliseconds the link is closed.
pub const CLOSED: u32 = u32::MAX;

/// A peer of SerialTalk: one byte says what it does, the next after how many times 8 ms, one more how many bytes follow.
pub struct Talk;

impl Script for Talk {
    fn next(&mut self, input: &mut Unstructured<'_>, sent: &[u8]) -> Option<(u32, Vec<u8>)> {
        let [kind, delay] = kind_and_delay(input)?;
        let mut rest = || counted_bytes(input);
        let frames = frames::whole(sent);
        let (name, payload) = frames.last().copied().unwrap_or_default();
        let bytes = match kind % 8 {
            // The true answer, which for `echo` is its payload.
            0 => frames::frame(&[name, b"ack"].concat(), payload),
            1 => frames::frame(&[name, b"ack"].concat(), &rest()),
            2 => frames::frame(&[name, b"err"].concat(), &rest()),
            3 => sent.to_vec(),
            4 => frames::frame(&rest(), &rest()),
            5 => rest(),
            6 => Vec::new(),
            _ => return Some((if delay == 0 { CLOSED } else { 0 }, rest())),
        };
        Some((u32::from(delay) * 8, bytes))
    }
}

/// A peer that returns the arguments of each command, in order: one byte says after how many times 8 ms, or never.
#[derive(Debug, Default)]
pub struct Late {
    unanswered: VecDeque<Vec<u8>>,
}

impl Script for Late {
    fn next(&mut self, input: &mut Unstructured<'_>, sent: &[u8]) -> Option<(u32, Vec<u8>)> {
        let answers = frames::whole(sent).into_iter().map(|(name, payload)| {
            // The value of a reply without arguments is that there is none.
            let payload = if payload == b"\x01z" { b"\0" } else { payload };
            frames::frame(&[name, b"ack"].concat(), payload)
        });
        self.unanswered.extend(answers);
        let answer = self.unanswered.pop_front()?;
        match input.arbitrary::<u8>().unwrap_or_default() {
            255 => Some((0, Vec::new())),
            delay => Some((u32::from(delay) * 8, answer)),
        }
    }
}

/// A board at its REPL: one byte says what it does, the next after how many times 8 ms, for some one more how many bytes
/// follow.
pub struct Prompt;

impl Script for Prompt {
    fn next(&mut self, input: &mut Unstructured<'_>, sent: &[u8]) -> Option<(u32, Vec<u8>)> {
        let [kind, delay] = kind_and_delay(input)?;
        let mut rest = || counted_bytes(input);
        let bytes = match kind % 16 {
            0 => b"raw REPL; CTRL-B to exit\r\n>".to_vec(),
            1 => token(sent),
            2 => b"OK".to_vec(),
            3 => b"\x04\x04>".to_vec(),
            4 => b"R\x01\x20\x00\x01".to_vec(),
            5 => b"R\x00>".to_vec(),
            6 => b"\x04Traceback (most recent call last):\r\n  File \"<stdin>\", line 1, in <module>\r\nKeyboardInterrupt: \r\n\x04>".to_vec(),
            7 => b"soft reboot\r\nMicroPython v1.29; x\r\nType \"help()\" for more information.\r\n>>> ".to_vec(),
            8 => b">>> ".to_vec(),
            9 => [&b"OK"[..], &rest(), b"\x04\x04>"].concat(),
            10 => [&b"\x04"[..], &rest(), b"\x04>"].concat(),
            11 => vec![1; rest().len()],
            12 => rest().repeat(8),
            13 => Vec::new(),
            14 => rest(),
            _ => return Some((if delay == 0 { CLOSED } else { 0 }, rest())),
        };
        Some((u32::from(delay) * 8, bytes))
    }
}

/// What a peer does, and after how many times 8 ms; `None` at the end of the input.
fn kind_and_delay(input: &mut Unstructured<'_>) -> Option<[u8; 2]> {
    (!input.is_empty()).then(|| [(); 2].map(|()| input.arbitrary::<u8>().unwrap_or_default()))
}

/// Bytes whose number the byte before them says.
fn counted_bytes(input: &mut Unstructured<'_>) -> Vec<u8> {
    let len = input.arbitrary::<u8>().map_or(0, usize::from).min(input.len());
    input.bytes(len).unwrap_or_default().to_vec()
}

/// What a board answers to the program that prints a token: the token, after a banner that it may have sent already.
fn token(sent: &[u8]) -> Vec<u8> {
    let printed = b"print('s'+'";
    let at = sent.windows(printed.len()).rposition(|window| window == printed);
    let digits = at.and_then(|at| sent.get(at + printed.len()..)?.get(..5)).unwrap_or_default();
    [&b"OKs"[..], digits, b"\r\n\x04\x04>"].concat()
}
