//! The parts of a value, by name: what a column, a line of a plot or a field of a message shows.

use serde_json::{Map, Value as Json};
use serialtalk::Value;
use serialtalk_hal::contract::{Field, Type};

use crate::escaped::on_one_line;
use crate::json;

/// A value whose parts have the names that its type gives them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Named {
    /// A value without parts.
    Leaf(Value),
    /// Parts that have names.
    Fields(Vec<(String, Named)>),
    /// Parts that have numbers.
    Items(Vec<Named>),
}

/// A part of a value that has no parts itself.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leaf {
    /// Its name, which begins with that of the whole: `imu.x`, `joints[0]`.
    pub(crate) name: String,
    pub(crate) value: Value,
}

impl Named {
    /// Names the parts of a value; what no type names has numbers.
    pub(crate) fn new(value: &Value, ty: Option<&Type>) -> Self {
        match (value, ty) {
            (value, Some(Type::Option(ty))) => Self::new(value, Some(ty)),
            (Value::Tuple(values), Some(ty)) if is_flat(values, ty) => {
                Self::of_type(ty, &mut values.iter()).unwrap_or_else(|| Self::items(values, None))
            }
            (Value::Tuple(values) | Value::List(values), Some(Type::Struct(fields)))
                if fields.len() == values.len() =>
            {
                let named = |(field, value): (&Field, &Value)| {
                    (field.name.clone(), Self::new(value, Some(&field.ty)))
                };
                Self::Fields(fields.iter().zip(values).map(named).collect())
            }
            // What may be missing has its names already.
            (Value::None, Some(ty)) => {
                Self::of_type(ty, &mut std::iter::repeat(value)).unwrap_or(Self::Leaf(Value::None))
            }
            (Value::Tuple(values) | Value::List(values), ty) => Self::items(values, ty),
            (Value::Dict(entries), ty) => {
                let ty = if let Some(Type::Map(_, ty)) = ty { Some(&**ty) } else { None };
                Self::Fields(
                    entries.iter().map(|(key, value)| (named_by(key), Self::new(value, ty))).collect(),
                )
            }
            (value, Some(Type::Struct(fields))) if fields.len() == 1 => {
                Self::Fields(vec![(fields[0].name.clone(), Self::new(value, Some(&fields[0].ty)))])
            }
            (value, _) => Self::Leaf(value.clone()),
        }
    }

    fn items(values: &[Value], ty: Option<&Type>) -> Self {
        let ty_of = |number: usize| match ty {
            Some(Type::Array(ty, _) | Type::List(ty)) => Some(&**ty),
            Some(Type::Tuple(types)) => types.get(number),
            _ => None,
        };
        Self::Items(
            values.iter().enumerate().map(|(number, value)| Self::new(value, ty_of(number))).collect(),
        )
    }

    /// Names the values of a type whose parts follow one another; `None` if it has no such parts.
    fn of_type<'a>(ty: &Type, values: &mut impl Iterator<Item = &'a Value>) -> Option<Self> {
        count(ty)?;
        Some(match ty {
            Type::Struct(fields) => {
                let named = |field: &Field| Some((field.name.clone(), Self::of_type(&field.ty, values)?));
                Self::Fields(fields.iter().map(named).collect::<Option<_>>()?)
            }
            Type::Array(ty, len) => {
                Self::Items((0..*len).map(|_| Self::of_type(ty, values)).collect::<Option<_>>()?)
            }
            Type::Tuple(types) => {
                Self::Items(types.iter().map(|ty| Self::of_type(ty, values)).collect::<Option<_>>()?)
            }
            _ => Self::Leaf(values.next()?.clone()),
        })
    }

    /// The parts that have no parts themselves; `name` is that of the whole.
    pub(crate) fn leaves(&self, name: &str) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        self.add_leaves(name.to_owned(), &mut leaves);
        leaves
    }

    fn add_leaves(&self, name: String, leaves: &mut Vec<Leaf>) {
        match self {
            Self::Leaf(value) => leaves.push(Leaf { name, value: value.clone() }),
            Self::Fields(fields) => {
                for (field, named) in fields {
                    named.add_leaves(format!("{name}.{}", on_one_line(field)), leaves);
                }
            }
            Self::Items(items) => {
                for (number, named) in items.iter().enumerate() {
                    named.add_leaves(format!("{name}[{number}]"), leaves);
                }
            }
        }
    }

    /// The value as JSON, with its names.
    pub(crate) fn json(&self) -> Json {
        match self {
            Self::Leaf(value) => json::of(value),
            Self::Fields(fields) => {
                let fields: Map<_, _> =
                    fields.iter().map(|(name, named)| (name.clone(), named.json())).collect();
                Json::Object(fields)
            }
            Self::Items(items) => items.iter().map(Self::json).collect(),
        }
    }
}

