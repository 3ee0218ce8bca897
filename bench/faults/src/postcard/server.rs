//! The server of postcard-rpc over embedded-io-async 0.6, as on a board.

use core::convert::Infallible;

use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embedded_io_async::{Read as _, Write as _};
use embedded_io_async_06::{ErrorKind, ErrorType, Read, Write};
use postcard_rpc::define_dispatch;
use postcard_rpc::header::VarHeader;
use postcard_rpc::server::impls::embedded_io_async_v0_6::{EioWireRx, EioWireTx, WireStorage};
use postcard_rpc::server::{Dispatch, Server, WireSpawn};
use serialtalk_hal::simulation::LineEnd;

use super::{Count, ENDPOINTS, TOPICS_IN, TOPICS_OUT};
use crate::tally::Tally;

type Tx = EioWireTx<CriticalSectionRawMutex, Port>;

/// Both directions of the line, with the buffers of postcard-rpc's examples: 128 bytes.
type Storage = WireStorage<Port, Port, CriticalSectionRawMutex, 128, 128>;

define_dispatch! {
    app: App;
    spawn_fn: spawn;
    tx_impl: Tx;
    spawn_impl: NoSpawn;
    context: Tally;

    endpoints: {
        list: ENDPOINTS;

        | EndpointTy | kind     | handler |
        | ---------- | ----     | ------- |
        | Count      | blocking | count   |
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

fn count(tally: &mut Tally, _: VarHeader, number: u32) -> u32 {
    tally.run(number)
}

/// Serves for ever.
pub(super) async fn serve(end: LineEnd, tally: Tally) {
    // postcard-rpc wants it for ever; a board that reboots leaves its former one, some hundred bytes.
    let storage: &Storage = Box::leak(Box::new(Storage::new()));
    let (rx, tx) = storage.init(Port(end.clone()), Port(end)).expect("it is new");
    let app = App::new(tally, NoSpawn);
    let key_kind = app.min_key_len();
    let mut buffer = [0; 128];
    let mut server: Server<Tx, EioWireRx<Port>, &mut [u8], App> =
        Server::new(tx, rx, &mut buffer, app, key_kind);
    loop {
        server.run().await;
    }
}

/// An end of the line under the traits that postcard-rpc wants.
#[expect(unreachable_pub, reason = "the macro names it in public items")]
pub struct Port(LineEnd);

impl ErrorType for Port {
    type Error = ErrorKind;
}

impl Read for Port {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, ErrorKind> {
        self.0.read(buffer).await.map_err(|_| ErrorKind::Other)
    }
}

impl Write for Port {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, ErrorKind> {
        self.0.write(bytes).await.map_err(|_| ErrorKind::Other)
    }
}

/// No handler is spawned.
#[derive(Clone)]
#[expect(unreachable_pub, reason = "the macro names it in public items")]
pub struct NoSpawn;

impl WireSpawn for NoSpawn {
    type Error = Infallible;
    type Info = ();

    fn info(&self) -> &Self::Info {
        &()
    }
}

/// Spawns nothing: a function that the macro wants the name of.
#[expect(dead_code, reason = "the macro wants its name")]
fn spawn<S>(_: &NoSpawn, _: S) -> Result<(), Infallible> {
    Ok(())
}
