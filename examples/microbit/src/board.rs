//! The nRF51822 of the micro:bit v1: its UART with an interrupt, and a timer that counts microseconds.

use core::sync::atomic::{AtomicU32, Ordering};

use embedded_io::{ErrorType, Read, ReadReady, Write};
use nrf51_pac::{Interrupt, NVIC, Peripherals, TIMER0, UART0, interrupt};
use onboard::{Overrun, Received};

/// The pins that the board's USB chip is wired to.
const TX_PIN: u32 = 24;
const RX_PIN: u32 = 25;

/// 115,200 baud, as the reference manual has it.
const BAUD: u32 = 0x01d7_e000;

static RECEIVED: Received<256> = Received::new();

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> Uart {
    // SAFETY: called once, before anything else knows the peripherals.
    let chip = unsafe { Peripherals::steal() };
    let timer = chip.TIMER0;
    timer.mode.write(|w| w.mode().timer());
    timer.bitmode.write(|w| w.bitmode()._32bit());
    // 16 MHz / 2^4
    timer.prescaler.write(|w| unsafe { w.bits(4) });
    timer.tasks_start.write(|w| unsafe { w.bits(1) });

    chip.GPIO.outset.write(|w| unsafe { w.bits(1 << TX_PIN) });
    chip.GPIO.dirset.write(|w| unsafe { w.bits(1 << TX_PIN) });
    let uart = chip.UART0;
    uart.pseltxd.write(|w| unsafe { w.bits(TX_PIN) });
    uart.pselrxd.write(|w| unsafe { w.bits(RX_PIN) });
    uart.baudrate.write(|w| unsafe { w.bits(BAUD) });
    uart.enable.write(|w| w.enable().enabled());
    uart.intenset.write(|w| w.rxdrdy().set().error().set());
    uart.tasks_startrx.write(|w| unsafe { w.bits(1) });
    uart.tasks_starttx.write(|w| unsafe { w.bits(1) });
    // SAFETY: the handler below is there from the start, and shares nothing but the queue.
    unsafe { NVIC::unmask(Interrupt::UART0) };
    Uart { uart }
}

/// Microseconds since the start.
pub fn micros() -> u32 {
    // SAFETY: this is the only place that uses the timer once it runs, and no interrupt runs this.
    let timer = unsafe { &*TIMER0::ptr() };
    timer.tasks_capture[0].write(|w| unsafe { w.bits(1) });
    timer.cc[0].read().bits()
}

/// Milliseconds since the start, all 32 bits of them. To be asked at least once an hour.
pub fn millis() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    static REST: AtomicU32 = AtomicU32::new(0);
    static MILLIS: AtomicU32 = AtomicU32::new(0);
    let now = micros();
    let since = now.wrapping_sub(LAST.load(Ordering::Relaxed)).wrapping_add(REST.load(Ordering::Relaxed));
    LAST.store(now, Ordering::Relaxed);
    REST.store(since % 1000, Ordering::Relaxed);
    let millis = MILLIS.load(Ordering::Relaxed).wrapping_add(since / 1000);
    MILLIS.store(millis, Ordering::Relaxed);
    millis
}

/// How often bytes were lost since the start because they arrived too fast.
pub fn overruns() -> u32 {
    RECEIVED.overruns() as u32
}

/// Reads what has arrived. Bytes for which the queue has no room stay in the UART, which holds six and then reports a loss.
#[interrupt]
fn UART0() {
    // SAFETY: the memory written here is not touched by the main loop while this interrupt is on.
    let uart = unsafe { &*UART0::ptr() };
    if uart.events_error.read().bits() != 0 {
        uart.events_error.write(|w| unsafe { w.bits(0) });
        uart.errorsrc.write(|w| unsafe { w.bits(uart.errorsrc.read().bits()) });
        RECEIVED.overrun();
    }
    while !RECEIVED.is_full() && uart.events_rxdrdy.read().bits() != 0 {
        uart.events_rxdrdy.write(|w| unsafe { w.bits(0) });
        RECEIVED.push(uart.rxd.read().bits() as u8);
    }
    if RECEIVED.is_full() {
        uart.intenclr.write(|w| w.rxdrdy().clear());
    }
}

/// The UART of the board.
pub struct Uart {
    uart: UART0,
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
        let count = RECEIVED.read(buffer)?;
        self.uart.intenset.write(|w| w.rxdrdy().set());
        Ok(count)
    }
}

impl Write for Uart {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Overrun> {
        for &byte in bytes {
            self.uart.events_txdrdy.write(|w| unsafe { w.bits(0) });
            self.uart.txd.write(|w| unsafe { w.bits(byte.into()) });
            while self.uart.events_txdrdy.read().bits() == 0 {}
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Overrun> {
        Ok(())
    }
}
