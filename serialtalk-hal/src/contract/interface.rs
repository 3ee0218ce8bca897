//! The commands of a peer.

use core::fmt;

use super::command::{BadCommand, Command, write_summary};
use super::limits::{MAX_COMMANDS, MAX_CONTRACT};
use super::rust::{self, Unwritable};

/// The commands of a peer, with their signatures: a [`serialtalk::Interface`] that owns its parts.
///
/// As text it is a list of signatures. With the feature `serde` it can be kept as JSON and read again; it also reads what
/// a [`serialtalk::Interface`] is serialized to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interface {
    name: String,
    docs: String,
    commands: Vec<Command>,
}

/// Commands do not make an interface.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadInterface {
    /// A command is none.
    #[error(transparent)]
    Command(#[from] BadCommand),
    /// Two commands have one name.
    #[error("two commands are called `{0}`: leave one of them out")]
    Twice(String),
    /// There are more commands than an interface can have.
    #[error("{0} commands: an interface has at most 1024")]
    TooMany(usize),
    /// The hash that was kept with an interface is not that of its commands.
    #[error(
        "the hash of {name:?} is {actual:#010x}, and not {kept:#010x}: read the contract from the board again"
    )]
    Hash {
        /// The name of the trait.
        name: String,
        /// The hash.
        actual: u32,
        /// The hash that was kept.
        kept: u32,
    },
    /// The texts of the interface and its commands are longer than they can be.
    #[error(
        "the texts of the interface have {0} bytes, and can have 1048576 at most: shorten the documentation"
    )]
    TooLong(usize),
}

impl Interface {
    /// Puts an interface together.
    ///
    /// # Errors
    ///
    /// Two commands with one name, or more commands or text than an interface can have.
    pub fn new(
        name: impl Into<String>,
        docs: impl Into<String>,
        commands: Vec<Command>,
    ) -> Result<Self, BadInterface> {
        let (name, docs) = (name.into(), docs.into());
        let len = name.len() + docs.len() + commands.iter().map(Command::len).sum::<usize>();
        if len > MAX_CONTRACT {
            return Err(BadInterface::TooLong(len));
        }
        if commands.len() > MAX_COMMANDS {
            return Err(BadInterface::TooMany(commands.len()));
        }
        let mut names: Vec<_> = commands.iter().map(Command::name).collect();
        names.sort_unstable();
        match names.windows(2).find(|two| two[0] == two[1]) {
            Some(two) => Err(BadInterface::Twice(two[0].to_owned())),
            None => Ok(Self { name, docs, commands }),
        }
    }

    /// The name of the trait; `Board` if it was read from a board, which does not tell it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The documentation of the trait; empty if it was read from a board, which does not tell it.
    pub fn docs(&self) -> &str {
        &self.docs
    }

    /// The commands, in the order of their numbers.
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// The command that is called `name` on the wire.
    pub fn command(&self, name: &str) -> Option<&Command> {
        self.commands.iter().find(|command| command.name() == name)
    }

    /// The sum of the hashes of the commands, as [`serialtalk::Interface::hash`].
    pub fn hash(&self) -> u32 {
        self.commands.iter().map(Command::hash).fold(0, u32::wrapping_add)
    }

    /// Writes a trait called `name` that has these commands, and the types that it needs, as source text.
    ///
    /// It has the same signatures, which it checks when it is compiled. Types are named as their author named them where
    /// that is known, otherwise after the command and the argument or field; types of one form are one type. The crate that
    /// takes it needs `serialtalk` with the features that its types need: `alloc`, and for commands in postcard `postcard`
    /// and `serde` with `derive`.
    ///
    /// # Errors
    ///
    /// A type that only serde knows, a map whose keys have floats, or something else that no trait can have.
    pub fn to_rust(&self, name: &str) -> Result<String, Unwritable> {
        rust::source(self, name)
    }
}

impl TryFrom<&serialtalk::Interface> for Interface {
    type Error = BadInterface;

    /// Takes over what a trait in this program says.
    ///
    /// # Errors
    ///
    /// A type whose `Encode` was written by hand and has a shape with names that are no identifiers, or texts beyond the
    /// limits of a contract.
    fn try_from(interface: &serialtalk::Interface) -> Result<Self, BadInterface> {
        let commands = interface.commands.iter().map(Command::try_from).collect::<Result<_, _>>()?;
        Self::new(interface.name, interface.docs, commands)
    }
}

impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name.replace(char::is_control, "\u{fffd}"))?;
        write_summary(f, &self.docs)?;
        self.commands.iter().try_for_each(|command| write!(f, "\n  {command}"))
    }
}
