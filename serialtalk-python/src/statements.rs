//! The statements of a source that are not indented.

use alloc::vec::Vec;

use crate::logical::logical_line;

/// A statement, with the comments and blank lines after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The number of its first line in the source, from 1.
    pub line: usize,
    /// Its text, nothing left out, so that its lines count as in the source.
    pub text: &'a str,
}

/// The statements of a source in order, each with its decorators and all its clauses. Run one after the other they do
/// what the source does, and a board needs no more memory at once than for the longest.
pub fn statements(source: &str) -> Vec<Statement<'_>> {
    let mut starts = Vec::new();
    let mut rest = source;
    let mut is_decorated = false;
    while !rest.is_empty() {
        let (indent, text, left) = logical_line(rest);
        let word = text.split([' ', ':']).next().unwrap_or_default();
        let goes_on = matches!(word, "else" | "elif" | "except" | "finally");
        // What is before the first line with something in it belongs to nothing.
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r']).len();
        if !text.is_empty() && indent == blank {
            if !goes_on && !is_decorated {
                starts.push(source.len() - rest.len() + blank);
            }
            is_decorated = text.starts_with('@');
        }
        rest = left;
    }
    let ends = starts.iter().skip(1).copied().chain([source.len()]);
    let statement = |(start, end): (&usize, usize)| Statement {
        line: 1 + source[..*start].matches('\n').count(),
        text: &source[*start..end],
    };
    starts.iter().zip(ends).map(statement).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_keep_their_lines() {
        let source = "# about\n\nimport a\n\n@b\n@c\ndef f():\n    '''\nleft\n'''\n    return (1,\n2)  # why\n# after\n\
                      try:\n    g()\nexcept OSError:\n    pass\nelse:\n    h()\nx = 1; y = 2\n";
        let found: Vec<_> = statements(source).iter().map(|it| (it.line, it.text)).collect();
        assert_eq!(
            found,
            [
                (3, "import a\n\n"),
                (5, "@b\n@c\ndef f():\n    '''\nleft\n'''\n    return (1,\n2)  # why\n# after\n"),
                (14, "try:\n    g()\nexcept OSError:\n    pass\nelse:\n    h()\n"),
                (20, "x = 1; y = 2\n"),
            ]
        );
        assert_eq!(statements("# nothing\n"), []);
        assert_eq!(
            statements("x\r\n\r\ny"),
            [Statement { line: 1, text: "x\r\n\r\n" }, Statement { line: 3, text: "y" }]
        );
    }
}
