//! What each macro makes of its input.

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::{check, items, parse};

/// The items for a trait that is marked `#[interface(options)]`.
pub(crate) fn interface(options: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Some(mut interface) = parse::interface::interface(options, item.clone(), &mut errors) else {
        return items::fallback::item(item, errors);
    };
    check::interface(&mut interface, &mut errors);
    if errors.is_broken() {
        items::fallback::interface(&interface, errors)
    } else {
        items::interface::interface(&interface)
    }
}

/// The items for a type that derives `Value`.
pub(crate) fn value(item: TokenStream) -> TokenStream {
    let input = match syn::parse2(item) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let value = parse::value::value(input, &mut errors);
    if errors.is_broken() { items::fallback::value(&value, errors) } else { items::value::value(&value) }
}
