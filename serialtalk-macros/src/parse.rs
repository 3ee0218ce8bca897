//! Syntax to model, with every mistake that shows in one item alone.

use proc_macro2::{Span, TokenStream};
use syn::{
    FnArg, Ident, Item, ItemTrait, Pat, PatType, Receiver, ReceiverKind, ReturnType, Safety, Signature,
    TraitItem, TraitItemFn, Type, parse_quote,
};

use crate::attributes::{self, Attributes};
use crate::errors::Errors;
use crate::model::{Argument, Command, Interface, Output};
use crate::options::{self, CommandOptions, Encoding, InterfaceOptions};
use crate::types::{self, Place};
use crate::{format, names};

/// The interface that a trait is. None if it is no trait.
pub(crate) fn interface(options: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Interface> {
    let mut item = trait_of(item, errors)?;
    let mut options = options::of_interface(options, errors);
    names::check_prefix(&mut options, errors);
    check_head(&mut item, errors);
    let commands = core::mem::take(&mut item.items)
        .into_iter()
        .filter_map(|mut member| {
            let command = command(&mut member, &options, errors);
            item.items.push(member);
            command
        })
        .collect();
    let attributes = Attributes::of(&item.attrs);
    let InterfaceOptions { krate, module, send, .. } = options;
    Some(Interface { item, krate, module, send, attributes, commands })
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
        Ok(_) => (Span::call_site(), "something else"),
        Err(error) => {
            errors.add(error);
            return None;
        }
    };
    errors.at_span(
        word,
        format_args!("`#[serialtalk::interface]` makes an interface of a trait, and this is {what}"),
        "put it on the trait that says what both ends agree on",
    );
    None
}

fn check_head(item: &mut ItemTrait, errors: &mut Errors) {
    if let Some(word) = item.unsafety {
        errors.at(word, "an interface cannot be `unsafe`", "remove `unsafe`");
    }
    if let Some(word) = item.modifiers.auto_token {
        errors.at(word, "an interface cannot be an `auto` trait", "remove `auto`");
    }
    if !item.generics.params.is_empty() {
        errors.at(
            &item.generics.params,
            "an interface cannot be generic: both ends must know every type",
            "write the types out, or make a trait for each",
        );
    }
    if let Some(clause) = &item.generics.where_clause {
        errors.at(
            clause.where_token,
            "an interface has no `where` clause: implementors need its methods and nothing else",
            "remove it, and ask for more where you use more",
        );
    }
    for bound in types::foreign_bounds(&item.supertraits) {
        errors.at(
            bound,
            "an interface can ask for nothing but `Send`, `Sync`, `Unpin` and `'static`",
            "remove it, and ask for more where you use more",
        );
    }
}

/// The command that a member of the trait is. Leaves behind what can be emitted.
fn command(member: &mut TraitItem, interface: &InterfaceOptions, errors: &mut Errors) -> Option<Command> {
    let before = errors.count();
    match member {
        TraitItem::Fn(method) => return method_command(method, interface, errors),
        TraitItem::Const(constant) => {
            options::take("command", &mut constant.attrs);
            errors.at(
                constant.const_token,
                "a constant is no command",
                "put it beside the trait, or make it a method without arguments",
            );
        }
        TraitItem::Type(ty) => {
            options::take("command", &mut ty.attrs);
            errors.at(
                ty.type_token,
                "an interface has no associated types: both ends must know every type",
                "put a type alias beside the trait",
            );
        }
        TraitItem::Macro(invocation) => {
            options::take("command", &mut invocation.attrs);
            errors.at(
                &invocation.mac.path,
                "a macro inside an interface is expanded too late to be read",
                "write its methods out",
            );
        }
        _ => {}
    }
    if errors.count() == before {
        // The compiler does not know this syntax either, or forbids it.
        errors.leave_to_compiler();
    }
    None
}

