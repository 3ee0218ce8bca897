//! Struct formats that were written by hand, as far as they can be checked without knowing types.

use syn::LitStr;

use crate::errors::Errors;
use crate::known::{self, Known};
use crate::model::Command;

const CODES: &str = "use b B h H i I q Q f d s x, with counts, behind `<`, `>` or nothing";

/// Checks the formats of a command.
pub(crate) fn check(command: &Command, errors: &mut Errors) {
    use crate::model::Way;

    if let Way::Struct(format) = command.arguments_way() {
        let known = known::of_arguments(command.arguments.iter().map(|argument| &argument.ty));
        let given = match command.arguments.len() {
            1 => "takes 1 argument".to_owned(),
            count => format!("takes {count} arguments"),
        };
        check_one(format, &known, command, &given, errors);
    }
    if let (Way::Struct(format), Some(value)) = (command.value_way(), &command.output.value) {
        let known = known::of(value);
        let given = match &known {
            Known::Struct(items) if count(items) != 1 => format!("returns {} values", count(items)),
            _ => "returns 1 value".to_owned(),
        };
        check_one(format, &known, command, &given, errors);
    }
}

fn check_one(format: &LitStr, known: &Known, command: &Command, given: &str, errors: &mut Errors) {
    let packed = match values(&format.value()) {
        Ok(packed) => packed,
        Err((what, remedy)) => return errors.at(format, what, remedy),
    };
    if let Known::Struct(items) = known
        && count(items) != packed
    {
        let plural = if packed == 1 { "value" } else { "values" };
        errors.at(
            format,
            format_args!(
                "format \"{}\" packs {packed} {plural}, but `{}` {given}",
                format.value(),
                crate::names::plain(&command.method)
            ),
            format_args!("write \"{}\", or leave the format out", known::format(items)),
        );
    }
}

fn count(items: &[known::Item]) -> usize {
    items.iter().map(|item| if item.code == 's' { 1 } else { item.count }).sum()
}

/// How many values a format packs; or what is wrong with it, and what to write.
fn values(format: &str) -> Result<usize, (String, String)> {
    let codes = match format.strip_prefix(['<', '>', '!']) {
        Some(codes) => codes,
        None => match format.chars().next() {
            Some(prefix @ ('=' | '@')) => {
                return Err((
                    format!("MicroPython cannot read the prefix `{prefix}`"),
                    "write `<`, or nothing where no padding is needed".to_owned(),
                ));
            }
            Some(_) => format,
            None => return Err(("an empty format packs nothing".to_owned(), "leave it out".to_owned())),
        },
    };
    let is_native = codes.len() == format.len();
    let (mut values, mut offset, mut number) = (0usize, 0usize, String::new());
    for code in codes.chars() {
        if code.is_ascii_digit() {
            number.push(code);
            continue;
        }
        let count = if number.is_empty() { 1 } else { number.parse().unwrap_or(usize::MAX) };
        number.clear();
        if count > 255 {
            return Err((format!("no frame holds {count} of `{code}`"), "write a smaller count".to_owned()));
        }
        let size = size(code).ok_or_else(|| wrong_code(code))?;
        if is_native && offset % size != 0 {
            return Err((
                "this format needs padding, which not every peer adds".to_owned(),
                format!("write \"<{codes}\""),
            ));
        }
        offset += size * count;
        values += match code {
            'x' => 0,
            's' => 1,
            _ => count,
        };
    }
    if number.is_empty() {
        Ok(values)
    } else {
        Err((format!("no code stands behind the count {number}"), CODES.to_owned()))
    }
}

fn size(code: char) -> Option<usize> {
    Some(match code {
        'x' | 's' | 'b' | 'B' => 1,
        'h' | 'H' => 2,
        'i' | 'I' | 'f' => 4,
        'q' | 'Q' | 'd' => 8,
        _ => return None,
    })
}

fn wrong_code(code: char) -> (String, String) {
    let (what, remedy) = match code {
        'l' => ("has 4 bytes on some machines and 8 on others", "write `i` for 4 bytes, `q` for 8"),
        'L' => ("has 4 bytes on some machines and 8 on others", "write `I` for 4 bytes, `Q` for 8"),
        'n' | 'N' | 'P' => ("has a different width on every machine", "write `i`, `I`, `q` or `Q`"),
        '?' => ("cannot be read by MicroPython", "write `B` for a bool"),
        'c' => ("cannot be read by MicroPython", "write `B` for a byte, `s` for bytes"),
        'p' => ("cannot be read by MicroPython", "write `s` for bytes"),
        'e' => ("cannot be read by every peer", "write `f`"),
        'O' | 'S' => ("crashes MicroPython", "write `s` for bytes, or use `repr`"),
        ' ' => ("cannot be read by MicroPython", "leave it out"),
        _ => ("is no code of a struct format", CODES),
    };
    (format!("`{code}` {what}"), remedy.to_owned())
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn values_are_counted() {
        for (format, expected) in [("<if", 2), ("3f", 3), ("10s", 1), ("<BxB", 2), (">2H4sQ", 4), ("ihh", 3)]
        {
            assert_eq!(values(format), Ok(expected), "{format}");
        }
    }

    #[test]
    fn what_some_peer_cannot_read_is_refused() {
        for format in ["", "=i", "@i", "i?", "<l", "<e", "2c", "5p", "< i", "bi", "3", "z", "300f", "fO", "n"]
        {
            assert!(values(format).is_err(), "{format}");
        }
    }
}
