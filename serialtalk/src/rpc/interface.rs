//! What an interface says about itself.

use super::command::{Command, Terms, Timeout};
use crate::codec::expected::Expected;
use crate::codec::shape::Shape;
use crate::wire::const_str::is_same;

/// The description of an interface: what `#[serialtalk::interface]` found in the trait.
///
/// As text it lists the [signatures](CommandInfo::signature) of the commands: `println!("{ROBOT_INTERFACE}")`. With the
/// feature `serde` it can be serialized, for example to JSON.
#[derive(Debug, Clone, Copy)]
pub struct Interface {
    /// The name of the trait.
    pub name: &'static str,
    /// The documentation of the trait.
    pub docs: &'static str,
    /// The module with which the commands are switched on; empty if they always are.
    pub module: &'static str,
    /// Whether servers tell peers, with `find_commands`, whether the signatures of the commands are equal at both ends.
    pub contract: bool,
    /// What servers tell peers of the commands, with `describe`.
    pub describe: Describe,
    /// The commands, in the order of the trait.
    pub commands: &'static [CommandInfo],
}

/// What servers of an interface tell peers of its commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Describe {
    /// Nothing.
    Nothing,
    /// Signatures, types as they are written in the trait, and options.
    Signatures,
    /// Documentation, too.
    All,
}

/// The description of one command. With the feature `serde` it can be serialized.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CommandInfo {
    /// The name on the wire.
    pub name: &'static str,
    /// The name of the method.
    pub method: &'static str,
    /// The documentation of the method.
    pub docs: &'static str,
    /// The arguments, in order.
    pub arguments: &'static [ArgumentInfo],
    /// The type of the value in Rust; empty if there is no value.
    pub returns: &'static str,
    /// The type of the command's own error in Rust; empty if it has none.
    pub error: &'static str,
    /// The encoding of the arguments: a struct format, `repr`, `raw` or `postcard`; empty if there are none. In a struct
    /// format `*s` is bytes whose number is written in the format of each frame.
    pub format: &'static str,
    /// The encoding of the value: a struct format, `repr`, `raw` or `postcard`; empty if there is none.
    pub return_format: &'static str,
    /// Whether clients send the command without waiting for its reply.
    pub oneway: bool,
    /// Whether running the command twice is the same as running it once.
    pub idempotent: bool,
    /// How long clients wait for the reply; `None` for the timeout of their endpoint.
    pub timeout: Option<Timeout>,
    /// The hash of the [signature](Self::signature).
    pub hash: u32,
    pub(crate) parts: Parts,
}

/// The shapes of a command, and how its arguments and value are expected to arrive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parts {
    /// Whether the encoding of the arguments is the one that their types have by themselves.
    pub(crate) is_natural: bool,
    /// Whether the encoding of the value is the one that its type has by itself.
    pub(crate) returns_naturally: bool,
    pub(crate) arguments: &'static Shape,
    pub(crate) value: &'static Shape,
    pub(crate) error: Option<&'static Shape>,
    pub(crate) expected_arguments: Expected,
    pub(crate) expected_value: Expected,
}

/// The description of one argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArgumentInfo {
    /// The name.
    pub name: &'static str,
    /// The type in Rust.
    pub ty: &'static str,
    /// The encoding of the argument by itself, as its type says: a struct format of all its values, or `repr`; empty if
    /// there is nothing in it.
    pub format: &'static str,
}

impl Interface {
    /// The command that is called `name` on the wire.
    pub const fn command(&self, name: &str) -> Option<&'static CommandInfo> {
        let mut at = 0;
        while at < self.commands.len() {
            if is_same(self.commands[at].name, name) {
                return Some(&self.commands[at]);
            }
            at += 1;
        }
        None
    }

    /// The sum of the [hashes](CommandInfo::hash) of the commands, which does not depend on their order.
    pub const fn hash(&self) -> u32 {
        let mut sum = 0u32;
        let mut at = 0;
        while at < self.commands.len() {
            sum = sum.wrapping_add(self.commands[at].hash);
            at += 1;
        }
        sum
    }
}

impl CommandInfo {
    /// The command as a client calls it.
    #[doc(hidden)]
    pub const fn command(&self) -> Command<'static> {
        let terms = Terms {
            hash: self.hash,
            packs_arguments: self.parts.expected_arguments.data_len.is_some(),
            packs_value: self.parts.expected_value.data_len.is_some(),
        };
        Command { name: self.name, timeout: self.timeout, idempotent: self.idempotent, terms: Some(terms) }
    }

    /// What the arguments are expected to be.
    #[doc(hidden)]
    pub const fn expected_arguments(&self) -> Expected {
        self.parts.expected_arguments
    }

    /// What the value is expected to be.
    #[doc(hidden)]
    pub const fn expected_value(&self) -> Expected {
        self.parts.expected_value
    }
}

#[cfg(test)]
impl CommandInfo {
    /// A command without arguments and without a value.
    pub(crate) const fn of_test(name: &'static str) -> Self {
        let nothing = &Shape::Tuple(&[]);
        Self {
            name,
            method: name,
            docs: "",
            arguments: &[],
            returns: "",
            error: "",
            format: "",
            return_format: "",
            oneway: false,
            idempotent: false,
            timeout: None,
            hash: 0,
            parts: Parts {
                is_natural: true,
                returns_naturally: true,
                arguments: nothing,
                value: nothing,
                error: None,
                expected_arguments: Expected::UNKNOWN,
                expected_value: Expected::UNKNOWN,
            },
        }
    }
}

#[cfg(test)]
impl Interface {
    /// An interface of some commands.
    pub(crate) const fn of_test(commands: &'static [CommandInfo]) -> Self {
        Self { name: "Test", docs: "", module: "", contract: true, describe: Describe::Nothing, commands }
    }
}
