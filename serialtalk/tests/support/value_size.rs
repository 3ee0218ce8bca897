//! How large a dynamic value is.

use serialtalk::Value;

/// The number of values in a value, its bytes and characters counted.
pub(crate) fn size(value: &Value) -> usize {
    let all = |values: &[Value]| values.iter().map(size).sum::<usize>();
    1 + match value {
        Value::Str(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::Tuple(values) | Value::List(values) | Value::Set(values) => all(values),
        Value::Dict(entries) => entries.iter().map(|(key, value)| size(key) + size(value)).sum(),
        _ => 0,
    }
}
