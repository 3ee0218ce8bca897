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

/// A command that sends its argument back: encoding and bytes of payload, and the budgets beside raw bytes and beside
/// postcard.
const EXCHANGES: [(&str, Exchange, Budget, Budget); 10] = [
    ("no payload", Exchange::Nothing, Budget::None, Budget::AtMost(5.0)),
    ("struct, 8 bytes", Exchange::Struct8, Budget::None, Budget::None),
    ("struct, 64 bytes", Exchange::Struct64, Budget::None, Budget::None),
    ("struct, 240 bytes", Exchange::Struct240, Budget::AtLeast(0.75), Budget::AtMost(2.0)),
    ("raw, 8 bytes", Exchange::Raw(8), Budget::None, Budget::None),
    ("raw, 64 bytes", Exchange::Raw(64), Budget::None, Budget::None),
    ("raw, 240 bytes", Exchange::Raw(240), Budget::None, Budget::None),
    ("repr, 8 characters", Exchange::Repr(8), Budget::None, Budget::None),
    ("repr, 64 characters", Exchange::Repr(64), Budget::None, Budget::None),
    ("repr, 240 characters", Exchange::Repr(240), Budget::None, Budget::None),
];

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "payload",
        title: "calls that send their argument back, over a socket pair; peer: the same bytes, raw",
    });
    for (what, exchange, budget, _) in EXCHANGES {
        report.compare(what, Show::Rate, budget, |effort| against_raw(effort, exchange, socket_pair()?))?;
    }
    report.section(Section {
        name: "payload codec",
        title: "the same calls without a line; peer: encode and decode of their values in postcard with COBS",
    });
    for (what, exchange, _, budget) in EXCHANGES {
        report.compare(what, Show::Time, budget, |effort| {
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

/// Bytes in one piece, the form that postcard encodes fastest.
struct Bytes<'a>(&'a [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}
