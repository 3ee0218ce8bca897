//! What a peer that does not know an interface is told of a command.

use core::fmt;

use super::command::Timeout;
use super::interface::CommandInfo;
use crate::codec::shape::{SignatureWriter, display};

/// The description of a command as text, line by line:
///
/// - its [signature](super::signature::Signature),
/// - `rust ` and its method with the types as they are written in the trait: `rust cal(n: u8) -> Calibration or Fault`,
/// - the options of the command, if it has any: `options oneway, idempotent, timeout_ms = 5000`,
/// - after an empty line its documentation, if it has any.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    command: &'static CommandInfo,
    with_docs: bool,
}

impl CommandInfo {
    /// What a peer that does not know the interface is told of this command.
    #[doc(hidden)]
    pub const fn description(&'static self, with_docs: bool) -> Description {
        Description { command: self, with_docs }
    }
}

#[allow(clippy::len_without_is_empty, reason = "it is never empty")]
impl Description {
    /// The length of the text in bytes.
    pub const fn len(&self) -> usize {
        let mut writer = SignatureWriter::new(&mut [], 0);
        self.write(&mut writer);
        writer.len()
    }

    /// The bytes of the text; `N` is its length.
    pub const fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.write(&mut SignatureWriter::new(&mut bytes, 0));
        bytes
    }

    const fn write(&self, text: &mut SignatureWriter<'_>) {
        self.command.signature().write(text);
        text.str("\nrust ");
        write_method(self.command, text);
        write_options(self.command, "\noptions ", text);
        if self.with_docs && !self.command.docs.is_empty() {
            text.str("\n\n");
            text.str(self.command.docs);
        }
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display(f, |text| self.write(text))
    }
}

const fn write_method(command: &CommandInfo, text: &mut SignatureWriter<'_>) {
    text.str(command.method);
    text.str("(");
    let mut at = 0;
    while at < command.arguments.len() {
        if at > 0 {
            text.str(", ");
        }
        text.str(command.arguments[at].name);
        text.str(": ");
        text.str(command.arguments[at].ty);
        at += 1;
    }
    text.str(")");
    if !command.returns.is_empty() {
        text.str(" -> ");
        text.str(command.returns);
    }
    if !command.error.is_empty() {
        text.str(" or ");
        text.str(command.error);
    }
}

/// Writes `oneway, idempotent, timeout_ms = 5000`, as far as the command has these options; `before` if it has any.
pub(super) const fn write_options(
    command: &CommandInfo,
    mut before: &'static str,
    text: &mut SignatureWriter<'_>,
) {
    if command.oneway {
        text.str(before);
        text.str("oneway");
        before = ", ";
    }
    if command.idempotent {
        text.str(before);
        text.str("idempotent");
        before = ", ";
    }
    if let Some(timeout) = command.timeout {
        text.str(before);
        text.str("timeout_ms = ");
        match timeout {
            Timeout::Ms(ms) => text.integer(ms as i128),
            Timeout::Never => text.str("never"),
        }
    }
}

/// The description of the command with this number among those of an interface; empty if its module is not loaded, `None`
/// if there is no such command.
pub fn description_of(
    descriptions: &'static [&'static str],
    number: usize,
    is_loaded: bool,
) -> Option<&'static str> {
    let text = descriptions.get(number)?;
    Some(if is_loaded { text } else { "" })
}
