//! Python sources in pieces for boards with little memory.
//!
//! A board needs several times the length of a source to compile it. What it cannot take at once it may still take
//! one definition after the other.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::logical::{self, Line};

/// How a source is cut up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Small<'a> {
    platform: Option<&'a str>,
    class_limit: usize,
}

impl Default for Small<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> Small<'a> {
    /// Classes of more than 500 bytes are taken apart, and nothing is known about the board.
    pub const fn new() -> Self {
        Self { platform: None, class_limit: 500 }
    }

    /// The `sys.platform` of the board. A statement `if sys.platform == "..":` at the left of a source, with or
    /// without `else:`, is decided before it is sent, and the other branch costs the board nothing.
    #[must_use]
    pub const fn platform(mut self, platform: &'a str) -> Self {
        self.platform = Some(platform);
        self
    }

    /// Takes classes apart that have more bytes than this: first come their attributes, then their methods, each
    /// defined at the left and put into the class.
    ///
    /// Classes stay whole if they use `super()`, or decorators with a dot in them, as `@x.setter`: they would not work.
    #[must_use]
    pub const fn class_limit(mut self, bytes: usize) -> Self {
        self.class_limit = bytes;
        self
    }

    /// The pieces of `source`, in order: statements, without comments, documentation and superfluous indentation. Each
    /// can be run by itself after those before it, and ends with a line feed.
    pub fn pieces(&self, source: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        self.cut(&logical::lines(source), &mut pieces);
        pieces
    }

    fn cut(&self, lines: &[Line], pieces: &mut Vec<String>) {
        for statement in statements(lines) {
            if let Some(branch) = self.branch(statement) {
                self.cut(&dedented(branch), pieces);
            } else if statement[0].text.starts_with("class ") && text(statement).len() > self.class_limit {
                take_apart(statement, pieces);
            } else {
                pieces.push(text(statement));
            }
        }
    }

    /// The lines of an `if sys.platform == ..` that are meant for the board.
    fn branch<'l>(&self, statement: &'l [Line]) -> Option<&'l [Line]> {
        let platform = self.platform?;
        let wanted = statement[0].text.strip_prefix("if sys.platform == ")?.strip_suffix(':')?;
        let wanted = wanted.trim_matches(['"', '\'']);
        let heads: Vec<usize> = (1..statement.len()).filter(|&at| statement[at].level == 0).collect();
        let end = match heads[..] {
            [] => statement.len(),
            [at] if statement[at].text == "else:" => at,
            _ => return None,
        };
        let other = statement.get(end + 1..).unwrap_or_default();
        Some(if wanted == platform { &statement[1..end] } else { other })
    }
}

/// The statements at the lowest level of some lines, with their decorators and all their clauses.
fn statements(lines: &[Line]) -> Vec<&[Line]> {
    let Some(level) = lines.iter().map(|line| line.level).min() else { return Vec::new() };
    let mut statements = Vec::new();
    let mut start = 0;
    for at in 1..lines.len() {
        let word = lines[at].text.split([' ', ':']).next().unwrap_or_default();
        let goes_on = matches!(word, "else" | "elif" | "except" | "finally");
        let decorated = lines[at - 1].level == level && lines[at - 1].text.starts_with('@');
        if lines[at].level == level && !goes_on && !decorated {
            statements.push(&lines[start..at]);
            start = at;
        }
    }
    statements.push(&lines[start..]);
    statements
}

fn take_apart(class: &[Line], pieces: &mut Vec<String>) {
    let (head, body) = (&class[0], &class[1..]);
    let name = head.text["class ".len()..].split(['(', ':', ' ']).next().unwrap_or_default();
    let bound = body
        .iter()
        .any(|line| line.text.contains("super(") || (line.text.starts_with('@') && line.text.contains('.')));
    if bound {
        return pieces.push(text(class));
    }
    let (methods, attributes): (Vec<_>, Vec<_>) =
        statements(body).into_iter().partition(|statement| method_name(statement).is_some());
    let mut left = Vec::from([head.clone()]);
    left.extend(attributes.into_iter().flatten().cloned());
    if left.len() == 1 {
        left[0].text.push_str("pass");
    }
    pieces.push(text(&left));
    for method in methods {
        if let Some(function) = method_name(method) {
            let definition = text(&dedented(method));
            pieces.push(format!("{definition}{name}.{function}={function}\ndel {function}\n"));
        }
    }
}

