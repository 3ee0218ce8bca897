//! One direction of a line.

use alloc::collections::VecDeque;
use core::task::{Context, Poll, Waker};
use core::time::Duration;
use std::sync::{Mutex, MutexGuard};

use super::line::Line;
use super::world::lock;
use crate::fault::random::Random;

/// One direction: what was sent and has not been read.
#[derive(Debug)]
pub(super) struct Lane {
    flow: Mutex<Flow>,
}

/// What a read finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// So many bytes.
    Bytes(usize),
    /// Bytes that arrive at this moment.
    Later(Duration),
    /// Nothing, also not on its way.
    Nothing,
    /// Nothing, and the other end is closed.
    Closed,
}

/// What a write finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    /// Room for so many bytes, which were sent.
    Bytes(usize),
    /// No room until this moment.
    Later(Duration),
    /// No room until something is read.
    Full,
    /// An end is closed.
    Closed,
}

impl Lane {
    /// `number` tells the directions of a line apart.
    pub(super) fn new(line: Line, number: u64) -> Self {
        Self {
            flow: Mutex::new(Flow {
                line,
                bytes: VecDeque::new(),
                free_at: Duration::ZERO,
                delays: Random::new(line.seed, number),
                overrun: 0,
                is_closed: false,
                reader: None,
                writer: None,
            }),
        }
    }

    /// Moves the bytes that have arrived by `now` into `buffer`.
    pub(super) fn take(&self, now: Duration, buffer: &mut [u8]) -> Taken {
        let mut flow = self.flow();
        let count = flow.arrived(now).min(buffer.len());
        for (slot, (_, byte)) in buffer.iter_mut().zip(flow.bytes.drain(..count)) {
            *slot = byte;
        }
        match flow.bytes.front() {
            _ if count > 0 => {
                wake(flow, |flow| &mut flow.writer);
                Taken::Bytes(count)
            }
            Some((arrival, _)) => Taken::Later(*arrival),
            None if flow.is_closed => Taken::Closed,
            None => Taken::Nothing,
        }
    }

    /// Sends what there is room for.
    pub(super) fn put(&self, now: Duration, bytes: &[u8]) -> Put {
        let mut flow = self.flow();
        if flow.is_closed {
            return Put::Closed;
        }
        let arrived = flow.arrived(now);
        let waiting = if flow.line.flow_control { 0 } else { arrived };
        let room = flow.line.buffer.saturating_sub(flow.bytes.len() - waiting);
        if room == 0 {
            let next = flow.bytes.get(waiting).filter(|_| !flow.line.flow_control);
            return next.map_or(Put::Full, |(arrival, _)| Put::Later(*arrival));
        }
        let count = room.min(bytes.len());
        bytes.iter().take(count).for_each(|byte| flow.send(now, *byte));
        wake(flow, |flow| &mut flow.reader);
        Put::Bytes(count)
    }

    /// Resolves once a read may find more than nothing.
    pub(super) fn poll_bytes(&self, context: &Context<'_>) -> Poll<()> {
        let mut flow = self.flow();
        if !flow.bytes.is_empty() || flow.is_closed {
            return Poll::Ready(());
        }
        flow.reader = Some(context.waker().clone());
        Poll::Pending
    }

    /// Resolves once a write may find room.
    pub(super) fn poll_room(&self, context: &Context<'_>) -> Poll<()> {
        let mut flow = self.flow();
        if flow.bytes.len() < flow.line.buffer || flow.is_closed {
            return Poll::Ready(());
        }
        flow.writer = Some(context.waker().clone());
        Poll::Pending
    }

    /// Loses everything: the reader is off.
    pub(super) fn lose_all(&self) {
        let mut flow = self.flow();
        flow.bytes.clear();
        wake(flow, |flow| &mut flow.writer);
    }

    /// Loses what has arrived by `now`.
    pub(super) fn lose_arrived(&self, now: Duration) {
        let mut flow = self.flow();
        let arrived = flow.arrived(now);
        flow.bytes.drain(..arrived);
        wake(flow, |flow| &mut flow.writer);
    }

    /// Loses what has not arrived by `now`: the writer is off.
    pub(super) fn lose_unarrived(&self, now: Duration) {
        let mut flow = self.flow();
        let arrived = flow.arrived(now);
        flow.bytes.truncate(arrived);
        flow.free_at = now;
    }

    /// How many bytes were lost because the buffer of the reader was full.
    pub(super) fn overrun(&self, now: Duration) -> u64 {
        let mut flow = self.flow();
        flow.arrived(now);
        flow.overrun
    }

    pub(super) fn close(&self) {
        let mut flow = self.flow();
        flow.is_closed = true;
        let writer = flow.writer.take();
        wake(flow, |flow| &mut flow.reader);
        if let Some(writer) = writer {
            writer.wake();
        }
    }

    fn flow(&self) -> MutexGuard<'_, Flow> {
        lock(&self.flow)
    }
}

/// Wakes one of the waiting ends, once the flow is free for it.
fn wake(mut flow: MutexGuard<'_, Flow>, who: impl FnOnce(&mut Flow) -> &mut Option<Waker>) {
    let waker = who(&mut flow).take();
    drop(flow);
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[derive(Debug)]
struct Flow {
    line: Line,
    /// Each byte with the moment of its arrival.
    bytes: VecDeque<(Duration, u8)>,
    /// When the line has carried what was sent.
    free_at: Duration,
    delays: Random,
    overrun: u64,
    is_closed: bool,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

impl Flow {
    /// How many bytes have arrived by `now`. Those for which there was no room are lost.
    fn arrived(&mut self, now: Duration) -> usize {
        let arrived = self.bytes.partition_point(|(arrival, _)| *arrival <= now);
        if self.line.flow_control || arrived <= self.line.buffer {
            return arrived;
        }
        self.bytes.drain(self.line.buffer..arrived);
        self.overrun += (arrived - self.line.buffer) as u64;
        self.line.buffer
    }

    fn send(&mut self, now: Duration, byte: u8) {
        self.free_at = self.free_at.max(now) + self.line.byte_time + self.delay();
        self.bytes.push_back((delivered(self.free_at + self.line.latency, self.line.delivery), byte));
    }

    fn delay(&mut self) -> Duration {
        if !self.delays.happens(self.line.delay_per_byte) {
            return Duration::ZERO;
        }
        let longest = usize::try_from(self.line.longest_delay.as_nanos()).unwrap_or(usize::MAX);
        Duration::from_nanos(self.delays.up_to(longest) as u64)
    }
}

/// When something that arrives at `moment` is delivered, if that happens only at multiples of `interval`.
fn delivered(moment: Duration, interval: Duration) -> Duration {
    let (moment, interval) = (moment.as_nanos() as u64, interval.as_nanos() as u64);
    Duration::from_nanos(moment.checked_next_multiple_of(interval).unwrap_or(moment))
}
