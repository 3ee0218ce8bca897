//! An interface as it is understood: what was written, with its spans.

use proc_macro2::Span;
use syn::{ExprPath, Ident, ItemTrait, LitByteStr, LitStr, Path, Token, Type, Visibility};

use crate::attributes::Attributes;
use crate::names;
use crate::options::{Encoding, Timeout};

/// A trait that is an interface.
pub(crate) struct Interface {
    /// The trait as it is emitted, without what was meant for the macro.
    pub(crate) item: ItemTrait,
    pub(crate) krate: Path,
    pub(crate) module: Option<LitStr>,
    /// Whether futures have to be `Send`.
    pub(crate) send: bool,
    pub(crate) attributes: Attributes,
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
    /// How the arguments travel, if that was asked for.
    pub(crate) format: Option<Encoding>,
    /// How the value travels, likewise.
    pub(crate) returns: Option<Encoding>,
    pub(crate) oneway: bool,
    pub(crate) idempotent: bool,
    pub(crate) timeout: Option<Timeout>,
    pub(crate) attributes: Attributes,
}

/// The name of a command on the wire, and where it comes from.
pub(crate) struct WireName {
    pub(crate) text: String,
    pub(crate) span: Span,
}

pub(crate) struct Argument {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
}

/// What a method returns.
#[derive(Default)]
pub(crate) struct Output {
    /// None where that is `()`.
    pub(crate) value: Option<Type>,
    /// The `E` of a `Result<T, E>`.
    pub(crate) error: Option<Type>,
}

/// How one direction of a command travels.
#[derive(Clone, Copy)]
pub(crate) enum Way<'a> {
    /// As its types say.
    Natural,
    Repr,
    Raw,
    Postcard,
    Struct(&'a LitStr),
}

impl Interface {
    pub(crate) fn name(&self) -> &Ident {
        &self.item.ident
    }

    pub(crate) fn visibility(&self) -> &Visibility {
        &self.item.vis
    }

    /// Its name where it is no more than mentioned: the compiler suggests changes only to what the user wrote.
    pub(crate) fn mentioned(&self) -> Ident {
        let mut name = self.name().clone();
        name.set_span(Span::call_site());
        name
    }

    /// Its name without the `r#` of a raw identifier.
    pub(crate) fn plain_name(&self) -> String {
        names::plain(self.name())
    }

    /// The type parameter that stands for what carries calls.
    pub(crate) fn caller(&self) -> Ident {
        names::unused("C", &self.item)
    }

    /// The type parameter that stands for who implements the trait.
    pub(crate) fn implementor(&self) -> Ident {
        names::unused("T", &self.item)
    }

    /// Whether every method is done at once.
    pub(crate) fn is_sync(&self) -> bool {
        self.commands.iter().all(|command| command.asyncness.is_none())
    }

    /// Whether implementors have to be `'static`, so that a reference cannot be one.
    pub(crate) fn is_static(&self) -> bool {
        self.item.supertraits.iter().any(|bound| matches!(bound, syn::TypeParamBound::Lifetime(_)))
    }

    /// A path for whatever stands at `name` of the part of serialtalk that is not for use by hand.
    pub(crate) fn private(&self) -> ExprPath {
        let krate = &self.krate;
        syn::parse_quote!(#krate::__private)
    }
}

impl Command {
    pub(crate) fn arguments_way(&self) -> Way<'_> {
        Way::of(self.format.as_ref())
    }

    pub(crate) fn value_way(&self) -> Way<'_> {
        Way::of(self.returns.as_ref())
    }

    /// The type of its value, also where that is `()`.
    pub(crate) fn value_type(&self) -> Type {
        self.output.value.clone().unwrap_or_else(|| syn::parse_quote!(()))
    }

    /// Whether its error may have only serde.
    pub(crate) fn has_serde_errors(&self) -> bool {
        let is_serde = |way| matches!(way, Way::Repr | Way::Postcard);
        is_serde(self.arguments_way()) || is_serde(self.value_way())
    }

    pub(crate) fn uses_postcard(&self) -> bool {
        let is_postcard = |way| matches!(way, Way::Postcard);
        is_postcard(self.arguments_way()) || is_postcard(self.value_way())
    }

    /// The names of the arguments as error messages have them, each behind a byte with its length.
    pub(crate) fn argument_names(&self) -> LitByteStr {
        let mut joined = vec![];
        for mut name in self.arguments.iter().map(Argument::plain_name) {
            while name.len() > 255 {
                name.pop();
            }
            joined.push(name.len() as u8);
            joined.extend_from_slice(name.as_bytes());
        }
        LitByteStr::new(&joined, Span::call_site())
    }
}

impl Argument {
    /// Its name without the `r#` of a raw identifier.
    pub(crate) fn plain_name(&self) -> String {
        names::plain(&self.name)
    }
}

impl<'a> Way<'a> {
    fn of(encoding: Option<&'a Encoding>) -> Self {
        match encoding {
            None => Self::Natural,
            Some(Encoding::Repr(_)) => Self::Repr,
            Some(Encoding::Raw(_)) => Self::Raw,
            Some(Encoding::Postcard(_)) => Self::Postcard,
            Some(Encoding::Struct(format)) => Self::Struct(format),
        }
    }
}
