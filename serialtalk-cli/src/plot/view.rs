//! What a plot shows, and how keys change that.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::scale::Scale;
use super::series::{Series, union};

/// How much time the plot shows, in seconds: at first, at least, at most.
const WINDOW: f64 = 10.0;
const WINDOWS: [f64; 2] = [1.0, 300.0];

/// What is said above the plot of a board.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Head {
    pub(crate) board: String,
    /// Why there is no connection; nothing if there is one.
    pub(crate) loss: Option<String>,
    /// Rates, missed slots, round trips.
    pub(crate) figures: String,
}

/// What a key wishes of whoever shows the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    Nothing,
    Quit,
    /// Begin a recording, or end it.
    Record,
}

/// What a plot shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct View {
    pub(crate) heads: Vec<Head>,
    pub(crate) series: Vec<Series>,
    pub(crate) scale: Scale,
    /// How much time is shown, in seconds.
    pub(crate) window: f64,
    /// The time at the right edge, where the plot is halted.
    pub(crate) halted: Option<f64>,
    pub(crate) shows_help: bool,
    /// What was said last: that a recording has begun, why there is none.
    pub(crate) note: String,
    /// Whether the terminal shows nothing but ASCII.
    pub(crate) is_ascii: bool,
}

impl View {
    /// A view of these boards, without any value.
    pub(crate) fn new(boards: impl Iterator<Item = String>, is_ascii: bool) -> Self {
        let heads = boards.map(|board| Head { board, ..Head::default() }).collect();
        Self { heads, window: WINDOW, is_ascii, ..Self::default() }
    }

    /// The series of this name; the first time, a new one.
    pub(crate) fn series(&mut self, name: &str) -> &mut Series {
        let at = self.series.iter().position(|series| series.name == name).unwrap_or_else(|| {
            self.series.push(Series::new(name.to_owned()));
            self.series.len() - 1
        });
        &mut self.series[at]
    }

    /// The times at both edges at a time in seconds.
    pub(crate) fn times(&self, now: f64) -> [f64; 2] {
        let right = self.halted.unwrap_or(now);
        [right - self.window, right]
    }

    /// Makes room for the values that are shown at a time in seconds.
    pub(crate) fn follow(&mut self, now: f64) {
        let times = self.times(now);
        let shown = self.series.iter().filter(|series| !series.is_hidden);
        let values = shown.filter_map(|series| series.range_between(times)).reduce(union);
        self.scale.follow(now, values);
    }

    /// Does what a key means.
    pub(crate) fn key(&mut self, key: KeyEvent, now: f64) -> Wish {
        if key.kind == KeyEventKind::Release {
            return Wish::Nothing;
        }
        let is_ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('c') if is_ctrl => return Wish::Quit,
            KeyCode::Char('q') => return Wish::Quit,
            KeyCode::Esc if self.shows_help => self.shows_help = false,
            KeyCode::Esc => return Wish::Quit,
            KeyCode::Char('r') => return Wish::Record,
            KeyCode::Char('?' | 'h') => self.shows_help = !self.shows_help,
            KeyCode::Char(' ') => self.halted = if self.halted.is_some() { None } else { Some(now) },
            KeyCode::Left => self.halted = Some(self.halted.unwrap_or(now) - self.window / 4.0),
            KeyCode::Right => {
                let right = self.halted.unwrap_or(now) + self.window / 4.0;
                self.halted = (right < now).then_some(right);
            }
            KeyCode::Char('+' | '=') => self.window = (self.window / 2.0).max(WINDOWS[0]),
            KeyCode::Char('-') => self.window = (self.window * 2.0).min(WINDOWS[1]),
            KeyCode::Char('y') => self.scale.is_locked = !self.scale.is_locked,
            KeyCode::Char(digit @ '1'..='9') => {
                let at = digit as usize - '1' as usize;
                if let Some(series) = self.series.get_mut(at) {
                    series.is_hidden = !series.is_hidden;
                }
            }
            _ => {}
        }
        Wish::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(view: &mut View, code: KeyCode) -> Wish {
        view.key(KeyEvent::new(code, KeyModifiers::NONE), 100.0)
    }

    #[test]
    fn keys_change_what_is_shown_and_nothing_else() {
        let mut view = View::new(["arm".to_owned()].into_iter(), false);
        view.series("x").push(99.0, 1.0);
        assert_eq!(view.times(100.0), [90.0, 100.0]);
        press(&mut view, KeyCode::Char(' '));
        assert_eq!(view.times(105.0), [90.0, 100.0], "halted");
        press(&mut view, KeyCode::Left);
        assert_eq!(view.times(105.0), [87.5, 97.5]);
        press(&mut view, KeyCode::Right);
        assert_eq!(view.times(105.0), [95.0, 105.0], "at the end it goes on");
        press(&mut view, KeyCode::Char('+'));
        assert_eq!(view.times(100.0), [95.0, 100.0]);
        for _ in 0..20 {
            press(&mut view, KeyCode::Char('-'));
        }
        assert_eq!(view.window, 300.0);
        press(&mut view, KeyCode::Char('1'));
        press(&mut view, KeyCode::Char('9'));
        assert!(view.series("x").is_hidden);
        press(&mut view, KeyCode::Char('?'));
        assert_eq!(press(&mut view, KeyCode::Esc), Wish::Nothing, "it closes the help");
        assert_eq!(press(&mut view, KeyCode::Esc), Wish::Quit);
        let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(view.key(ctrl_c, 0.0), Wish::Quit);
        assert_eq!(press(&mut view, KeyCode::Char('r')), Wish::Record);
    }
}
