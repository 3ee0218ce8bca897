//! Text that a board writes between frames: what its program prints.

use serialtalk::proto::{FrameDecoder, MAX_FRAME};

/// The longest line that is told whole, in bytes.
const LONGEST: usize = 512;

/// Finds lines of text among the bytes of a board that speaks plain SerialTalk.
pub(crate) struct Overheard {
    decoder: FrameDecoder<MAX_FRAME>,
    line: Vec<u8>,
    told: Box<dyn FnMut(&str) + Send>,
}

impl Overheard {
    /// Calls `told` with each line.
    pub(crate) fn new(told: impl FnMut(&str) + Send + 'static) -> Self {
        Self { decoder: FrameDecoder::new(), line: Vec::new(), told: Box::new(told) }
    }

    /// Takes what has arrived.
    pub(crate) fn hear(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = self.decoder.recv_buf();
            let count = room.len().min(bytes.len());
            let (taken, rest) = bytes.split_at(count);
            room[..count].copy_from_slice(taken);
            self.decoder.commit(count);
            let (line, told) = (&mut self.line, &mut self.told);
            while self.decoder.next(false, |byte| hear_outside(byte, line, told)).is_some() {}
            bytes = rest;
        }
    }
}

/// Takes a byte that belongs to no frame.
fn hear_outside(byte: u8, line: &mut Vec<u8>, told: &mut dyn FnMut(&str)) {
    if byte != b'\n' {
        line.push(byte);
        if line.len() < LONGEST {
            return;
        }
    }
    // What is no text is noise, or belongs to a frame that was damaged.
    if let Ok(text) = std::str::from_utf8(line)
        && let text = text.trim_end_matches('\r')
        && !text.trim().is_empty()
        && !text.contains(|character: char| character.is_control() && character != '\t')
    {
        told(text);
    }
    line.clear();
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use serialtalk::proto::{FrameWriter, Head, Suffix};

    use super::*;

    #[test]
    fn lines_between_frames_are_told_and_noise_is_not() {
        let mut buffer = [0; MAX_FRAME];
        let mut writer = FrameWriter::new(&mut buffer, Head::reply(b"imu", Suffix::Ack));
        let size = writer.put(b"\n\x01f\x00\x00\x80\x3f\n").finish().unwrap();
        let frame = writer.bytes(size).to_vec();
        let bytes = [
            b"motor ".as_slice(),
            &frame,
            b"stalled\r\n",
            b"\r\n \n\x1b[2Jred\n\xff\xfe\n",
            &frame,
            "21 °C\n".as_bytes(),
            &[b'x'; LONGEST + 3],
            b"\n",
        ]
        .concat();
        let expected = ["motor stalled", "21 °C", &"x".repeat(LONGEST), "xxx"];
        for size in [1, 7, 300, bytes.len()] {
            let (sender, lines) = channel();
            let mut overheard = Overheard::new(move |text: &str| sender.send(text.to_owned()).unwrap());
            bytes.chunks(size).for_each(|chunk| overheard.hear(chunk));
            drop(overheard);
            assert_eq!(lines.iter().collect::<Vec<_>>(), expected, "in pieces of {size}");
        }
    }
}
