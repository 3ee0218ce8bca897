//! The main loop.

use serialtalk::SerialTalk;
use serialtalk::Service;

use crate::board::{self, Millis, Uart};

/// An endpoint with what it serves, in a static: what it takes is seen in the size of the firmware.
pub type Talk<S, const N: usize = 258> = SerialTalk<Uart, Millis, S, N>;

/// An endpoint that serves.
pub const fn talk<S: Service, const N: usize>(service: S) -> Talk<S, N> {
    SerialTalk::with_service(Uart, Millis, service)
}

/// Serves for ever.
#[inline(always)]
pub fn serve<S: Service, const N: usize>(talk: &'static mut Talk<S, N>) -> ! {
    board::start();
    loop {
        talk.process().ok();
    }
}
