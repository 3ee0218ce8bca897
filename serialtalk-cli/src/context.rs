//! What a command needs besides its own arguments.

use crate::arguments::Global;
use crate::boards::{self, Board};
use crate::config::Config;
use crate::failure::Result;
use crate::output::Output;

/// The options of every command, the configuration, and how results are shown.
pub(crate) struct Context {
    pub(crate) global: Global,
    pub(crate) config: Config,
    pub(crate) output: Output,
}

impl Context {
    /// Reads the configuration.
    pub(crate) fn new(global: Global) -> Result<Self> {
        let output = Output::new(&global);
        Ok(Self { config: Config::load()?, global, output })
    }

    /// The boards that the command line means.
    pub(crate) fn boards(&self) -> Result<Vec<Board>> {
        boards::chosen(&self.global, &self.config)
    }

    /// The only board that the command line means, for a `command` that takes no more.
    pub(crate) fn board(&self, command: &str) -> Result<Board> {
        boards::only(&self.global, &self.config, command)
    }
}
