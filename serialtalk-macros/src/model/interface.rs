//! An interface, with the spans of what was written.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Ident, ItemTrait, LitStr, Path, Token, Type, TypeParamBound};

use super::{names, spans};
use crate::syntax::attributes::Attributes;
use crate::syntax::options::{Describe, Encoding, Timeout};

/// A trait that is an interface.
pub(crate) struct Interface {
    /// The trait as it is emitted, without the attributes that were meant for this macro.
    pub(crate) item: ItemTrait,
    /// The path to serialtalk.
    pub(crate) krate: Path,
    pub(crate) module: Option<LitStr>,
    /// Whether the futures of async methods must be `Send`.
    pub(crate) send: bool,
    /// Whether servers answer the contract check.
    pub(crate) contract: bool,
    pub(crate) describe: Describe,
    /// A name for the type parameter of clients, which carries the calls.
    pub(crate) caller: Ident,
    /// A name for the type parameter that implements the trait.
    pub(crate) implementor: Ident,
    pub(crate) attributes: Attributes,
    /// The methods in which no mistake was found.
    pub(crate) commands: Vec<Command>,
}

/// A method of the trait.
pub(crate) struct Command {
    pub(crate) method: Ident,
    pub(crate) name: WireName,
    /// The `mut` of `&mut self`.
    pub(crate) mutability: Option<Token![mut]>,
    pub(crate) asyncness: Option<Token![async]>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) output: Output,
    /// The encoding of the arguments.
    pub(crate) format: Encoding,
    /// The encoding of the value.
    pub(crate) returns: Encoding,
    pub(crate) oneway: bool,
    pub(crate) idempotent: bool,
    pub(crate) timeout: Option<Timeout>,
    pub(crate) attributes: Attributes,
}

/// The name of a command on the wire.
pub(crate) struct WireName {
    pub(crate) text: String,
    /// The span of the option `name`, else of the method.
    pub(crate) span: Span,
}

/// An argument of a method.
pub(crate) struct Argument {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
}

/// What a method returns.
#[derive(Default)]
pub(crate) struct Output {
    /// The type of the value; `None` for `()`.
    pub(crate) value: Option<Type>,
    /// The `E` of a `Result<T, E>`.
    pub(crate) error: Option<Type>,
    /// The type as written, if one is.
    pub(crate) written: Option<Type>,
}

impl Interface {
    /// Returns the name of the trait.
    pub(crate) fn name(&self) -> &Ident {
        &self.item.ident
    }

    /// Returns the name of the trait for bounds and paths.
    pub(crate) fn mentioned(&self) -> Ident {
        spans::mentioned(self.name())
    }

    /// Returns the name of the trait without the `r#` of a raw identifier.
    pub(crate) fn plain_name(&self) -> String {
        names::plain(self.name())
    }

    /// Returns the visibility of the trait, and so of all items made of it.
    pub(crate) fn visibility(&self) -> TokenStream {
        spans::all_unlinted(self.item.vis.to_token_stream())
    }

    /// Whether no method is async.
    pub(crate) fn is_sync(&self) -> bool {
        self.commands.iter().all(|command| command.asyncness.is_none())
    }

    /// Whether implementors must be `'static`, so that a reference cannot be one.
    pub(crate) fn is_static(&self) -> bool {
        self.item.supertraits.iter().any(|bound| matches!(bound, TypeParamBound::Lifetime(_)))
    }
}

impl Command {
    /// Returns the type of the value, `()` included.
    pub(crate) fn value_type(&self) -> Type {
        self.output.value.clone().unwrap_or_else(|| syn::parse_quote!(()))
    }

    /// Whether the error may be a type that has serde only.
    pub(crate) fn has_serde_error(&self) -> bool {
        self.format.is_serde() || self.returns.is_serde()
    }

    /// Whether the method is there under every configuration.
    pub(crate) fn is_unconditional(&self) -> bool {
        self.attributes.cfgs.is_empty()
    }
}
