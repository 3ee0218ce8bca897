//! Values as lines that move, in full screen.

use std::io;
use std::time::Instant;

use super::Watched;
use crate::escaped::on_one_line;
use crate::figures;
use crate::plot::screen::{Screen, is_ascii};
use crate::plot::{Feed, View, Wish};
use crate::record::{Entry, Names};

/// The picture.
pub(super) struct Picture {
    screen: Screen,
    started: Instant,
    view: View,
    /// The commands of each board.
    feeds: Vec<Vec<Feed>>,
}

impl Picture {
    /// Takes the terminal.
    pub(super) fn new(names: &Names) -> io::Result<Self> {
        let started = Instant::now();
        let view = View::new(names.boards.iter().map(|board| on_one_line(board)), is_ascii());
        let feed = |board: &String, command: &String| match names.boards.len() {
            1 => Feed::new(command),
            _ => Feed::new(&format!("{board} {command}")),
        };
        let feeds_of = |board| names.commands.iter().map(|command| feed(board, command)).collect();
        let feeds = names.boards.iter().map(feeds_of).collect();
        Ok(Self { screen: Screen::new(started)?, started, view, feeds })
    }

    /// Takes what a call that was answered at a time has come to.
    pub(super) fn show(&mut self, entry: &Entry<'_>, answered: Instant) {
        self.view.heads[entry.board].loss = None;
        let time = answered.duration_since(self.started).as_secs_f64();
        self.feeds[entry.board][entry.command].add(&mut self.view, entry.slot, entry.value, time);
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
            let figures = |counts| figures::head(counts, &watched.carried, now);
            head.figures = watched.counts.first().map_or(String::new(), figures);
        }
        self.screen.show(&mut self.view)
    }
}
