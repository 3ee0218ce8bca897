//! How much a peer may say of itself.

use core::time::Duration;

/// How many commands a contract may have.
pub const MAX_COMMANDS: usize = 1024;

/// How many bytes a description of one command may have, its signature and its documentation included.
pub const MAX_DESCRIPTION: usize = 16 * 1024;

/// How many bytes all texts of a contract may have.
pub const MAX_CONTRACT: usize = 1024 * 1024;

/// How deep types may be nested.
pub const MAX_DEPTH: usize = 32;

/// How many elements an array or a tuple may have.
pub const MAX_LEN: usize = 65_535;

/// How long a whole contract may take to be read.
pub const MAX_TIME: Duration = Duration::from_secs(120);
