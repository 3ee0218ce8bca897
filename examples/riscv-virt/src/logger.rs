//! `log` over semihosting.

use log::{LevelFilter, Log, Metadata, Record};
use semihosting::println;

struct Logger;

impl Log for Logger {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        println!("{} {}", record.level(), record.args());
    }

    fn flush(&self) {}
}

/// Installs the logger, at the most verbose level.
pub fn start() {
    // SAFETY: called once, before anything is logged; this target has no atomic read-modify-write.
    unsafe { log::set_logger_racy(&Logger).ok() };
    // SAFETY: as above.
    unsafe { log::set_max_level_racy(LevelFilter::Trace) };
}
