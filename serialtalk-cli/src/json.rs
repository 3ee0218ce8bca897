//! Values as JSON, and JSON as values.
//!
//! | value | JSON |
//! |---|---|
//! | `None`, `True`, numbers, text | `null`, `true`, numbers, text |
//! | a list, a tuple | an array |
//! | bytes | `{"$bytes": "0aff"}` |
//! | a set | `{"$set": [1, 2]}` |
//! | a dict whose keys are text | an object |
//! | any other dict, and one with a key that begins with `$` | `{"$dict": [[key, value]]}` |
//! | `nan`, `inf`, `-inf` | `{"$float": "nan"}` |
//! | an integer of more than 64 bits | `{"$int": "18446744073709551616"}` |

use serde_json::{Map, Number, Value as Json, json};
use serialtalk::Value;

/// Text that is no JSON, or JSON that stands for no value.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BadJson {
    /// The text is no JSON.
    #[error("{0}")]
    Syntax(#[from] serde_json::Error),
    /// An object with a key that begins with `$` does not mean anything.
    #[error("{{\"{0}\": ...}} stands for nothing")]
    Meaning(String),
}

/// Writes a value as JSON.
pub(crate) fn of(value: &Value) -> Json {
    match value {
        Value::None => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Int(value) => match (i64::try_from(*value), u64::try_from(*value)) {
            (Ok(value), _) => value.into(),
            (_, Ok(value)) => value.into(),
            _ => json!({ "$int": value.to_string() }),
        },
        Value::Float(value) => match Number::from_f64(*value) {
            Some(number) => Json::Number(number),
            None => json!({ "$float": Value::Float(*value).to_string() }),
        },
        Value::Str(text) => Json::String(text.clone()),
        Value::Bytes(bytes) => json!({ "$bytes": hex(bytes) }),
        Value::Tuple(values) | Value::List(values) => values.iter().map(of).collect(),
        Value::Set(values) => json!({ "$set": values.iter().map(of).collect::<Json>() }),
        Value::Dict(entries) => object(entries).unwrap_or_else(|| {
            let pairs: Json = entries.iter().map(|(key, value)| json!([of(key), of(value)])).collect();
            json!({ "$dict": pairs })
        }),
    }
}

/// A dict as an object, if its keys are text that means nothing else.
fn object(entries: &[(Value, Value)]) -> Option<Json> {
    let entry = |(key, value): &(Value, Value)| match key {
        Value::Str(key) if !key.starts_with('$') => Some((key.clone(), of(value))),
        _ => None,
    };
    let object: Map<_, _> = entries.iter().map(entry).collect::<Option<_>>()?;
    // Of a key that is there twice, one would be lost.
    (object.len() == entries.len()).then_some(Json::Object(object))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads the value that JSON stands for.
pub(crate) fn read(text: &str) -> Result<Value, BadJson> {
    value(serde_json::from_str(text)?)
}

fn value(json: Json) -> Result<Value, BadJson> {
    Ok(match json {
        Json::Null => Value::None,
        Json::Bool(value) => Value::Bool(value),
        Json::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(value), _, _) => value.into(),
            (_, Some(value), _) => value.into(),
            (_, _, Some(value)) => value.into(),
            _ => return Err(BadJson::Meaning(number.to_string())),
        },
        Json::String(text) => Value::Str(text),
        Json::Array(values) => Value::List(all(values)?),
        Json::Object(object) => match object.iter().next() {
            Some((key, _)) if key.starts_with('$') => {
                let key = key.clone();
                marked(object).ok_or(BadJson::Meaning(key))?
            }
            _ => {
                let entries = object.into_iter().map(|(key, entry)| Ok((Value::Str(key), value(entry)?)));
                Value::Dict(entries.collect::<Result<_, BadJson>>()?)
            }
        },
    })
}

fn all(values: Vec<Json>) -> Result<Vec<Value>, BadJson> {
    values.into_iter().map(value).collect()
}

/// The value of an object whose only key begins with `$`.
fn marked(object: Map<String, Json>) -> Option<Value> {
    let mut entries = object.into_iter();
    let (Some((key, content)), None) = (entries.next(), entries.next()) else { return None };
    match (key.as_str(), content) {
        ("$bytes", Json::String(digits)) => Some(Value::Bytes(crate::words::bytes_of_hex(&digits)?)),
        ("$float", Json::String(text)) => match Value::from_literal(&text)? {
            float @ Value::Float(_) => Some(float),
            _ => None,
        },
        ("$int", Json::String(text)) => match Value::from_literal(&text)? {
            integer @ Value::Int(_) => Some(integer),
            _ => None,
        },
        ("$set", Json::Array(values)) => Some(Value::Set(all(values).ok()?)),
        ("$dict", Json::Array(pairs)) => {
            let pair = |pair| match pair {
                Json::Array(pair) => {
                    let [key, entry] = <[Json; 2]>::try_from(pair).ok()?;
                    Some((value(key).ok()?, value(entry).ok()?))
                }
                _ => None,
            };
            pairs.into_iter().map(pair).collect::<Option<_>>().map(Value::Dict)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(literal: &str) -> String {
        of(&Value::from_literal(literal).unwrap()).to_string()
    }

    #[test]
    fn every_value_has_one_json() {
        for (literal, json) in [
            ("None", "null"),
            ("[1, (2, 3), 'a']", r#"[1,[2,3],"a"]"#),
            ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", r#"{"$int":"18446744073709551616"}"#),
            ("0.5", "0.5"),
            ("b'\\n\\xff'", r#"{"$bytes":"0aff"}"#),
            ("{1}", r#"{"$set":[1]}"#),
            ("{'a': 1}", r#"{"a":1}"#),
            ("{'$a': 1}", r#"{"$dict":[["$a",1]]}"#),
            ("{1: 'a'}", r#"{"$dict":[[1,"a"]]}"#),
            ("{'a': 1, 'a': 2}", r#"{"$dict":[["a",1],["a",2]]}"#),
        ] {
            assert_eq!(written(literal), json, "{literal}");
            // Python has no tuple in JSON.
            let expected = literal.replace(['(', ')'], "").replace("[1, 2, 3, 'a']", "[1, [2, 3], 'a']");
            assert_eq!(read(json).unwrap().to_string(), expected);
        }
        for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let json = of(&Value::Float(float)).to_string();
            assert!(json.starts_with(r#"{"$float":""#), "{json}");
            assert!(matches!(read(&json), Ok(Value::Float(same)) if same.to_bits() == float.to_bits()));
        }
    }

    #[test]
    fn what_stands_for_nothing_is_an_error() {
        for text in [r#"{"$bytes":"0"}"#, r#"{"$float":"1"}"#, r#"{"$new":1}"#, r#"{"$set":1,"b":2}"#, "[1"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
