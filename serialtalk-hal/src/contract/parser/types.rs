//! The types in a signature.

use serialtalk::IntegerType;

use super::cursor::{Cursor, ParseError};
use crate::contract::limits::{MAX_DEPTH, MAX_LEN};
use crate::contract::types::{Field, Type, Variant};

impl Cursor<'_> {
    /// Takes a type.
    pub(super) fn ty(&mut self) -> Result<Type, ParseError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.too_deep());
        }
        let mut ty = self.bare()?;
        let mut options = 0;
        while self.eat("?") {
            ty = Type::Option(Box::new(ty));
            options += 1;
            if options > MAX_DEPTH {
                return Err(self.too_deep());
            }
        }
        self.depth -= 1;
        // Options are not counted on the way in.
        if self.depth == 0 && ty.depth() > MAX_DEPTH { Err(self.too_deep()) } else { Ok(ty) }
    }

    fn too_deep(&self) -> ParseError {
        self.expected(format!("types nested at most {MAX_DEPTH} deep"))
    }

    /// Takes a type without the `?` after it.
    fn bare(&mut self) -> Result<Type, ParseError> {
        if self.eat("(") {
            self.tuple()
        } else if self.eat("[") {
            self.list()
        } else if self.eat("{") {
            self.braces()
        } else {
            self.primitive()
        }
    }

    fn primitive(&mut self) -> Result<Type, ParseError> {
        let word = self.word();
        let ty = match word {
            "bool" => Type::Bool,
            "f32" => Type::Float32,
            "f64" => Type::Float64,
            "char" => Type::Char,
            "str" => Type::Text,
            "serde" => Type::Opaque,
            _ => Type::Integer(integer_type(word).ok_or_else(|| self.expected("a type"))?),
        };
        self.expect(word)?;
        match ty {
            Type::Integer(ty) if self.eat(" {") => self.unit_enum(ty),
            ty => Ok(ty),
        }
    }

    /// Takes the rest of a tuple.
    fn tuple(&mut self) -> Result<Type, ParseError> {
        if self.eat(")") {
            return Ok(Type::Tuple(Vec::new()));
        }
        let first = self.ty()?;
        if self.eat(",)") {
            return Ok(Type::Tuple(vec![first]));
        }
        if self.eat("; ") {
            let len = self.len(2)?;
            self.expect(")")?;
            return Ok(Type::Array(Box::new(first), len));
        }
        let mut elements = vec![first];
        while self.eat(", ") {
            elements.push(self.ty()?);
        }
        self.expect(")")?;
        if elements.windows(2).all(|two| two[0] == two[1]) {
            return Err(self.expected("equal elements written once, with their number"));
        }
        Ok(Type::Tuple(elements))
    }

    /// Takes the rest of a list, of bytes, or of a number of bytes.
    fn list(&mut self) -> Result<Type, ParseError> {
        let element = self.ty()?;
        if element != Type::Integer(IntegerType::U8) {
            self.expect("]")?;
            return Ok(Type::List(Box::new(element)));
        }
        let bytes = if self.eat("; ") { Type::ByteArray(self.len(0)?) } else { Type::Bytes };
        self.expect("]")?;
        Ok(bytes)
    }

    /// Takes a number of elements.
    fn len(&mut self, least: usize) -> Result<usize, ParseError> {
        let before = self.expected(format!("a length from {least} to {MAX_LEN}"));
        self.integer().ok().filter(|len| (least..=MAX_LEN).contains(len)).ok_or(before)
    }

    /// Takes the rest of a struct, an enum with data, or a map: a name tells which, by what follows it.
    fn braces(&mut self) -> Result<Type, ParseError> {
        let word = self.word();
        let after = self.rest().strip_prefix(word).filter(|_| !word.is_empty()).unwrap_or_default();
        if after.starts_with(": ") {
            return Ok(Type::Struct(self.fields("}")?));
        }
        if ["(", " | ", "}"].iter().any(|next| after.starts_with(next)) {
            return self.variants();
        }
        let key = self.ty()?;
        self.expect(" => ")?;
        let value = self.ty()?;
        self.expect("}")?;
        Ok(Type::Map(Box::new(key), Box::new(value)))
    }

    /// Takes fields up to `close`: all of them with names or, in a variant, all without.
    fn fields(&mut self, close: &str) -> Result<Vec<Field>, ParseError> {
        let is_named = |cursor: &Self| {
            cursor.rest().strip_prefix(cursor.word()).is_some_and(|after| after.starts_with(": "))
        };
        let are_named = is_named(self);
        let mut fields: Vec<Field> = Vec::new();
        loop {
            let mut name = String::new();
            if are_named {
                name = self.identifier()?;
                if fields.iter().any(|field| field.name == name) {
                    return Err(self.expected("another name for the second of two fields"));
                }
                self.expect(": ")?;
            }
            fields.push(Field { name, ty: self.ty()? });
            if self.eat(close) {
                return Ok(fields);
            }
            self.expect(", ")?;
        }
    }

    /// Takes the variants of an enum with data.
    fn variants(&mut self) -> Result<Type, ParseError> {
        let mut variants: Vec<Variant> = Vec::new();
        loop {
            let name = self.identifier()?;
            if variants.iter().any(|variant| variant.name == name) {
                return Err(self.expected("another name for the second of two variants"));
            }
            let fields = if self.eat("(") { self.fields(")")? } else { Vec::new() };
            variants.push(Variant { name, fields });
            if self.eat("}") {
                return Ok(Type::Enum(variants));
            }
            self.expect(" | ")?;
        }
    }

    /// Takes the variants of an enum without data.
    fn unit_enum(&mut self, ty: IntegerType) -> Result<Type, ParseError> {
        if ty.size() > 8 {
            return Err(self.expected("an enum of an integer of at most 64 bits"));
        }
        let bits = 8 * ty.size() as u32;
        let range = if ty.is_signed() { -(1 << (bits - 1))..1 << (bits - 1) } else { 0..1i128 << bits };
        let mut variants: Vec<(String, i128)> = Vec::new();
        loop {
            let name = self.identifier()?;
            self.expect(" = ")?;
            let value: i128 = self.integer()?;
            if !range.contains(&value) || variants.iter().any(|other| other.0 == name || other.1 == value) {
                return Err(self.expected("variants that differ, and integers that fit their type"));
            }
            variants.push((name, value));
            if self.eat("}") {
                return Ok(Type::UnitEnum { ty, variants });
            }
            self.expect(" | ")?;
        }
    }
}

fn integer_type(word: &str) -> Option<IntegerType> {
    Some(match word {
        "u8" => IntegerType::U8,
        "i8" => IntegerType::I8,
        "u16" => IntegerType::U16,
        "i16" => IntegerType::I16,
        "u32" => IntegerType::U32,
        "i32" => IntegerType::I32,
        "u64" => IntegerType::U64,
        "i64" => IntegerType::I64,
        "u128" => IntegerType::U128,
        "i128" => IntegerType::I128,
        _ => return None,
    })
}
