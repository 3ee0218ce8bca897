//! The input of the macros, as text: options, a line end, an item. An item alone derives `Value`, too.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;

// As a macro it cannot be called.
#[path = "../../serialtalk-macros/src"]
#[allow(dead_code, unused_imports, reason = "what only its library uses")]
mod macros {
    pub(crate) mod check;
    pub(crate) mod errors;
    pub(crate) mod expand;
    pub(crate) mod items;
    pub(crate) mod model;
    pub(crate) mod parse;
    pub(crate) mod syntax;
}

pub(crate) use macros::{check, errors, expand, items, model, parse, syntax};

fuzz_target!(|text: &[u8]| {
    let Ok(text) = str::from_utf8(text) else { return };
    let (options, item) = text.split_once('\n').unwrap_or(("", text));
    let (Some(options), Some(item)) = (tokens(options), tokens(item)) else { return };
    let interface = expand::interface(options, item.clone());
    let value = expand::value(item.clone());
    // The compiler gives a macro nothing else.
    match syn::parse2::<syn::Item>(item) {
        Ok(syn::Item::Verbatim(_)) | Err(_) => {}
        Ok(syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Union(_)) => {
            check_items(interface, &["Client", "Server"]);
            check_items(value, &["Encode", "Decode"]);
        }
        Ok(_) => check_items(interface, &["Client", "Server"]),
    }
});

/// The tokens of a text, if it has any.
fn tokens(text: &str) -> Option<TokenStream> {
    text.parse().ok()
}

/// What a macro makes of its input is Rust, with what it promises in it or an error of the compiler.
fn check_items(items: TokenStream, promised: &[&str]) {
    let text = items.to_string();
    if let Err(error) = syn::parse2::<syn::File>(items) {
        panic!("{error}: {text}");
    }
    if !text.contains("compile_error") {
        assert!(promised.iter().all(|word| text.contains(word)), "{text}");
    }
}
