//! From a trait to an interface.

use proc_macro2::{Span, TokenStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Generics, Item, ItemTrait, Path, Token, TraitItem, TypeParamBound};

use super::{command, wire_name};
use crate::errors::Errors;
use crate::model::interface::{Command, Interface};
use crate::model::names;
use crate::syntax::attributes::Attributes;
use crate::syntax::options::{self, InterfaceOptions};

/// Returns the interface that a trait makes, with the methods in which no mistake was found; `None` if it is not a trait.
pub(crate) fn interface(options: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Interface> {
    let mut item = trait_of(item, errors)?;
    let mut options = options::of_interface(options, errors);
    wire_name::check_prefix(&mut options, errors);
    wire_name::check_module(&mut options, errors);
    check_single(&mut item, &options.krate, errors);
    let members = item.items.iter_mut();
    let mut commands: Vec<_> =
        members.filter_map(|member| command_of(member, &item.generics, &options, errors)).collect();
    let before = errors.count();
    check_head(&item, errors);
    if errors.count() > before {
        // What is generated for commands would not compile either.
        commands.clear();
    }
    let mut attributes = Attributes::of(&item.attrs);
    attributes.allow_use();
    let caller = names::unused("C", &item);
    let implementor = names::unused("T", &item);
    let InterfaceOptions { krate, module, send, contract, describe, .. } = options;
    Some(Interface {
        item,
        krate,
        module,
        send,
        contract,
        describe,
        caller,
        implementor,
        attributes,
        commands,
    })
}

fn trait_of(item: TokenStream, errors: &mut Errors) -> Option<ItemTrait> {
    let (word, what) = match syn::parse2(item) {
        Ok(Item::Trait(item)) => return Some(item),
        Ok(Item::Struct(item)) => (item.struct_token.span, "a struct"),
        Ok(Item::Enum(item)) => (item.enum_token.span, "an enum"),
        Ok(Item::Union(item)) => (item.union_token.span, "a union"),
        Ok(Item::Fn(item)) => (item.sig.fn_token.span, "a function"),
        Ok(Item::Impl(item)) => (item.impl_token.span, "an implementation"),
        Ok(Item::Mod(item)) => (item.mod_token.span, "a module"),
        Ok(Item::Type(item)) => (item.type_token.span, "a type alias"),
        Ok(_) => (Span::call_site(), "another item"),
        Err(error) => {
            errors.add(error);
            return None;
        }
    };
    errors.at_span(
        word,
        format_args!("`#[serialtalk::interface]` expects a trait, and this is {what}"),
        "put it on the trait that both ends share",
    );
    None
}

/// Reports and removes a second `#[interface]` on the trait, which would make all items once more.
fn check_single(item: &mut ItemTrait, krate: &Path, errors: &mut Errors) {
    item.attrs.retain(|attribute| {
        let is_second = is_interface(attribute, krate);
        if is_second {
            errors.at(
                attribute,
                "this trait already is an interface",
                "remove one of the two attributes, and write all options in the other",
            );
        }
        !is_second
    });
}

/// Whether an attribute is `#[interface]`, `#[serialtalk::interface]`, or that of the crate at `krate`.
fn is_interface(attribute: &Attribute, krate: &Path) -> bool {
    let words =
        |path: &Path| -> Vec<_> { path.segments.iter().map(|segment| segment.ident.to_string()).collect() };
    let mut before = words(attribute.path());
    let last = before.pop();
    last.is_some_and(|last| last == "interface")
        && (before.is_empty() || before == ["serialtalk"] || before == words(krate))
}

/// Checks everything before the members of the trait.
fn check_head(item: &ItemTrait, errors: &mut Errors) {
    if let Some(word) = item.unsafety {
        errors.at(word, "an interface cannot be `unsafe`", "remove `unsafe`");
    }
    if let Some(word) = item.modifiers.auto_token {
        errors.at(word, "an interface cannot be an `auto` trait", "remove `auto`");
    }
    let lifetimes = item.generics.lifetimes().count();
    if lifetimes > 0 && lifetimes == item.generics.params.len() {
        errors.at(
            &item.generics.params,
            "an interface cannot have a lifetime: arguments borrow from the received frame, for the duration of a call",
            "remove it: `&str`, `&[u8]`, `Name<'_>`",
        );
    } else if !item.generics.params.is_empty() {
        errors.at(
            &item.generics.params,
            "an interface cannot be generic: both ends must know every type",
            "write the types out, or write a trait for each",
        );
    }
    if let Some(clause) = &item.generics.where_clause {
        errors.at(
            clause.where_token,
            "an interface cannot have a `where` clause: implementors provide its methods and nothing else",
            "remove it, and write the bounds where they are needed",
        );
    }
    for bound in foreign_bounds(&item.supertraits) {
        errors.at(
            bound,
            "an interface can only require `Send`, `Sync`, `Unpin` and `'static`",
            "remove it, and write the bound where it is needed",
        );
    }
}

/// Returns the command that a member of the trait makes, and removes from the member what cannot be emitted.
fn command_of(
    member: &mut TraitItem,
    generics: &Generics,
    interface: &InterfaceOptions,
    errors: &mut Errors,
) -> Option<Command> {
    let before = errors.count();
    match member {
        TraitItem::Fn(method) => return command::command(method, generics, interface, errors),
        TraitItem::Const(constant) => {
            options::take("command", &mut constant.attrs);
            errors.at(
                constant.const_token,
                "an interface cannot have a constant: its members are commands",
                "put it next to the trait, or make it a method without arguments",
            );
        }
        TraitItem::Type(ty) => {
            options::take("command", &mut ty.attrs);
            errors.at(
                ty.type_token,
                "an interface cannot have an associated type: both ends must know every type",
                "put a type alias next to the trait",
            );
        }
        TraitItem::Macro(invocation) => {
            options::take("command", &mut invocation.attrs);
            errors.at(
                &invocation.mac.path,
                "a macro inside an interface is expanded too late for `#[serialtalk::interface]`",
                "write the methods out",
            );
        }
        _ => {}
    }
    if errors.count() == before {
        // The compiler does not know this syntax either, or rejects it.
        errors.leave_to_compiler();
    }
    None
}

/// Returns the bounds of a trait that an interface cannot have.
fn foreign_bounds(bounds: &Punctuated<TypeParamBound, Token![+]>) -> impl Iterator<Item = &TypeParamBound> {
    bounds.iter().filter(|bound| match bound {
        TypeParamBound::Trait(bound) => !bound
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Send" || last.ident == "Sync" || last.ident == "Unpin"),
        TypeParamBound::Lifetime(lifetime) => lifetime.ident != "static",
        _ => true,
    })
}
