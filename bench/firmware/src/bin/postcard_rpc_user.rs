//! The commands of `user` as endpoints of postcard-rpc, the one-way command as a topic.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use embassy_futures::block_on;
use heapless::{String, Vec};
use postcard_rpc::header::VarHeader;
use postcard_rpc::server::impls::embedded_io_async_v0_6::EioWireRx;
use postcard_rpc::server::{Dispatch, Sender, Server};
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

#[derive(Serialize, Deserialize, Schema)]
pub enum CalibrationError {
    Moving { speed: u16 },
    Tilted,
}

type Name = String<16>;
type Color = Vec<u8, 3>;
type Calibration = Result<Imu, CalibrationError>;
/// The longest text that fits a frame of 128 bytes beside its header.
type Text = String<96>;

endpoints! {
    list = ENDPOINTS;
    omit_std = true;
    | EndpointTy | RequestTy  | ResponseTy  | Path        |
    | ---------- | ---------  | ----------  | ----        |
    | Mult       | (f32, f32) | f32         | "mult"      |
    | ReadImu    | ()         | Imu         | "imu"       |
    | Led        | u16        | ()          | "led"       |
    | GetName    | ()         | Name        | "name"      |
    | SetColor   | Color      | ()          | "set color" |
    | Echo64     | Bytes      | Bytes       | "echo64"    |
    | Calibrate  | ()         | Calibration | "calibrate" |
}

topics! {
    list = TOPICS_IN;
    direction = postcard_rpc::TopicDirection::ToServer;
    | TopicTy | MessageTy | Path   |
    | ------- | --------- | ----   |
    | Show    | Text      | "show" |
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

        | EndpointTy | kind     | handler   |
        | ---------- | ----     | -------   |
        | Mult       | blocking | mult      |
        | ReadImu    | blocking | imu       |
        | Led        | blocking | led       |
        | GetName    | blocking | name      |
        | SetColor   | blocking | set_color |
        | Echo64     | blocking | echo64    |
        | Calibrate  | blocking | calibrate |
    };
    topics_in: {
        list: TOPICS_IN;

        | TopicTy | kind     | handler |
        | ------- | ----     | ------- |
        | Show    | blocking | show    |
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

fn name(_: &mut Context, _: VarHeader, (): ()) -> Name {
    String::try_from("R2").unwrap_or_default()
}

fn set_color(_: &mut Context, _: VarHeader, rgb: Color) {
    black_box(rgb);
}

fn echo64(_: &mut Context, _: VarHeader, bytes: Bytes) -> Bytes {
    bytes
}

fn calibrate(context: &mut Context, header: VarHeader, (): ()) -> Calibration {
    match context.hue {
        0..90 => Ok(imu(context, header, ())),
        90..180 => Err(CalibrationError::Tilted),
        speed => Err(CalibrationError::Moving { speed }),
    }
}

fn show(_: &mut Context, _: VarHeader, text: Text, _: &Sender<Tx>) {
    black_box(text);
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
    use sized_firmware::peer::frame::{Room, message, request};
    use static_cell::StaticCell;

    static ROOMS: StaticCell<[Room; 9]> = StaticCell::new();
    static REQUESTS: StaticCell<[Request; 9]> = StaticCell::new();

    pub(super) fn all(kind: VarKeyKind) -> &'static [Request] {
        let [first, mult, imu, led, echo64, name, set_color, calibrate, show] = ROOMS.init([[0; 100]; 9]);
        REQUESTS.init([
            ("first", request::<super::Mult>(kind, &(1.0f32, 1.0f32), first)),
            ("mult", request::<super::Mult>(kind, &(5.9f32, 94.0f32), mult)),
            ("imu", request::<super::ReadImu>(kind, &(), imu)),
            ("led", request::<super::Led>(kind, &240u16, led)),
            ("echo64", request::<super::Echo64>(kind, &super::Bytes([[b'x'; 32]; 2]), echo64)),
            ("name", request::<super::GetName>(kind, &(), name)),
            ("set_color", request::<super::SetColor>(kind, &[1u8, 2, 3][..], set_color)),
            ("calibrate", request::<super::Calibrate>(kind, &(), calibrate)),
            ("show", message::<super::Show>(kind, &"hello", show)),
        ])
    }
}
