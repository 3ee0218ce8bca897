//! How calls become slower as their payloads grow.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde::{Serialize, Serializer};
use serialtalk::heapless::Vec;

use crate::blocking::{against_raw, socket_pair};
use crate::board::{Exchange, FLOATS, text};
use crate::codec::CobsLane;
use crate::compare::{Side, compare};
use crate::direct::Direct;
use crate::report::{Report, Section, Show};
use crate::table::Budget;

/// A command that sends its argument back, by encoding and bytes of payload.
const EXCHANGES: [(&str, Exchange); 10] = [
    ("no payload", Exchange::Nothing),
    ("struct, 8 bytes", Exchange::Struct8),
    ("struct, 64 bytes", Exchange::Struct64),
    ("struct, 240 bytes", Exchange::Struct240),
    ("raw, 8 bytes", Exchange::Raw(8)),
    ("raw, 64 bytes", Exchange::Raw(64)),
    ("raw, 240 bytes", Exchange::Raw(240)),
    ("repr, 8 characters", Exchange::Repr(8)),
    ("repr, 64 characters", Exchange::Repr(64)),
    ("repr, 240 characters", Exchange::Repr(240)),
];

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "payload",
        title: "calls that send their argument back, over a socket pair; peer: the same bytes, raw",
    });
    for (what, exchange) in EXCHANGES {
        report.compare(what, Show::Rate, Budget::None, |effort| {
            against_raw(effort, exchange, socket_pair()?)
        })?;
    }
    report.section(Section {
        name: "payload codec",
        title: "the same calls without a line; peer: encode and decode of their values in postcard with COBS",
    });
    for (what, exchange) in EXCHANGES {
        report.compare(what, Show::Time, Budget::None, |effort| {
            let mut direct = Direct::new();
            compare(effort, |side, count| match side {
                Side::Ours => direct.run(exchange, count),
                Side::Peer => postcard(exchange, count),
            })
        })?;
    }
    Ok(())
}

/// Sends the argument there and back in postcard so many times.
fn postcard(exchange: Exchange, count: u32) -> Result<Duration> {
    let mut lane = CobsLane::default();
    let start = Instant::now();
    for _ in 0..count {
        // There, and back.
        for _ in 0..2 {
            match exchange {
                Exchange::Mult | Exchange::Nothing => lane.cross::<_, ()>(&())?,
                Exchange::Struct8 => _ = black_box(lane.cross::<_, [f32; 2]>(&black_box([0.1f32; 2]))?),
                Exchange::Struct64 => _ = black_box(lane.cross::<_, [f32; 16]>(&black_box([0.1f32; 16]))?),
                Exchange::Struct240 => _ = black_box(lane.cross::<_, Vec<f32, 60>>(&black_box(FLOATS)[..])?),
                Exchange::Raw(size) => _ = black_box(lane.cross::<_, &[u8]>(&Bytes(text(size).as_bytes()))?),
                Exchange::Repr(size) => _ = black_box(lane.cross::<_, &str>(text(size))?),
            }
        }
    }
    Ok(start.elapsed())
}

/// Bytes in one piece, as postcard writes them fastest.
struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}
