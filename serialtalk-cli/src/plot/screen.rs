//! The terminal that a view is shown on.

use std::io;
use std::time::{Duration, Instant};

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event};

use super::draw::draw;
use super::view::{Asked, View};

/// How often the picture changes at most: 20 times a second.
const PICTURE: Duration = Duration::from_millis(50);

/// A terminal in full screen, which is as it was when this is dropped, also by a panic.
pub(crate) struct Screen {
    terminal: DefaultTerminal,
    started: Instant,
}

impl Screen {
    /// Takes the terminal. Times count from `started`.
    pub(crate) fn new(started: Instant) -> io::Result<Self> {
        Ok(Self { terminal: ratatui::try_init()?, started })
    }

    /// The time in seconds.
    pub(crate) fn now(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Draws the view, and waits for keys until the next picture is due.
    pub(crate) fn show(&mut self, view: &mut View) -> io::Result<Asked> {
        let now = self.now();
        view.follow(now);
        self.terminal.draw(|frame| draw(view, now, frame))?;
        let due = Instant::now() + PICTURE;
        loop {
            if !event::poll(due.saturating_duration_since(Instant::now()))? {
                return Ok(Asked::Nothing);
            }
            let now = self.now();
            match event::read()? {
                Event::Key(key) => match view.key(key, now) {
                    Asked::Nothing => {}
                    asked => return Ok(asked),
                },
                Event::Resize(..) => return Ok(Asked::Nothing),
                _ => {}
            }
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        ratatui::restore();
    }
}

/// Whether the terminal shows nothing but ASCII, as far as its locale says.
pub(crate) fn is_ascii() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    cfg!(unix) && !locale.is_some_and(|locale| locale.to_lowercase().replace('-', "").contains("utf8"))
}
