//! An ATSAMD21, by atsamd-hal: the UART that the Arduino Zero's debugger brings to the USB port, whose interrupt reads what
//! arrives, and SysTick as a clock of milliseconds.
//!
//! The HAL implements `Write` of embedded-io 0.6, but not `ReadReady`, so this file reads by an interrupt.

use core::cell::RefCell;
use core::sync::atomic::{AtomicU32, Ordering};

use atsamd_hal::clock::GenericClockController;
use atsamd_hal::ehal_nb::serial::Read as _;
use atsamd_hal::gpio::{PB22, PB23, Pins};
use atsamd_hal::pac::{self, interrupt};
use atsamd_hal::sercom::Sercom5;
use atsamd_hal::sercom::uart::{self, BaudMode, Config, EightBit, Flags, Oversampling};
use atsamd_hal::sercom::uart::{PadsFromIds, RxDuplex, TxDuplex, Uart as Port};
use atsamd_hal::time::Hertz;
use cortex_m::peripheral::NVIC;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use critical_section::Mutex;
use embedded_io::{ErrorType, Read, ReadReady, Write};
use serialtalk::link::V06;

use crate::received::{Overrun, Received};

type Pads = PadsFromIds<Sercom5, PB23, PB22>;
type Half<D> = Port<Config<Pads, EightBit>, D>;

const CYCLES_PER_MS: u32 = 48_000;

static RECEIVED: Received<512> = Received::new();
static MILLIS: AtomicU32 = AtomicU32::new(0);
static RECEIVER: Mutex<RefCell<Option<Half<RxDuplex>>>> = Mutex::new(RefCell::new(None));

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> Uart {
    let (Some(core), Some(mut chip)) = (cortex_m::Peripherals::take(), pac::Peripherals::take()) else {
        panic!("started twice")
    };
    let mut ticks = core.SYST;
    ticks.set_clock_source(SystClkSource::Core);
    ticks.set_reload(CYCLES_PER_MS - 1);
    ticks.clear_current();
    ticks.enable_counter();
    ticks.enable_interrupt();

    let mut clocks = GenericClockController::with_internal_32kosc(
        chip.gclk,
        &mut chip.pm,
        &mut chip.sysctrl,
        &mut chip.nvmctrl,
    );
    let main_clock = clocks.gclk0();
    let Some(clock) = clocks.sercom5_core(&main_clock) else { panic!("the UART has a clock already") };
    let pins = Pins::new(chip.port);
    let pads = uart::Pads::<Sercom5>::default().rx(pins.pb23).tx(pins.pb22);
    let (mut receiver, sender) = Config::new(&chip.pm, chip.sercom5, pads, clock.freq())
        .baud(Hertz::from_raw(115_200), BaudMode::Fractional(Oversampling::Bits16))
        .enable()
        .split();
    receiver.enable_interrupts(Flags::RXC);
    critical_section::with(|section| RECEIVER.replace(section, Some(receiver)));
    // SAFETY: the handler below is there from the start, and shares nothing but the queue.
    unsafe { NVIC::unmask(pac::Interrupt::SERCOM5) };
    Uart { sender: V06(sender) }
}

/// Milliseconds since the start.
pub fn millis() -> u32 {
    MILLIS.load(Ordering::Relaxed)
}

#[exception]
fn SysTick() {
    MILLIS.store(millis().wrapping_add(1), Ordering::Relaxed);
}

/// Reads everything that has arrived. Bytes for which the queue has no room are lost.
#[interrupt]
fn SERCOM5() {
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
    sender: V06<Half<TxDuplex>>,
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
        self.sender.write(bytes).map_err(|_| Overrun)
    }

    fn flush(&mut self) -> Result<(), Overrun> {
        self.sender.flush().map_err(|_| Overrun)
    }
}
