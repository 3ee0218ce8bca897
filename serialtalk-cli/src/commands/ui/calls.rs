//! Calls, made one after the other in a thread, so that a slow one does not hold up the screen.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

use super::state::Line;
use crate::connection::{Call, Connection, Kept};
use crate::escaped::on_one_line;
use crate::figures::milliseconds;

/// Calls, and what they came to.
pub(super) struct Calls {
    wanted: Sender<(Call, String)>,
    done: Receiver<Line>,
}

impl Calls {
    /// Starts the thread, which ends when this is dropped.
    pub(super) fn start(mut connection: Connection<Kept>) -> Self {
        let (wanted, calls) = channel::<(Call, String)>();
        let (lines, done) = channel();
        thread::spawn(move || {
            for (mut call, text) in calls {
                let start = Instant::now();
                let line = match connection.call(&mut call) {
                    Ok(value) => {
                        let value = on_one_line(&value.to_string());
                        Line::Value(text, format!("{value}  ({} ms)", milliseconds(start.elapsed())))
                    }
                    Err(failure) => Line::Failure(text, failure),
                };
                if lines.send(line).is_err() {
                    return;
                }
            }
        });
        Self { wanted, done }
    }

    /// Makes a call, which `text` stands for, as soon as those before it are done.
    pub(super) fn make(&self, call: Call, text: String) {
        // The thread ends after this.
        let _ = self.wanted.send((call, text));
    }

    /// The next call that is done.
    pub(super) fn done(&self) -> Option<Line> {
        self.done.try_recv().ok()
    }
}
