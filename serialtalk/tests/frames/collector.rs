//! What a decoder finds in bytes, and what it should find.

use serialtalk::frame::{Decoder, FrameWriter, MAX_FRAME};

/// What came of bytes, in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    Frame { name: Vec<u8>, payload: Vec<u8> },
    TooLarge { name: Vec<u8>, size: usize },
    Outside(Vec<u8>),
}

impl Event {
    /// The bytes that it stands for.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Frame { name, payload } => frame(name, payload),
            Self::Outside(bytes) => bytes.clone(),
            Self::TooLarge { .. } => panic!("a frame whose bytes were not kept"),
        }
    }
}

/// Gathers what a decoder finds.
pub(crate) struct Collector<const N: usize> {
    pub(crate) decoder: Decoder<N>,
    pub(crate) events: Vec<Event>,
}

impl<const N: usize> Collector<N> {
    pub(crate) fn new() -> Self {
        Self { decoder: Decoder::new(), events: vec![] }
    }

    pub(crate) fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let spare = self.decoder.spare();
            assert!(!spare.is_empty(), "no room though every frame was taken");
            let count = spare.len().min(bytes.len());
            spare[..count].copy_from_slice(&bytes[..count]);
            self.decoder.received(count);
            bytes = &bytes[count..];
            self.take_all(false);
        }
    }

    pub(crate) fn take_all(&mut self, are_late: bool) {
        loop {
            let mut outside = vec![];
            let found = self.decoder.next(are_late, |byte| outside.push(byte));
            self.outside(outside);
            let Some(found) = found else { return };
            let frame = self.decoder.frame(found).expect("what was found can be shown");
            let (name, payload) = (frame.name.to_vec(), frame.payload.to_vec());
            let size = found.size();
            self.events.push(if size <= N {
                assert_eq!(size, 4 + name.len() + payload.len());
                Event::Frame { name, payload }
            } else {
                assert!(payload.is_empty());
                Event::TooLarge { name, size }
            });
        }
    }

    pub(crate) fn outside(&mut self, more: Vec<u8>) {
        match self.events.last_mut() {
            _ if more.is_empty() => {}
            Some(Event::Outside(bytes)) => bytes.extend(more),
            _ => self.events.push(Event::Outside(more)),
        }
    }

    /// Gives up on every frame whose rest does not come.
    pub(crate) fn give_up(&mut self) {
        self.take_all(true);
        assert!(!self.decoder.is_partial(), "nothing is left");
    }

    pub(crate) fn frames(&self) -> Vec<Vec<u8>> {
        let is_frame = |event: &&Event| matches!(event, Event::Frame { .. });
        self.events.iter().filter(is_frame).map(Event::bytes).collect()
    }
}

/// All that comes of `chunks`, the last partial frame given up.
pub(crate) fn decode<const N: usize>(chunks: &[&[u8]]) -> Vec<Event> {
    let mut collector = Collector::<N>::new();
    chunks.iter().for_each(|chunk| collector.push(chunk));
    collector.give_up();
    collector.events
}

/// The same, found the simple way: with all bytes at hand.
pub(crate) fn expected(bytes: &[u8]) -> Vec<Event> {
    let mut events = vec![];
    let mut rest = bytes;
    while let [first, behind @ ..] = rest {
        let whole = match behind {
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
                    Some(Event::Outside(bytes)) => bytes.push(*first),
                    _ => events.push(Event::Outside(vec![*first])),
                }
                rest = behind;
            }
        }
    }
    events
}

pub(crate) fn frame(name: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut buffer = [0; MAX_FRAME];
    let mut writer = FrameWriter::new(&mut buffer, name, b"");
    writer.put(payload);
    let size = writer.finish().expect("the frame fits");
    buffer[..size].to_vec()
}
