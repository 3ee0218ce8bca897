//! The options in the parentheses of `#[interface(...)]`, `#[command(...)]` and `#[value(...)]`.

mod describe;
mod timeout;
mod written;

use proc_macro2::{Span, TokenStream};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, LitStr, Meta, Path, Token};

use crate::errors::Errors;
pub(crate) use describe::Describe;
pub(crate) use timeout::Timeout;
use written::Written;

/// The options of an interface.
pub(crate) struct InterfaceOptions {
    pub(crate) krate: Path,
    pub(crate) prefix: Option<LitStr>,
    pub(crate) module: Option<LitStr>,
    pub(crate) send: bool,
    /// Whether servers answer the contract check.
    pub(crate) contract: bool,
    pub(crate) describe: Describe,
}

/// The options of a command.
#[derive(Default)]
pub(crate) struct CommandOptions {
    pub(crate) name: Option<LitStr>,
    /// `repr`, `raw` or `postcard` for both directions.
    pub(crate) both: Option<Encoding>,
    pub(crate) format: Option<Encoding>,
    pub(crate) returns: Option<Encoding>,
    pub(crate) oneway: Option<Ident>,
    pub(crate) timeout: Option<(Ident, Timeout)>,
    pub(crate) idempotent: Option<Ident>,
}

/// The encoding of the arguments, or of the value, of a command.
#[derive(Clone)]
pub(crate) enum Encoding {
    /// Chosen by the types.
    Inferred,
    Repr(Span),
    Raw(Span),
    Postcard(Span),
    /// A struct format, written by hand.
    Struct(LitStr),
}

const INTERFACE: &[&str] = &["prefix", "module", "send", "describe", "contract", "crate"];
const COMMAND: &[&str] =
    &["name", "repr", "raw", "postcard", "format", "returns", "oneway", "timeout_ms", "idempotent"];
const VALUE: &[&str] = &["crate"];

/// Reads the options of `#[interface(...)]`.
pub(crate) fn of_interface(options: TokenStream, errors: &mut Errors) -> InterfaceOptions {
    let mut all = InterfaceOptions {
        krate: default_crate(),
        prefix: None,
        module: None,
        send: false,
        contract: true,
        describe: Describe::Nothing,
    };
    for option in parsed(options, INTERFACE, errors) {
        match option.name.to_string().as_str() {
            "prefix" => all.prefix = option.text("prefix = \"arm.\"", errors),
            "module" => all.module = option.text("module = \"arm\"", errors),
            "send" => all.send = option.flag(errors).is_some(),
            "describe" => all.describe = option.describe(errors).unwrap_or(all.describe),
            "contract" => all.contract = option.yes_or_no("contract = false", errors).unwrap_or(all.contract),
            _ => all.krate = option.path(errors).unwrap_or(all.krate),
        }
    }
    all
}

/// Reads the options of all `#[command(...)]` of a method.
pub(crate) fn of_command(attributes: &[Attribute], errors: &mut Errors) -> CommandOptions {
    let mut all = CommandOptions::default();
    for option in listed(attributes, COMMAND, "command(name = \"set color\")", errors) {
        match option.name.to_string().as_str() {
            "name" => all.name = option.text("name = \"set color\"", errors),
            "format" => all.format = option.text("format = \"<Bf\"", errors).map(Encoding::of),
            "returns" => all.returns = option.text("returns = \"f\"", errors).map(Encoding::of),
            "oneway" => all.oneway = option.flag(errors),
            "idempotent" => all.idempotent = option.flag(errors),
            "timeout_ms" => all.timeout = option.timeout(errors).map(|timeout| (option.name, timeout)),
            _ => {
                if let Some(name) = option.flag(errors) {
                    set_both(&mut all.both, name, errors);
                }
            }
        }
    }
    if let (Some(both), Some(one)) = (&all.both, all.format.as_ref().or(all.returns.as_ref())) {
        let both = both.name();
        errors.at_span(
            one.span(),
            format_args!("`{both}` already sets the encoding of arguments and value"),
            format_args!("remove one, or write both out: `format = \"{both}\", returns = \"f\"`"),
        );
    }
    all
}

/// Reads the path to serialtalk from the `#[value(...)]` of a type.
pub(crate) fn of_value(attributes: &[Attribute], errors: &mut Errors) -> Path {
    let attributes: Vec<_> =
        attributes.iter().filter(|attribute| attribute.path().is_ident("value")).cloned().collect();
    let options = listed(&attributes, VALUE, "value(crate = path::to::serialtalk)", errors);
    options.into_iter().find_map(|option| option.path(errors)).unwrap_or_else(default_crate)
}

