//! Where generated code seems to stand: lints pass over what a macro made, and not over what the user wrote.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use syn::Ident;

/// The words that became keywords in an edition after the first.
const KEYWORDS_SINCE_2015: &[&str] = &["async", "await", "dyn", "gen", "try"];

/// Returns the span of something generated that editors show at `place`.
pub(crate) fn generated(place: Span) -> Span {
    Span::call_site().located_at(place)
}

/// Returns a name that the user wrote, for what is generated with it: lints have said all about it where it was written.
pub(crate) fn unlinted(name: &Ident) -> Ident {
    moved(name, generated(name.span()))
}

/// Returns the name of an argument, for a variable that nothing in the types of the user's means.
pub(crate) fn variable(name: &Ident) -> Ident {
    moved(name, Span::mixed_site().located_at(name.span()))
}

/// Returns words that the user wrote, for what is generated with them.
pub(crate) fn all_unlinted(words: TokenStream) -> TokenStream {
    let moved = words.into_iter().map(|mut word| {
        if let TokenTree::Group(group) = &word {
            word = Group::new(group.delimiter(), all_unlinted(group.stream())).into();
        }
        word.set_span(generated(word.span()));
        word
    });
    moved.collect()
}

/// Returns a name for bounds and paths, whose span keeps the compiler from suggesting changes to what the user wrote.
pub(crate) fn mentioned(name: &Ident) -> Ident {
    moved(name, Span::call_site())
}

/// Returns a name with another span, as a raw identifier if it may come from an edition in which it is no keyword yet.
fn moved(name: &Ident, span: Span) -> Ident {
    if KEYWORDS_SINCE_2015.iter().any(|word| name == word) {
        return Ident::new_raw(&name.to_string(), span);
    }
    let mut name = name.clone();
    name.set_span(span);
    name
}
