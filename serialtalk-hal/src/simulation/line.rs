//! What a line is like.

use core::time::Duration;

/// How long a line takes for its bytes, and how many it holds.
///
/// Both directions are alike. Bytes are damaged by [`Faults`](crate::fault::Faults) on an end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    pub(super) byte_time: Duration,
    pub(super) latency: Duration,
    pub(super) delivery: Duration,
    pub(super) seed: u64,
    pub(super) delay_per_byte: f64,
    pub(super) longest_delay: Duration,
    pub(super) buffer: usize,
    pub(super) flow_control: bool,
}

impl Line {
    /// A line that carries so many bits a second, ten for each byte, and nothing else than that takes time.
    ///
    /// Each direction holds 4096 bytes. A write that finds no room waits until bytes are read at the other end, at most
    /// a second, as on USB or over TCP.
    pub const fn baud(bits_per_second: u32) -> Self {
        let bits_per_second = if bits_per_second == 0 { 1 } else { bits_per_second as u64 };
        Self {
            byte_time: Duration::from_nanos(10_000_000_000 / bits_per_second),
            latency: Duration::ZERO,
            delivery: Duration::ZERO,
            seed: 0,
            delay_per_byte: 0.0,
            longest_delay: Duration::ZERO,
            buffer: 4096,
            flow_control: true,
        }
    }

    /// How long each byte is on its way besides.
    pub const fn latency(self, latency: Duration) -> Self {
        Self { latency, ..self }
    }

    /// Delivers what has arrived only every so often, as a USB adapter does: 1 ms is common. The simulation is faster, too, with
    /// fewer moments at which something happens.
    pub const fn delivery_every(self, interval: Duration) -> Self {
        Self { delivery: interval, ..self }
    }

    /// Holds up each byte with this probability, and with it those behind it, for a time of up to `longest`. The delays follow from
    /// `seed`.
    pub const fn delay_per_byte(self, seed: u64, probability: f64, longest: Duration) -> Self {
        Self { seed, delay_per_byte: probability, longest_delay: longest, ..self }
    }

    /// How many bytes each direction holds: at least 1.
    pub const fn buffer(self, bytes: usize) -> Self {
        Self { buffer: if bytes == 0 { 1 } else { bytes }, ..self }
    }

    /// Loses bytes that find the buffer of the reader full, as a UART of three wires does. A write then waits only for bytes that
    /// have not arrived.
    pub const fn without_flow_control(self) -> Self {
        Self { flow_control: false, ..self }
    }
}
