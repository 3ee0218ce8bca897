//! Names of generated items.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Ident, ItemTrait};

use super::spans;

/// The functions that every client has besides its commands.
pub(crate) const OF_CLIENTS: &[&str] =
    &["new", "over", "connect", "connect_async", "caller", "caller_mut", "into_caller", "within"];

/// Returns a name without the `r#` of a raw identifier.
pub(crate) fn plain(name: &Ident) -> String {
    name.unraw().to_string()
}

/// Returns `RobotClient` for `Robot`.
pub(crate) fn client(interface: &Ident) -> Ident {
    generated(&(plain(interface) + "Client"), interface)
}

/// Returns `RobotAsyncClient` for `Robot`.
pub(crate) fn async_client(interface: &Ident) -> Ident {
    generated(&(plain(interface) + "AsyncClient"), interface)
}

/// Returns `RobotServer` for `Robot`.
pub(crate) fn server(interface: &Ident) -> Ident {
    generated(&(plain(interface) + "Server"), interface)
}

/// Returns `ROBOT_INTERFACE` for `Robot`.
pub(crate) fn description(interface: &Ident) -> Ident {
    generated(&(screaming(&plain(interface)) + "_INTERFACE"), interface)
}

/// Returns `MULT_MAX` for `mult`.
pub(crate) fn max(method: &Ident) -> Ident {
    generated(&(plain(method).to_uppercase() + "_MAX"), method)
}

/// Returns the name of the constant that describes a command: `__info_mult`.
pub(crate) fn info(method: &Ident) -> Ident {
    private("info", method)
}

/// Returns the name of the number of a command: `__number_mult`.
pub(crate) fn number(method: &Ident) -> Ident {
    private("number", method)
}

/// Returns the name of the function that serves a command: `__serve_mult`.
pub(crate) fn handler(method: &Ident) -> Ident {
    private("serve", method)
}

fn generated(name: &str, after: &Ident) -> Ident {
    Ident::new(name, spans::generated(after.span()))
}

fn private(what: &str, method: &Ident) -> Ident {
    Ident::new(&format!("__{what}_{}", plain(method)), Span::mixed_site())
}

/// Returns `wanted`, with as many `_` after it as make it a word that `item` does not use.
pub(crate) fn unused(wanted: &str, item: &ItemTrait) -> Ident {
    let mut name = wanted.to_owned();
    while is_used(&name, item) {
        name += "_";
    }
    Ident::new(&name, Span::mixed_site())
}

fn is_used(name: &str, item: &ItemTrait) -> bool {
    let mut is_used = false;
    for_each_word(item.to_token_stream(), &mut |word| is_used |= word == name);
    is_used
}

/// Calls a function with every word of some syntax.
pub(crate) fn for_each_word(tokens: TokenStream, see: &mut impl FnMut(&Ident)) {
    for token in tokens {
        match token {
            TokenTree::Ident(word) => see(&word),
            TokenTree::Group(group) => for_each_word(group.stream(), see),
            _ => {}
        }
    }
}

/// Returns `HTTP_SERVER2` for `HttpServer2` and for `HTTPServer2`.
fn screaming(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut all = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let follows_word = before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit());
        let ends_capitals = before.is_some_and(|before| before.is_uppercase())
            && letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && (follows_word || ends_capitals) {
            all.push('_');
        }
        all.extend(letter.to_uppercase());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::screaming;

    #[test]
    fn constants_are_named_after_their_traits() {
        for (name, constant) in [
            ("Robot", "ROBOT"),
            ("RobotArm", "ROBOT_ARM"),
            ("HTTPServer", "HTTP_SERVER"),
            ("Http2", "HTTP2"),
            ("Http2Server", "HTTP2_SERVER"),
            ("Robot_Arm", "ROBOT_ARM"),
            ("A", "A"),
            ("robot", "ROBOT"),
        ] {
            assert_eq!(screaming(name), constant);
        }
    }
}
