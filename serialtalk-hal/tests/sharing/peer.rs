//! The other end of a line, which answers when the test says so.

use serialtalk::link::{Link, Received};
use serialtalk::proto::{FrameDecoder, FrameWriter, Head};
use serialtalk_hal::memory::MemoryLink;

use super::LONG_MS;

pub(crate) struct Peer {
    link: MemoryLink,
    decoder: FrameDecoder<258>,
}

impl Peer {
    pub(crate) fn new(link: MemoryLink) -> Self {
        Self { link, decoder: FrameDecoder::new() }
    }

    /// The name of the next frame that arrives.
    pub(crate) fn next(&mut self) -> String {
        loop {
            if let Some(handle) = self.decoder.next(false, |_| {}) {
                let frame = self.decoder.frame(handle).unwrap();
                return String::from_utf8(frame.name.to_vec()).unwrap();
            }
            match self.link.receive(self.decoder.recv_buf(), LONG_MS).unwrap() {
                Received::Bytes(count) => self.decoder.commit(count),
                other => panic!("{other:?} instead of a frame"),
            }
        }
    }

    /// Answers a call with a number.
    pub(crate) fn answer(&mut self, command: &str, value: u8) {
        self.send(&format!("{command}ack"), &[1, b'B', value]);
    }

    /// Calls a command without arguments.
    pub(crate) fn call(&mut self, command: &str) {
        self.send(command, b"\x01z");
    }

    fn send(&mut self, name: &str, payload: &[u8]) {
        let mut buffer = [0; 258];
        let mut writer = FrameWriter::new(&mut buffer, Head::command(name.as_bytes()));
        writer.put(payload);
        let size = writer.finish().unwrap();
        let mut rest = &buffer[..size];
        while !rest.is_empty() {
            let sent = self.link.send(rest).unwrap();
            rest = &rest[sent..];
        }
    }
}
