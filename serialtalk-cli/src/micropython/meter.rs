//! How far a transfer is: a bar on standard error, if that is a terminal and the transfer takes a while.

use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serialtalk_hal::board::Progress;

use crate::escaped::on_one_line;

/// What is done sooner needs no bar.
const SOON: Duration = Duration::from_millis(300);

/// The bars of transfers at the same time.
#[derive(Debug, Default)]
pub(crate) struct Meters(MultiProgress);

/// The bar of a transfer, until it is dropped.
pub(crate) struct Meter(ProgressBar);

impl Meters {
    /// A bar for so many bytes of files.
    pub(crate) fn meter(&self, total: u64) -> (Meter, impl FnMut(Progress<'_>) + Send + use<>) {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        (Meter(bar.clone()), listener(bar, self.0.clone()))
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Moves a bar as files make progress.
fn listener(bar: ProgressBar, bars: MultiProgress) -> impl FnMut(Progress<'_>) + Send {
    let begun = Instant::now();
    let mut is_shown = false;
    // The bytes of the files before, and the file with its size.
    let (mut before, mut file, mut size) = (0, String::new(), 0);
    move |progress| {
        if file != progress.path {
            before += size;
            file = progress.path.to_owned();
            bar.set_message(on_one_line(&file));
        }
        size = progress.total;
        bar.set_position(before + progress.done);
        if !is_shown && begun.elapsed() >= SOON {
            is_shown = true;
            bars.add(bar.clone());
        }
    }
}
