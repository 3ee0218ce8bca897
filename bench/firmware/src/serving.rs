//! The main loop.

use serialtalk::SerialTalk;
use serialtalk::service::Service;
use static_cell::StaticCell;

use crate::board::{Millis, Uart};

/// An endpoint with what it serves.
pub type Talk<S, const N: usize = 258> = SerialTalk<Uart, Millis, ((), S), N>;

/// The same with two services.
pub type Both<A, B> = SerialTalk<Uart, Millis, (((), A), B)>;

/// Serves for ever, from a static: what it takes is seen in the size of the firmware.
pub fn serve<S: Service, const N: usize>(
    place: &'static StaticCell<SerialTalk<Uart, Millis, S, N>>,
    make: impl FnOnce() -> SerialTalk<Uart, Millis, S, N>,
) -> ! {
    let mut talk = place.try_init_with(make);
    loop {
        if let Some(talk) = &mut talk {
            talk.process().ok();
        }
    }
}
