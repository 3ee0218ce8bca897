//! A call without a line: what it costs to encode, decode and find the command.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serialtalk::proto::{Action, Endpoint, Expected, PayloadWriter};
use serialtalk::{Decoder, EncodeError, Invalid};

use crate::board::{ARGUMENTS, Exchange};
use crate::compare::{Side, compare};
use crate::direct::Direct;
use crate::report::{Report, Section, Show};
use crate::table::Budget;

pub(crate) fn rows(report: &mut Report) -> Result<()> {
    report.section(Section {
        name: "codec",
        title: "a call of mult without a line; peer: encode and decode of its values in postcard with COBS",
    });
    report.compare("encode and decode request and reply", Show::Time, Budget::None, |effort| {
        compare(effort, |side, count| match side {
            Side::Ours => frames(count),
            Side::Peer => postcard(count),
        })
    })?;
    report.compare("the whole call, both endpoints", Show::Time, Budget::None, |effort| {
        let mut call = Direct::new();
        compare(effort, |side, count| match side {
            Side::Ours => call.run(Exchange::Mult, count),
            Side::Peer => postcard(count),
        })
    })
}

/// Encodes and decodes names, frames and values `count` times, without a call and without dispatch.
fn frames(count: u32) -> Result<Duration> {
    let (mut client, mut server) = (Endpoint::<258, 0>::new(), Endpoint::<258, 0>::new());
    let start = Instant::now();
    for _ in 0..count {
        let arguments = black_box(ARGUMENTS);
        let (a, b): (f32, f32) = cross(
            (&mut client, &mut server),
            "mult",
            |payload| payload.values(&arguments),
            |decoder| Ok((decoder.argument()?, decoder.argument()?)),
        )?;
        let product = black_box(a * b);
        let product: f32 = cross(
            (&mut server, &mut client),
            "multack",
            |payload| payload.value(&product),
            |decoder| decoder.sole(),
        )?;
        black_box(product);
    }
    Ok(start.elapsed())
}

fn cross<T>(
    (from, to): (&mut Endpoint<258, 0>, &mut Endpoint<258, 0>),
    name: &str,
    write: impl Fn(&mut PayloadWriter<'_, '_>) -> Result<(), EncodeError>,
    read: impl FnOnce(&mut Decoder<'_>) -> Result<T, Invalid>,
) -> Result<T> {
    from.write_oneway(name, write)?;
    let frame = from.transmit();
    let size = frame.len();
    // The command before this one is done.
    ensure!(matches!(to.poll(0), Action::Receive { .. }), "a frame too many");
    to.recv_buf().get_mut(..size).context("no room")?.copy_from_slice(frame);
    to.commit(size, 0);
    from.consume(size);
    let Action::Serve(command) = to.poll(0) else { bail!("no frame") };
    let mut incoming = to.open(command).context("no command")?;
    read(incoming.call.arguments(&Expected::UNKNOWN)).ok().context("no value")
}

/// The values of the call in postcard, without a name.
fn postcard(count: u32) -> Result<Duration> {
    let mut lane = CobsLane::default();
    let start = Instant::now();
    for _ in 0..count {
        let (a, b): (f32, f32) = lane.cross(&black_box(ARGUMENTS))?;
        let product: f32 = lane.cross(&black_box(a * b))?;
        black_box(product);
    }
    Ok(start.elapsed())
}

/// Buffers for a frame of postcard on the sending and on the receiving side.
pub(crate) struct CobsLane {
    sent: [u8; 300],
    arrived: [u8; 300],
}

impl Default for CobsLane {
    fn default() -> Self {
        Self { sent: [0; 300], arrived: [0; 300] }
    }
}

impl CobsLane {
    pub(crate) fn cross<'a, V: Serialize + ?Sized, T: Deserialize<'a>>(&'a mut self, value: &V) -> Result<T> {
        let frame = postcard::to_slice_cobs(value, &mut self.sent)?;
        let arrived = self.arrived.get_mut(..frame.len()).context("no room")?;
        arrived.copy_from_slice(frame);
        Ok(postcard::from_bytes_cobs(arrived)?)
    }
}
