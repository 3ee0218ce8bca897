//! How many arguments a function of an untyped Python board takes, from what it says of too many.

use serialtalk::proto::{Carrier, Command};
use serialtalk::{CallError, Value};

use crate::connection::Connection;
use crate::way::Broken;

/// How many arguments a function is called with: more than functions have.
const GIVEN: usize = 17;

/// How many arguments a function takes: at least, at most.
pub(super) type Arity = (usize, usize);

/// Calls a command with more arguments than it can take. `None` if its refusal does not tell how many those are.
pub(super) fn arity(connection: &mut Connection, name: &str) -> Result<Option<Arity>, CallError<Broken>> {
    let payload = [&[3][..], b"17B", &[0; GIVEN]].concat();
    let reply = connection.caller.0.call_raw(Command::new(name), &payload)?;
    Ok(told(&text_of(&Value::from_payload(reply.payload()))))
}

/// All text of a reply.
fn text_of(value: &Value) -> String {
    match value {
        Value::Str(text) => text.clone(),
        Value::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Value::Tuple(values) | Value::List(values) => {
            values.iter().map(text_of).collect::<Vec<_>>().join("\n")
        }
        _ => String::new(),
    }
}

/// What the words of CPython and MicroPython tell: "takes from 1 to 2 positional arguments but 17 were given", "expected at most 2
/// arguments, got 17". A method counts the object that it belongs to.
fn told(text: &str) -> Option<Arity> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |at: usize| words.get(at)?.trim_matches(|c: char| !c.is_ascii_digit()).parse::<usize>().ok();
    let find = |sought: &[&str]| words.windows(sought.len()).position(|part| part == sought);
    if let Some(at) = find(&["expected", "at", "most"]) {
        return Some((0, number(at + 3)?));
    }
    let at = find(&["takes"])?;
    let (low, high, after) = match words.get(at + 1) {
        Some(&"from") => (number(at + 2)?, number(at + 4)?, at + 5),
        _ => (number(at + 1)?, number(at + 1)?, at + 2),
    };
    let given = (after..words.len()).find(|at| words[*at] == "but").and_then(|at| number(at + 1))?;
    let of_object = given.checked_sub(GIVEN)?;
    Some((low.checked_sub(of_object)?, high.checked_sub(of_object)?))
}

/// A command with as many arguments as it takes.
pub(super) fn shown(arity: Option<Arity>) -> String {
    match arity {
        None => "unknown".into(),
        Some((low, high)) if low == high => count(high),
        Some((0, high)) => format!("at most {}", count(high)),
        Some((low, high)) => format!("{low} to {}", count(high)),
    }
}

fn count(count: usize) -> String {
    match count {
        1 => "1 argument".into(),
        count => format!("{count} arguments"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_tell_how_many_arguments_there_are() {
        for (text, arity) in [
            ("TypeError: mult() takes 2 positional arguments but 17 were given", Some((2, 2))),
            ("Robot.mult() takes 3 positional arguments but 18 were given", Some((2, 2))),
            ("<lambda>() takes 0 positional arguments but 17 were given", Some((0, 0))),
            ("f() takes 1 positional argument but 17 were given", Some((1, 1))),
            ("f() takes from 1 to 2 positional arguments but 17 were given", Some((1, 2))),
            ("function takes 2 positional arguments but 17 were given", Some((2, 2))),
            ("function expected at most 2 arguments, got 17", Some((0, 2))),
            ("Command failed", None),
            ("it takes time", None),
            ("takes 2 positional arguments but 3 were given", None),
        ] {
            assert_eq!(told(text), arity, "{text}");
        }
    }
}