fn method_name(statement: &[Line]) -> Option<&str> {
    let head = statement.iter().find(|line| !line.text.starts_with('@'))?;
    head.text.strip_prefix("def ")?.split('(').next()
}

fn dedented(lines: &[Line]) -> Vec<Line> {
    let lowest = lines.iter().map(|line| line.level).min().unwrap_or_default();
    lines.iter().map(|line| Line { level: line.level - lowest, text: line.text.clone() }).collect()
}

fn text(lines: &[Line]) -> String {
    lines.iter().map(|line| " ".repeat(line.level) + &line.text + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_come_one_by_one() {
        let source = "import a\n\n\n@b\ndef f():\n    '''doc'''\n    try:\n        g()  # why\n    finally:\n        h()\n\n\
                      try:\n    import c\nexcept ImportError:\n    c = None\nx = 1\n";
        let expected = [
            "import a\n",
            "@b\ndef f():\n try:\n  g()\n finally:\n  h()\n",
            "try:\n import c\nexcept ImportError:\n c = None\n",
            "x = 1\n",
        ];
        assert_eq!(Small::new().pieces(source), expected);
    }

    #[test]
    fn the_platform_decides() {
        let source = "if sys.platform == \"pyboard\":\n    import pyb\n    a = 1\nelse:\n    a = 2\nb = 3\n";
        let pieces = |platform| Small::new().platform(platform).pieces(source);
        assert_eq!(pieces("pyboard"), ["import pyb\n", "a = 1\n", "b = 3\n"]);
        assert_eq!(pieces("rp2"), ["a = 2\n", "b = 3\n"]);
        assert_eq!(Small::new().pieces(source).len(), 2);
        let without_else = "if sys.platform == 'pyboard':\n    a = 1\n";
        assert_eq!(Small::new().platform("rp2").pieces(without_else), [""; 0]);
        let with_elif = "if sys.platform == 'a':\n    a = 1\nelif b:\n    a = 2\n";
        assert_eq!(Small::new().platform("b").pieces(with_elif).len(), 1);
    }

    #[test]
    fn large_classes_are_taken_apart() {
        let source = "class A(B):\n    x = 1\n    def f(self):\n        return 1\n    @property\n    def g(self):\n        pass\n";
        let expected = [
            "class A(B):\n x = 1\n",
            "def f(self):\n return 1\nA.f=f\ndel f\n",
            "@property\ndef g(self):\n pass\nA.g=g\ndel g\n",
        ];
        assert_eq!(Small::new().class_limit(10).pieces(source), expected);
        assert_eq!(Small::new().pieces(source).len(), 1);
        for bound in ["super().f()", "super(A, self).f()"] {
            let source = source.replace("return 1", bound);
            assert_eq!(Small::new().class_limit(10).pieces(&source).len(), 1);
        }
        let only_methods = "class A:\n    def f(self):\n        pass\n";
        let pieces = Small::new().class_limit(10).pieces(only_methods);
        assert_eq!(pieces, ["class A:pass\n", "def f(self):\n pass\nA.f=f\ndel f\n"]);
    }

    #[test]
    fn the_peer_comes_in_small_pieces() {
        let pieces = Small::new().platform("microbit").pieces(crate::PEER);
        assert!(pieces.iter().all(|piece| piece.len() < 700), "{pieces:#?}");
        assert!(pieces.iter().all(|piece| !piece.contains("stdin")), "{pieces:#?}");
        assert!(Small::new().platform("rp2").pieces(crate::PEER).iter().any(|piece| piece.contains("stdin")));
    }
}
