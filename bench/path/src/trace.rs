//! Records each function that is entered.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// Room for this many entries; what comes after is not recorded.
const ROOM: usize = 4096;

static RECORDING: AtomicBool = AtomicBool::new(false);
static COUNT: AtomicUsize = AtomicUsize::new(0);
/// The address in the function that was entered, and the address of its stack frame.
static ENTRIES: [[AtomicUsize; 2]; ROOM] = [const { [const { AtomicUsize::new(0) }; 2] }; ROOM];

/// Starts to record.
pub(crate) fn start() {
    RECORDING.store(true, Relaxed);
}

/// Ends recording.
pub(crate) fn stop() {
    RECORDING.store(false, Relaxed);
}

/// Prints what was recorded.
pub(crate) fn print() {
    println!("{:x}", mcount as *const () as usize);
    for [address, frame] in ENTRIES.iter().take(COUNT.load(Relaxed)) {
        println!("{:x} {:x}", address.load(Relaxed), frame.load(Relaxed));
    }
}

/// Called by each function when it is entered, with its stack frame in `rbp`. In assembly, for a function in Rust would call
/// it in turn.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
#[unsafe(no_mangle)]
extern "C" fn mcount() {
    core::arch::naked_asm!(
        "cmp byte ptr [rip + {recording}], 0",
        "je 2f",
        "mov rax, qword ptr [rip + {count}]",
        "cmp rax, {room}",
        "jae 2f",
        "inc qword ptr [rip + {count}]",
        "shl rax, 4",
        "lea rcx, [rip + {entries}]",
        "mov rdx, qword ptr [rsp]",
        "mov qword ptr [rcx + rax], rdx",
        "mov qword ptr [rcx + rax + 8], rbp",
        "2:",
        "ret",
        recording = sym RECORDING,
        count = sym COUNT,
        entries = sym ENTRIES,
        room = const ROOM,
    )
}

/// Records nothing: each architecture needs assembly of its own.
#[cfg(not(target_arch = "x86_64"))]
extern "C" fn mcount() {}
