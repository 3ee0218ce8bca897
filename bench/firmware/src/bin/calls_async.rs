//! Four commands by struct formats, async.
#![no_std]
#![no_main]

use cortex_m_rt::entry;
use serialtalk::AsyncSerialTalk;
use sized_firmware::board::{self, Millis, Uart};
use sized_firmware::robot::{MyRobot, RobotServer};
use static_cell::StaticCell;

type Talk = AsyncSerialTalk<Uart, Millis, ((), RobotServer<MyRobot>)>;

static TALK: StaticCell<Talk> = StaticCell::new();

#[entry]
fn main() -> ! {
    let mut talk = TALK.try_init_with(|| {
        AsyncSerialTalk::new_async(board::start(), Millis).serve(RobotServer::new(MyRobot::default()))
    });
    loop {
        if let Some(talk) = &mut talk {
            embassy_futures::block_on(talk.run()).ok();
        }
    }
}
