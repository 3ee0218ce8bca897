//! From the text of a signature to its tree, by recursive descent.

mod cursor;
mod types;

pub use cursor::ParseError;

use self::cursor::Cursor;
use super::limits::MAX_DESCRIPTION;
use super::signature::{Argument, Encoding, Signature, is_plain, is_plain_name};

/// Reads a signature. What is accepted is written again as the same text.
///
/// # Errors
///
/// A text that is no signature, or is not written as `serialtalk` writes it.
pub(super) fn signature(text: &str) -> Result<Signature, ParseError> {
    let mut cursor = Cursor::new(text);
    if text.len() > MAX_DESCRIPTION {
        return Err(cursor.expected("at most 16384 bytes"));
    }
    let name = name(&mut cursor)?;
    let arguments = arguments(&mut cursor)?;
    let encoding = if arguments.is_empty() { None } else { encoding(&mut cursor)? };
    let (mut value, mut value_encoding) = (None, None);
    if cursor.eat(" -> ") {
        let ty = cursor.ty()?;
        value_encoding = self::encoding(&mut cursor)?;
        if ty.is_empty() && value_encoding.is_none() {
            return Err(cursor.expected("an encoding of the empty value, which is left out otherwise"));
        }
        value = Some(ty);
    }
    let error = if cursor.eat(" or ") { Some(cursor.ty()?) } else { None };
    cursor.end()?;
    let signature = Signature { name, arguments, encoding, value, value_encoding, error };
    // The hash is that of the text, so none may be taken for another.
    if signature.to_string() == text {
        Ok(signature)
    } else {
        Err(cursor.expected("another way to write it"))
    }
}

/// Reads the name on the wire, which is in quotes if it has other characters than letters, digits, `_` and `.`.
fn name(cursor: &mut Cursor<'_>) -> Result<String, ParseError> {
    let plain = cursor.take_while(|character| character.is_ascii() && is_plain(character as u8));
    if !plain.is_empty() {
        return Ok(plain.to_owned());
    }
    let name = cursor.quoted()?;
    if is_plain_name(&name) { Err(cursor.expected("this name without quotes")) } else { Ok(name) }
}

fn arguments(cursor: &mut Cursor<'_>) -> Result<Vec<Argument>, ParseError> {
    let mut arguments: Vec<Argument> = Vec::new();
    cursor.expect("(")?;
    if cursor.eat(")") {
        return Ok(arguments);
    }
    loop {
        let name = cursor.identifier()?;
        if arguments.iter().any(|argument| argument.name == name) {
            return Err(cursor.expected("another name for the second of two arguments"));
        }
        cursor.expect(": ")?;
        arguments.push(Argument { name, ty: cursor.ty()? });
        if cursor.eat(")") {
            return Ok(arguments);
        }
        cursor.expect(", ")?;
    }
}

fn encoding(cursor: &mut Cursor<'_>) -> Result<Option<Encoding>, ParseError> {
    if !cursor.eat(" as ") {
        return Ok(None);
    }
    let words = [("repr", Encoding::Repr), ("raw", Encoding::Raw), ("postcard", Encoding::Postcard)];
    for (word, encoding) in words {
        if cursor.eat(word) {
            return Ok(Some(encoding));
        }
    }
    let format = cursor.quoted()?;
    match format.as_str() {
        "repr" | "raw" | "postcard" => Err(cursor.expected("this encoding without quotes")),
        _ => Ok(Some(Encoding::Struct(format))),
    }
}
