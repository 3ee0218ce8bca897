//! Every frame on standard error.

use log::{LevelFilter, Log, Metadata, Record};

use crate::escaped::on_one_line;

struct Frames;

/// Shows every frame from now on, if it `is_on`.
pub(crate) fn apply(is_on: bool) {
    // Nobody else sets a logger.
    if is_on && log::set_logger(&Frames).is_ok() {
        log::set_max_level(LevelFilter::Trace);
    }
}

impl Log for Frames {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("serialtalk")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            anstream::eprintln!("{}", on_one_line(&record.args().to_string()));
        }
    }

    fn flush(&self) {}
}
