//! The command line.

use std::time::Duration;

use clap::{Args, Parser, ValueEnum};
use clap_complete::ArgValueCompleter;

use crate::commands::Command;
use crate::completion;

/// Lists, calls, watches and records what a board on a serial line can do.
#[derive(Debug, Parser)]
#[command(name = "serialtalk", version, propagate_version = true, infer_subcommands = false)]
#[command(max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) global: Global,
}

/// The options that every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// The board: a name of serialtalk.toml, a path, usb:VID:PID[:SERIAL], tcp://HOST:PORT, auto, demo, or several with commas
    #[arg(short, long, global = true, visible_alias = "port", add = ArgValueCompleter::new(completion::boards))]
    pub(crate) board: Option<String>,
    /// Bits per second [default: 115200]
    #[arg(long, global = true)]
    pub(crate) baud: Option<u32>,
    /// How long each answer may take: 800ms, 5s [default: 5s]
    #[arg(long, global = true, value_parser = humantime::parse_duration)]
    pub(crate) timeout: Option<Duration>,
    /// The level of DTR when the port is opened; `off` keeps many boards from restarting
    #[arg(long, global = true, value_name = "LEVEL")]
    pub(crate) dtr: Option<Level>,
    /// The level of RTS when the port is opened
    #[arg(long, global = true, value_name = "LEVEL")]
    pub(crate) rts: Option<Level>,
    /// Waits so long for the port to appear: 10s
    #[arg(long, global = true, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub(crate) wait: Option<Duration>,
    /// Does not ask for `echo` first: for firmware that has none, as on many Arduino boards
    #[arg(long, global = true)]
    pub(crate) no_echo: bool,
    /// Writes JSON, one object a line
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Colours: on a terminal and without NO_COLOR, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    pub(crate) color: Color,
    /// Shows every frame on standard error
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// The level of a line of a serial port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    On,
    Off,
}

impl From<Level> for bool {
    fn from(level: Level) -> Self {
        level == Level::On
    }
}

/// When there are colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes this the choice for all output. `auto` leaves it to the terminal, `NO_COLOR` and `CLICOLOR_FORCE`.
    pub(crate) fn apply(self) {
        let choice = match self {
            Self::Auto => return,
            Self::Always => anstream::ColorChoice::AlwaysAnsi,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}
