//! Arguments for boards that read no literals: packed in the struct format that follows from the signature.

use serialtalk::Value;
use serialtalk_hal::contract::{Command, Encoding, Type};

/// The words with which a board refuses a literal.
pub(crate) const NEEDS_FORMAT: &str = "cannot read repr";

/// The struct format of the arguments of a command, and the arguments one after the other; `None` if they cannot be packed.
pub(crate) fn packed(command: &Command, arguments: &[Value]) -> Option<(String, Vec<Value>)> {
    let signature = command.signature();
    if signature.arguments().len() != arguments.len() {
        return None;
    }
    let (mut format, mut values) = (String::from("<"), Vec::new());
    for (argument, value) in signature.arguments().iter().zip(arguments) {
        pack(&argument.ty, value, &mut format, &mut values)?;
    }
    match signature.encoding() {
        None => Some((format, values)),
        Some(Encoding::Struct(chosen)) => Some((chosen.clone(), values)),
        Some(_) => None,
    }
}

fn pack(ty: &Type, value: &Value, format: &mut String, values: &mut Vec<Value>) -> Option<()> {
    let code = match ty {
        Type::Integer(ty) | Type::UnitEnum { ty, .. } => ty.code()?.into(),
        Type::Bool => '?',
        Type::Float32 => 'f',
        Type::Float64 => 'd',
        Type::ByteArray(_) | Type::Bytes => {
            let bytes = match value {
                Value::Bytes(bytes) => bytes.clone(),
                Value::List(elements) | Value::Tuple(elements) => bytes_of(elements)?,
                _ => return None,
            };
            format.push_str(&format!("{}s", bytes.len()));
            values.push(Value::Bytes(bytes));
            return Some(());
        }
        Type::Array(element, count) => {
            let elements = elements(value, *count)?;
            return elements.iter().try_for_each(|value| pack(element, value, format, values));
        }
        Type::Tuple(types) => {
            let elements = elements(value, types.len())?;
            return types.iter().zip(elements).try_for_each(|(ty, value)| pack(ty, value, format, values));
        }
        Type::Struct(fields) => {
            let elements = elements(value, fields.len())?;
            let mut both = fields.iter().zip(elements);
            return both.try_for_each(|(field, value)| pack(&field.ty, value, format, values));
        }
        _ => return None,
    };
    format.push(code);
    values.push(value.clone());
    Some(())
}

fn elements(value: &Value, count: usize) -> Option<&[Value]> {
    match value {
        Value::List(elements) | Value::Tuple(elements) if elements.len() == count => Some(elements),
        _ => None,
    }
}

fn bytes_of(elements: &[Value]) -> Option<Vec<u8>> {
    let byte = |value: &Value| match value {
        Value::Int(value) => u8::try_from(*value).ok(),
        _ => None,
    };
    elements.iter().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_follows_from_the_signature() {
        let command: Command = "go(at: {x: f32, y: u8}, on: bool, rgb: [u8; 3], n: (i16; 2))\n\
                                rust go(at: Point, on: bool, rgb: [u8; 3], n: [i16; 2])"
            .parse()
            .unwrap();
        let arguments =
            ["(1.5, 2)", "True", "[1, 2, 3]", "(4, 5)"].map(|text| Value::from_literal(text).unwrap());
        let (format, values) = packed(&command, &arguments).unwrap();
        assert_eq!(format, "<fB?3shh");
        assert_eq!(Value::Tuple(values).to_string(), "(1.5, 2, True, b'\\x01\\x02\\x03', 4, 5)");
        assert_eq!(packed(&command, &arguments[..3]), None);
        let text: Command = "show(text: str)\nrust show(text: &str)".parse().unwrap();
        assert_eq!(packed(&text, &[Value::Str("a".into())]), None);
    }
}
