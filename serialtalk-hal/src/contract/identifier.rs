//! Names that Rust accepts.

/// Whether a name is one that a method, an argument, a field or a variant can have in Rust, with `r#` before it if it is a
/// keyword.
pub(super) fn is_identifier(name: &str) -> bool {
    let mut letters = name.chars();
    let is_word = letters.next().is_some_and(|first| first == '_' || unicode_ident::is_xid_start(first))
        && letters.all(unicode_ident::is_xid_continue);
    is_word && !matches!(name, "_" | "self" | "Self" | "super" | "crate")
}

/// A name as it is written in a program.
pub(super) fn written(name: &str) -> String {
    if is_keyword(name) { format!("r#{name}") } else { name.to_owned() }
}

/// Whether a word is a keyword of any edition of Rust.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.split(' ').any(|keyword| keyword == word)
}

const KEYWORDS: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final \
    fn for gen if impl in let loop macro match mod move mut override priv pub ref return self Self static struct super trait \
    true try type typeof unsafe unsized use virtual where while yield";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words_that_can_be_written() {
        for name in ["a", "_a", "größe", "type", "x9", "__"] {
            assert!(is_identifier(name), "{name}");
        }
        for name in ["", "_", "9x", "a b", "a-b", "self", "crate", "r#type", "a\n", "a\u{202e}", "€"] {
            assert!(!is_identifier(name), "{name}");
        }
        assert_eq!((written("type").as_str(), written("kind").as_str()), ("r#type", "kind"));
    }
}
