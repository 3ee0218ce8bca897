//! The constant that describes an interface, and what the other items take from it.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use crate::model::interface::{Argument, Command, Interface};
use crate::model::{names, spans};
use crate::syntax::attributes::Attributes;
use crate::syntax::options::{Describe, Encoding, Timeout};
use crate::syntax::text;

/// Returns `ROBOT_INTERFACE` for `Robot`.
pub(crate) fn description(interface: &Interface) -> TokenStream {
    let krate = &interface.krate;
    let attributes = interface.attributes.of_all_items();
    let visibility = interface.visibility();
    let constant = names::description(interface.name());
    let name = interface.plain_name();
    let about = format!(
        "The description of [`{name}`]: its commands with their types, formats and signatures. As text it is a list of them."
    );
    let docs = docs(&interface.attributes);
    let module = interface.module.as_ref().map(syn::LitStr::value).unwrap_or_default();
    let contract = interface.contract;
    let describe = match interface.describe {
        Describe::Nothing => quote!(Nothing),
        Describe::Signatures => quote!(Signatures),
        Describe::All => quote!(All),
    };
    let commands = interface.commands.iter().map(command);
    quote! {
        #(#attributes)*
        #[doc = #about]
        #visibility const #constant: #krate::Interface = {
            use #krate::__private as __st;
            use __st::Unshaped as _;
            __st::Interface {
                name: #name,
                docs: #docs,
                module: #module,
                contract: #contract,
                describe: __st::Describe::#describe,
                commands: &[#(#commands,)*],
            }
        };
    }
}

fn command(command: &Command) -> TokenStream {
    let Attributes { cfgs, levels, .. } = &command.attributes;
    let name = &command.name.text;
    let method = names::plain(&command.method);
    let docs = docs(&command.attributes);
    let timeout = match command.timeout {
        None => quote!(__st::None),
        Some(Timeout::Never) => quote!(__st::Some(__st::Timeout::Never)),
        Some(Timeout::Ms(ms)) => quote!(__st::Some(__st::Timeout::Ms(#ms))),
    };
    let (oneway, idempotent) = (command.oneway, command.idempotent);
    let arguments = command.arguments.iter().map(|argument| {
        let Argument { ty, .. } = argument;
        let (name, shown) = (names::plain(&argument.name), text::of(ty));
        quote!((#name, #shown, <#ty>))
    });
    let format = encoding(&command.format);
    let returns = encoding(&command.returns);
    let value = optional(command.output.value.as_ref());
    let error = optional(command.output.error.as_ref());
    let info = quote! {
        __st::command_info! {
            name: #name,
            method: #method,
            docs: #docs,
            timeout: #timeout,
            oneway: #oneway,
            idempotent: #idempotent,
            arguments: [#(#arguments),*],
            format: #format,
            value: #value,
            returns: #returns,
            error: #error,
        }
    };
    // An attribute of an invocation would not hold for what it expands to.
    let info = if levels.is_empty() { info } else { quote!(#(#levels)* { #info }) };
    quote!(#(#cfgs)* #info)
}

fn encoding(encoding: &Encoding) -> TokenStream {
    match encoding {
        Encoding::Inferred => quote!(none),
        chosen => {
            let name = chosen.name();
            quote!(#name)
        }
    }
}

fn optional(ty: Option<&Type>) -> TokenStream {
    match ty {
        None => quote!(none),
        Some(ty) => {
            let shown = text::of(ty);
            quote!((#shown, <#ty>))
        }
    }
}

fn docs(attributes: &Attributes) -> TokenStream {
    match attributes.doc_text() {
        Some(text) => quote!(#text),
        None => {
            let lines = attributes.doc_lines();
            quote!(::core::concat!(#(#lines, "\n"),*))
        }
    }
}

/// Returns the number and the description of each command as constants, and the table of their names.
pub(crate) fn commands(interface: &Interface) -> TokenStream {
    let description = names::description(interface.name());
    let variants = interface.commands.iter().map(|command| {
        let Command { method, attributes: Attributes { cfgs, .. }, .. } = command;
        let variant = spans::unlinted(method);
        quote!(#(#cfgs)* #variant)
    });
    let constants = interface.commands.iter().map(|command| {
        let Command { method, attributes: Attributes { cfgs, .. }, .. } = command;
        let (number, info, variant) = (names::number(method), names::info(method), spans::unlinted(method));
        quote_spanned! {Span::mixed_site()=>
            #(#cfgs)*
            const #number: __st::usize = __Command::#variant as __st::usize;
            #(#cfgs)*
            const #info: &__st::CommandInfo = &#description.commands[#number];
        }
    });
    quote_spanned! {Span::mixed_site()=>
        // Numbers the commands that are left under their `cfg`s.
        enum __Command { #(#variants),* }
        #(#constants)*
        static __TABLE: __st::NameTable<{ #description.commands.len() }> = __st::NameTable::new(&#description);
        const __CLASHES: &[__st::Option<&__st::CommandInfo>; #description.commands.len()] =
            &__st::NameTable::clashes(&__TABLE, &#description);
    }
}
