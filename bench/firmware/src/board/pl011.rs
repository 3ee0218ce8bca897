//! The registers of the first UART, polled.

use core::ptr;

const DATA: *mut u32 = 0x4000_c000 as *mut u32;
const FLAGS: *const u32 = 0x4000_c018 as *const u32;
const RECEIVE_EMPTY: u32 = 1 << 4;
const TRANSMIT_FULL: u32 = 1 << 5;

fn flag(flag: u32) -> bool {
    // SAFETY: a register of the chip that may be read at any time.
    unsafe { ptr::read_volatile(FLAGS) & flag != 0 }
}

/// Whether a byte could be taken.
pub(super) fn is_ready() -> bool {
    !flag(RECEIVE_EMPTY)
}

/// The next byte, if it has come.
pub(super) fn take() -> Option<u8> {
    // SAFETY: a register of the chip, read by one thread.
    is_ready().then(|| unsafe { ptr::read_volatile(DATA) } as u8)
}

/// Sends a byte, waiting until there is room for it.
pub(super) fn put(byte: u8) {
    while flag(TRANSMIT_FULL) {}
    // SAFETY: a register of the chip, written by one thread.
    unsafe { ptr::write_volatile(DATA, byte.into()) }
}
