//! What is known of one command.

use core::fmt;
use core::str::FromStr;

use serialtalk::{CommandInfo, Timeout};

use super::description;
use super::identifier::is_identifier;
use super::limits::MAX_DESCRIPTION;
use super::parser::ParseError;
use super::signature::Signature;

/// A command of a contract: its signature, the method with the types as its author wrote them, its options and its
/// documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    signature: Signature,
    source: Source,
    options: Options,
    docs: String,
}

/// The method in the trait, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Source {
    pub(super) method: String,
    /// The names and types of the arguments.
    pub(super) arguments: Vec<(String, String)>,
    /// The type of the value; empty if there is none.
    pub(super) returns: String,
    /// The type of the command's own error; empty if it has none.
    pub(super) error: String,
}

/// How clients call a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Whether they do not wait for its reply.
    pub oneway: bool,
    /// Whether running it twice is the same as running it once.
    pub idempotent: bool,
    /// How long they wait for the reply; `None` for the timeout of their endpoint.
    pub timeout: Option<Timeout>,
}

/// The parts of a command do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadCommand {
    /// The signature is none.
    #[error(transparent)]
    Signature(#[from] ParseError),
    /// The text is no description.
    #[error("expected {expected} in a description, found {found:?}")]
    Description {
        /// What should stand there.
        expected: &'static str,
        /// The beginning of what does.
        found: String,
    },
    /// The method has a name that Rust does not accept.
    #[error("`{}` cannot be the name of a method: expected an identifier", .0.escape_debug())]
    Method(String),
    /// The method has other arguments than the signature, a value where that has none, or the other way round.
    #[error("the method `{0}` has other arguments, another value or another error than its signature")]
    Source(String),
    /// Options that exclude each other or the value, or a timeout that cannot be waited for.
    #[error(
        "the options `{options}` of `{method}` exclude each other, its value or its error, or the timeout is not from 1 to 2147483647"
    )]
    Options {
        /// The method.
        method: String,
        /// Its options.
        options: Options,
    },
    /// There is more text than a command can have.
    #[error("the texts of `{0}` have more than 16384 bytes")]
    TooLong(String),
    /// The name that was kept with a signature is not that of the signature.
    #[error("the signature `{signature}` is not that of a command called {name:?}")]
    Name {
        /// The name.
        name: String,
        /// The signature.
        signature: String,
    },
    /// The hash that was kept with a signature is not that of the signature.
    #[error(
        "the hash of `{signature}` is {actual:#010x}, and not {kept:#010x}: read the contract from the board again"
    )]
    Hash {
        /// The signature.
        signature: String,
        /// Its hash.
        actual: u32,
        /// The hash that was kept.
        kept: u32,
    },
}

impl Command {
    pub(super) fn new(
        signature: Signature,
        source: Source,
        options: Options,
        docs: String,
    ) -> Result<Self, BadCommand> {
        let Source { method, arguments, returns, error } = &source;
        if !is_identifier(method) {
            return Err(BadCommand::Method(method.clone()));
        }
        let types = || arguments.iter().map(|(_, ty)| ty).chain([returns, error]);
        let is_same = arguments.len() == signature.arguments().len()
            && arguments.iter().zip(signature.arguments()).all(|(ours, theirs)| ours.0 == theirs.name)
            && arguments.iter().all(|(_, ty)| !ty.is_empty())
            && (signature.value().is_none() || !returns.is_empty())
            && signature.error().is_some() != error.is_empty()
            && !types().any(|ty| ty.chars().any(char::is_control));
        if !is_same {
            return Err(BadCommand::Source(method.clone()));
        }
        let is_oneway_of_nothing =
            returns.is_empty() && error.is_empty() && !options.idempotent && options.timeout.is_none();
        let is_timeout = match options.timeout {
            Some(Timeout::Ms(ms)) => (1..=i32::MAX.unsigned_abs()).contains(&ms),
            _ => true,
        };
        if options.oneway && !is_oneway_of_nothing || !is_timeout {
            return Err(BadCommand::Options { method: method.clone(), options });
        }
        let command = Self { signature, source, options, docs };
        if command.len() > MAX_DESCRIPTION {
            return Err(BadCommand::TooLong(command.source.method));
        }
        Ok(command)
    }

