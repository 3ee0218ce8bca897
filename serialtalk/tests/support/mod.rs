//! Two ends of a line in memory, each for a thread of its own.

#![allow(unreachable_pub, dead_code, reason = "shared by several tests")]

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use serialtalk::link::{Link, Received};

#[derive(Default)]
struct Pipe {
    bytes: Mutex<(VecDeque<u8>, bool)>,
    changed: Condvar,
}

/// One end of the line.
pub struct End {
    incoming: Arc<Pipe>,
    outgoing: Arc<Pipe>,
}

pub fn pair() -> (End, End) {
    let (a, b) = (Arc::new(Pipe::default()), Arc::new(Pipe::default()));
    (End { incoming: a.clone(), outgoing: b.clone() }, End { incoming: b, outgoing: a })
}

impl Link for End {
    type Error = core::convert::Infallible;

    fn receive(&mut self, buffer: &mut [u8], wait_ms: u32) -> Result<Received, Self::Error> {
        let guard = self.incoming.bytes.lock().unwrap();
        let wait = Duration::from_millis(wait_ms.into());
        let is_empty = |state: &mut (VecDeque<u8>, bool)| state.0.is_empty() && !state.1;
        let (mut guard, _) = self.incoming.changed.wait_timeout_while(guard, wait, is_empty).unwrap();
        let count = guard.0.len().min(buffer.len());
        for slot in &mut buffer[..count] {
            *slot = guard.0.pop_front().unwrap();
        }
        Ok(match count {
            0 if guard.1 => Received::Closed,
            0 => Received::Nothing,
            count => Received::Bytes(count),
        })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.outgoing.bytes.lock().unwrap().0.extend(bytes);
        self.outgoing.changed.notify_all();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

impl Drop for End {
    fn drop(&mut self) {
        self.outgoing.bytes.lock().unwrap().1 = true;
        self.outgoing.changed.notify_all();
    }
}

pub fn clock() -> impl serialtalk::Clock {
    let start = Instant::now();
    move || start.elapsed().as_millis() as u32
}
