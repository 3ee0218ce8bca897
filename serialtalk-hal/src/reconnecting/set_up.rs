//! What a program does with each new connection.

use core::error::Error;

/// What a set-up returns: an error of any kind if it has failed.
pub type SetUpResult = Result<(), Box<dyn Error + Send + Sync>>;

/// Says in a type that there is a set-up.
#[derive(Debug)]
pub enum HasSetUp {}

/// Says in a type that there is no set-up.
#[derive(Debug)]
pub enum NoSetUp {}
