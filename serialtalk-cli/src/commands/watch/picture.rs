//! Values as lines that move, in full screen.

use std::io;
use std::time::Instant;

use serialtalk::Value;

use super::Watched;
use crate::escaped::on_one_line;
use crate::figures;
use crate::leaves::{Leaf, Named};
use crate::plot::screen::{Screen, is_ascii};
use crate::plot::{View, Wish};
use crate::record::{Entry, Names};

/// The picture.
pub(super) struct Picture {
    screen: Screen,
    started: Instant,
    view: View,
    /// The slot of the last sample of each command of each board.
    slots: Vec<Vec<Option<u64>>>,
}

impl Picture {
    /// Takes the terminal.
    pub(super) fn new(names: &Names) -> io::Result<Self> {
        let started = Instant::now();
        let view = View::new(names.boards.iter().map(|board| on_one_line(board)), is_ascii());
        let slots = vec![vec![None; names.commands.len()]; names.boards.len()];
        Ok(Self { screen: Screen::new(started)?, started, view, slots })
    }

    /// Takes what a call that was answered at a time has come to.
    pub(super) fn show(&mut self, names: &Names, entry: &Entry<'_>, answered: Instant) {
        self.view.heads[entry.board].loss = None;
        let last = self.slots[entry.board][entry.command].replace(entry.slot);
        let command = on_one_line(&names.commands[entry.command]);
        let whole = match names.boards.len() {
            1 => command,
            _ => format!("{} {command}", on_one_line(&names.boards[entry.board])),
        };
        let is_after_gap = last.is_some_and(|last| last + 1 != entry.slot);
        let time = answered.duration_since(self.started).as_secs_f64();
        for leaf in leaves(entry.value, &whole) {
            let series = self.view.series(&leaf.name);
            series.last = shown(&leaf.value);
            if is_after_gap {
                series.gap();
            }
            match number(&leaf.value) {
                Some(value) => series.push(time, value),
                None => series.gap(),
            }
        }
        if entry.value.is_none() {
            let is_of_command = |name: &str| {
                name == whole
                    || name.starts_with(&format!("{whole}."))
                    || name.starts_with(&format!("{whole}["))
            };
            self.view
                .series
                .iter_mut()
                .filter(|series| is_of_command(&series.name))
                .for_each(|series| series.gap());
        }
    }

    /// Says that the connection to a board is lost, or that it is back.
    pub(super) fn connection(&mut self, board: usize, loss: Option<&str>) {
        self.view.heads[board].loss = loss.map(on_one_line);
    }

    /// Says something in the last line.
    pub(super) fn note(&mut self, text: &str) {
        self.view.note = on_one_line(text);
    }

    /// Draws again what changes with time, and does what keys mean.
    pub(super) fn refresh(&mut self, boards: &[Watched]) -> io::Result<Wish> {
        let now = Instant::now();
        for (head, watched) in self.view.heads.iter_mut().zip(boards) {
            head.figures = watched.counts.first().map_or(String::new(), |counts| figures::head(counts, now));
        }
        self.screen.show(&mut self.view)
    }
}

/// The parts of a value.
fn leaves(value: Option<&Named>, whole: &str) -> Vec<Leaf> {
    value.map_or_else(Vec::new, |value| value.leaves(whole))
}

/// The number that a line shows for a value.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        Value::Int(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

/// A value as the legend shows it: on one line, and not too long.
fn shown(value: &Value) -> String {
    let text = on_one_line(&value.to_string());
    match text.char_indices().nth(20) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
