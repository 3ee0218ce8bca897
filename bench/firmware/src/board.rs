//! The chip: its first UART, polled, and a clock.

#[cfg(not(feature = "measure"))]
mod pl011;
#[cfg(feature = "measure")]
pub mod script;
#[cfg(feature = "async")]
mod waiting;

use core::convert::Infallible;
use core::sync::atomic::{AtomicU32, Ordering};

use cortex_m::Peripherals;
#[cfg(not(feature = "measure"))]
use cortex_m::peripheral::SYST;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use embedded_io::{ErrorType, Read, ReadReady, Write};
use serialtalk::Clock;

/// Cycles in a millisecond after a reset.
#[cfg(not(feature = "measure"))]
const CYCLES_PER_MS: u32 = 12_500;

static MILLIS: AtomicU32 = AtomicU32::new(0);

/// Starts the clock and gives the UART.
pub fn start() -> Uart {
    if let Some(mut core) = Peripherals::take() {
        core.SYST.set_clock_source(SystClkSource::Core);
        #[cfg(feature = "measure")]
        script::start(&mut core.SYST);
        #[cfg(not(feature = "measure"))]
        start_clock(&mut core.SYST);
    }
    Uart
}

#[cfg(not(feature = "measure"))]
fn start_clock(syst: &mut SYST) {
    syst.set_reload(CYCLES_PER_MS - 1);
    syst.clear_current();
    syst.enable_counter();
    syst.enable_interrupt();
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

#[cfg(not(feature = "measure"))]
use pl011 as line;
#[cfg(feature = "measure")]
use script as line;

impl Uart {
    /// The next byte, if it has come.
    pub fn take(&mut self) -> Option<u8> {
        line::take()
    }

    /// Sends a byte, waiting until there is room for it.
    pub fn put(&mut self, byte: u8) {
        line::put(byte);
    }
}

impl ErrorType for Uart {
    type Error = Infallible;
}

impl ReadReady for Uart {
    fn read_ready(&mut self) -> Result<bool, Infallible> {
        Ok(line::is_ready())
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
