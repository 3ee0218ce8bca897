//! An ATmega2560, by avr-device: the UART that the Arduino Mega brings to its USB port, whose interrupt reads what arrives, and a
//! timer as a clock of milliseconds.

use core::cell::Cell;

use avr_device::atmega2560::{Peripherals, USART0};
use avr_device::interrupt::{self, Mutex};
use embedded_io::{ErrorType, Read, ReadReady, Write};

use crate::received::{Overrun, Received};

static RECEIVED: Received<512> = Received::new();
static MILLIS: Mutex<Cell<u32>> = Mutex::new(Cell::new(0));

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> Uart {
    let Some(chip) = Peripherals::take() else { panic!("started twice") };
    // 16 MHz / 64 / 250: an interrupt each millisecond.
    chip.TC1.ocr1a().write(|w| w.set(249));
    chip.TC1.tccr1b().write(|w| w.wgm1().set(0b01).cs1().prescale_64());
    chip.TC1.timsk1().write(|w| w.ocie1a().set_bit());
    // 16 MHz / 8 / 17: 117,647 baud, which is close enough to 115,200.
    let uart = chip.USART0;
    uart.ucsr0a().write(|w| w.u2x0().set_bit());
    uart.ubrr0().write(|w| w.set(16));
    uart.ucsr0b().write(|w| w.rxen0().set_bit().txen0().set_bit().rxcie0().set_bit());
    // SAFETY: the handlers below are there from the start.
    unsafe { interrupt::enable() };
    Uart { uart }
}

/// Milliseconds since the start.
pub fn millis() -> u32 {
    interrupt::free(|section| MILLIS.borrow(section).get())
}

#[avr_device::interrupt(atmega2560)]
fn TIMER1_COMPA() {
    interrupt::free(|section| {
        let millis = MILLIS.borrow(section);
        millis.set(millis.get().wrapping_add(1));
    });
}

// Reads what has arrived. Bytes for which the queue has no room are lost.
#[avr_device::interrupt(atmega2560)]
fn USART0_RX() {
    // SAFETY: the main loop does not touch these registers.
    let uart = unsafe { &*USART0::ptr() };
    if uart.ucsr0a().read().dor0().bit() {
        RECEIVED.overrun();
    }
    RECEIVED.push(uart.udr0().read().bits());
}

/// The UART of the board.
pub struct Uart {
    uart: USART0,
}

impl ErrorType for Uart {
    type Error = Overrun;
}

impl ReadReady for Uart {
    fn read_ready(&mut self) -> Result<bool, Overrun> {
        RECEIVED.is_ready()
    }
}

impl Read for Uart {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Overrun> {
        RECEIVED.read(buffer)
    }
}

impl Write for Uart {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Overrun> {
        for &byte in bytes {
            while self.uart.ucsr0a().read().udre0().bit_is_clear() {}
            self.uart.udr0().write(|w| w.set(byte));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Overrun> {
        Ok(())
    }
}
