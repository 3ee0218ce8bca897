//! An STM32H743, by embassy-stm32: UART 3 on the pins P4 and P5 of the camera, with interrupts.

use embassy_stm32::bind_interrupts;
use embassy_stm32::peripherals::USART3;
use embassy_stm32::usart::{BufferedInterruptHandler, BufferedUart, Config};
use static_cell::StaticCell;

bind_interrupts!(struct Interrupts {
    USART3 => BufferedInterruptHandler<USART3>;
});

/// The UART of the board: a device of embedded-io-async 0.7.
pub type Uart = BufferedUart<'static>;

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> Uart {
    static TO_SEND: StaticCell<[u8; 258]> = StaticCell::new();
    static RECEIVED: StaticCell<[u8; 512]> = StaticCell::new();
    let chip = embassy_stm32::init(embassy_stm32::Config::default());
    let (to_send, received) = (TO_SEND.init([0; 258]), RECEIVED.init([0; 512]));
    // The default is 115,200 baud.
    let uart = BufferedUart::new(
        chip.USART3,
        chip.PB11,
        chip.PB10,
        to_send,
        received,
        Interrupts,
        Config::default(),
    );
    uart.unwrap()
}
