//! What the gateway logs, on standard error.

use log::{LevelFilter, Log, Metadata, Record};

struct ToStderr;

impl Log for ToStderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("serialtalk")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            eprintln!("{}: {}", record.level().as_str().to_lowercase(), record.args());
        }
    }

    fn flush(&self) {}
}

/// Shows what is logged here from now on, and the errors of Zenoh.
pub(crate) fn init() {
    zenoh::init_log_from_env_or("error");
    if log::set_logger(&ToStderr).is_ok() {
        log::set_max_level(LevelFilter::Info);
    }
}
