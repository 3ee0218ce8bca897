//! What an interface says about itself.

use crate::command::Timeout;
use crate::names::is_same;
use crate::shape::{hash, hash_two};

/// The description of an interface: what `#[serialtalk::interface]` found in the trait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interface {
    /// The name of the trait.
    pub name: &'static str,
    /// Its documentation.
    pub docs: &'static str,
    /// The module under which its commands are switched on; empty if they always are.
    pub module: &'static str,
    /// Its commands, in the order of the trait.
    pub commands: &'static [CommandInfo],
}

/// The description of one command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommandInfo {
    /// Its name on the wire.
    pub name: &'static str,
    /// The name of its method.
    pub method: &'static str,
    /// Its documentation.
    pub docs: &'static str,
    /// Its arguments, in order.
    pub arguments: &'static [ArgumentInfo],
    /// The type of its value in Rust; empty if it has none.
    pub returns: &'static str,
    /// The type of its own error in Rust; empty if it has none.
    pub error: &'static str,
    /// How its arguments travel: a struct format, `repr`, `raw` or `postcard`; empty if there are none.
    pub format: &'static str,
    /// How its value travels, likewise.
    pub return_format: &'static str,
    /// Whether clients wait for its reply.
    pub oneway: bool,
    /// Whether doing it twice is the same as doing it once.
    pub idempotent: bool,
    /// How long clients wait for its reply; none for what their endpoint is set to.
    pub timeout: Option<Timeout>,
    /// A hash over the name and the form of arguments, value and error on the wire.
    ///
    /// Names of arguments, names of types and documentation are not part of it. Types that only serde knows all count
    /// as the same.
    pub hash: u32,
}

/// The description of one argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArgumentInfo {
    /// Its name.
    pub name: &'static str,
    /// Its type in Rust.
    pub ty: &'static str,
    /// How it travels if nothing else is said and it is alone: a struct format of all its values, or `repr`; empty if
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

    /// A hash over the hashes of all commands, in order.
    pub const fn hash(&self) -> u32 {
        let mut all = hash(b"interface", self.commands.len() as u32);
        let mut at = 0;
        while at < self.commands.len() {
            all = hash_two(all, self.commands[at].hash);
            at += 1;
        }
        all
    }
}

impl CommandInfo {
    /// A command of which nothing is known.
    pub const NONE: Self = Self {
        name: "",
        method: "",
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
    };

    /// The hash of a command called `name`, whose arguments, value and error have these encodings and shapes.
    pub const fn hash_of(name: &str, parts: &[(&str, u32)]) -> u32 {
        let mut all = hash(name.as_bytes(), parts.len() as u32);
        let mut at = 0;
        while at < parts.len() {
            let (encoding, shape) = parts[at];
            all = hash_two(all, hash(encoding.as_bytes(), shape));
            at += 1;
        }
        all
    }
}
