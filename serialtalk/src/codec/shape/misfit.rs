//! Messages about formats that do not pack the values of their command.

use super::{Disagreement, Message, Shape};
use crate::wire::struct_format::FormatError;

/// What a format is to pack.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    /// The arguments of a method.
    Arguments {
        /// The name of the method.
        method: &'a str,
        /// How many arguments it takes.
        count: usize,
    },
    /// The value that a method returns.
    Value {
        /// The name of the method.
        method: &'a str,
    },
}

/// The message for a format that does not pack the values of a shape; `None` if it does.
pub(crate) const fn misfit(format: &str, shape: &Shape, subject: Subject<'_>) -> Option<Message> {
    let Err(disagreement) = shape.agrees_with(format) else { return None };
    let message = Message::EMPTY;
    Some(match disagreement {
        Disagreement::Format(error) => explain(message, error, format),
        Disagreement::Count(_) if format.is_empty() => {
            message.text("an empty format packs nothing: leave it out")
        }
        Disagreement::TooLong(len) => message
            .text("no frame holds the ")
            .number(len)
            .text(" bytes that format \"")
            .text(format)
            .text("\" packs: write smaller counts"),
        Disagreement::Count(packed) => {
            let message = message.text("format \"").text(format).text("\" packs ");
            let message = numbered(message, packed, "value", "values").text(", but ");
            suggest(describe_subject(message, subject, shape.value_count()), shape)
        }
        Disagreement::Unpackable(part) => describe(message, part)
            .text(" has no place in a struct format: use `repr`, or leave the format out"),
        Disagreement::Value { number, code, shape: value } => {
            let message = describe(message.text("value ").number(number).text(" is "), value);
            match value {
                Shape::Text | Shape::Char => message
                    .text(", which needs `s` with a count, as in `10s`: write that, or leave the format out"),
                _ => suggest(message.text(", which `").byte(code).text("` cannot hold"), shape),
            }
        }
        Disagreement::RunTimeBytes => {
            suggest(message.text("a format with `*s` must pack every value as its type says"), shape)
        }
    })
}

/// Appends the format to write instead.
const fn suggest(message: Message, shape: &Shape) -> Message {
    let template = shape.template();
    if template.is_empty() {
        return message.text(": leave the format out");
    }
    message.text(": write \"").text(template.as_str()).text("\", or leave the format out")
}

/// Appends what a subject has, which is `values` values in a struct format.
const fn describe_subject(message: Message, subject: Subject<'_>, values: usize) -> Message {
    match subject {
        Subject::Value { method } => {
            numbered(message.text("`").text(method).text("` returns "), values, "value", "values")
        }
        Subject::Arguments { method, count } if count == values => {
            numbered(message.text("`").text(method).text("` takes "), values, "argument", "arguments")
        }
        Subject::Arguments { method, .. } => {
            let message = message.text("the arguments of `").text(method).text("` are ");
            numbered(message, values, "value", "values")
        }
    }
}

/// Appends a number of things.
const fn numbered(message: Message, number: usize, one: &str, several: &str) -> Message {
    message.number(number).text(" ").text(if number == 1 { one } else { several })
}

/// Appends what a value is.
const fn describe(message: Message, shape: &Shape) -> Message {
    match shape {
        Shape::Integer(ty) | Shape::UnitEnum { ty, .. } => {
            message.text(if ty.is_signed() { "an " } else { "a " }).text(ty.name())
        }
        Shape::Bool => message.text("a bool"),
        Shape::Float32 => message.text("an f32"),
        Shape::Float64 => message.text("an f64"),
        Shape::Char => message.text("a character"),
        Shape::Text => message.text("text"),
        Shape::Bytes => message.text("bytes of run-time length"),
        Shape::ByteArray(len) => message.text("an array of ").number(*len).text(" bytes"),
        Shape::Tuple(_) | Shape::Struct(_) | Shape::Array(..) => {
            message.text("a tuple, array or struct without values")
        }
        Shape::List(_) => message.text("a list"),
        Shape::Map(..) => message.text("a map"),
        Shape::Option(_) => message.text("an `Option`"),
        Shape::Enum(_) => message.text("an enum with data"),
        Shape::Opaque => message.text("a type that only serde knows"),
    }
}

/// Appends why some peer cannot read a format, and what to write instead.
const fn explain(message: Message, error: FormatError, format: &str) -> Message {
    const CODES: &str = "use b B h H i I q Q f d s x, with counts, after `<`, `>` or nothing";
    let code = match error {
        FormatError::Code(code) => code,
        FormatError::Padding => {
            return message
                .text("this format needs padding, which not every peer adds: write \"<")
                .text(format)
                .text("\"");
        }
        // A check finds nothing else.
        _ => return message.text("this format packs other values"),
    };
    let (what, remedy) = match code {
        b'=' | b'@' if matches!(format.as_bytes(), [first, ..] if *first == code) => {
            ("is a prefix that MicroPython cannot read", "write `<`, or nothing if no padding is needed")
        }
        b'l' => ("has 4 bytes on some machines and 8 on others", "write `i` for 4 bytes, `q` for 8"),
        b'L' => ("has 4 bytes on some machines and 8 on others", "write `I` for 4 bytes, `Q` for 8"),
        b'n' | b'N' | b'P' => ("has a different width on every machine", "write `i`, `I`, `q` or `Q`"),
        b'?' => ("cannot be read by MicroPython", "write `B` for a bool"),
        b'c' => ("cannot be read by MicroPython", "write `B` for a byte, `s` for bytes"),
        b'p' => ("cannot be read by MicroPython", "write `s` for bytes"),
        b'e' => ("cannot be read by every peer", "write `f`"),
        b'O' | b'S' => ("crashes MicroPython", "write `s` for bytes, or use `repr`"),
        b'*' => ("is only allowed before `s`", "write `*s`"),
        b'0'..=b'9' if matches!(format.as_bytes(), [.., last] if *last == code) => {
            return message.text("no code follows the last count of this format: ").text(CODES);
        }
        b'0'..=b'9' => {
            return message
                .text("no frame holds as much as a count of this format says: write a smaller one");
        }
        b' ' | b'\t'..=b'\r' => {
            return message.text("MicroPython cannot read spaces in a format: leave them out");
        }
        0x80.. => return message.text("this format has a character that is not ASCII: ").text(CODES),
        _ => ("is not a code of a struct format", CODES),
    };
    message.text("`").byte(code).text("` ").text(what).text(": ").text(remedy)
}
