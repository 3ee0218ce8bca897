//! An RP2040 or RP2350, by embassy-rp: UART 0 on the pins 0 and 1, with interrupts.

use embassy_rp::bind_interrupts;
use embassy_rp::config::Config as ChipConfig;
use embassy_rp::peripherals::UART0;
use embassy_rp::uart::{BufferedInterruptHandler, BufferedUart, Config};
use static_cell::StaticCell;

#[cfg(not(any(feature = "rp2040", feature = "rp2350")))]
compile_error!("which chip: --features rp2040, or --features rp2350?");

bind_interrupts!(struct Interrupts {
    UART0_IRQ => BufferedInterruptHandler<UART0>;
});

/// The UART of the board: a device of embedded-io-async 0.7.
pub type Uart = BufferedUart;

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> Uart {
    static TO_SEND: StaticCell<[u8; 258]> = StaticCell::new();
    static RECEIVED: StaticCell<[u8; 512]> = StaticCell::new();
    let chip = embassy_rp::init(ChipConfig::default());
    let (to_send, received) = (TO_SEND.init([0; 258]), RECEIVED.init([0; 512]));
    // The default is 115,200 baud.
    BufferedUart::new(chip.UART0, chip.PIN_0, chip.PIN_1, Interrupts, to_send, received, Config::default())
}
