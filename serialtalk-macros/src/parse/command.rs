//! From a method of a trait to a command.

use syn::{Generics, Signature, TraitItemFn};

use super::{foreign, signature, wire_name};
use crate::errors::Errors;
use crate::model::interface::{Argument, Command, Output};
use crate::model::names;
use crate::syntax::attributes::{self, Attributes};
use crate::syntax::options::{self, CommandOptions, Encoding, InterfaceOptions};
use crate::syntax::types;

/// Returns the command that a method makes, in a trait with these parameters; `None` if there is a mistake in it.
///
/// Removes from the method everything that the compiler would reject once more.
pub(super) fn command(
    method: &mut TraitItemFn,
    generics: &Generics,
    interface: &InterfaceOptions,
    errors: &mut Errors,
) -> Option<Command> {
    let mut mistakes = Errors::default();
    if let Some(attribute) = attributes::conditional_use(&method.attrs, "command") {
        mistakes.at(
            attribute,
            "`#[command]` cannot depend on a `cfg`",
            "write the method twice, each with its own `#[cfg(...)]`",
        );
        method.attrs.retain(|attribute| !attribute.path().is_ident("cfg_attr"));
    }
    let options = options::of_command(&options::take("command", &mut method.attrs), &mut mistakes);
    signature::check(method, &mut mistakes);
    let mutability = signature::receiver(&mut method.sig, &mut mistakes);
    let arguments = signature::arguments(&mut method.sig, generics, &mut mistakes);
    let output = signature::output(&mut method.sig.output, &mut mistakes);
    let name = wire_name::of_command(&method.sig.ident, &options, interface, &mut mistakes);
    if !mistakes.is_broken() {
        check_options(&options, &method.sig, &arguments, &output, &mut mistakes);
    }
    if mistakes.is_broken() {
        errors.append(mistakes);
        return None;
    }
    let CommandOptions { both, format, returns, oneway, timeout, idempotent, .. } = options;
    let both = both.unwrap_or(Encoding::Inferred);
    let format =
        format.unwrap_or_else(|| if arguments.is_empty() { Encoding::Inferred } else { both.clone() });
    let returns = returns.unwrap_or(if output.value.is_none() { Encoding::Inferred } else { both });
    let mut attributes = Attributes::of(&method.attrs);
    attributes.allow_use();
    signature::attributes_of_arguments(&method.sig).for_each(|part| attributes.allow_in_part(part));
    let command = Command {
        method: method.sig.ident.clone(),
        name,
        mutability,
        asyncness: method.sig.asyncness,
        arguments,
        output,
        format,
        returns,
        oneway: oneway.is_some(),
        idempotent: idempotent.is_some(),
        timeout: timeout.map(|(_, timeout)| timeout),
        attributes,
    };
    check_types(&command, &mut mistakes);
    let is_sound = !mistakes.is_broken();
    errors.append(mistakes);
    is_sound.then_some(command)
}

/// Checks the types that do not cross by serde.
fn check_types(command: &Command, errors: &mut Errors) {
    if !command.format.is_serde() {
        command.arguments.iter().for_each(|argument| foreign::check(&argument.ty, errors));
    }
    if !command.returns.is_serde() {
        command.output.value.iter().for_each(|ty| foreign::check(ty, errors));
    }
    if !command.has_serde_error() {
        command.output.error.iter().for_each(|ty| foreign::check(ty, errors));
    }
}

/// Checks the options against each other and against the signature.
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
                format_args!("`{method}` is oneway, so what it returns is never received"),
                "remove the return type, or the option `oneway`",
            );
        }
        let others = [
            options.idempotent.as_ref().map(|word| (word, "it is never repeated")),
            options.timeout.as_ref().map(|(word, _)| (word, "it has no reply to wait for")),
        ];
        for (word, why) in others.into_iter().flatten() {
            errors.at(
                word,
                format_args!("`{word}` has no effect on a command that is `{oneway}`: {why}"),
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
            format_args!("`raw` carries one argument, and `{method}` takes {}", arguments.len()),
            "remove `raw`, or take one argument",
        );
    }
}
