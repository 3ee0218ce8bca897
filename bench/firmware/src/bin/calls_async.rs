//! Four commands by struct formats, async.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serialtalk::AsyncSerialTalk;
use sized_firmware::board::{self, Millis, Uart};
use sized_firmware::robot::{MyRobot, RobotServer};
use static_cell::ConstStaticCell;

type Talk = AsyncSerialTalk<Uart, Millis, RobotServer<MyRobot>>;

static TALK: ConstStaticCell<Talk> =
    ConstStaticCell::new(AsyncSerialTalk::with_async_service(Uart, Millis, RobotServer::new(MyRobot::new())));

#[entry]
fn main() -> ! {
    board::start();
    let mut talk = TALK.try_take();
    loop {
        if let Some(talk) = &mut talk {
            embassy_futures::block_on(talk.run()).ok();
        }
    }
}
