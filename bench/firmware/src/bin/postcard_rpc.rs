//! The same four commands as endpoints of postcard-rpc, with the buffers of its examples: 128 bytes.
#![no_std]
#![no_main]

use core::convert::Infallible;

use cortex_m_rt::entry;
use embassy_futures::{block_on, yield_now};
use embassy_sync::blocking_mutex::raw::NoopRawMutex;
use embedded_io_async_06::{ErrorType, Read, Write};
use postcard_rpc::header::VarHeader;
use postcard_rpc::server::impls::embedded_io_async_v0_6::{EioWireRx, EioWireTx, WireStorage};
use postcard_rpc::server::{Dispatch, Server, WireSpawn};
use postcard_rpc::{define_dispatch, endpoints, topics};
use postcard_schema::Schema;
use serde::{Deserialize, Serialize};
use sized_firmware::board::{self, Uart};

#[derive(Serialize, Deserialize, Schema)]
pub struct Imu {
    x: f32,
    y: f32,
    z: f32,
}

/// serde has no arrays of 64 bytes.
#[derive(Serialize, Deserialize, Schema)]
pub struct Bytes([[u8; 32]; 2]);

endpoints! {
    list = ENDPOINTS;
    omit_std = true;
    | EndpointTy | RequestTy  | ResponseTy | Path     |
    | ---------- | ---------  | ---------- | ----     |
    | Mult       | (f32, f32) | f32        | "mult"   |
    | ReadImu    | ()         | Imu        | "imu"    |
    | Led        | u16        | ()         | "led"    |
    | Echo64     | Bytes      | Bytes      | "echo64" |
}

topics! {
    list = TOPICS_IN;
    direction = postcard_rpc::TopicDirection::ToServer;
    | TopicTy | MessageTy | Path |
    | ------- | --------- | ---- |
}

topics! {
    list = TOPICS_OUT;
    direction = postcard_rpc::TopicDirection::ToClient;
    | TopicTy | MessageTy | Path |
    | ------- | --------- | ---- |
}

/// The robot.
pub struct Context {
    hue: u16,
}

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

#[allow(dead_code, reason = "the macro wants its name")]
fn spawn<S>(_: &NoSpawn, _: S) -> Result<(), Infallible> {
    Ok(())
}

type Tx = EioWireTx<NoopRawMutex, Port>;

define_dispatch! {
    app: App;
    spawn_fn: spawn;
    tx_impl: Tx;
    spawn_impl: NoSpawn;
    context: Context;

    endpoints: {
        list: ENDPOINTS;

        | EndpointTy | kind     | handler |
        | ---------- | ----     | ------- |
        | Mult       | blocking | mult    |
        | ReadImu    | blocking | imu     |
        | Led        | blocking | led     |
        | Echo64     | blocking | echo64  |
    };
    topics_in: {
        list: TOPICS_IN;

        | TopicTy | kind | handler |
        | ------- | ---- | ------- |
    };
    topics_out: {
        list: TOPICS_OUT;
    };
}

fn mult(_: &mut Context, _: VarHeader, (a, b): (f32, f32)) -> f32 {
    a * b
}

fn imu(context: &mut Context, _: VarHeader, (): ()) -> Imu {
    Imu { x: 0.0, y: 0.1, z: f32::from(context.hue) }
}

fn led(context: &mut Context, _: VarHeader, hue: u16) {
    context.hue = hue;
}

fn echo64(_: &mut Context, _: VarHeader, bytes: Bytes) -> Bytes {
    bytes
}

/// The UART under the traits that postcard-rpc wants.
pub struct Port(Uart);

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

static STORAGE: WireStorage<Port, Port, NoopRawMutex, 128, 128> = WireStorage::new();

#[entry]
fn main() -> ! {
    static mut BUFFER: [u8; 128] = [0; 128];
    let port = Port(board::start());
    let Some((rx, tx)) = STORAGE.init(port, Port(Uart)) else { loop {} };
    let app = App::new(Context { hue: 0 }, NoSpawn);
    let key_kind = app.min_key_len();
    #[cfg(feature = "measure")]
    board::script::replace(requests::all(key_kind));
    let mut server: Server<Tx, EioWireRx<Port>, &mut [u8], App> = Server::new(tx, rx, BUFFER, app, key_kind);
    loop {
        block_on(server.run());
    }
}

/// What a client of postcard-rpc sends.
#[cfg(feature = "measure")]
mod requests {
    use postcard_rpc::Endpoint;
    use postcard_rpc::header::{VarHeader, VarKey, VarKeyKind, VarSeq};
    use serde::Serialize;
    use sized_firmware::board::script::Request;
    use static_cell::StaticCell;

    static FRAMES: StaticCell<[[u8; 100]; 5]> = StaticCell::new();
    static REQUESTS: StaticCell<[Request; 5]> = StaticCell::new();

    pub(super) fn all(kind: VarKeyKind) -> &'static [Request] {
        let [first, mult, imu, led, echo64] = FRAMES.init([[0; 100]; 5]);
        REQUESTS.init([
            ("first", frame::<super::Mult>(kind, &(1.0f32, 1.0f32), first)),
            ("mult", frame::<super::Mult>(kind, &(5.9f32, 94.0f32), mult)),
            ("imu", frame::<super::ReadImu>(kind, &(), imu)),
            ("led", frame::<super::Led>(kind, &240u16, led)),
            ("echo64", frame::<super::Echo64>(kind, &super::Bytes([[b'x'; 32]; 2]), echo64)),
        ])
    }

    fn frame<E: Endpoint>(
        kind: VarKeyKind,
        request: &impl Serialize,
        frame: &'static mut [u8; 100],
    ) -> &'static [u8] {
        let mut key = VarKey::Key8(E::REQ_KEY);
        key.shrink_to(kind);
        let mut plain = [0; 100];
        let header = VarHeader { key, seq_no: VarSeq::Seq2(7) };
        let head = header.write_to_slice(&mut plain).map_or(0, |(head, _)| head.len());
        let body = postcard_rpc::postcard::to_slice(request, &mut plain[head..]).map_or(0, |body| body.len());
        let count = cobs::encode(&plain[..head + body], frame);
        &frame[..=count]
    }
}
