//! A field for each argument of a command.

use tui_input::Input;

use crate::connection::Call;
use crate::contract::Known;
use crate::failure::Result;
use crate::words;

/// A field for each argument of a command.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
    /// The field in which is typed.
    pub(super) at: usize,
}

/// The field of an argument.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// The name and the type of the argument.
    pub(super) label: String,
    pub(super) input: Input,
}

impl Form {
    /// The form of a command; `None` if the board does not tell its arguments.
    pub(super) fn new(known: &Known) -> Option<Self> {
        let arguments = known.told.as_ref()?.signature().arguments();
        let field = |argument: &serialtalk_hal::contract::Argument| Field {
            label: format!("{}: {}", argument.name, argument.ty),
            input: Input::default(),
        };
        Some(Self { name: known.name.clone(), fields: arguments.iter().map(field).collect(), at: 0 })
    }

    /// The call with what is in the fields, and the line that would make it.
    pub(super) fn call(&self) -> Result<(Call, String)> {
        let texts = || self.fields.iter().map(|field| field.input.value());
        let arguments =
            texts().map(|text| words::value(text.as_ref())).collect::<std::result::Result<_, _>>()?;
        let words = std::iter::once(self.name.as_str()).chain(texts());
        let quoted = words.map(|word| shlex::try_quote(word).unwrap_or(word.into()));
        let line = quoted.collect::<Vec<_>>().join(" ");
        Ok((Call { name: self.name.clone(), format: None, arguments }, line))
    }
}
