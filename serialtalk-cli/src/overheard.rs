//! What crosses the line to a board: how much it is, and the text between frames, which its program prints.

use std::time::Instant;

use crate::carried::Carried;
use crate::traffic::{Content, Piece, Side, Splitter};

/// The longest line that is told whole, in bytes.
const LONGEST: usize = 512;

/// Finds lines of text among the bytes of a line to a board. Those of both directions count: without the hello of a session,
/// frames of the checked link cannot be told from other bytes.
pub(crate) struct Overheard {
    opened: Instant,
    carried: Carried,
    splitter: Splitter,
    line: Vec<u8>,
    told: Box<dyn FnMut(&str) + Send>,
}

impl Overheard {
    /// Counts bytes in `carried`, and calls `told` with each line.
    pub(crate) fn new(carried: Carried, told: impl FnMut(&str) + Send + 'static) -> Self {
        Self {
            opened: Instant::now(),
            carried,
            splitter: Splitter::default(),
            line: Vec::new(),
            told: Box::new(told),
        }
    }

    /// Takes what was sent or has arrived; nothing, if only time has passed.
    pub(crate) fn hear(&mut self, side: Side, bytes: &[u8]) {
        let now = Instant::now();
        if !bytes.is_empty() {
            self.carried.add(bytes.len(), now);
        }
        let now = now.duration_since(self.opened);
        let (line, told) = (&mut self.line, &mut self.told);
        let mut found = |piece: Piece| {
            if piece.side == Side::Board && matches!(piece.content, Content::Text) {
                // Zeros end frames of the checked link.
                let text = piece.bytes.into_iter().filter(|byte| *byte != 0);
                text.for_each(|byte| hear_outside(byte, line, told));
            }
        };
        self.splitter.add(side, now, bytes, &mut found);
        self.splitter.tell_time(now, found);
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

    use serialtalk::proto::{FrameWriter, Head, MAX_FRAME, Suffix};

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
            let mut overheard =
                Overheard::new(Carried::default(), move |text: &str| sender.send(text.to_owned()).unwrap());
            bytes.chunks(size).for_each(|chunk| overheard.hear(Side::Board, chunk));
            drop(overheard);
            assert_eq!(lines.iter().collect::<Vec<_>>(), expected, "in pieces of {size}");
        }
    }
}
