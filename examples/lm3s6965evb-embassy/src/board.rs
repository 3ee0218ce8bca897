//! The LM3S6965 for async programs: a PL011 UART with interrupts, and time for embassy.

use core::cell::RefCell;
use core::future::poll_fn;
use core::ptr;
use core::task::{Poll, Waker};

use cortex_m::Peripherals;
use cortex_m::peripheral::NVIC;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m_rt::exception;
use critical_section::Mutex;
use embassy_sync::waitqueue::AtomicWaker;
use embassy_time_driver::{Driver, time_driver_impl};
use embassy_time_queue_utils::Queue;
use embedded_io_async::{ErrorType, Read, Write};
use lm3s6965::{Interrupt, interrupt};
use onboard::{Overrun, Received, Ring};

/// Cycles in a millisecond after a reset: the internal oscillator, at about 12.5 MHz.
const CYCLES_PER_MS: u32 = 12_500;

const UART: usize = 0x4000_c000;
const DATA: usize = UART;
const FLAGS: usize = UART + 0x18;
const BAUD_INTEGER: usize = UART + 0x24;
const BAUD_FRACTION: usize = UART + 0x28;
const LINE: usize = UART + 0x2c;
const CONTROL: usize = UART + 0x30;
const MASK: usize = UART + 0x38;

const OVERRUN: u32 = 1 << 11;
const RECEIVE_EMPTY: u32 = 1 << 4;
const TRANSMIT_FULL: u32 = 1 << 5;
const RECEIVES: u32 = 1 << 4 | 1 << 6;
const SENDS: u32 = 1 << 5;

static RECEIVED: Received<512> = Received::new();
static TO_SEND: Ring<512> = Ring::new();
static READER: AtomicWaker = AtomicWaker::new();
static WRITER: AtomicWaker = AtomicWaker::new();

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> Uart {
    if let Some(mut core) = Peripherals::take() {
        core.SYST.set_clock_source(SystClkSource::Core);
        core.SYST.set_reload(CYCLES_PER_MS - 1);
        core.SYST.clear_current();
        core.SYST.enable_counter();
        core.SYST.enable_interrupt();
    }
    // Clocks for the UART and for port A, whose first two pins it takes.
    for (register, bits) in [(0x400f_e104, 1), (0x400f_e108, 1), (0x4000_4420, 0b11), (0x4000_451c, 0b11)] {
        write(register, read(register) | bits);
        cortex_m::asm::delay(3);
    }
    // 12.5 MHz / 16 / 115,200; eight bits and queues; on.
    for (register, value) in
        [(BAUD_INTEGER, 6), (BAUD_FRACTION, 50), (LINE, 0x70), (CONTROL, 0x301), (MASK, RECEIVES)]
    {
        write(register, value);
    }
    // SAFETY: the handler below is there from the start, and shares nothing but the queues.
    unsafe { NVIC::unmask(Interrupt::UART0) };
    Uart(())
}

fn read(register: usize) -> u32 {
    // SAFETY: only called with registers that the chip has.
    unsafe { ptr::read_volatile(register as *const u32) }
}

fn write(register: usize, value: u32) {
    // SAFETY: as above.
    unsafe { ptr::write_volatile(register as *mut u32, value) }
}

/// Microseconds since the start, as precise as the clock of embassy.
pub fn micros() -> u32 {
    (TIME.now() as u32).wrapping_mul(1000)
}

/// How often bytes were lost since the start because they arrived too fast.
pub fn overruns() -> u32 {
    RECEIVED.overruns() as u32
}

/// Reads everything that has arrived. Bytes for which the queue has no room are lost, as in a UART without flow control.
#[interrupt]
fn UART0() {
    while read(FLAGS) & RECEIVE_EMPTY == 0 {
        let data = read(DATA);
        if data & OVERRUN != 0 {
            RECEIVED.overrun();
        }
        RECEIVED.push(data as u8);
    }
    while read(FLAGS) & TRANSMIT_FULL == 0 {
        let Some(byte) = TO_SEND.pop() else { break };
        write(DATA, byte.into());
    }
    write(MASK, if TO_SEND.is_empty() { RECEIVES } else { RECEIVES | SENDS });
    READER.wake();
    WRITER.wake();
}

/// The first UART of the board.
pub struct Uart(());

impl ErrorType for Uart {
    type Error = Overrun;
}

impl Read for Uart {
    /// Loses nothing when it is dropped.
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Overrun> {
        poll_fn(|context| {
            READER.register(context.waker());
            match RECEIVED.take(buffer) {
                Ok(0) if !buffer.is_empty() => Poll::Pending,
                result => Poll::Ready(result),
            }
        })
        .await
    }
}

impl Write for Uart {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Overrun> {
        poll_fn(|context| {
            WRITER.register(context.waker());
            let count = TO_SEND.push_from(bytes);
            NVIC::pend(Interrupt::UART0);
            if count == 0 && !bytes.is_empty() { Poll::Pending } else { Poll::Ready(Ok(count)) }
        })
        .await
    }

    /// Does nothing: the interrupt handler sends the queue.
    async fn flush(&mut self) -> Result<(), Overrun> {
        Ok(())
    }
}

/// Milliseconds since the start, counted by SysTick, with the tasks that wait.
struct Time(Mutex<RefCell<(u64, Queue)>>);

time_driver_impl!(static TIME: Time = Time(Mutex::new(RefCell::new((0, Queue::new())))));

impl Driver for Time {
    fn now(&self) -> u64 {
        critical_section::with(|section| self.0.borrow_ref(section).0)
    }

    fn schedule_wake(&self, at: u64, waker: &Waker) {
        critical_section::with(|section| self.0.borrow_ref_mut(section).1.schedule_wake(at, waker));
    }
}

#[exception]
fn SysTick() {
    critical_section::with(|section| {
        let (now, queue) = &mut *TIME.0.borrow_ref_mut(section);
        *now += 1;
        queue.next_expiration(*now);
    });
}
