//! Other work of the machine.

use std::hint::spin_loop;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result};

/// A thread on each processor that works all the time, until this is dropped.
pub(super) struct Load {
    is_over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Load {
    pub(super) fn on_every_processor() -> Result<Self> {
        let is_over = Arc::new(AtomicBool::new(false));
        let spin = |is_over: Arc<AtomicBool>| {
            thread::spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    spin_loop();
                }
            })
        };
        let threads = (0..thread::available_parallelism()?.get()).map(|_| spin(Arc::clone(&is_over)));
        let threads = threads.collect();
        Ok(Self { is_over, threads })
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            thread.join().ok();
        }
    }
}

/// How many programs wanted to run in the last minute, the last 5 and the last 15, and on how many processors.
pub(super) fn averages() -> Result<String> {
    let text = std::fs::read_to_string("/proc/loadavg").context("can't read /proc/loadavg")?;
    let averages: Vec<_> = text.split_whitespace().take(3).collect();
    Ok(format!("{} on {} processors", averages.join(" "), thread::available_parallelism()?))
}
