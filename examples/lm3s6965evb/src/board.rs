//! The LM3S6965: two PL011 UARTs with interrupts, a clock of milliseconds, a watchdog.

use core::ptr;
use core::sync::atomic::{AtomicU32, Ordering};

use cortex_m::Peripherals;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m::peripheral::{NVIC, SCB, SYST};
use cortex_m_rt::exception;
use embedded_io::{ErrorType, Read, ReadReady, Write};
use lm3s6965::{Interrupt, interrupt};
use onboard::{Overrun, Received, Ring};

/// Cycles in a microsecond, twice, after a reset: the internal oscillator, at about 12.5 MHz.
const HALF_CYCLES_PER_US: u32 = 25;
const CYCLES_PER_MS: u32 = HALF_CYCLES_PER_US * 500;

/// Registers of a PL011, by their distance from its first one.
mod pl011 {
    pub(super) const DATA: usize = 0x00;
    pub(super) const FLAGS: usize = 0x18;
    pub(super) const BAUD_INTEGER: usize = 0x24;
    pub(super) const BAUD_FRACTION: usize = 0x28;
    pub(super) const LINE: usize = 0x2c;
    pub(super) const CONTROL: usize = 0x30;
    pub(super) const MASK: usize = 0x38;

    pub(super) const OVERRUN: u32 = 1 << 11;
    pub(super) const RECEIVE_EMPTY: u32 = 1 << 4;
    pub(super) const TRANSMIT_FULL: u32 = 1 << 5;
    pub(super) const RECEIVES: u32 = 1 << 4 | 1 << 6;
    pub(super) const SENDS: u32 = 1 << 5;
    pub(super) const EIGHT_BITS_AND_QUEUES: u32 = 0x70;
    pub(super) const ON: u32 = 0x301;
}

/// What changes of one UART. It is all zero at first, so that none of it has to be copied from the flash.
struct Queues {
    received: Received<512>,
    to_send: Ring<512>,
}

/// One UART.
struct Port {
    registers: usize,
    interrupt: Interrupt,
    queues: &'static Queues,
}

static QUEUES: [Queues; 2] = [const { Queues::new() }; 2];

static PORTS: [Port; 2] = [
    Port { registers: 0x4000_c000, interrupt: Interrupt::UART0, queues: &QUEUES[0] },
    Port { registers: 0x4000_d000, interrupt: Interrupt::UART1, queues: &QUEUES[1] },
];

static MILLIS: AtomicU32 = AtomicU32::new(0);

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> [Uart; 2] {
    if let Some(mut core) = Peripherals::take() {
        core.SYST.set_clock_source(SystClkSource::Core);
        core.SYST.set_reload(CYCLES_PER_MS - 1);
        core.SYST.clear_current();
        core.SYST.enable_counter();
        core.SYST.enable_interrupt();
    }
    // Clocks for both UARTs and for ports A and D, whose first and third pair of pins they take.
    set_bits(0x400f_e104, 0b11);
    set_bits(0x400f_e108, 0b1001);
    for (gpio, pins) in [(0x4000_4000, 0b11), (0x4000_7000, 0b1100)] {
        set_bits(gpio + 0x420, pins);
        set_bits(gpio + 0x51c, pins);
    }
    PORTS.each_ref().map(|port| {
        // 12.5 MHz / 16 / 115,200
        port.write(pl011::BAUD_INTEGER, 6);
        port.write(pl011::BAUD_FRACTION, 50);
        port.write(pl011::LINE, pl011::EIGHT_BITS_AND_QUEUES);
        port.write(pl011::CONTROL, pl011::ON);
        port.write(pl011::MASK, pl011::RECEIVES);
        // SAFETY: the handlers below are there from the start, and share nothing but the queues.
        unsafe { NVIC::unmask(port.interrupt) };
        Uart { port }
    })
}

/// Milliseconds since the start.
pub fn millis() -> u32 {
    MILLIS.load(Ordering::Relaxed)
}

/// Sleeps until something arrives on one of the lines, or for the rest of the millisecond.
pub fn idle() {
    cortex_m::interrupt::free(|_| {
        if QUEUES.iter().all(|queues| queues.received.is_empty()) {
            cortex_m::asm::wfi();
        }
    });
}

