//! The runtime alone: sends back what it gets, and looks at the clock.
#![no_std]
#![no_main]

use core::hint::black_box;

use cortex_m_rt::entry;
use sized_firmware::board;

#[entry]
fn main() -> ! {
    let mut uart = board::start();
    loop {
        if let Some(byte) = uart.take() {
            uart.put(byte);
        }
        black_box(board::millis());
    }
}