/// Whether a tuple holds all that a type is made of, one after the other.
fn is_flat(values: &[Value], ty: &Type) -> bool {
    count(ty) == Some(values.len())
}

/// How many values a type is on the wire if its parts follow one another; `None` if that is not so.
fn count(ty: &Type) -> Option<usize> {
    match ty {
        Type::Struct(fields) => fields.iter().map(|field| count(&field.ty)).sum(),
        Type::Tuple(types) => types.iter().map(count).sum(),
        Type::Array(ty, len) => count(ty)?.checked_mul(*len),
        Type::Integer(_)
        | Type::Bool
        | Type::Float32
        | Type::Float64
        | Type::UnitEnum { .. }
        | Type::Text
        | Type::Char => Some(1),
        _ => None,
    }
    // A board may tell a type that is larger than any frame.
    .filter(|count| *count <= 255)
}

/// The name of what stands under a key.
fn named_by(key: &Value) -> String {
    match key {
        Value::Str(key) => key.clone(),
        key => key.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serialtalk_hal::contract::Signature;

    use super::*;

    fn named(literal: &str, returns: &str) -> Named {
        let signature: Option<Signature> =
            (!returns.is_empty()).then(|| format!("f() -> {returns}").parse().unwrap());
        Named::new(&Value::from_literal(literal).unwrap(), signature.as_ref().and_then(Signature::value))
    }

    #[test]
    fn leaves_have_the_names_of_their_type() {
        for (literal, returns, leaves) in [
            ("1.5", "", "f=1.5"),
            ("(1, 2.5)", "", "f[0]=1 f[1]=2.5"),
            ("[[1], {'a': 2, 3: 'x'}]", "", "f[0][0]=1 f[1].a=2 f[1].3='x'"),
            ("(1, 2)", "{x: i8, y: i8}", "f.x=1 f.y=2"),
            ("1", "{x: i8}", "f.x=1"),
            ("(1, 2, 3)", "{at: {x: i8, y: i8}, t: u8}", "f.at.x=1 f.at.y=2 f.t=3"),
            ("(1, 2, 3, 4)", "({x: i8, y: i8}; 2)", "f[0].x=1 f[0].y=2 f[1].x=3 f[1].y=4"),
            ("((1, 2), 'a')", "{at: {x: i8, y: i8}, t: str}", "f.at.x=1 f.at.y=2 f.t='a'"),
            ("[(1, 2)]", "[{x: i8, y: i8}]", "f[0].x=1 f[0].y=2"),
            ("(1, 2)", "{x: i8, y: i8}?", "f.x=1 f.y=2"),
            ("None", "{x: i8, y: i8}?", "f.x=None f.y=None"),
            ("None", "u16?", "f=None"),
            ("(1, 2, 3)", "{x: i8, y: i8}", "f[0]=1 f[1]=2 f[2]=3"),
            ("{'a': (1, 2)}", "{str => {x: i8, y: i8}}", "f.a.x=1 f.a.y=2"),
            ("'a'", "{x: i8, y: i8}", "f='a'"),
        ] {
            let shown: Vec<_> = named(literal, returns)
                .leaves("f")
                .iter()
                .map(|leaf| format!("{}={}", leaf.name, leaf.value))
                .collect();
            assert_eq!(shown.join(" "), leaves, "{literal} of {returns}");
        }
    }

    #[test]
    fn json_has_the_names_of_the_type() {
        assert_eq!(named("(1, 2)", "{x: i8, y: i8}").json().to_string(), r#"{"x":1,"y":2}"#);
        assert_eq!(named("[1, 2]", "").json().to_string(), "[1,2]");
        assert_eq!(named("b'a'", "").json().to_string(), r#"{"$bytes":"61"}"#);
    }
}
