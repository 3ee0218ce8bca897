//! Generated values, and their conversion for comparison with the oracle.

use peers::oracle::Py;
use proptest::prelude::*;
use serialtalk::Value;

/// Converts a value for the oracle.
pub(crate) fn to_py(value: &Value) -> Py {
    let all = |values: &[Value]| values.iter().map(to_py).collect();
    match value {
        Value::None => Py::None,
        Value::Bool(value) => Py::Bool(*value),
        Value::Int(value) => Py::int(value),
        // All NaNs count as equal.
        Value::Float(value) if value.is_nan() => Py::float(f64::NAN),
        Value::Float(value) => Py::float(*value),
        Value::Str(text) => Py::str(text),
        Value::Bytes(bytes) => Py::bytes(bytes.as_slice()),
        Value::Tuple(values) => Py::Tuple(all(values)),
        Value::List(values) => Py::List(all(values)),
        Value::Set(values) => Py::Set(all(values)),
        Value::Dict(entries) => {
            Py::Dict(entries.iter().map(|(key, value)| (to_py(key), to_py(value))).collect())
        }
    }
}

/// Sorts sets and unifies NaNs, so that equal values compare as equal.
pub(crate) fn ordered(value: Py) -> Py {
    let all = |values: Vec<Py>| values.into_iter().map(ordered).collect::<Vec<_>>();
    match value {
        Py::Float(bits) if f64::from_bits(bits).is_nan() => Py::float(f64::NAN),
        Py::Tuple(values) => Py::Tuple(all(values)),
        Py::List(values) => Py::List(all(values)),
        Py::Set(values) => {
            let mut values = all(values);
            values.sort_by_key(|value| format!("{value:?}"));
            Py::Set(values)
        }
        Py::Dict(entries) => {
            Py::Dict(entries.into_iter().map(|(key, value)| (ordered(key), ordered(value))).collect())
        }
        other => other,
    }
}

/// Text of all characters; those that are special in literals are more frequent.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let marks: Vec<_> =
        "'\"\\\n\r\t\0()[]{},:#bruxNU07\u{7f}\u{80}\u{85}\u{a0}\u{ad}é€\u{2028}\u{202e}\u{feff}\u{10ffff}😀"
            .chars()
            .collect();
    let character = prop_oneof![proptest::sample::select(marks), any::<char>()];
    proptest::collection::vec(character, 0..8).prop_map(String::from_iter)
}

/// Floats of every kind; those with few digits are more frequent.
pub(crate) fn float() -> impl Strategy<Value = f64> {
    let any_bits = any::<u64>().prop_map(f64::from_bits);
    let decimal =
        (any::<i32>(), -30i32..30).prop_map(|(digits, exponent)| f64::from(digits) * 10f64.powi(exponent));
    prop_oneof![any_bits, decimal, (-1000i16..1000).prop_map(f64::from)]
}

/// Values that can be elements of a set, or keys.
fn hashable() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::None),
        (2i128..1000).prop_map(Value::Int),
        any::<i128>().prop_map(Value::Int),
        text().prop_map(Value::Str),
        proptest::collection::vec(any::<u8>(), 0..6).prop_map(Value::Bytes),
    ];
    prop_oneof![3 => leaf.clone(), 1 => proptest::collection::vec(leaf, 0..3).prop_map(Value::Tuple)]
}

/// Any value, nested.
pub(crate) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![any::<bool>().prop_map(Value::Bool), float().prop_map(Value::Float), hashable()];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let some = || proptest::collection::vec(inner.clone(), 0..4);
        let different = || {
            proptest::collection::vec(hashable(), 0..4).prop_map(|values| {
                let mut seen = Vec::new();
                for value in values {
                    if !seen.contains(&value) {
                        seen.push(value);
                    }
                }
                seen
            })
        };
        prop_oneof![
            some().prop_map(Value::Tuple),
            some().prop_map(Value::List),
            different().prop_map(Value::Set),
            (different(), some())
                .prop_map(|(keys, values)| Value::Dict(keys.into_iter().zip(values).collect())),
        ]
    })
}
