//! From a contract to a trait in Rust, as source text.

mod definitions;
mod docs;
mod methods;
mod names;
mod type_text;
mod types;
mod uses;

use self::definitions::Definitions;
use self::names::Names;
pub use self::names::constant_prefix;
use super::identifier::{is_identifier, is_keyword};
use super::interface::Interface;

/// How wide a line may be, as rustfmt has it by default.
const MAX_WIDTH: usize = 100;

/// A contract cannot be written as a trait.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unwritable {
    /// The trait cannot have this name.
    #[error(
        "`{}` cannot be the name of a trait: expected an identifier that is no keyword and no type of the standard library",
        .0.escape_debug()
    )]
    Name(String),
    /// A type is known to serde only.
    #[error(
        "`{command}` has a type that only serde knows, so its form is not in the contract: get the crate with the trait"
    )]
    Opaque {
        /// The command.
        command: String,
    },
    /// The keys of a map have floats.
    #[error(
        "`{command}` has a map whose keys have floats, which no map of Rust can have: send a list of pairs instead"
    )]
    FloatKey {
        /// The command.
        command: String,
    },
    /// An option is directly in an option.
    #[error(
        "`{command}` has an option directly in an option, and Python has one `None` for both: use an enum with three cases"
    )]
    OptionInOption {
        /// The command.
        command: String,
    },
    /// An array is too long.
    #[error(
        "`{command}` has {len} values in a row, which no trait can have in its encoding: send them in several calls"
    )]
    Long {
        /// The command.
        command: String,
        /// The number of values.
        len: usize,
    },
}

/// Writes a trait called `name` with the commands of `interface`, and the types that it needs.
pub(super) fn source(interface: &Interface, name: &str) -> Result<String, Unwritable> {
    if !is_identifier(name) || is_keyword(name) || names::is_reserved(name) {
        return Err(Unwritable::Name(name.into()));
    }
    let constant = constant_prefix(name) + "_INTERFACE";
    let mut names = Names::of_types();
    for suffix in ["", "Client", "AsyncClient", "Server"] {
        names.take(&format!("{name}{suffix}"));
    }
    names.take(&constant);
    let definitions = Definitions::of(interface, &mut names)?;

    let mut text =
        String::from("// Written from the contract of a peer: write it again instead of changing it.\n\n");
    text += &docs::comment(interface.docs(), "");
    text += "#[serialtalk::interface]\n";
    text += &format!("pub trait {name} {{");
    text += &methods::of(interface, &definitions);
    text += "}\n";
    for definition in definitions.all() {
        text += "\n";
        text += &types::definition(definition, &definitions);
    }
    let hash = interface.hash();
    let (high, low) = (hash >> 16, hash & 0xffff);
    text += &format!(
        "\nconst _: () = assert!(\n    {constant}.hash() == 0x{high:04x}_{low:04x},\n    \
         \"the trait is not what the peer has: write it again from the contract of the peer\"\n);\n"
    );
    Ok(text)
}

/// `head`, the items and `tail` in one line if that fits, otherwise with a line for each item.
fn list(indent: &str, head: &str, items: &[String], tail: &str) -> String {
    let line = format!("{indent}{head}{}{tail}\n", items.join(", "));
    if line.trim_end().chars().count() <= MAX_WIDTH || items.is_empty() {
        return line;
    }
    let mut lines = format!("{indent}{head}\n");
    for item in items {
        lines += &format!("{indent}    {item},\n");
    }
    lines + &format!("{indent}{tail}\n")
}
