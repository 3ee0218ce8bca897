//! What the host client of postcard-rpc needs of a line. Its own variant for serial ports is private; this one does the same.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::mpsc::Sender;

use embedded_io_async::{Read, Write};
use postcard_rpc::accumulator::raw::{CobsAccumulator, FeedResult};
use postcard_rpc::host_client::{WireRx, WireSpawn, WireTx};
use serialtalk_hal::LinkError;
use serialtalk_hal::fault::FaultLink;
use serialtalk_hal::simulation::LineEnd;

/// Sends frames in COBS, with a zero behind each.
pub(super) struct Tx(pub(super) FaultLink<LineEnd>);

impl WireTx for Tx {
    type Error = LinkError;

    async fn send(&mut self, data: Vec<u8>) -> Result<(), LinkError> {
        let mut frame = cobs::encode_vec(&data);
        frame.push(0);
        self.0.write_all(&frame).await
    }
}

/// Receives frames; what is no good COBS is left out.
pub(super) struct Rx {
    link: FaultLink<LineEnd>,
    accumulator: Box<CobsAccumulator<1024>>,
    frames: VecDeque<Vec<u8>>,
}

impl Rx {
    pub(super) fn new(link: FaultLink<LineEnd>) -> Self {
        Self { link, accumulator: Box::new(CobsAccumulator::new()), frames: VecDeque::new() }
    }
}

impl WireRx for Rx {
    type Error = LinkError;

    async fn receive(&mut self) -> Result<Vec<u8>, LinkError> {
        let mut buffer = [0; 1024];
        loop {
            if let Some(frame) = self.frames.pop_front() {
                return Ok(frame);
            }
            let count = self.link.read(&mut buffer).await?;
            let mut rest = buffer.get(..count).unwrap_or_default();
            while !rest.is_empty() {
                rest = match self.accumulator.feed(rest) {
                    FeedResult::Consumed => break,
                    FeedResult::OverFull(rest) | FeedResult::DeserError(rest) => rest,
                    FeedResult::Success { data, remaining } => {
                        self.frames.push_back(data.to_vec());
                        remaining
                    }
                };
            }
        }
    }
}

/// A task of the client.
pub(super) type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Hands over the tasks of the client, for the simulation.
pub(super) struct Spawn(pub(super) Sender<Task>);

impl WireSpawn for Spawn {
    fn spawn(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        self.0.send(Box::pin(task)).expect("whoever makes the client takes its tasks");
    }
}
