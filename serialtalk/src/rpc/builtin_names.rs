//! The names of the commands that every SerialTalk peer answers.

/// A built-in command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Builtin {
    EnableRepl,
    DisableRepl,
    Echo,
    RawEcho,
    Module,
    GetNumCommands,
    GetNthCommand,
    GetVersion,
}

/// The names of the built-in commands, in the order in which a Python peer lists them.
pub const BUILTIN_NAMES: [&str; 8] = [
    "enable repl",
    "disable repl",
    "echo",
    "raw echo",
    "module",
    "get_num_commands",
    "get_nth_command",
    "get_version",
];

/// The built-in commands, in the order of their names.
const BUILTINS: [Builtin; BUILTIN_NAMES.len()] = [
    Builtin::EnableRepl,
    Builtin::DisableRepl,
    Builtin::Echo,
    Builtin::RawEcho,
    Builtin::Module,
    Builtin::GetNumCommands,
    Builtin::GetNthCommand,
    Builtin::GetVersion,
];

impl Builtin {
    /// The built-in command called `name`.
    pub(crate) fn of_name(name: &[u8]) -> Option<Self> {
        let at = BUILTIN_NAMES.iter().position(|known| known.as_bytes() == name)?;
        BUILTINS.get(at).copied()
    }
}
