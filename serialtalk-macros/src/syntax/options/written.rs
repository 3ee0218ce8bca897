//! One option as it was written, and its value.

use syn::{Expr, ExprLit, ExprPath, Ident, Lit, LitStr, Path};

use super::describe::Describe;
use super::timeout::{self, Timeout};
use crate::errors::Errors;

/// A word, with or without a value.
pub(super) struct Written {
    pub(super) name: Ident,
    value: Option<Expr>,
}

impl Written {
    pub(super) fn new(name: Ident, value: Option<Expr>) -> Self {
        Self { name, value: value.map(ungrouped) }
    }

    /// Returns the name of an option without a value.
    pub(super) fn flag(&self, errors: &mut Errors) -> Option<Ident> {
        match &self.value {
            None => Some(self.name.clone()),
            Some(value) => {
                let name = &self.name;
                errors.at(
                    value,
                    format_args!("`{name}` takes no value"),
                    format_args!("write `{name}` alone, or leave it out"),
                );
                None
            }
        }
    }

    /// Returns the value of an option that takes text.
    pub(super) fn text(&self, example: &str, errors: &mut Errors) -> Option<LitStr> {
        let Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) = &self.value else {
            return self.wrong("takes text", example, errors);
        };
        if !text.suffix().is_empty() {
            let name = &self.name;
            errors.at(
                text,
                format_args!("`{}` after the text of `{name}` has no meaning", text.suffix()),
                "remove it",
            );
            return None;
        }
        Some(text.clone())
    }

    /// Returns the value of an option that takes a path.
    pub(super) fn path(&self, errors: &mut Errors) -> Option<Path> {
        if let Some(Expr::Path(ExprPath { qself: None, path, .. })) = &self.value {
            return Some(path.clone());
        }
        self.wrong("takes a path", "crate = path::to::serialtalk", errors)
    }

    /// Returns the value of an option that takes `true` or `false`.
    pub(super) fn yes_or_no(&self, example: &str, errors: &mut Errors) -> Option<bool> {
        if let Some(Expr::Lit(ExprLit { lit: Lit::Bool(answer), .. })) = &self.value {
            return Some(answer.value);
        }
        self.wrong("takes `true` or `false`", example, errors)
    }

    /// Returns what `describe`, alone or with a value, asks for.
    pub(super) fn describe(&self, errors: &mut Errors) -> Option<Describe> {
        match &self.value {
            None => Some(Describe::All),
            Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. }))
                if text.value() == "signatures" && text.suffix().is_empty() =>
            {
                Some(Describe::Signatures)
            }
            Some(_) => self.wrong(
                "stands alone, or takes \"signatures\" to leave documentation out",
                "describe = \"signatures\"",
                errors,
            ),
        }
    }

    /// Returns the value of an option that takes milliseconds or `never`.
    pub(super) fn timeout(&self, errors: &mut Errors) -> Option<Timeout> {
        match &self.value {
            Some(value) if timeout::is_negative(value) => {
                errors.at(value, "a timeout cannot be negative", timeout::EXAMPLES);
                None
            }
            Some(Expr::Lit(ExprLit { lit: Lit::Int(number), .. })) => timeout::milliseconds(number, errors),
            Some(Expr::Path(word)) if word.path.is_ident("never") => Some(Timeout::Never),
            _ => self.wrong("takes milliseconds or `never`", "timeout_ms = 5000", errors),
        }
    }

    /// Reports a value of the wrong kind.
    fn wrong<T>(&self, what: &str, example: &str, errors: &mut Errors) -> Option<T> {
        let name = &self.name;
        let remedy = format!("write `{example}`");
        let what = format!("`{name}` {what}");
        match &self.value {
            Some(value) => errors.at(value, what, remedy),
            None => errors.at_span(name.span(), what, remedy),
        }
        None
    }
}

/// Returns an expression without the invisible group in which it comes out of a `macro_rules!`.
fn ungrouped(value: Expr) -> Expr {
    match value {
        Expr::Group(group) => ungrouped(*group.expr),
        other => other,
    }
}
