//! A command that the two peers have under one name and with different signatures.

use core::fmt;

use super::interface::CommandInfo;
use super::signature::Signature;
use super::text::Text;

/// A command that the two peers have under one name and with different signatures.
///
/// Calling it could give a wrong value: what one peer takes for the speed may be the time to the other.
#[derive(Debug, Clone)]
pub struct Mismatch {
    command: &'static CommandInfo,
    theirs: Option<Text>,
}

impl Mismatch {
    pub(crate) const fn new(command: &'static CommandInfo, theirs: Option<Text>) -> Self {
        Self { command, theirs }
    }

    /// The command, as this side has it.
    pub fn command(&self) -> &'static CommandInfo {
        self.command
    }

    /// The signature of this side.
    pub fn ours(&self) -> Signature<'static> {
        self.command.signature()
    }

    /// The signature of the peer, if it can tell: if its interface is marked `describe`.
    pub fn theirs(&self) -> Option<&str> {
        self.theirs.as_ref().map(Text::as_str)
    }
}

impl PartialEq for Mismatch {
    fn eq(&self, other: &Self) -> bool {
        (self.command.name, self.command.hash) == (other.command.name, other.command.hash)
            && self.theirs == other.theirs
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` differs between the two peers\n  here:  {}\n  there: ",
            self.command.name,
            self.ours()
        )?;
        match &self.theirs {
            Some(theirs) => write!(f, "{theirs}")?,
            None => f.write_str("another signature, which only an interface marked `describe` tells")?,
        }
        f.write_str("\n  build both from the same version of the trait")
    }
}
