//! What the screen shows.

use std::collections::VecDeque;

use tui_input::Input;

use super::form::Form;
use crate::contract::Known;
use crate::escaped::on_one_line;
use crate::failure::Failure;
use crate::plot::View;
use crate::plot::screen::is_ascii;

/// How many lines of the log are kept.
const LOG: usize = 500;

/// A line of the log.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Line {
    /// A call, and its value.
    Value(String, String),
    /// A call, or something else that was tried, and why it failed.
    Failure(String, Failure),
    /// A change of the connection.
    Change(String),
}

/// Where keys go.
#[derive(Debug, Clone, Default)]
pub(super) enum Mode {
    /// To the table of commands, and to the plot.
    #[default]
    Commands,
    /// To the line of a call.
    Line(Input),
    /// To the arguments of a command.
    Form(Form),
}

/// What the screen shows.
pub(super) struct State {
    pub(super) board: String,
    pub(super) known: Vec<Known>,
    /// The command that is marked.
    pub(super) selected: usize,
    /// The commands that are watched.
    pub(super) watched: Vec<usize>,
    pub(super) view: View,
    /// The latest line is the last.
    pub(super) log: VecDeque<Line>,
    pub(super) mode: Mode,
    /// Why there is no connection.
    pub(super) loss: Option<String>,
    /// Rates and round trips of what is watched.
    pub(super) figures: String,
    /// Whether what is watched is recorded.
    pub(super) is_recording: bool,
}

impl State {
    pub(super) fn new(board: &str, known: Vec<Known>) -> Self {
        Self {
            board: on_one_line(board),
            known,
            selected: 0,
            watched: Vec::new(),
            view: View::new(std::iter::empty(), is_ascii()),
            log: VecDeque::new(),
            mode: Mode::Commands,
            loss: None,
            figures: String::new(),
            is_recording: false,
        }
    }

    /// Adds a line to the log.
    pub(super) fn say(&mut self, line: Line) {
        self.log.push_back(line);
        if self.log.len() > LOG {
            self.log.pop_front();
        }
    }
}
