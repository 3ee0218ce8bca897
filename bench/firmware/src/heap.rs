//! Memory for what is allocated.

use core::mem::MaybeUninit;

use embedded_alloc::LlffHeap;

#[global_allocator]
static HEAP: LlffHeap = LlffHeap::empty();

const SIZE: usize = 2048;

/// Gives the allocator its memory. To be called once, before anything is allocated.
pub fn start() {
    static mut MEMORY: [MaybeUninit<u8>; SIZE] = [MaybeUninit::uninit(); SIZE];
    // SAFETY: called once, and nothing else knows the memory.
    unsafe { HEAP.init(&raw mut MEMORY as usize, SIZE) }
}
