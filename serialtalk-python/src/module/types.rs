//! The types of a module: named tuples for structs, constants for enums without data.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serialtalk::{Interface, Shape};

use super::hint::Hint;
use super::names::Names;
use super::python_layout::Layout;
use super::rust_type::{self, RustType};
use super::{layout, literal};

/// The structs and enums that the interfaces of a module use and that have a name there.
#[derive(Debug)]
pub(super) struct Types {
    names: Names,
    all: Vec<Type>,
}

#[derive(Debug)]
struct Type {
    /// The name in Rust.
    rust: String,
    /// The text of its shape, by which types of the same name are told apart.
    shape: String,
    /// The name in Python.
    name: String,
    definition: String,
}

impl Types {
    /// The types of these interfaces, none of which is named as something in `taken`.
    pub(super) fn new(interfaces: &[Interface], taken: Names) -> Self {
        let mut types = Self { names: taken, all: Vec::new() };
        for command in interfaces.iter().flat_map(|interface| interface.commands) {
            for (at, argument) in command.arguments.iter().enumerate() {
                if let Some(shape) = command.argument_shape(at) {
                    types.add(shape, argument.ty);
                }
            }
            types.add(command.value_shape(), command.returns);
            if let Some(shape) = command.error_shape() {
                types.add(shape, command.error);
            }
        }
        types
    }

