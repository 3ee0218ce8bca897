//! Recordings as pcapng, which Wireshark opens: a packet for each piece.

use std::io::{self, Read, Write};
use std::time::{Duration, Instant};

use pcap_file::pcapng::blocks::enhanced_packet::{EnhancedPacketBlock, EnhancedPacketOption};
use pcap_file::pcapng::blocks::interface_description::{
    InterfaceDescriptionBlock, InterfaceDescriptionOption,
};
use pcap_file::pcapng::{Block, PcapNgReader, PcapNgWriter};
use pcap_file::{DataLink, PcapError};

use super::{Piece, Side};

/// How often a recording is made safe. It loses no more than its last second if the program is killed, on a busy machine, too.
const FLUSH_EACH: Duration = Duration::from_millis(500);

/// The resolution of times as an option says it: 10^-9 s.
const NANOSECONDS: u8 = 9;

/// The resolution of times if no option says it: 10^-6 s.
const MICROSECONDS: u8 = 6;

/// In the flags of a packet: it came from the board.
const INBOUND: u32 = 1;

/// In the flags of a packet: it went to the board.
const OUTBOUND: u32 = 2;

/// Where in the flags the direction is.
const DIRECTION: u32 = 3;

/// A recording that is written.
pub(crate) struct Writer {
    writer: PcapNgWriter<io::BufWriter<Box<dyn Write>>>,
    flushed: Instant,
}

impl Writer {
    /// Begins a recording of the line that is called `name`.
    pub(crate) fn new(output: Box<dyn Write>, name: &str) -> io::Result<Self> {
        let mut writer = PcapNgWriter::new(io::BufWriter::new(output)).map_err(io_error)?;
        let options = vec![
            InterfaceDescriptionOption::IfName(name.to_owned().into()),
            InterfaceDescriptionOption::IfTsResol(NANOSECONDS),
        ];
        let interface = InterfaceDescriptionBlock { linktype: DataLink::USER0, snaplen: 0, options };
        writer.write_pcapng_block(interface).map_err(io_error)?;
        writer.get_mut().flush()?;
        Ok(Self { writer, flushed: Instant::now() })
    }

    /// Adds a piece.
    pub(crate) fn add(&mut self, piece: &Piece) -> io::Result<()> {
        let direction = match piece.side {
            Side::Host => OUTBOUND,
            Side::Board => INBOUND,
        };
        let packet = EnhancedPacketBlock {
            interface_id: 0,
            timestamp: piece.time,
            original_len: u32::try_from(piece.bytes.len()).unwrap_or(u32::MAX),
            data: (&piece.bytes).into(),
            options: vec![EnhancedPacketOption::Flags(direction)],
        };
        self.writer.write_pcapng_block(packet).map_err(io_error)?;
        Ok(())
    }

    /// Makes what was added safe, twice a second.
    pub(crate) fn keep_safe(&mut self) -> io::Result<()> {
        if self.flushed.elapsed() < FLUSH_EACH {
            return Ok(());
        }
        self.flush()
    }

    /// Makes what was added safe.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.flushed = Instant::now();
        self.writer.get_mut().flush()
    }
}

fn io_error(error: PcapError) -> io::Error {
    match error {
        PcapError::IoError(error) => error,
        error => io::Error::other(error),
    }
}

/// A packet of a recording.
pub(crate) struct Packet {
    pub(crate) side: Side,
    /// When it was recorded, since the epoch.
    pub(crate) time: Duration,
    pub(crate) bytes: Vec<u8>,
}

