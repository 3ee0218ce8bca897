//! Collects what a decoder finds, and computes what it should find.

extern crate alloc;

use alloc::vec;
use alloc::vec::Vec;

use crate::wire::frame::{FrameDecoder, FrameWriter, Head, MAX_FRAME};

/// A part of a stream of bytes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    Frame { name: Vec<u8>, payload: Vec<u8> },
    TooLarge { name: Vec<u8>, size: usize },
    Stray(Vec<u8>),
}

impl Event {
    /// The bytes of the part.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Frame { name, payload } => frame(name, payload),
            Self::Stray(bytes) => bytes.clone(),
            Self::TooLarge { .. } => panic!("a frame whose bytes were not kept"),
        }
    }
}

/// A decoder and what it found.
pub(crate) struct Collector<const N: usize> {
    pub(crate) decoder: FrameDecoder<N>,
    pub(crate) events: Vec<Event>,
}

impl<const N: usize> Collector<N> {
    pub(crate) fn new() -> Self {
        Self { decoder: FrameDecoder::new(), events: vec![] }
    }

    pub(crate) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let count = self.receive(bytes);
            assert!(count > 0, "no room though every frame was taken");
            bytes = &bytes[count..];
            self.take_all(false);
        }
    }

    /// Receives as many of the bytes as there is room for, and returns how many.
    pub(crate) fn receive(&mut self, bytes: &[u8]) -> usize {
        let recv_buf = self.decoder.recv_buf();
        let count = recv_buf.len().min(bytes.len());
        recv_buf[..count].copy_from_slice(&bytes[..count]);
        self.decoder.commit(count);
        count
    }

    pub(crate) fn take_all(&mut self, late: bool) {
        while self.take(late) {}
    }

    /// Takes the next frame, and returns whether there is one.
    pub(crate) fn take(&mut self, late: bool) -> bool {
        let mut stray = vec![];
        let handle = self.decoder.next(late, |byte| stray.push(byte));
        self.stray(stray);
        let Some(handle) = handle else { return false };
        self.decoder.unread(handle);
        assert_eq!(self.decoder.next(late, |_| panic!("a frame was unread")), Some(handle));
        let frame = self.decoder.frame(handle).expect("a frame that was found is there");
        let (name, payload) = (frame.name.to_vec(), frame.payload.to_vec());
        let size = handle.size();
        self.events.push(if size <= N {
            assert_eq!(size, 4 + name.len() + payload.len());
            Event::Frame { name, payload }
        } else {
            assert!(payload.is_empty());
            Event::TooLarge { name, size }
        });
        true
    }

    /// Drops the frames whose names are not `wanted`.
    pub(crate) fn retain(&mut self, late: bool, wanted: impl Fn(&[u8]) -> bool) {
        let mut stray = vec![];
        self.decoder.retain(late, |byte| stray.push(byte), |frame| wanted(frame.name));
        self.stray(stray);
    }

    pub(crate) fn stray(&mut self, more: Vec<u8>) {
        match self.events.last_mut() {
            _ if more.is_empty() => {}
            Some(Event::Stray(bytes)) => bytes.extend(more),
            _ => self.events.push(Event::Stray(more)),
        }
    }

    /// Gives up on every frame whose rest is late.
    pub(crate) fn expire(&mut self) {
        self.take_all(true);
        assert!(!self.decoder.is_partial(), "nothing is left");
    }

    pub(crate) fn frames(&self) -> Vec<Vec<u8>> {
        let is_frame = |event: &&Event| matches!(event, Event::Frame { .. });
        self.events.iter().filter(is_frame).map(Event::bytes).collect()
    }
}

/// Everything that is found in `chunks`, with the last partial frame expired.
pub(crate) fn decode<const N: usize>(chunks: &[&[u8]]) -> Vec<Event> {
    let mut collector = Collector::<N>::new();
    chunks.iter().for_each(|chunk| collector.push(chunk));
    collector.expire();
    collector.events
}

/// Everything that should be found in `bytes`, computed in a simple way that needs all of them at once.
pub(crate) fn expected(bytes: &[u8]) -> Vec<Event> {
    let mut events = vec![];
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        let whole = match after {
            [length, name, ..] if *first == b'<' && name < length => rest.get(..usize::from(*length) + 3),
            _ => None,
        };
        match whole {
            Some(whole @ [.., b'>']) => {
                let (name, payload) = whole[3..whole.len() - 1].split_at(usize::from(whole[2]));
                events.push(Event::Frame { name: name.to_vec(), payload: payload.to_vec() });
                rest = &rest[whole.len()..];
            }
            _ => {
                match events.last_mut() {
                    Some(Event::Stray(bytes)) => bytes.push(*first),
                    _ => events.push(Event::Stray(vec![*first])),
                }
                rest = after;
            }
        }
    }
    events
}

pub(crate) fn frame(name: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut buffer = [0; MAX_FRAME];
    let mut writer = FrameWriter::new(&mut buffer, Head::command(name));
    writer.put(payload);
    let size = writer.finish().expect("the frame fits");
    buffer[..size].to_vec()
}
