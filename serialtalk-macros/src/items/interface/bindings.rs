//! The names of arguments, kept free to be bound.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::model::interface::Interface;
use crate::model::names;

/// Returns an import that hides what the names of arguments mean where the trait stands. The name of a constant, a static
/// or a variant would be a pattern, and not a variable.
///
/// A name that is also in a type, as in `[u8; len]`, keeps its meaning.
pub(super) fn hide_constants(interface: &Interface) -> TokenStream {
    let in_types = words_of_types(interface);
    let mut seen = HashSet::new();
    let arguments = interface.commands.iter().flat_map(|command| &command.arguments);
    let names: Vec<_> = arguments
        .map(|argument| &argument.name)
        .filter(|name| seen.insert(*name) && !in_types.contains(&names::plain(name)))
        .collect();
    if names.is_empty() { TokenStream::new() } else { quote!(use __st::{#(bindable as #names),*};) }
}

fn words_of_types(interface: &Interface) -> HashSet<String> {
    let mut words = HashSet::new();
    for command in &interface.commands {
        let arguments = command.arguments.iter().map(|argument| &argument.ty);
        for ty in arguments.chain(&command.output.value).chain(&command.output.error) {
            names::for_each_word(ty.to_token_stream(), &mut |word| {
                words.insert(names::plain(word));
            });
        }
    }
    words
}
