//! What clippy advises against, and an interface cannot do otherwise.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::interface::Interface;

/// The number of arguments from which on clippy complains.
const MANY: usize = 8;

/// Returns the attribute of a method with so many arguments, `self` included: the peer takes no fewer.
pub(super) fn accept_arguments(count: usize) -> Option<TokenStream> {
    (count >= MANY).then(|| quote!(#[allow(clippy::too_many_arguments)]))
}

/// Returns the attribute of an async function that awaits a method of the trait: whether its future can be sent to another
/// thread depends on the method, unless the option `send` demands it.
pub(super) fn accept_futures(interface: &Interface) -> Option<TokenStream> {
    let is_open = !interface.is_sync() && !interface.send;
    is_open.then(|| quote!(#[allow(clippy::future_not_send)]))
}
