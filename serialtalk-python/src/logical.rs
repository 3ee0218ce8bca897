//! Python sources as logical lines, without comments, documentation and blank lines.

use alloc::string::String;
use alloc::vec::Vec;

/// A line that ends where its statement or the head of its block does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// How deep it is: 0 at the left.
    pub(crate) level: usize,
    /// Its text, without indentation.
    pub(crate) text: String,
}

/// The logical lines of a source. A block of which nothing is left gets a `pass`.
pub(crate) fn lines(source: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut indents: Vec<usize> = Vec::new();
    let mut rest = source;
    while !rest.is_empty() {
        let (indent, text, left) = logical_line(rest);
        rest = left;
        if text.is_empty() {
            continue;
        }
        while indents.last().is_some_and(|&outer| outer > indent) {
            indents.pop();
        }
        if indents.last().is_none_or(|&outer| outer < indent) {
            indents.push(indent);
        }
        let level = indents.len() - 1;
        let documentation = is_only_a_string(&text);
        if let Some(last) = lines.last_mut()
            && last.level >= level
            && last.text.ends_with(':')
        {
            last.text.push_str("pass");
        }
        if !documentation {
            lines.push(Line { level, text });
        }
    }
    if let Some(last) = lines.last_mut()
        && last.text.ends_with(':')
    {
        last.text.push_str("pass");
    }
    lines
}

/// The indentation and the text of the first logical line, and the text after it.
pub(crate) fn logical_line(source: &str) -> (usize, String, &str) {
    let start = source.find(|c| c != ' ' && c != '\t').unwrap_or(source.len());
    let (mut text, mut depth) = (String::new(), 0usize);
    let mut at = start;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at..];
        at += c.len_utf8();
        match c {
            '#' => at += rest[1..].find('\n').unwrap_or(rest.len() - 1),
            '"' | '\'' => {
                let length = string_length(rest);
                text.push_str(&rest[..length]);
                at += length - 1;
            }
            '\\' if rest[1..].starts_with(['\n', '\r']) => {
                at += rest[1..].find(|c| c != '\n' && c != '\r' && c != ' ').unwrap_or(rest.len() - 1);
            }
            '\n' if depth == 0 => break,
            '\n' => {
                at += rest[1..].find(|c| c != '\n' && c != ' ' && c != '\t').unwrap_or(rest.len() - 1);
                text.truncate(text.trim_end().len());
                if !text.ends_with(['(', '[', '{']) {
                    text.push(' ');
                }
            }
            '\r' => {}
            _ => {
                match c {
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                text.push(c);
            }
        }
    }
    text.truncate(text.trim_end().len());
    (start, text, &source[at..])
}

/// The length of the string literal that `source` begins with, quotes and all.
fn string_length(source: &str) -> usize {
    let quote = &source[..1];
    let delimiter = match source.get(..3) {
        Some(three) if three.chars().all(|c| quote.starts_with(c)) => three,
        _ => quote,
    };
    let mut escaped = false;
    for (at, c) in source.char_indices().skip(delimiter.len()) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if source[at..].starts_with(delimiter) {
            return at + delimiter.len();
        }
    }
    source.len()
}

/// Whether a statement is a string and nothing else, as documentation is.
fn is_only_a_string(text: &str) -> bool {
    let literal = text.trim_start_matches(['r', 'R', 'u', 'U']);
    literal.starts_with(['"', '\'']) && string_length(literal) == literal.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<(usize, String)> {
        lines(source).into_iter().map(|line| (line.level, line.text)).collect()
    }

    #[test]
    fn comments_documentation_and_blank_lines_go() {
        let source = "\"\"\"Doc.\n\nMore.\"\"\"\n# a\n\nx = 1  # b\ndef f():\n    'doc'\n\n    return '#'\n";
        assert_eq!(texts(source), [(0, "x = 1".into()), (0, "def f():".into()), (1, "return '#'".into())]);
    }

    #[test]
    fn lines_in_brackets_and_after_backslashes_are_one() {
        let source = "x = (\n    1,  # one\n    \"a\\\"(\",\n)\ny = 1 + \\\n    2\nz = '''a\n  b'''\n";
        let expected = ["x = (1, \"a\\\"(\", )", "y = 1 + 2", "z = '''a\n  b'''"];
        assert_eq!(texts(source), expected.map(|text| (0, text.into())));
    }

    #[test]
    fn blocks_of_which_nothing_is_left_pass() {
        let source = "class A:\n  'doc'\nclass B:\n    def f(self):\n        '''doc'''\n";
        let expected = [(0, "class A:pass".into()), (0, "class B:".into()), (1, "def f(self):pass".into())];
        assert_eq!(texts(source), expected);
    }

    #[test]
    fn ends_that_are_missing_do_no_harm() {
        for source in ["x = '", "x = '''a", "(", "\\", "#", "'\\", "  ", "\"\"", "if x:"] {
            lines(source);
        }
        assert_eq!(texts("if x:"), [(0, "if x:pass".into())]);
    }
}