impl Encoding {
    fn of(text: LitStr) -> Self {
        match text.value().as_str() {
            "repr" => Self::Repr(text.span()),
            "raw" => Self::Raw(text.span()),
            "postcard" => Self::Postcard(text.span()),
            _ => Self::Struct(text),
        }
    }

    /// Returns the span of the option that chose it.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Inferred => Span::call_site(),
            Self::Repr(span) | Self::Raw(span) | Self::Postcard(span) => *span,
            Self::Struct(format) => format.span(),
        }
    }

    /// Whether types that have serde only can cross.
    pub(crate) fn is_serde(&self) -> bool {
        matches!(self, Self::Repr(_) | Self::Postcard(_))
    }

    /// Returns its name in the description of the interface; empty if the types choose it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Inferred => String::new(),
            Self::Repr(_) => "repr".to_owned(),
            Self::Raw(_) => "raw".to_owned(),
            Self::Postcard(_) => "postcard".to_owned(),
            Self::Struct(format) => format.value(),
        }
    }
}

fn set_both(both: &mut Option<Encoding>, name: Ident, errors: &mut Errors) {
    let encoding = match name.to_string().as_str() {
        "repr" => Encoding::Repr(name.span()),
        "raw" => Encoding::Raw(name.span()),
        _ => Encoding::Postcard(name.span()),
    };
    match both {
        None => *both = Some(encoding),
        Some(first) => {
            let first = first.name();
            errors.at(
                &name,
                format_args!("`{name}` contradicts `{first}`"),
                format_args!("remove one, or write both out: `format = \"{first}\", returns = \"{name}\"`"),
            );
        }
    }
}

fn default_crate() -> Path {
    syn::parse_quote!(::serialtalk)
}

/// Returns the options of several attributes, all of which must have parentheses.
fn listed(attributes: &[Attribute], known: &[&str], example: &str, errors: &mut Errors) -> Vec<Written> {
    let mut options = Vec::new();
    for attribute in attributes {
        match &attribute.meta {
            Meta::Path(_) => {}
            Meta::List(list) => options.extend(written(list.tokens.clone(), errors)),
            Meta::NameValue(pair) => {
                errors.at(pair, "options are written in parentheses", format_args!("write `#[{example}]`"));
            }
        }
    }
    sorted_out(options, known, errors)
}

fn parsed(options: TokenStream, known: &[&str], errors: &mut Errors) -> Vec<Written> {
    sorted_out(written(options, errors), known, errors)
}

fn written(tokens: TokenStream, errors: &mut Errors) -> Vec<Written> {
    let metas = match Punctuated::<Meta, Token![,]>::parse_terminated.parse2(tokens) {
        Ok(metas) => metas,
        Err(error) => {
            errors.add(error);
            return Vec::new();
        }
    };
    let mut options = Vec::new();
    for meta in metas {
        let Some(name) = meta.path().get_ident().cloned() else {
            errors.at(meta.path(), "this is not an option", "write `word` or `word = value`");
            continue;
        };
        match meta {
            Meta::Path(_) => options.push(Written::new(name, None)),
            Meta::NameValue(pair) => options.push(Written::new(name, Some(pair.value))),
            Meta::List(list) => errors.at(
                list,
                format_args!("`{name}` takes no parentheses"),
                format_args!("write `{name}`, or `{name} = value`"),
            ),
        }
    }
    options
}

/// Reports unknown and repeated options, and returns the others.
fn sorted_out(options: Vec<Written>, known: &[&str], errors: &mut Errors) -> Vec<Written> {
    let mut left: Vec<Written> = Vec::new();
    for option in options {
        if !known.iter().any(|known| option.name == known) {
            let known = known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>().join(", ");
            errors.at(
                &option.name,
                format_args!("unknown option `{}`", option.name),
                format_args!("the options are {known}"),
            );
        } else if left.iter().any(|before| before.name == option.name) {
            errors.at(&option.name, format_args!("`{}` is set twice", option.name), "remove one");
        } else {
            left.push(option);
        }
    }
    left
}

/// Removes the attributes called `word` from a list, and returns them.
pub(crate) fn take(word: &str, attributes: &mut Vec<Attribute>) -> Vec<Attribute> {
    let (taken, left) =
        core::mem::take(attributes).into_iter().partition(|attribute| attribute.path().is_ident(word));
    *attributes = left;
    taken
}