/// Microseconds since the start.
pub fn micros() -> u32 {
    cortex_m::interrupt::free(|_| {
        let mut ms = millis();
        let mut left = SYST::get_current();
        if SCB::is_pendst_pending() {
            // It has just reached zero, and the handler could not count that yet.
            ms = ms.wrapping_add(1);
            left = SYST::get_current();
        }
        ms.wrapping_mul(1000).wrapping_add((CYCLES_PER_MS - 1 - left) * 2 / HALF_CYCLES_PER_US)
    })
}

/// How often bytes were lost on the first line since the start because they arrived too fast.
pub fn overruns() -> u32 {
    QUEUES[0].received.overruns() as u32
}

#[exception]
fn SysTick() {
    MILLIS.store(millis().wrapping_add(1), Ordering::Relaxed);
}

#[interrupt]
fn UART0() {
    PORTS[0].on_interrupt();
}

#[interrupt]
fn UART1() {
    PORTS[1].on_interrupt();
}

impl Queues {
    const fn new() -> Self {
        Self { received: Received::new(), to_send: Ring::new() }
    }
}

impl Port {
    fn read(&self, register: usize) -> u32 {
        // SAFETY: a register of the UART, which is always there.
        unsafe { ptr::read_volatile((self.registers + register) as *const u32) }
    }

    fn write(&self, register: usize, value: u32) {
        // SAFETY: as above.
        unsafe { ptr::write_volatile((self.registers + register) as *mut u32, value) }
    }

    fn on_interrupt(&self) {
        let Queues { received, to_send } = self.queues;
        while !received.is_full() && self.read(pl011::FLAGS) & pl011::RECEIVE_EMPTY == 0 {
            let data = self.read(pl011::DATA);
            received.push(data as u8);
            if data & pl011::OVERRUN != 0 {
                received.overrun();
            }
        }
        while self.read(pl011::FLAGS) & pl011::TRANSMIT_FULL == 0 {
            let Some(byte) = to_send.pop() else { break };
            self.write(pl011::DATA, byte.into());
        }
        // Without room, bytes stay in the UART, which reports when its own queue overflows.
        let receives = if received.is_full() { 0 } else { pl011::RECEIVES };
        let sends = if to_send.is_empty() { 0 } else { pl011::SENDS };
        self.write(pl011::MASK, receives | sends);
    }

    /// Lets the interrupt handler see to the queues, which the main loop has changed.
    fn wake(&self) {
        NVIC::pend(self.interrupt);
    }
}

/// Sets bits in a register that is written by nobody else at that time.
fn set_bits(register: usize, bits: u32) {
    let register = register as *mut u32;
    // SAFETY: only called while the board is started, with registers that the chip has.
    unsafe { ptr::write_volatile(register, ptr::read_volatile(register) | bits) };
    // The chip wants three cycles before a peripheral whose clock was switched on is used.
    cortex_m::asm::delay(3);
}

/// A UART of the board.
pub struct Uart {
    port: &'static Port,
}

impl ErrorType for Uart {
    type Error = Overrun;
}

impl ReadReady for Uart {
    fn read_ready(&mut self) -> Result<bool, Overrun> {
        self.port.queues.received.is_ready()
    }
}

impl Read for Uart {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Overrun> {
        let count = self.port.queues.received.read(buffer)?;
        self.port.wake();
        Ok(count)
    }
}

impl Write for Uart {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Overrun> {
        loop {
            let count = self.port.queues.to_send.push_from(bytes);
            self.port.wake();
            if count > 0 || bytes.is_empty() {
                return Ok(count);
            }
        }
    }

    /// Does nothing: the interrupt handler sends the queue.
    fn flush(&mut self) -> Result<(), Overrun> {
        Ok(())
    }
}

/// The watchdog. If it is not fed for half a second, the board starts anew.
pub struct Watchdog(());

impl Watchdog {
    const LOAD: *mut u32 = 0x4000_0000 as *mut u32;
    const CONTROL: *mut u32 = 0x4000_0008 as *mut u32;
    /// Resets the board when it reaches zero for the second time.
    const CYCLES: u32 = CYCLES_PER_MS * 250;

    /// Starts it; it cannot be stopped.
    pub fn start() -> Self {
        set_bits(0x400f_e100, 1 << 3);
        let mut watchdog = Self(());
        watchdog.feed();
        // SAFETY: a register of the watchdog; there is one `Watchdog`.
        unsafe { ptr::write_volatile(Self::CONTROL, 0b11) };
        watchdog
    }

    /// Gives it another half second.
    pub fn feed(&mut self) {
        // SAFETY: as above.
        unsafe { ptr::write_volatile(Self::LOAD, Self::CYCLES) };
    }
}
