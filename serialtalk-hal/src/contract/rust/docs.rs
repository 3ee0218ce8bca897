//! Documentation as comments.

/// Characters that the compiler does not accept in a comment, because they change how the text around them is shown.
const REORDERING: [char; 9] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}',
];

/// Returns documentation as lines that begin with `///`; nothing for none.
///
/// Whoever wrote it has no say over anything but its words: control characters are replaced. What `cargo test` could take
/// for an example, and a browser for HTML, is fenced as text, so that none of it is run.
pub(super) fn comment(docs: &str, indent: &str) -> String {
    let docs = docs.trim();
    if docs.is_empty() {
        return String::new();
    }
    let mut lines: Vec<String> = docs.split('\n').map(harmless).collect();
    if lines.iter().any(|line| may_be_code(line) || may_be_html(line)) {
        let fence = "`".repeat(longest_run(docs).max(2) + 1);
        lines.insert(0, format!("{fence}text"));
        lines.push(fence);
    }
    let mut comment = String::new();
    for line in lines {
        comment += format!("{indent}/// {line}").trim_end();
        comment.push('\n');
    }
    comment
}

fn harmless(line: &str) -> String {
    let is_harmful = |character: char| character.is_control() || REORDERING.contains(&character);
    line.trim_end().replace('\t', "    ").replace(is_harmful, "\u{fffd}")
}

/// Whether Markdown could take a line for one of a code block: a fence, or an indent.
fn may_be_code(line: &str) -> bool {
    ["```", "~~~", "    "].iter().any(|mark| line.contains(mark))
}

/// Whether Markdown could take a part of a line for HTML.
fn may_be_html(line: &str) -> bool {
    let is_tag = |first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '!' | '?');
    line.split('<').skip(1).any(|after| after.starts_with(is_tag))
}

/// The length of the longest run of backticks.
fn longest_run(docs: &str) -> usize {
    docs.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_is_a_comment() {
        assert_eq!(comment("", ""), "");
        assert_eq!(
            comment("One.\n\nTwo */ \"three\" /// four.\n", "  "),
            "  /// One.\n  ///\n  /// Two */ \"three\" /// four.\n"
        );
        assert_eq!(comment("a\rb\u{202e}c\u{0}", ""), "/// a\u{fffd}b\u{fffd}c\u{fffd}\n");
    }

    #[test]
    fn code_is_fenced_as_text() {
        assert_eq!(
            comment("x\n```\npanic!()\n```", ""),
            "/// ````text\n/// x\n/// ```\n/// panic!()\n/// ```\n/// ````\n"
        );
        assert_eq!(comment("x\n\n\tpanic!()", ""), "/// ```text\n/// x\n///\n///     panic!()\n/// ```\n");
        assert_eq!(comment("- ~~~\n  panic!()", ""), "/// ```text\n/// - ~~~\n///   panic!()\n/// ```\n");
        for html in ["a <script>", "</a>", "<!-- a", "`Vec<u8>`"] {
            assert_eq!(comment(html, ""), format!("/// ```text\n/// {html}\n/// ```\n"));
        }
        assert_eq!(comment("1 < 2 <= 3 <", ""), "/// 1 < 2 <= 3 <\n");
    }
}
