//! The four commands of `calls` as endpoints of postcard-rpc.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use embassy_futures::block_on;
use postcard_rpc::header::VarHeader;
use postcard_rpc::server::impls::embedded_io_async_v0_6::EioWireRx;
use postcard_rpc::server::{Dispatch, Server};
use postcard_rpc::{define_dispatch, endpoints, topics};
use postcard_schema::Schema;
use serde::{Deserialize, Serialize};
use sized_firmware::board::{self, Uart};
#[expect(unused_imports, reason = "the macro wants its name")]
use sized_firmware::peer::spawn;
use sized_firmware::peer::{NoSpawn, Port, Storage, Tx};

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

static STORAGE: Storage = Storage::new();

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
    use postcard_rpc::header::VarKeyKind;
    use sized_firmware::board::script::Request;
    use sized_firmware::peer::frame::{Room, request};
    use static_cell::StaticCell;

    static ROOMS: StaticCell<[Room; 5]> = StaticCell::new();
    static REQUESTS: StaticCell<[Request; 5]> = StaticCell::new();

    pub(super) fn all(kind: VarKeyKind) -> &'static [Request] {
        let [first, mult, imu, led, echo64] = ROOMS.init([[0; 100]; 5]);
        REQUESTS.init([
            ("first", request::<super::Mult>(kind, &(1.0f32, 1.0f32), first)),
            ("mult", request::<super::Mult>(kind, &(5.9f32, 94.0f32), mult)),
            ("imu", request::<super::ReadImu>(kind, &(), imu)),
            ("led", request::<super::Led>(kind, &240u16, led)),
            ("echo64", request::<super::Echo64>(kind, &super::Bytes([[b'x'; 32]; 2]), echo64)),
        ])
    }
}
