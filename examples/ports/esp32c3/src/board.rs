//! An ESP32-C3, by esp-hal: UART 1 on the pins 6 and 7, which holds 128 bytes, and the system timer as a clock of milliseconds.
//!
//! There is no interrupt here, so the main loop has to read before 128 bytes have arrived: every 11 ms at 115,200 baud.

use esp_hal::Blocking;
use esp_hal::time::Instant;
use esp_hal::uart::{Config, Uart as Port};

esp_bootloader_esp_idf::esp_app_desc!();

/// The UART of the board: a device of embedded-io 0.7.
pub type Uart = Port<'static, Blocking>;

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> Uart {
    let chip = esp_hal::init(esp_hal::Config::default());
    // The default is 115,200 baud.
    match Port::new(chip.UART1, Config::default()) {
        Ok(uart) => uart.with_tx(chip.GPIO6).with_rx(chip.GPIO7),
        Err(_) => panic!("the UART cannot be that fast"),
    }
}

/// Milliseconds since the start.
pub fn millis() -> u32 {
    Instant::now().duration_since_epoch().as_millis() as u32
}
