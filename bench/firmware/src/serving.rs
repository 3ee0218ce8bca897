//! The main loop.

use serialtalk::SerialTalk;
use serialtalk::service::Service;
use static_cell::ConstStaticCell;

use crate::board::{self, Millis, Uart};

/// An endpoint with what it serves, in a static: what it takes is seen in the size of the firmware.
pub type Talk<S, const N: usize = 258> = ConstStaticCell<SerialTalk<Uart, Millis, S, N>>;

/// An endpoint that serves.
pub const fn talk<S: Service, const N: usize>(service: S) -> Talk<S, N> {
    ConstStaticCell::new(SerialTalk::with_service(Uart, Millis, service))
}

/// Serves for ever.
pub fn serve<S: Service, const N: usize>(talk: &'static Talk<S, N>) -> ! {
    board::start();
    let mut talk = talk.try_take();
    loop {
        if let Some(talk) = &mut talk {
            talk.process().ok();
        }
    }
}
