//! The command line.

use std::time::Duration;

use clap::{Args, Parser, ValueEnum};
use clap_complete::ArgValueCompleter;

use crate::commands::Command;
use crate::completion;

const MORE: &str = "\
Boards get names in serialtalk.toml, in this folder or one above it, or in
~/.config/serialtalk/config.toml:
  default = \"arm\"                where no board is named
  [board.arm]                    serialtalk ports --save arm writes it
  port = \"usb:2e8a:0005\"         and, where they differ, baud, dtr, rts, echo, timeout
  [group]
  robots = [\"arm\", \"base\"]       serialtalk -b robots call battery

Environment: SERIALTALK_BOARD or SERIALTALK_PORT, SERIALTALK_BAUD, SERIALTALK_TIMEOUT,
SERIALTALK_CONFIG; NO_COLOR, CLICOLOR_FORCE. An option counts more than the environment, that more
than the file of the project, that more than the file of the user.

Exit codes:
  0  done                          3  no answer in time
  1  the board refused or raised   4  the port is missing, busy, not permitted or unplugged
  2  the command line is wrong     5  the board said what nobody can understand

To try it without a board: serialtalk demo, and in a second terminal
  serialtalk list
  serialtalk call mult 5.9 94
  serialtalk watch imu --plot
  serialtalk ui";

/// Lists, calls, watches and records what a board on a serial line can do.
#[derive(Debug, Parser)]
#[command(name = "serialtalk", version, propagate_version = true, infer_subcommands = false)]
#[command(max_term_width = 100, after_help = MORE)]
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
    /// The board at a gateway: realm/gateway/board, robots/*/arm1 at any gateway, arm1 in the realm of serialtalk.toml, or several
    #[cfg(feature = "fleet")]
    #[arg(long, global = true, value_name = "NAME or ADDRESS", conflicts_with = "board")]
    pub(crate) fleet: Option<String>,
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