/// Why a recording cannot be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadRecording {
    /// The operating system cannot read it.
    #[error("{0}")]
    Io(#[source] io::Error),
    /// The end is missing, as of the file of a program that was killed.
    #[error("the file ends within a packet")]
    CutShort,
    /// It is in another form, or damaged.
    #[error("it is no pcapng file, or it is damaged: {0}")]
    Form(#[source] PcapError),
    /// It has something else in it.
    #[error("it has packets of the link type {0:?}, and those of SerialTalk are USER0")]
    LinkType(DataLink),
    /// A packet does not say who has sent it.
    #[error("a packet does not say whether it is inbound or outbound")]
    Direction,
}

/// Reads a recording; `found` gets its packets. Those before an error are good.
pub(crate) fn read(input: impl Read, mut found: impl FnMut(Packet)) -> Result<(), BadRecording> {
    let mut reader = PcapNgReader::new(input).map_err(|error| match error {
        PcapError::IoError(error) if error.kind() != io::ErrorKind::UnexpectedEof => BadRecording::Io(error),
        error => BadRecording::Form(error),
    })?;
    let mut resolutions = Vec::new();
    while let Some(block) = reader.next_block() {
        match block.map_err(bad_block)? {
            Block::SectionHeader(_) => resolutions.clear(),
            Block::InterfaceDescription(interface) => {
                if interface.linktype != DataLink::USER0 {
                    return Err(BadRecording::LinkType(interface.linktype));
                }
                let stated = interface.options.iter().find_map(|option| match option {
                    InterfaceDescriptionOption::IfTsResol(resolution) => Some(*resolution),
                    _ => None,
                });
                resolutions.push(stated.unwrap_or(MICROSECONDS));
            }
            Block::EnhancedPacket(packet) => {
                let resolution =
                    resolutions.get(packet.interface_id as usize).copied().unwrap_or(NANOSECONDS);
                found(Packet {
                    side: side(&packet.options).ok_or(BadRecording::Direction)?,
                    // The reader takes the count of units for nanoseconds.
                    time: time(packet.timestamp.as_nanos(), resolution),
                    bytes: packet.data.into_owned(),
                });
            }
            _ => {}
        }
    }
    Ok(())
}

fn bad_block(error: PcapError) -> BadRecording {
    match error {
        PcapError::IoError(error) if error.kind() == io::ErrorKind::UnexpectedEof => BadRecording::CutShort,
        PcapError::IoError(error) => BadRecording::Io(error),
        error => BadRecording::Form(error),
    }
}

fn side(options: &[EnhancedPacketOption<'_>]) -> Option<Side> {
    let flags = options.iter().find_map(|option| match option {
        EnhancedPacketOption::Flags(flags) => Some(*flags),
        _ => None,
    });
    match flags? & DIRECTION {
        INBOUND => Some(Side::Board),
        OUTBOUND => Some(Side::Host),
        _ => None,
    }
}

/// The time of so many units: a negative power of 10 s, or of 2 s if the highest bit of the resolution is set.
fn time(units: u128, resolution: u8) -> Duration {
    const NANOS: u128 = 1_000_000_000;
    let nanos = match u32::from(resolution) {
        power @ ..=9 => units.checked_mul(10_u128.pow(9 - power)),
        power @ ..=38 => Some(units / 10_u128.pow(power - 9)),
        power @ 0x80..=0xc0 => units.checked_mul(NANOS).map(|units| units >> (power - 0x80)),
        _ => None,
    };
    nanos.and_then(|nanos| u64::try_from(nanos).ok()).map_or(Duration::MAX, Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use proptest::prelude::*;

    use super::*;
    use crate::traffic::Content;

    /// A file in memory.
    #[derive(Clone, Default)]
    struct Memory(Arc<Mutex<Vec<u8>>>);

    impl Write for Memory {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn recording() -> Vec<u8> {
        let memory = Memory::default();
        let mut writer = Writer::new(Box::new(memory.clone()), "a port").unwrap();
        for (number, side) in [Side::Host, Side::Board].into_iter().enumerate() {
            let time = Duration::from_nanos(1_700_000_000_123_456_789 + number as u64);
            writer.add(&Piece { side, time, bytes: vec![7; 5 + number], content: Content::Text }).unwrap();
        }
        writer.flush().unwrap();
        memory.0.lock().unwrap().clone()
    }

    #[test]
    fn packets_are_read_as_they_were_written() {
        let mut packets = Vec::new();
        read(recording().as_slice(), |packet| packets.push(packet)).unwrap();
        let [first, second] = packets.as_slice() else { panic!("{} packets", packets.len()) };
        assert_eq!((first.side, second.side), (Side::Host, Side::Board));
        assert_eq!(second.time, Duration::from_nanos(1_700_000_000_123_456_790));
        assert_eq!((first.bytes.len(), second.bytes.as_slice()), (5, &[7; 6][..]));
    }

    proptest! {
        // The reader takes 8 MB for each file.
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn a_damaged_file_is_an_error_at_worst(
            damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
            end in any::<prop::sample::Index>(),
        ) {
            let mut bytes = recording();
            for (at, byte) in damage {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(end.index(bytes.len()) + 1);
            let _ = read(bytes.as_slice(), |_| ());
        }
    }

    #[test]
    fn times_are_read_in_every_resolution() {
        let second = Duration::from_secs(1);
        for (units, resolution) in [(1_000_000_000, 9), (1_000_000, 6), (1, 0), (10_u128.pow(12), 12)] {
            assert_eq!(time(units, resolution), second);
        }
        assert_eq!(time(1 << 20, 0x80 + 20), second);
        assert_eq!(time(u128::MAX, 0), Duration::MAX);
    }
}