    /// How many bytes the texts have.
    pub(super) fn len(&self) -> usize {
        let Source { method, arguments, returns, error } = &self.source;
        let types = arguments.iter().map(|(_, ty)| ty).chain([method, returns, error]);
        self.signature.to_string().len() + types.map(String::len).sum::<usize>() + self.docs.len()
    }

    /// What two peers must agree on.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The name on the wire.
    pub fn name(&self) -> &str {
        self.signature.name()
    }

    /// The hash of the signature.
    pub fn hash(&self) -> u32 {
        self.signature.hash()
    }

    /// The name of the method.
    pub fn method(&self) -> &str {
        &self.source.method
    }

    /// The types of the arguments, as the author of the trait wrote them.
    pub fn argument_types(&self) -> impl ExactSizeIterator<Item = &str> {
        self.source.arguments.iter().map(|(_, ty)| ty.as_str())
    }

    /// The type of the value, as the author of the trait wrote it; empty if there is no value.
    pub fn returns(&self) -> &str {
        &self.source.returns
    }

    /// The type of the command's own error, as the author of the trait wrote it; empty if it has none.
    pub fn error(&self) -> &str {
        &self.source.error
    }

    /// How clients call it.
    pub fn options(&self) -> Options {
        self.options
    }

    /// The documentation of the method.
    pub fn docs(&self) -> &str {
        &self.docs
    }
}

impl TryFrom<&CommandInfo> for Command {
    type Error = BadCommand;

    /// Takes over what a trait in this program says.
    ///
    /// # Errors
    ///
    /// A type whose `Encode` was written by hand and has a shape with names that are no identifiers, or texts beyond the
    /// limits of a contract.
    fn try_from(command: &CommandInfo) -> Result<Self, BadCommand> {
        let arguments = command.arguments.iter();
        let source = Source {
            method: command.method.into(),
            arguments: arguments.map(|argument| (argument.name.into(), argument.ty.into())).collect(),
            returns: command.returns.into(),
            error: command.error.into(),
        };
        let options =
            Options { oneway: command.oneway, idempotent: command.idempotent, timeout: command.timeout };
        Self::new(command.signature().to_string().parse()?, source, options, command.docs.into())
    }
}

impl FromStr for Command {
    type Err = BadCommand;

    /// Reads the text with which a peer describes a command, as [`Caller::describe`](serialtalk::Caller::describe) returns it.
    fn from_str(text: &str) -> Result<Self, BadCommand> {
        description::command(text)
    }
}

impl Options {
    /// The options as they are written in `#[command(...)]`.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for (is_set, word) in [(self.oneway, "oneway"), (self.idempotent, "idempotent")] {
            if is_set {
                words.push(word.to_owned());
            }
        }
        match self.timeout {
            None => {}
            Some(Timeout::Ms(ms)) => words.push(format!("timeout_ms = {ms}")),
            Some(Timeout::Never) => words.push("timeout_ms = never".to_owned()),
        }
        words
    }
}

/// As they are written in `#[command(...)]`: `idempotent, timeout_ms = 5000`.
impl fmt::Display for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join(", "))
    }
}

/// The signature, the options, and the first line of the documentation.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.signature)?;
        if self.options != Options::default() {
            write!(f, ", {}", self.options)?;
        }
        write_summary(f, &self.docs)
    }
}

/// Writes the first line of some documentation. Whoever wrote that has no say over a terminal.
pub(super) fn write_summary(f: &mut fmt::Formatter<'_>, docs: &str) -> fmt::Result {
    match docs.lines().next() {
        Some(line) if !line.is_empty() => write!(f, "    // {}", line.replace(char::is_control, "\u{fffd}")),
        _ => Ok(()),
    }
}
