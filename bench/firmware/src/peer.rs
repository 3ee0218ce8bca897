//! What every firmware of postcard-rpc needs: the UART under its traits, no tasks, and frames to be measured with.

use core::convert::Infallible;

use embassy_futures::yield_now;
use embassy_sync::blocking_mutex::raw::NoopRawMutex;
use embedded_io_async_06::{ErrorType, Read, Write};
use postcard_rpc::server::WireSpawn;
use postcard_rpc::server::impls::embedded_io_async_v0_6::{EioWireTx, WireStorage};

use crate::board::Uart;

/// What replies are sent by.
pub type Tx = EioWireTx<NoopRawMutex, Port>;

/// Both directions of the line, with the buffers of postcard-rpc's examples: 128 bytes.
pub type Storage = WireStorage<Port, Port, NoopRawMutex, 128, 128>;

/// No handler is spawned.
#[derive(Clone)]
pub struct NoSpawn;

impl WireSpawn for NoSpawn {
    type Error = Infallible;
    type Info = ();

    fn info(&self) -> &Self::Info {
        &()
    }
}

/// Spawns nothing: a function that the macro wants the name of.
pub fn spawn<S>(_: &NoSpawn, _: S) -> Result<(), Infallible> {
    Ok(())
}

/// The UART under the traits that postcard-rpc wants.
pub struct Port(pub Uart);

impl ErrorType for Port {
    type Error = Infallible;
}

impl Read for Port {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        loop {
            let mut count = 0;
            for place in &mut *buffer {
                let Some(byte) = self.0.take() else { break };
                *place = byte;
                count += 1;
            }
            if count > 0 || buffer.is_empty() {
                return Ok(count);
            }
            yield_now().await;
        }
    }
}

impl Write for Port {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        for &byte in bytes {
            self.0.put(byte);
        }
        Ok(bytes.len())
    }
}

/// Frames as a client of postcard-rpc sends them.
#[cfg(feature = "measure")]
pub mod frame {
    use postcard_rpc::header::{VarHeader, VarKey, VarKeyKind, VarSeq};
    use postcard_rpc::{Endpoint, Key, Topic};
    use serde::Serialize;

    /// Room for a frame.
    pub type Room = [u8; 100];

    /// A request to an endpoint.
    pub fn request<E: Endpoint>(
        kind: VarKeyKind,
        value: &(impl Serialize + ?Sized),
        room: &'static mut Room,
    ) -> &'static [u8] {
        frame(E::REQ_KEY, kind, value, room)
    }

    /// A message under a topic.
    pub fn message<T: Topic>(
        kind: VarKeyKind,
        value: &(impl Serialize + ?Sized),
        room: &'static mut Room,
    ) -> &'static [u8] {
        frame(T::TOPIC_KEY, kind, value, room)
    }

    fn frame(
        key: Key,
        kind: VarKeyKind,
        value: &(impl Serialize + ?Sized),
        room: &'static mut Room,
    ) -> &'static [u8] {
        let mut key = VarKey::Key8(key);
        key.shrink_to(kind);
        let mut plain = [0; 100];
        let header = VarHeader { key, seq_no: VarSeq::Seq2(7) };
        let head = header.write_to_slice(&mut plain).map_or(0, |(head, _)| head.len());
        let body = postcard_rpc::postcard::to_slice(value, &mut plain[head..]).map_or(0, |body| body.len());
        let count = cobs::encode(&plain[..head + body], room);
        &room[..=count]
    }
}
