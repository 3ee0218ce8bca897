//! Runs firmware in the emulator, and reads the instructions and the stack of each request.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

/// The cost of one request; see `bench/firmware/src/board/script.rs`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Request {
    pub(super) name: String,
    /// Instructions from the last byte of the request to the first one of its reply.
    pub(super) instructions: u64,
    /// Instructions for all earlier bytes, which arrive at once.
    pub(super) earlier: u64,
    /// How many bytes these are.
    pub(super) bytes: u64,
    /// The most bytes of the stack.
    pub(super) stack: u64,
    /// Bytes of the reply.
    pub(super) reply: u64,
}

/// Ticks of a clock of 12.5 MHz in five instructions, each of which takes 2^10 ns.
const TICKS_IN_FIVE: u64 = 64;

/// The time limit; a run takes less than a second.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Runs firmware that was built to be measured.
pub(super) fn run(firmware: &Path) -> Result<Vec<Request>> {
    let name = firmware.display();
    let mut qemu = Command::new("qemu-system-arm");
    qemu.args(["-M", "lm3s6965evb", "-icount", "shift=10", "-semihosting-config", "enable=on,target=native"]);
    qemu.args(["-display", "none", "-monitor", "none", "-serial", "none", "-kernel"]).arg(firmware);
    qemu.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = qemu.spawn().context("can't run qemu-system-arm; Debian: apt install qemu-system-arm")?;
    let deadline = Instant::now() + TIMEOUT;
    // It prints less than a pipe holds.
    while child.try_wait()?.is_none() {
        if Instant::now() > deadline {
            child.kill()?;
            bail!("{name} did not end");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output()?;
    let requests: Option<Vec<_>> = String::from_utf8_lossy(&output.stdout).lines().map(parse).collect();
    let requests = requests.with_context(|| format!("{name} printed something else"))?;
    ensure!(!requests.is_empty(), "{name} printed nothing");
    Ok(requests)
}

fn parse(line: &str) -> Option<Request> {
    let (name, numbers) = line.split_once(' ')?;
    let numbers: Result<Vec<u64>, _> = numbers.split(' ').map(str::parse).collect();
    let [after, earlier, bytes, stack, reply] = numbers.ok()?[..] else { return None };
    let instructions = |ticks: u64| (ticks * 5 + TICKS_IN_FIVE / 2) / TICKS_IN_FIVE;
    Some(Request {
        name: name.into(),
        instructions: instructions(after),
        earlier: instructions(earlier),
        bytes,
        stack,
        reply,
    })
}
