//! The terminal that a view is shown on.

use std::io;
use std::time::{Duration, Instant};

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, Event};

use super::draw::draw;
use super::view::{View, Wish};

/// How often the picture changes at most: 20 times a second.
const PICTURE: Duration = Duration::from_millis(50);

/// A terminal in full screen, which is as it was when this is dropped, also by a panic.
pub(crate) struct Screen {
    terminal: DefaultTerminal,
    started: Instant,
    drawn: Option<Instant>,
}

impl Screen {
    /// Takes the terminal. Times count from `started`.
    pub(crate) fn new(started: Instant) -> io::Result<Self> {
        Ok(Self { terminal: ratatui::try_init()?, started, drawn: None })
    }

    /// The time in seconds.
    fn now(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    /// Draws the view if it is time to, and does what keys mean that were pressed. Never waits.
    pub(crate) fn show(&mut self, view: &mut View) -> io::Result<Wish> {
        let now = self.now();
        if self.drawn.is_none_or(|drawn| drawn.elapsed() >= PICTURE) {
            view.follow(now);
            self.terminal.draw(|frame| draw(view, now, frame))?;
            self.drawn = Some(Instant::now());
        }
        while event::poll(Duration::ZERO)? {
            if let Event::Key(key) = event::read()?
                && let asked @ (Wish::Quit | Wish::Record) = view.key(key, now)
            {
                return Ok(asked);
            }
        }
        Ok(Wish::Nothing)
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
