//! QEMU's board `virt`: a 16550 UART with interrupts, and a timer at 10 MHz.

use core::ptr;

use embedded_io::{ErrorType, Read, ReadReady, Write};
use onboard::{Overrun, Received};
use riscv::interrupt::Interrupt;
use riscv_rt::core_interrupt;

const UART: usize = 0x1000_0000;
const DATA: usize = UART;
const INTERRUPTS: usize = UART + 1;
const QUEUES: usize = UART + 2;
const LINE: usize = UART + 3;
const STATUS: usize = UART + 5;

const RECEIVED_DATA: u8 = 1 << 0;
const OVERRUN: u8 = 1 << 1;
const SENDER_EMPTY: u8 = 1 << 5;

const UART_IRQ: usize = 10;
const PRIORITY: usize = 0x0c00_0000 + 4 * UART_IRQ;
const ENABLES: usize = 0x0c00_2000;
const CLAIM: usize = 0x0c20_0004;

const TIME: usize = 0x0200_bff8;
const TICKS_PER_US: u64 = 10;

static RECEIVED: Received<512> = Received::new();

/// Starts clocks, UARTs and interrupts. To be called once.
pub fn start() -> Uart {
    write(LINE, 0b11u8);
    write(QUEUES, 0b1u8);
    write(INTERRUPTS, RECEIVED_DATA);
    write(PRIORITY, 1u32);
    write(ENABLES, 1u32 << UART_IRQ);
    // A reset within the handler has left it claimed: QEMU's controller does not forget that.
    write(CLAIM, UART_IRQ as u32);
    // SAFETY: the handler below is there from the start, and shares nothing but the queue.
    unsafe {
        riscv::register::mie::set_mext();
        riscv::interrupt::enable();
    }
    Uart(())
}

fn read<T>(register: usize) -> T {
    // SAFETY: only called with registers of the board, as wide as they are.
    unsafe { ptr::read_volatile(register as *const T) }
}

fn write<T>(register: usize, value: T) {
    // SAFETY: as above.
    unsafe { ptr::write_volatile(register as *mut T, value) }
}

fn now() -> u64 {
    loop {
        let high: u32 = read(TIME + 4);
        let low: u32 = read(TIME);
        if high == read(TIME + 4) {
            return u64::from(high) << 32 | u64::from(low);
        }
    }
}

/// Microseconds since the start.
pub fn micros() -> u32 {
    (now() / TICKS_PER_US) as u32
}

/// Milliseconds since the start.
pub fn millis() -> u32 {
    (now() / (TICKS_PER_US * 1000)) as u32
}

/// How often bytes were lost since the start because they arrived too fast.
pub fn overruns() -> u32 {
    RECEIVED.overruns() as u32
}

/// Reads what has arrived. Bytes for which the queue has no room stay in the UART, which reports when it loses some.
#[core_interrupt(Interrupt::MachineExternal)]
fn on_interrupt() {
    let claimed: u32 = read(CLAIM);
    loop {
        let status: u8 = read(STATUS);
        if status & OVERRUN != 0 {
            RECEIVED.overrun();
        }
        if status & RECEIVED_DATA == 0 {
            break;
        }
        if RECEIVED.is_full() {
            write(INTERRUPTS, 0u8);
            break;
        }
        RECEIVED.push(read(DATA));
    }
    write(CLAIM, claimed);
}

/// The UART of the board.
pub struct Uart(());

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
        write(INTERRUPTS, RECEIVED_DATA);
        Ok(count)
    }
}

impl Write for Uart {
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Overrun> {
        for &byte in bytes {
            while read::<u8>(STATUS) & SENDER_EMPTY == 0 {}
            write(DATA, byte);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<(), Overrun> {
        Ok(())
    }
}
