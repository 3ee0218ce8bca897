//! Whole literals, read into trees and written from them.

extern crate alloc;

mod round_trips;
mod scalars;
mod sequences;
mod strings;

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::wire::frame::{FrameWriter, Head};
use crate::wire::integer::Integer;
use crate::wire::number::Format;
use crate::wire::scalar::Scalar;

/// A Python value.
#[derive(Debug, Clone, PartialEq)]
enum Tree {
    None,
    Bool(bool),
    Int(i128),
    Float(f64),
    Str(String),
    Bytes(Vec<u8>),
    Tuple(Vec<Tree>),
    List(Vec<Tree>),
    Set(Vec<Tree>),
    Dict(Vec<(Tree, Tree)>),
}

impl From<i128> for Tree {
    fn from(value: i128) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Tree {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Tree {
    fn from(value: &str) -> Self {
        Self::Str(value.to_string())
    }
}

impl From<&[u8]> for Tree {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

fn ints(values: &[i128]) -> Vec<Tree> {
    values.iter().map(|value| Tree::Int(*value)).collect()
}

/// Reads a text that must be one literal.
fn read(text: &str) -> Option<Tree> {
    let mut text = text.as_bytes().to_vec();
    let mut reader = LiteralReader::new(&mut text);
    let tree = read_tree(&mut reader, 0).ok()?;
    reader.is_done().then_some(tree)
}

fn read_tree(reader: &mut LiteralReader<'_>, depth: usize) -> Result<Tree, NotALiteral> {
    if depth > 32 {
        return Err(NotALiteral);
    }
    if let Some(scalar) = reader.scalar()? {
        return tree_of(scalar);
    }
    let opened = reader.open()?;
    let (mut values, mut entries) = (Vec::new(), Vec::new());
    let mut has_comma = false;
    while reader.more()? {
        has_comma = !values.is_empty();
        let value = read_tree(reader, depth + 1)?;
        if reader.has_colons() && reader.colon() {
            entries.push((value, read_tree(reader, depth + 1)?));
            continue;
        }
        values.push(value);
        has_comma |= !reader.is_end();
    }
    reader.close(opened)?;
    if !values.is_empty() && !entries.is_empty() {
        return Err(NotALiteral);
    }
    Ok(match opened.kind {
        Kind::Tuple if values.len() == 1 && !has_comma => values.remove(0),
        Kind::Tuple | Kind::RecordCall => Tree::Tuple(values),
        Kind::List | Kind::ArrayCall | Kind::DequeCall => Tree::List(values),
        Kind::Braces if values.is_empty() => Tree::Dict(entries),
        Kind::Braces => Tree::Set(values),
        Kind::SetCall if entries.is_empty() => Tree::Set(values),
        Kind::MapCall => {
            for pair in values {
                let Tree::Tuple(pair) = pair else { return Err(NotALiteral) };
                let [key, value] = <[Tree; 2]>::try_from(pair).map_err(|_| NotALiteral)?;
                entries.push((key, value));
            }
            Tree::Dict(entries)
        }
        _ => return Err(NotALiteral),
    })
}

fn tree_of(scalar: Scalar<'_>) -> Result<Tree, NotALiteral> {
    let integer = |negative, magnitude: u128| {
        let positive = i128::try_from(magnitude).ok();
        let value = if negative { 0i128.checked_sub_unsigned(magnitude) } else { positive };
        value.map(Tree::Int).ok_or(NotALiteral)
    };
    match scalar {
        Scalar::None => Ok(Tree::None),
        Scalar::Bool(value) => Ok(Tree::Bool(value)),
        Scalar::Integer(Integer { negative, magnitude }) => integer(negative, magnitude.into()),
        Scalar::WideInteger(wide) => integer(wide.negative, wide_magnitude(wide.digits).ok_or(NotALiteral)?),
        Scalar::Float(float) => {
            Ok(Tree::Float(f64::from_bits(float.to_float(Format::DOUBLE).ok_or(NotALiteral)?)))
        }
        Scalar::Text(text) => Ok(Tree::from(core::str::from_utf8(text).map_err(|_| NotALiteral)?)),
        Scalar::Bytes(bytes) => Ok(Tree::from(bytes)),
    }
}

#[track_caller]
fn reads(text: &str, value: impl Into<Tree>) {
    assert_eq!(read(text), Some(value.into()), "{text}");
}

#[track_caller]
fn refuses(texts: &[&str]) {
    for text in texts {
        assert_eq!(read(text), None, "{text}");
    }
}
