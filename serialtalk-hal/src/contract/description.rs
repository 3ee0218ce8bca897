//! From the text with which a peer describes a command.

use serialtalk::Timeout;

use super::command::{BadCommand, Command, Options, Source};

/// Reads a description: the signature, a line with the method, maybe one with options and, after an empty line, maybe
/// documentation.
pub(super) fn command(text: &str) -> Result<Command, BadCommand> {
    let (head, docs) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.split('\n');
    let signature = lines.next().unwrap_or_default().parse()?;
    let line = lines.next().unwrap_or_default();
    let source = line.strip_prefix("rust ").ok_or_else(|| bad("`rust ` and a method", line))?;
    let source = method(source).ok_or_else(|| bad("a method with its arguments", source))?;
    let options = match lines.next() {
        None => Options::default(),
        Some(line) => options(line).ok_or_else(|| bad("`options ` and known options", line))?,
    };
    if let Some(line) = lines.next() {
        return Err(bad("an empty line before the documentation", line));
    }
    Command::new(signature, source, options, docs.into())
}

fn bad(expected: &'static str, found: &str) -> BadCommand {
    BadCommand::Description { expected, found: found.chars().take(40).collect() }
}

/// Reads `mult(a: f32, b: f32) -> f32 or Fault`.
fn method(text: &str) -> Option<Source> {
    let (method, rest) = text.split_once('(')?;
    let (mut arguments, mut rest) = (Vec::new(), rest);
    while !rest.starts_with(')') {
        let (name, after) = rest.split_once(": ")?;
        let (ty, after) = after.split_at(end_of_type(after)?);
        arguments.push((name.to_owned(), ty.to_owned()));
        rest = after.strip_prefix(", ").unwrap_or(after);
    }
    let rest = rest.strip_prefix(')')?;
    let (rest, error) = match rest.rsplit_once(" or ") {
        Some((rest, error)) => (rest, error),
        None => (rest, ""),
    };
    let returns = if rest.is_empty() { "" } else { rest.strip_prefix(" -> ")? };
    Some(Source { method: method.into(), arguments, returns: returns.into(), error: error.into() })
}

/// Where a type ends: at a comma or a closing bracket that belongs to none of its brackets.
fn end_of_type(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, character) in text.char_indices() {
        match character {
            ',' | ')' if depth == 0 => return Some(at),
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    None
}

/// Reads `options oneway, idempotent, timeout_ms = 5000`.
fn options(line: &str) -> Option<Options> {
    let text = line.strip_prefix("options ")?;
    let mut options = Options::default();
    for option in text.split(", ") {
        match option {
            "oneway" => options.oneway = true,
            "idempotent" => options.idempotent = true,
            "timeout_ms = never" => options.timeout = Some(Timeout::Never),
            _ => options.timeout = Some(Timeout::Ms(option.strip_prefix("timeout_ms = ")?.parse().ok()?)),
        }
    }
    // Only one way to write them is right.
    Some(options).filter(|options| options.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "go(ms: u16, at: {str => f32}) -> u32 or u8\n\
        rust go(ms: u16, at: BTreeMap<heapless::String<8>, f32>) -> u32 or Fault\n\
        options idempotent, timeout_ms = 800\n\nRuns the motors.\n\nBoth.";

    #[test]
    fn a_description_has_a_signature_a_method_options_and_documentation() {
        let go = command(WHOLE).unwrap();
        assert_eq!(go.signature().to_string(), WHOLE.lines().next().unwrap());
        assert_eq!(go.method(), "go");
        assert_eq!(go.argument_types().collect::<Vec<_>>(), ["u16", "BTreeMap<heapless::String<8>, f32>"]);
        assert_eq!((go.returns(), go.error()), ("u32", "Fault"));
        let options = Options { oneway: false, idempotent: true, timeout: Some(Timeout::Ms(800)) };
        assert_eq!((go.options(), go.docs()), (options, "Runs the motors.\n\nBoth."));
        assert_eq!(command("f()\nrust f()").unwrap().docs(), "");
        let empty = command("f(e: ()) -> () as repr\nrust f(e: Empty) -> Empty").unwrap();
        assert_eq!(empty.returns(), "Empty");
    }

    #[test]
    fn whatever_is_no_description_is_refused() {
        for text in [
            "",
            "f()",
            "f()\n",
            "f()\n\n",
            "f()\nf()",
            "f()\nrust f",
            "f()\nrust f(",
            "f()\nrust f()\n",
            "f()\nrust f()\noptions ",
            "f()\nrust f()\noptions idempotent, oneway",
            "f()\nrust f()\noptions timeout_ms = 0800",
            "f()\nrust f()\noptions timeout_ms = 99999999999",
            "f()\nrust f()\noptions timeout_ms = 0",
            "f()\nrust f()\noptions oneway, timeout_ms = 5",
            "f()\nrust f()\noptions idempotent\nmore",
            "f() -> u8\nrust f() -> u8\noptions oneway",
            "f() -> u8\nrust f()",
            "f() or u8\nrust f()",
            "f()\nrust f() or u8",
            "f()\nrust f()u8",
            "f()\nrust 9()",
            "f()\nrust self()",
            "f()\nrust f{}()",
            "f()\nrust f(a: u8)",
            "f(a: u8)\nrust f()",
            "f(a: u8)\nrust f(b: u8)",
            "f(a: u8)\nrust f(a: )",
            "f(a: u8)\nrust f(a: u8",
            "f(a: u8)\nrust f(a: u8>)",
            "f(a: u8)\nrust f(a: u8\r)",
        ] {
            assert!(command(text).is_err(), "{text:?}");
        }
    }
}