fn method_command(
    method: &mut TraitItemFn,
    interface: &InterfaceOptions,
    errors: &mut Errors,
) -> Option<Command> {
    let mut mistakes = Errors::default();
    if let Some(attribute) = attributes::conditional_use(&method.attrs, "command") {
        mistakes.at(
            attribute,
            "`#[command]` cannot depend on a `cfg`",
            "write the method twice, each behind its own `#[cfg(...)]`",
        );
        method.attrs.retain(|attribute| !attribute.path().is_ident("cfg_attr"));
    }
    let options = options::of_command(&options::take("command", &mut method.attrs), &mut mistakes);
    check_signature(method, &mut mistakes);
    let mutability = receiver(&mut method.sig, &mut mistakes);
    let arguments = arguments(&mut method.sig, &mut mistakes);
    let output = output(&method.sig.output, &mut mistakes);
    let name = names::of_command(&method.sig.ident, &options, interface, &mut mistakes);
    if !mistakes.is_broken() {
        check_options(&options, &method.sig, &arguments, &output, &mut mistakes);
    }
    let CommandOptions { both, format, returns, oneway, timeout, idempotent, .. } = options;
    let command = Command {
        method: method.sig.ident.clone(),
        name,
        mutability,
        asyncness: method.sig.asyncness,
        format: format.or_else(|| both.clone().filter(|_| !arguments.is_empty())),
        returns: returns.or_else(|| both.filter(|_| output.value.is_some())),
        arguments,
        output,
        oneway: oneway.is_some(),
        idempotent: idempotent.is_some(),
        timeout: timeout.map(|(_, timeout)| timeout),
        attributes: Attributes::of(&method.attrs),
    };
    if !mistakes.is_broken() {
        format::check(&command, &mut mistakes);
    }
    let is_sound = !mistakes.is_broken();
    errors.append(mistakes);
    is_sound.then_some(command)
}

/// Checks what stands around the arguments, and takes away what the compiler would refuse once more.
fn check_signature(method: &mut TraitItemFn, errors: &mut Errors) {
    let sig = &mut method.sig;
    if let Some(word) = sig.constness.take() {
        errors.at(word, "a command cannot be `const`: it runs on the other end", "remove `const`");
    }
    if let Safety::Unsafe(word) = &sig.safety {
        errors.at(
            word,
            "a command cannot be `unsafe`: whoever sends a frame could call it",
            "remove `unsafe`",
        );
    }
    if let Some(abi) = &sig.abi {
        errors.at(abi, "a command is no `extern` function", "remove `extern`");
    }
    if let Some(variadic) = sig.variadic.take() {
        errors.at(
            variadic,
            "a command has a fixed list of arguments",
            "write each argument out, or a list as one of them",
        );
        sig.inputs.pop_punct();
    }
    if !sig.generics.params.is_empty() {
        let has_types = sig.generics.lifetimes().count() < sig.generics.params.len();
        errors.at(
            &sig.generics.params,
            "a command cannot be generic: both ends must know every type",
            if has_types {
                "write the types out"
            } else {
                "leave the lifetimes out: `&str`, `&[u8]`, `Name<'_>`"
            },
        );
    }
    if let Some(clause) = &sig.generics.where_clause {
        errors.at(
            clause.where_token,
            "a command has no `where` clause: both ends must know every type",
            "remove it",
        );
    }
    if let Some(body) = &method.default {
        errors.at_span(
            body.brace_token.span.open(),
            "a command has no body of its own: the client cannot know what it does",
            "end the line with `;`, and write the body where the trait is implemented",
        );
    }
}

/// The `mut` of `&mut self`.
fn receiver(sig: &mut Signature, errors: &mut Errors) -> Option<syn::Token![mut]> {
    let Some(FnArg::Receiver(Receiver { mutability, self_token, kind, .. })) = sig.inputs.first_mut() else {
        errors.at(
            &sig.ident,
            format_args!("`{}` has no receiver: a command belongs to whoever serves it", sig.ident),
            "write `&mut self` or `&self` as its first argument",
        );
        return None;
    };
    match kind {
        ReceiverKind::Reference(_, None, reference) => return *reference,
        ReceiverKind::Reference(_, Some(lifetime), _) => {
            errors.at(lifetime, "a command is done within its call", "write `&mut self` or `&self`");
        }
        ReceiverKind::Typed(_, ty) => {
            errors.at(ty, "a command borrows whoever serves it", "write `&mut self` or `&self`");
        }
        _ => {
            // The compiler would refuse the `mut` once more.
            let word = mutability.take().map_or(self_token.span, |word| word.span);
            errors.at_span(word, "`self` would be used up by the first call", "write `&mut self` or `&self`");
        }
    }
    None
}