    /// The names in Python.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|ty| &*ty.name)
    }

    /// The definitions, in an order in which each uses only those before it.
    pub(super) fn definitions(&self) -> String {
        self.all.iter().map(|ty| &*ty.definition).collect()
    }

    fn add(&mut self, shape: &'static Shape, ty: &str) {
        let ty = RustType::new(ty);
        match shape {
            Shape::Struct(fields) if !fields.is_empty() => self.define(&ty, shape),
            Shape::UnitEnum { .. } => self.define(&ty, shape),
            Shape::Tuple(elements) => {
                elements.iter().enumerate().for_each(|(at, element)| self.add(element, ty.part(at)));
            }
            Shape::Array(element, _) | Shape::List(element) | Shape::Option(element) => {
                self.add(element, ty.part(0));
            }
            Shape::Map(key, value) => {
                self.add(key, ty.part(0));
                self.add(value, ty.part(1));
            }
            _ => {}
        }
    }

    fn define(&mut self, ty: &RustType<'_>, shape: &'static Shape) {
        let Some(rust) = ty.name() else { return };
        if self.find(ty, shape).is_some() {
            return;
        }
        let name = self.names.add(rust);
        let definition = match shape {
            Shape::Struct(fields) => {
                let mut names = Names::of_fields();
                let field = |field: &serialtalk::Field| {
                    let hint = self.hint(field.shape, "").to_string();
                    // MicroPython evaluates it, but does not know the names of `typing`.
                    let is_known = !hint.contains('[') && hint != "Any";
                    let hint = if is_known { hint } else { literal::text(&hint) };
                    format!("(\"{}\", {hint})", names.add(field.name))
                };
                let fields: Vec<_> = fields.iter().map(field).collect();
                named_tuple(&name, &fields)
            }
            Shape::UnitEnum { variants, .. } => constants(&name, rust, variants),
            _ => return,
        };
        self.all.push(Type { rust: rust.into(), shape: shape.to_string(), name, definition });
    }

    /// The name in Python of a type.
    pub(super) fn find(&self, ty: &RustType<'_>, shape: &Shape) -> Option<&str> {
        let (rust, shape) = (ty.name()?, shape.to_string());
        self.all.iter().find(|ty| ty.rust == rust && ty.shape == shape).map(|ty| &*ty.name)
    }

    /// The hint for a type.
    pub(super) fn hint(&self, shape: &Shape, text: &str) -> Hint {
        let ty = RustType::new(text);
        let part = |shape: &Shape, at: usize| self.hint(shape, ty.part(at)).into();
        match shape {
            Shape::Integer(_) | Shape::UnitEnum { .. } => Hint::Int,
            Shape::Bool => Hint::Bool,
            Shape::Float32 | Shape::Float64 => Hint::Float,
            Shape::Char | Shape::Text => Hint::Str,
            Shape::Bytes | Shape::ByteArray(_) => Hint::Bytes,
            Shape::Struct(fields) => match self.find(&ty, shape) {
                Some(name) => Hint::Named(name.into()),
                None => Hint::tuple(fields.iter().map(|field| self.hint(field.shape, "")).collect()),
            },
            Shape::Tuple(elements) => {
                let hint = |(at, element): (usize, &&'static Shape)| self.hint(element, ty.part(at));
                Hint::tuple(elements.iter().enumerate().map(hint).collect())
            }
            Shape::Array(element, count) if *count <= 255 => {
                Hint::tuple((0..*count).map(|_| self.hint(element, ty.part(0))).collect())
            }
            Shape::Array(element, _) => Hint::Many(part(element, 0)),
            Shape::List(element) => Hint::List(part(element, 0)),
            Shape::Option(value) => Hint::Optional(part(value, 0)),
            Shape::Map(key, value) => Hint::Dict(part(key, 0), part(value, 1)),
            Shape::Enum(_) => Hint::Any,
            _ => rust_type::hint(text),
        }
    }

    /// How a value is put together from what its encoding holds: the values of a struct if it is `packed`, or else a
    /// literal.
    pub(super) fn layout(&self, shape: &Shape, text: &str, packed: bool) -> Layout {
        let ty = RustType::new(text);
        let tuple = |parts: Vec<Layout>| Layout::Tuple(None, parts);
        let layout = match shape {
            Shape::Bool if packed => Layout::Call("bool"),
            Shape::Text if packed => Layout::Call("_text"),
            Shape::Bytes if packed => Layout::Call("_bytes"),
            Shape::Struct(fields) => {
                let parts = fields.iter().map(|field| self.layout(field.shape, "", packed)).collect();
                Layout::Tuple(self.find(&ty, shape).map(ToString::to_string), parts)
            }
            Shape::Tuple(elements) => {
                let part =
                    |(at, element): (usize, &&'static Shape)| self.layout(element, ty.part(at), packed);
                tuple(elements.iter().enumerate().map(part).collect())
            }
            Shape::Array(element, count) => {
                tuple((0..*count).map(|_| self.layout(element, ty.part(0), packed)).collect())
            }
            Shape::List(element) => Layout::List(self.layout(element, ty.part(0), packed).into()),
            Shape::Option(value) => self.layout(value, ty.part(0), packed),
            Shape::Map(key, value) => Layout::Dict(
                self.layout(key, ty.part(0), packed).into(),
                self.layout(value, ty.part(1), packed).into(),
            ),
            _ => Layout::Same,
        };
        if packed { layout } else { layout.without_copies() }
    }
}

/// How many values of a struct a type has.
pub(super) fn value_count(shape: &Shape) -> usize {
    match shape {
        Shape::Struct(fields) => fields.iter().map(|field| value_count(field.shape)).sum(),
        Shape::Tuple(elements) => elements.iter().map(|element| value_count(element)).sum(),
        Shape::Array(element, count) => value_count(element) * count,
        _ => 1,
    }
}

/// `Imu = NamedTuple("Imu", [("x", float)])`
fn named_tuple(name: &str, fields: &[String]) -> String {
    let line = format!("{name} = NamedTuple(\"{name}\", [{}])\n", fields.join(", "));
    if layout::fits(&line) {
        return format!("\n{line}");
    }
    let lines: String = fields.iter().map(|field| format!("        {field},\n")).collect();
    format!("\n{name} = NamedTuple(\n    \"{name}\",\n    [\n{lines}    ],\n)\n")
}

/// A class with a constant for each variant.
fn constants(name: &str, rust: &str, variants: &[(&str, i128)]) -> String {
    let docs = layout::docstring(4, &format!("The values of `{rust}` in Rust, which are integers."));
    let mut names = Names::of_fields();
    let lines: String =
        variants.iter().map(|(variant, number)| format!("    {} = {number}\n", names.add(variant))).collect();
    format!("\n\nclass {name}:\n{docs}\n{lines}\n")
}
