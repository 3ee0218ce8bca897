//! The chip: its first UART, polled, and a clock.

#[cfg(feature = "async")]
mod waiting;

use core::convert::Infallible;
use core::ptr;
use core::sync::atomic::{AtomicU32, Ordering};

use cortex_m::Peripherals;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use embedded_io::{ErrorType, Read, ReadReady, Write};
use serialtalk::Clock;

/// Cycles in a millisecond after a reset.
const CYCLES_PER_MS: u32 = 12_500;

static MILLIS: AtomicU32 = AtomicU32::new(0);

/// Starts the clock and gives the UART.
pub fn start() -> Uart {
    if let Some(mut core) = Peripherals::take() {
        core.SYST.set_clock_source(SystClkSource::Core);
        core.SYST.set_reload(CYCLES_PER_MS - 1);
        core.SYST.clear_current();
        core.SYST.enable_counter();
        core.SYST.enable_interrupt();
    }
    Uart
}

/// Milliseconds since the start.
pub fn millis() -> u32 {
    MILLIS.load(Ordering::Relaxed)
}

/// The clock.
#[derive(Debug)]
pub struct Millis;

impl Clock for Millis {
    fn now(&self) -> u32 {
        millis()
    }
}

#[exception]
fn SysTick() {
    MILLIS.store(MILLIS.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
}

/// The first PL011 of the chip.
#[derive(Debug)]
pub struct Uart;

const DATA: *mut u32 = 0x4000_c000 as *mut u32;
const FLAGS: *const u32 = 0x4000_c018 as *const u32;
const RECEIVE_EMPTY: u32 = 1 << 4;
const TRANSMIT_FULL: u32 = 1 << 5;

impl Uart {
    fn flag(&self, flag: u32) -> bool {
        // SAFETY: a register of the chip that may be read at any time.
        unsafe { ptr::read_volatile(FLAGS) & flag != 0 }
    }

    /// The next byte, if it has come.
    pub fn take(&mut self) -> Option<u8> {
        if self.flag(RECEIVE_EMPTY) {
            return None;
        }
        // SAFETY: a register of the chip; there is one `Uart` and it is borrowed.
        Some(unsafe { ptr::read_volatile(DATA) } as u8)
    }

    /// Sends a byte, waiting until there is room for it.
    pub fn put(&mut self, byte: u8) {
        while self.flag(TRANSMIT_FULL) {}
        // SAFETY: as in `take`.
        unsafe { ptr::write_volatile(DATA, byte.into()) }
    }
}

impl ErrorType for Uart {
    type Error = Infallible;
}

impl ReadReady for Uart {
    fn read_ready(&mut self) -> Result<bool, Infallible> {
        Ok(!self.flag(RECEIVE_EMPTY))
    }
}

impl Read for Uart {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Infallible> {
        let mut count = 0;
        for place in buffer {
            let byte = match (self.take(), count) {
                (Some(byte), _) => byte,
                (None, 0) => loop {
                    if let Some(byte) = self.take() {
                        break byte;
                    }
                },
                (None, _) => break,
            };
            *place = byte;
            count += 1;
        }
        Ok(count)
    }
}

impl Write for Uart {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Infallible> {
        for &byte in bytes {
            self.put(byte);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}