/// The arguments; patterns that the compiler would refuse once more are replaced.
fn arguments(sig: &mut Signature, errors: &mut Errors) -> Vec<Argument> {
    let mut all = Vec::new();
    for input in &mut sig.inputs {
        let FnArg::Typed(PatType { attrs, pat, ty, .. }) = input else { continue };
        if let Some(attribute) = attrs
            .iter()
            .find(|attribute| attribute.path().is_ident("cfg") || attribute.path().is_ident("cfg_attr"))
        {
            errors.at(
                attribute,
                "an argument cannot depend on a `cfg`: both ends must agree on all of them",
                "write the method twice, each behind its own `#[cfg(...)]`",
            );
        }
        types::check(ty, Place::Argument(&sig.generics), errors);
        match name(pat) {
            Some(name) => all.push(Argument { name: name.clone(), ty: (**ty).clone() }),
            None => {
                let ty = crate::text::of(ty);
                errors.at(
                    &*pat,
                    "an argument needs a plain name, which error messages tell",
                    format_args!("write `name: {ty}`"),
                );
                **pat = parse_quote!(_);
            }
        }
    }
    if all.len() > usize::from(u8::MAX) {
        errors.at(
            &sig.ident,
            format_args!("`{}` takes {} arguments, more than any frame holds", sig.ident, all.len()),
            "make several commands of it",
        );
    }
    all
}

fn name(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none() => {
            Some(&pat.ident)
        }
        _ => None,
    }
}

fn output(output: &ReturnType, errors: &mut Errors) -> Output {
    let Some(ty) = types::of_output(output) else { return Output::default() };
    let mut checked = |ty: &Type| {
        types::check(ty, Place::Value, errors);
        ty.clone()
    };
    match types::result(ty) {
        None => Output { value: Some(checked(ty)).filter(|ty| !types::is_unit(ty)), error: None },
        Some(Ok((value, error))) => Output {
            value: Some(checked(value)).filter(|ty| !types::is_unit(ty)),
            error: Some(checked(error)),
        },
        Some(Err(path)) => {
            errors.at(
                path,
                "the error of a command crosses the wire, too, and its type must be told",
                "write both types out: `Result<T, MyError>`",
            );
            Output::default()
        }
    }
}

/// Checks options against each other and against the signature.
fn check_options(
    options: &CommandOptions,
    sig: &Signature,
    arguments: &[Argument],
    output: &Output,
    errors: &mut Errors,
) {
    let method = names::plain(&sig.ident);
    if let Some(oneway) = &options.oneway {
        if let (Some(ty), true) =
            (types::of_output(&sig.output), output.value.is_some() || output.error.is_some())
        {
            errors.at(
                ty,
                format_args!("`{method}` is oneway: nobody waits for what it returns"),
                "remove the return type, or the option `oneway`",
            );
        }
        let others = [
            options.idempotent.as_ref().map(|word| (word, "it is never sent again")),
            options.timeout.as_ref().map(|(word, _)| (word, "it has no reply to wait for")),
        ];
        for (word, why) in others.into_iter().flatten() {
            errors.at(
                word,
                format_args!("`{word}` says nothing about a command that is `{oneway}`: {why}"),
                "remove one of them",
            );
        }
    }
    if let (Some(format), true) = (&options.format, arguments.is_empty()) {
        errors.at_span(format.span(), format_args!("`{method}` takes no arguments"), "remove `format`");
    }
    if let (Some(returns), None) = (&options.returns, &output.value) {
        errors.at_span(returns.span(), format_args!("`{method}` returns no value"), "remove `returns`");
    }
    let format = options.format.as_ref().or(options.both.as_ref());
    if let (Some(Encoding::Raw(span)), 2..) = (format, arguments.len()) {
        errors.at_span(
            *span,
            format_args!("raw bytes are one argument, and `{method}` takes {}", arguments.len()),
            "leave `raw` out, or take one argument",
        );
    }
}
