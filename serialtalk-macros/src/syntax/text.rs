//! Syntax as text, for messages, documentation and the description of an interface.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Returns syntax with the spaces that people write: `heapless::Vec<u8, 3>`.
pub(crate) fn of(syntax: &impl ToTokens) -> String {
    let mut text = String::new();
    add(&mut text, syntax.to_token_stream());
    text
}

fn add(text: &mut String, tokens: TokenStream) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                add(text, group.stream());
                text.truncate(text.trim_end().len());
                text.push_str(close);
            }
            TokenTree::Punct(punct) => {
                let is_binary = matches!(punct.as_char(), '=' | '+' | '-');
                if is_binary && punct.spacing() == Spacing::Alone {
                    space(text);
                }
                text.push(punct.as_char());
                if matches!(punct.as_char(), ',' | ';') || is_binary && punct.spacing() == Spacing::Alone {
                    text.push(' ');
                }
            }
            word => {
                let word = word.to_string();
                if text.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                    text.push(' ');
                }
                text.push_str(&word);
            }
        }
    }
}

fn space(text: &mut String) {
    if !text.ends_with(' ') {
        text.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use syn::Type;

    #[test]
    fn types_read_as_written() {
        for text in [
            "f32",
            "&str",
            "&'a str",
            "&mut u8",
            "[u8; 3]",
            "(i16, f32)",
            "(u8,)",
            "()",
            "heapless::Vec<u8, 3>",
            "::core::option::Option<Foo<'_>>",
            "<Foo as Bar>::Baz",
            "&dyn Foo",
            "impl Iterator<Item = u8> + Send",
            "*const u8",
            "[u8; N + 1]",
        ] {
            let ty: Type = syn::parse_str(text).unwrap();
            assert_eq!(super::of(&ty), text);
        }
    }
}
