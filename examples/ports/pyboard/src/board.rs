//! An STM32F4, by stm32f4xx-hal: a UART whose interrupt reads what arrives, and SysTick as a clock of milliseconds.
//!
//! The HAL's UART implements `nb` and buffers one byte; this file makes it a device of embedded-io 0.7.

use core::cell::RefCell;
use core::sync::atomic::{AtomicU32, Ordering};

use cortex_m::peripheral::NVIC;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use critical_section::Mutex;
use embedded_io::{ErrorType, Read, ReadReady, Write};
use nb::block;
#[cfg(feature = "spike")]
use pac::{Interrupt::UART7 as INTERRUPT, UART7 as Port};
#[cfg(feature = "pyboard")]
use pac::{Interrupt::USART1 as INTERRUPT, USART1 as Port};
use stm32f4xx_hal::pac::{self, interrupt};
use stm32f4xx_hal::prelude::*;
use stm32f4xx_hal::serial::{Config, Rx, Tx};

use crate::received::{Overrun, Received};

#[cfg(not(any(feature = "pyboard", feature = "spike")))]
compile_error!("which board: --features pyboard, or --features spike?");

static RECEIVED: Received<512> = Received::new();
static MILLIS: AtomicU32 = AtomicU32::new(0);
static RECEIVER: Mutex<RefCell<Option<Rx<Port>>>> = Mutex::new(RefCell::new(None));

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> Uart {
    let (Some(core), Some(chip)) = (cortex_m::Peripherals::take(), pac::Peripherals::take()) else {
        panic!("started twice")
    };
    // The internal oscillator, at 16 MHz: enough for all that is here.
    let mut rcc = chip.RCC.constrain();
    let mut ticks = core.SYST;
    ticks.set_clock_source(SystClkSource::Core);
    ticks.set_reload(rcc.clocks.sysclk().to_kHz() - 1);
    ticks.clear_current();
    ticks.enable_counter();
    ticks.enable_interrupt();

    #[cfg(feature = "pyboard")]
    let (port, pins) = {
        let b = chip.GPIOB.split(&mut rcc);
        (chip.USART1, (b.pb6, b.pb7))
    };
    #[cfg(feature = "spike")]
    let (port, pins) = {
        let a = chip.GPIOA.split(&mut rcc);
        let e = chip.GPIOE.split(&mut rcc);
        // Keeps the hub on, powers its ports, and connects the UART to port A.
        a.pa13.into_push_pull_output().set_high();
        a.pa14.into_push_pull_output().set_high();
        a.pa10.into_push_pull_output().set_low();
        (chip.UART7, (e.pe8, e.pe7))
    };
    let Ok(serial) = port.serial(pins, Config::default().baudrate(115_200.bps()), &mut rcc) else {
        panic!("the UART cannot be that fast")
    };
    let (sender, mut receiver) = serial.split();
    receiver.listen();
    critical_section::with(|section| RECEIVER.replace(section, Some(receiver)));
    // SAFETY: the handler below is there from the start, and shares nothing but the queue.
    unsafe { NVIC::unmask(INTERRUPT) };
    Uart { sender }
}

/// Milliseconds since the start.
pub fn millis() -> u32 {
    MILLIS.load(Ordering::Relaxed)
}

#[exception]
fn SysTick() {
    MILLIS.store(millis().wrapping_add(1), Ordering::Relaxed);
}

#[cfg(feature = "pyboard")]
#[interrupt]
fn USART1() {
    receive();
}

#[cfg(feature = "spike")]
#[interrupt]
fn UART7() {
    receive();
}

/// Reads everything that has arrived. Bytes for which the queue has no room are lost.
fn receive() {
    critical_section::with(|section| {
        let mut receiver = RECEIVER.borrow_ref_mut(section);
        let Some(receiver) = &mut *receiver else { return };
        loop {
            match receiver.read() {
                Ok(byte) => RECEIVED.push(byte),
                Err(nb::Error::WouldBlock) => break,
                Err(nb::Error::Other(_)) => RECEIVED.overrun(),
            }
        }
    });
}

/// The UART of the board.
pub struct Uart {
    sender: Tx<Port>,
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
            // Never fails: waits until there is room.
            block!(self.sender.write(byte)).ok();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Overrun> {
        Ok(())
    }
}
