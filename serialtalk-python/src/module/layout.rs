//! Lines of at most 100 characters.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// The most characters of a line.
pub(super) const WIDTH: usize = 100;

/// Whether a line is short enough.
pub(super) fn fits(line: &str) -> bool {
    width(line) <= WIDTH
}

/// A list in brackets, on as few lines as it needs: `head(items)tail`.
pub(super) fn list(indent: usize, head: &str, items: &[String], tail: &str) -> String {
    let margin = " ".repeat(indent);
    let all = items.join(", ");
    let line = format!("{margin}{head}({all}){tail}\n");
    if fits(&line) || items.is_empty() {
        return line;
    }
    if indent + 4 + width(&all) <= WIDTH {
        return format!("{margin}{head}(\n{margin}    {all}\n{margin}){tail}\n");
    }
    let lines: String = items.iter().map(|item| format!("{margin}    {item},\n")).collect();
    format!("{margin}{head}(\n{lines}{margin}){tail}\n")
}

/// Documentation as a docstring.
pub(super) fn docstring(indent: usize, docs: &str) -> String {
    let margin = " ".repeat(indent);
    let mut wrapped = Vec::new();
    for block in blocks(docs) {
        match block {
            Block::Code(line) => wrapped.push(escaped(line)),
            // Quotes may precede and follow.
            Block::Prose(text) => wrap(&escaped(&text), WIDTH - indent - 6, &mut wrapped),
        }
    }
    if let [line] = &wrapped[..] {
        return format!("{margin}\"\"\"{line}\"\"\"\n");
    }
    let lines: Vec<_> = wrapped
        .iter()
        .enumerate()
        .map(|(at, line)| if at == 0 || line.is_empty() { line.clone() } else { format!("{margin}{line}") })
        .collect();
    format!("{margin}\"\"\"{}\n{margin}\"\"\"\n", lines.join("\n"))
}

/// A part of some documentation.
enum Block<'a> {
    /// A paragraph, an item of a list, or a blank line.
    Prose(String),
    /// A line that has to stay as it is.
    Code(&'a str),
}

fn blocks(docs: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut is_code = false;
    for line in lines(docs) {
        let is_fence = line.starts_with("```");
        if is_code || is_fence {
            is_code ^= is_fence;
            blocks.push(Block::Code(line));
            continue;
        }
        let text = line.trim_start_matches(' ');
        let begins = text.is_empty()
            || text.starts_with(['-', '*', '#', '|', '>'])
            || text.starts_with(char::is_numeric);
        match blocks.last_mut() {
            Some(Block::Prose(paragraph)) if !begins && !paragraph.is_empty() => {
                paragraph.push(' ');
                *paragraph += text;
            }
            _ => blocks.push(Block::Prose(line.into())),
        }
    }
    blocks
}

/// The lines of some documentation without what they have in common in front, and without blank ones around them.
pub(super) fn lines(docs: &str) -> Vec<&str> {
    let lines: Vec<&str> = docs.lines().map(str::trim_end).collect();
    let indents = lines.iter().filter(|line| !line.is_empty());
    let indent =
        indents.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or_default();
    let mut lines: Vec<&str> = lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.split_off(blank)
}

/// A line that means the same between the quotes of a docstring.
fn escaped(line: &str) -> String {
    let mut text = line.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    if text.ends_with('"') {
        text.pop();
        text += "\\\"";
    }
    text.replace(|c: char| c.is_control(), " ")
}

/// Adds a line in pieces of at most `room` characters, or of one word.
fn wrap(line: &str, room: usize, wrapped: &mut Vec<String>) {
    let text = line.trim_start_matches(' ');
    let mut current = String::from(&line[..line.len() - text.len()]);
    let mut hanging = current.clone();
    if text.starts_with("- ") {
        hanging += "  ";
    }
    let mut is_empty = true;
    for word in text.split_whitespace() {
        if !is_empty && width(&current) + 1 + width(word) > room {
            wrapped.push(core::mem::replace(&mut current, hanging.clone()));
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
        }
        current += word;
        is_empty = false;
    }
    wrapped.push(if is_empty { String::new() } else { current });
}

fn width(text: &str) -> usize {
    text.trim_end_matches('\n').chars().count()
}

#[cfg(test)]
mod tests {
    use alloc::borrow::ToOwned;

    use super::*;

    #[test]
    fn lists_take_the_lines_they_need() {
        let items = |length: usize| [(); 3].map(|()| "x".repeat(length));
        assert_eq!(list(4, "f", &items(1), ""), "    f(x, x, x)\n");
        assert_eq!(list(0, "function", &items(30), ";").lines().count(), 3);
        let long = list(0, "f", &items(40), ";");
        let x = "x".repeat(40);
        assert_eq!(long, format!("f(\n    {x},\n    {x},\n    {x},\n);\n"));
        assert_eq!(list(0, &"f".repeat(120), &[], "").lines().count(), 1);
    }

    #[test]
    fn docstrings_keep_their_text() {
        assert_eq!(docstring(2, " One."), "  \"\"\"One.\"\"\"\n");
        assert_eq!(docstring(0, "Say \"no\""), "\"\"\"Say \"no\\\"\"\"\"\n");
        assert_eq!(docstring(0, "a\\b \"\"\"c\"\"\" d"), "\"\"\"a\\\\b \\\"\\\"\\\"c\\\"\\\"\\\" d\"\"\"\n");
        assert_eq!(docstring(2, " One.\n\n  - Two.\n"), "  \"\"\"One.\n\n   - Two.\n  \"\"\"\n");
        let long = "word ".repeat(60);
        let wrapped = docstring(4, &format!("- {long}\n```\n{long}\n```"));
        assert!(wrapped.contains("\n      word"), "{wrapped}");
        assert!(wrapped.contains(&format!("\n    ```\n    {}\n", long.trim_end())), "{wrapped}");
        assert!(wrapped.lines().all(|line| line.len() <= WIDTH || line.starts_with("    word")), "{wrapped}");
        let item = docstring(0, &format!("- {}\n  {}\n- {}", "one ".repeat(20), "two ".repeat(20), "three"));
        let expected = ["one ".repeat(20), "two ".repeat(3)].concat();
        assert!(item.contains(&format!("- {}\n  two ", expected.trim_end())), "{item}");
        assert!(item.ends_with("two\n- three\n\"\"\"\n"), "{item}");
        assert_eq!(lines("\n a\n  b\n \n"), ["a", " b"].map(ToOwned::to_owned));
    }
}
