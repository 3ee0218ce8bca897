//! From a contract to an interface as macros make them.

use serialtalk::__private::{CommandParts, sole};
use serialtalk::{ArgumentInfo, CommandInfo, Describe, Field, Shape, Variant};

use super::command::Command;
use super::interface::Interface;
use super::signature::Encoding;
use super::types::{self, Type};

impl Interface {
    /// The contract as an interface that a macro would have made, called `name`: for what takes such interfaces, as the generator
    /// of Python modules. It has the same hashes.
    ///
    /// Its parts are never freed, so this is for programs that do it once.
    pub fn leak(&self, name: &str) -> serialtalk::Interface {
        serialtalk::Interface {
            name: text(name),
            docs: text(self.docs()),
            module: "",
            contract: true,
            describe: Describe::Nothing,
            commands: slice(self.commands().iter().map(command).collect()),
        }
    }
}

fn command(command: &Command) -> CommandInfo {
    let signature = command.signature();
    let arguments = signature.arguments().iter().zip(command.argument_types()).map(|(argument, ty)| {
        let encoding = shape(&argument.ty).encoding();
        ArgumentInfo { name: text(&argument.name), ty: text(ty), format: text(encoding.as_str()) }
    });
    let arguments = slice(arguments.collect());
    let arguments_shape = list(signature.arguments().iter().map(|argument| &argument.ty));
    let value_shape = list(signature.value());
    let options = command.options();
    CommandParts {
        name: text(command.name()),
        method: text(command.method()),
        docs: text(command.docs()),
        arguments,
        argument_names: slice(arguments.iter().map(|argument| argument.name).collect()),
        arguments_shape,
        format: encoding(signature.encoding(), arguments_shape),
        is_natural: signature.encoding().is_none(),
        returns: text(command.returns()),
        value_shape,
        return_format: encoding(signature.value_encoding(), value_shape),
        returns_naturally: signature.value_encoding().is_none(),
        error: text(command.error()),
        error_shape: signature.error().map(shape),
        oneway: options.oneway,
        idempotent: options.idempotent,
        timeout: options.timeout,
    }
    .info()
}

/// The shape of a list of arguments, or of a value.
fn list<'t>(types: impl IntoIterator<Item = &'t Type>) -> &'static Shape {
    sole(leaked(Shape::Tuple(slice(types.into_iter().map(shape).collect()))))
}

fn shape(ty: &Type) -> &'static Shape {
    leaked(match ty {
        Type::Integer(ty) => Shape::Integer(*ty),
        Type::Bool => Shape::Bool,
        Type::Float32 => Shape::Float32,
        Type::Float64 => Shape::Float64,
        Type::Char => Shape::Char,
        Type::Text => Shape::Text,
        Type::Bytes => Shape::Bytes,
        Type::ByteArray(len) => Shape::ByteArray(*len),
        Type::Tuple(elements) => Shape::Tuple(slice(elements.iter().map(shape).collect())),
        Type::Array(element, len) => Shape::Array(shape(element), *len),
        Type::Struct(fields) => Shape::Struct(self::fields(fields)),
        Type::List(element) => Shape::List(shape(element)),
        Type::Map(key, value) => Shape::Map(shape(key), shape(value)),
        Type::Option(value) => Shape::Option(shape(value)),
        Type::UnitEnum { ty, variants } => {
            let variants = variants.iter().map(|(name, number)| (text(name), *number));
            Shape::UnitEnum { ty: *ty, variants: slice(variants.collect()) }
        }
        Type::Enum(variants) => {
            let variant = |variant: &types::Variant| Variant {
                name: text(&variant.name),
                fields: fields(&variant.fields),
            };
            Shape::Enum(slice(variants.iter().map(variant).collect()))
        }
        Type::Opaque => Shape::Opaque,
    })
}

fn fields(fields: &[types::Field]) -> &'static [Field] {
    let field = |field: &types::Field| Field { name: text(&field.name), shape: shape(&field.ty) };
    slice(fields.iter().map(field).collect())
}

/// The text of an encoding: the one that was chosen, or that of the shape.
fn encoding(chosen: Option<&Encoding>, shape: &'static Shape) -> &'static str {
    match chosen {
        None => text(shape.encoding().as_str()),
        Some(Encoding::Repr) => "repr",
        Some(Encoding::Raw) => "raw",
        Some(Encoding::Postcard) => "postcard",
        Some(Encoding::Struct(format)) => text(format),
    }
}

fn text(text: &str) -> &'static str {
    Box::leak(text.into())
}

fn slice<T>(parts: Vec<T>) -> &'static [T] {
    parts.leak()
}

fn leaked<T>(part: T) -> &'static T {
    Box::leak(Box::new(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hash_stays() {
        for description in [
            "f()\nrust f()",
            "go(ms: u16, at: {str => f32}) -> u32 or u8\nrust go(ms: u16, at: BTreeMap<String, f32>) -> u32 or Fault\noptions idempotent, timeout_ms = 800",
            "cal(n: u8) -> {x: f32, y: f32} or {Moving(speed: f32) | Stall}\nrust cal(n: u8) -> Cal or Fault",
            "set(rgb: ([u8; 3], (i16; 2)), on: u8 {Off = 0 | On = 1}) as repr\nrust set(rgb: ([u8; 3], [i16; 2]), on: Switch)\noptions oneway",
            "f(e: ()) -> () as repr\nrust f(e: Empty) -> Empty",
            "r(a: [u8]) as raw -> [u8] as raw\nrust r(a: &[u8]) -> Vec<u8>",
            "p(a: serde) as postcard -> f32? as postcard\nrust p(a: Pose) -> Option<f32>",
        ] {
            let parsed: Command = description.parse().unwrap();
            let contract = Interface::new("Board", "", vec![parsed.clone()]).unwrap();
            let leaked = contract.leak("Robot");
            assert_eq!(leaked.commands[0].hash, parsed.hash(), "{description}");
            assert_eq!(leaked.commands[0].signature().to_string(), parsed.signature().to_string());
            assert_eq!(Interface::try_from(&leaked).unwrap().commands(), contract.commands());
        }
    }
}
