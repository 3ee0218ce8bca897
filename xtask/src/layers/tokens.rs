//! Paths in token streams: in the bodies of `macro_rules!`, in the arguments of macro calls and of attributes.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use super::modules::{Kind, Mention};
use super::visit::name_of;

/// Macros whose tokens are code of another crate.
const QUOTING: [&str; 4] = ["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"];

/// The paths in the arguments of a macro call.
pub(super) fn of_macro(name: &str, tokens: TokenStream) -> Vec<Mention> {
    if !QUOTING.contains(&name) {
        return paths(tokens);
    }
    // What is before `=>` in `quote_spanned!` is an expression of ours.
    let tokens: Vec<_> = tokens.into_iter().collect();
    let arrow = (0..tokens.len()).find(|&at| is_pair(&tokens[at..], '=', '>'));
    let span = &tokens[..if name.ends_with("_spanned") { arrow.unwrap_or(0) } else { 0 }];
    paths(span.iter().cloned().collect())
}

/// All paths in tokens.
pub(super) fn paths(tokens: TokenStream) -> Vec<Mention> {
    let mut mentions = Vec::new();
    walk(tokens, &[], &mut mentions);
    mentions
}

/// Finds the paths in a stream; in the braces of a `use` tree, each begins with `prefix`.
fn walk(tokens: TokenStream, prefix: &[String], mentions: &mut Vec<Mention>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        at += match &rest[0] {
            // A path from the crates' names; in the arguments of an operator, `<T as Trait>::Name`.
            _ if is_pair(rest, ':', ':') => 2 + usize::from(matches!(rest.get(2), Some(TokenTree::Ident(_)))),
            // The new name in a `use` tree.
            TokenTree::Ident(name) if !prefix.is_empty() && name == "as" => 2,
            TokenTree::Ident(first) => path(name_of(first), rest, prefix, mentions),
            TokenTree::Punct(dollar) if dollar.as_char() == '$' && is_crate(rest.get(1)) => {
                1 + path("$crate".to_owned(), &rest[1..], prefix, mentions)
            }
            TokenTree::Punct(star) if !prefix.is_empty() && star.as_char() == '*' => {
                let line = star.span().start().line;
                mentions.push(Mention { path: prefix.to_vec(), line, kind: Kind::Glob });
                1
            }
            TokenTree::Group(group) => {
                walk(group.stream(), &[], mentions);
                1
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
        };
    }
}

/// Takes a path that starts with the first token, and returns how many tokens it has.
fn path(first: String, tokens: &[TokenTree], prefix: &[String], mentions: &mut Vec<Mention>) -> usize {
    let line = tokens[0].span().start().line;
    let mut path = prefix.to_vec();
    path.push(first);
    let mut at = 1;
    while is_pair(&tokens[at..], ':', ':') {
        match tokens.get(at + 2) {
            Some(TokenTree::Ident(name)) => path.push(name_of(name)),
            Some(TokenTree::Group(tree)) if is_use_tree(tree) => {
                walk(tree.stream(), &path, mentions);
                return at + 3;
            }
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => {
                mentions.push(Mention { path, line, kind: Kind::Glob });
                return at + 3;
            }
            // What follows is known only when the macro is called: the path names at least this much.
            _ => {
                at += 2;
                break;
            }
        }
        at += 3;
    }
    let is_macro = match &tokens[at..] {
        [TokenTree::Punct(bang), TokenTree::Group(_), ..] => bang.as_char() == '!',
        _ => false,
    };
    let name = path.last().cloned().unwrap_or_default();
    if path.len() > 1 || at > 1 {
        mentions.push(Mention { path, line, kind: Kind::Path });
    } else if is_macro {
        mentions.push(Mention { path, line, kind: Kind::Macro });
    }
    if let ([TokenTree::Punct(_), TokenTree::Group(arguments), ..], true) = (&tokens[at..], is_macro) {
        mentions.extend(of_macro(&name, arguments.stream()));
        at += 2;
    }
    at
}

fn is_use_tree(group: &Group) -> bool {
    group.delimiter() == Delimiter::Brace
}

fn is_crate(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(name)) if name == "crate")
}

/// Whether tokens begin with an operator of two characters.
fn is_pair(tokens: &[TokenTree], first: char, second: char) -> bool {
    match tokens {
        [TokenTree::Punct(a), TokenTree::Punct(b), ..] => {
            a.as_char() == first && a.spacing() == Spacing::Joint && b.as_char() == second
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mentions = paths(text.parse().unwrap());
        mentions.iter().map(|mention| format!("{:?} {}", mention.kind, mention.path.join("::"))).collect()
    }

    #[test]
    fn paths_are_found_in_tokens() {
        assert_eq!(
            found("(a) => { $crate::b::c::<$t>(x.d, super::e::F { g: 1 }) }"),
            ["Path $crate::b::c", "Path super::e::F"]
        );
        assert_eq!(
            found("<T as self::a::B>::C ::core::d::E 'f' self.g 0..h::I"),
            ["Path self::a::B", "Path h::I"]
        );
    }

    #[test]
    fn trees_of_a_use_are_spread() {
        assert_eq!(
            found("use $crate::{a::{self, B}, c::*, D as E};"),
            ["Path $crate::a::self", "Path $crate::a::B", "Glob $crate::c", "Path $crate::D"]
        );
    }

    #[test]
    fn paths_that_end_in_a_parameter_name_what_is_known() {
        assert_eq!(found("$crate::a::$b $crate::$c"), ["Path $crate::a", "Path $crate"]);
    }

    #[test]
    fn calls_of_macros_are_found_inside_of_others_and_quoted_code_is_skipped() {
        assert_eq!(found("a!(b::c) d::e![]"), ["Macro a", "Path b::c", "Path d::e"]);
        assert_eq!(
            found("quote!(crate::a) quote_spanned!(b::c => crate::d)"),
            ["Macro quote", "Macro quote_spanned", "Path b::c"]
        );
    }
}
