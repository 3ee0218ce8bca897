//! A look at Python source: enough of it to see that no text of an interface has become code.

/// The names at the left of a line: of classes, functions and what is assigned, with how far the line is indented.
#[derive(Debug, PartialEq, Eq)]
pub struct Definition {
    /// How many spaces precede it.
    pub indent: usize,
    /// `class`, `def` or `=`.
    pub kind: &'static str,
    /// The name.
    pub name: String,
}

/// Reads source to its end, and returns what it defines.
///
/// # Panics
///
/// A string or a bracket that does not end, a character that means nothing outside of strings, or a name that is none.
pub fn definitions(source: &str) -> Vec<Definition> {
    let mut reader = Reader { rest: source, source, depth: Vec::new() };
    let (mut found, mut line) = (Vec::new(), Vec::new());
    let mut indent = 0;
    while let Some(token) = reader.next() {
        if token != "\n" {
            if line.is_empty() {
                indent = reader.column() - token.len();
            }
            line.push(token);
        } else if reader.depth.is_empty() {
            let definition = match line[..] {
                ["class", name, ..] => Some(("class", name)),
                ["def", name, ..] => Some(("def", name)),
                [name, "=", ..] if is_name(name) => Some(("=", name)),
                _ => None,
            };
            found.extend(definition.map(|(kind, name)| Definition { indent, kind, name: name.into() }));
            line.clear();
        }
    }
    assert!(reader.depth.is_empty(), "brackets that do not end: {source}");
    found
}

/// Whether a text is a name that Python accepts, and no keyword.
pub fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|c| c == '_' || unicode_ident::is_xid_start(c))
        && letters.all(unicode_ident::is_xid_continue)
        && !is_keyword(text)
}

#[rustfmt::skip]
fn is_keyword(text: &str) -> bool {
    matches!(
        text,
        "False" | "None" | "True" | "and" | "as" | "assert" | "async" | "await" | "break" | "class" | "continue" | "def"
            | "del" | "elif" | "else" | "except" | "finally" | "for" | "from" | "global" | "if" | "import" | "in" | "is"
            | "lambda" | "nonlocal" | "not" | "or" | "pass" | "raise" | "return" | "try" | "while" | "with" | "yield"
    )
}

struct Reader<'a> {
    rest: &'a str,
    source: &'a str,
    /// The brackets that are open.
    depth: Vec<char>,
}

impl<'a> Reader<'a> {
    /// The next token; a string is `"`, and a line end outside of strings `\n`.
    fn next(&mut self) -> Option<&'a str> {
        self.rest = self.rest.trim_start_matches(' ');
        if self.rest.starts_with('#') {
            self.rest = &self.rest[self.rest.find('\n').unwrap_or(self.rest.len())..];
        }
        let first = self.rest.chars().next()?;
        let word = self.rest.find(|c: char| c != '_' && !unicode_ident::is_xid_continue(c));
        let word = &self.rest[..word.unwrap_or(self.rest.len())];
        let after = &self.rest[word.len()..];
        if after.starts_with(['"', '\'']) && matches!(word, "" | "b" | "r" | "f" | "u") {
            self.rest = after;
            self.string();
            return Some("\"");
        }
        if !word.is_empty() {
            assert!(
                first.is_ascii_digit() || is_name(word) || is_keyword(word),
                "{word} is no name: {}",
                self.source
            );
            return Some(self.take(word.len()));
        }
        match first {
            '(' | '[' | '{' => self.depth.push(first),
            ')' | ']' | '}' => {
                let open = self.depth.pop();
                assert!(
                    matches!((open, first), (Some('('), ')') | (Some('['), ']') | (Some('{'), '}')),
                    "{}",
                    self.source
                );
            }
            '\n' => {}
            _ => assert!(
                "+-*/%=<>!.,:&|@~^;\\".contains(first),
                "{first:?} outside of strings: {}",
                self.source
            ),
        }
        Some(self.take(first.len_utf8()))
    }

    /// Skips a string.
    fn string(&mut self) {
        let quote = &self.rest[..1];
        let triple = quote.repeat(3);
        let end = if self.rest.starts_with(&triple) { &triple } else { quote };
        self.take(end.len());
        while !self.rest.starts_with(end) {
            let first = self.rest.chars().next();
            assert!(
                first.is_some() && (first != Some('\n') || end.len() == 3),
                "a string that does not end: {}",
                self.source
            );
            let escaped = usize::from(first == Some('\\'));
            self.take(first.map_or(0, char::len_utf8));
            if escaped == 1 {
                self.take(self.rest.chars().next().map_or(0, char::len_utf8));
            }
        }
        self.take(end.len());
    }

    fn take(&mut self, len: usize) -> &'a str {
        let (token, rest) = self.rest.split_at(len);
        self.rest = rest;
        token
    }

    /// How many bytes of the line were read.
    fn column(&self) -> usize {
        let read = &self.source[..self.source.len() - self.rest.len()];
        read.len() - read.rfind('\n').map_or(0, |at| at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_source_defines_is_found() {
        let source = "import x\nclass A(B):  # a b'\n    \"\"\"it's\n    def no(): \"\"\"\n    C = 1\n    def go(self, a=(1,\n  2)):\n        return 'd\\''\n";
        let found: Vec<_> =
            definitions(source).into_iter().map(|found| (found.indent, found.kind, found.name)).collect();
        let expected = [(0, "class", "A"), (4, "=", "C"), (4, "def", "go")];
        assert_eq!(found, expected.map(|(indent, kind, name)| (indent, kind, name.to_owned())));
    }

    #[test]
    #[should_panic(expected = "does not end")]
    fn a_string_that_does_not_end_is_found() {
        definitions("a = 'b\n'");
    }

    #[test]
    #[should_panic(expected = "outside of strings")]
    fn a_text_outside_of_strings_is_found() {
        definitions("a = \u{2028}");
    }
}
