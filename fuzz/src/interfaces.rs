//! Interfaces that nobody would write, made of the bytes of an input.

use std::any::Any;

use arbitrary::{Result, Unstructured};
use serialtalk::__private::{CommandParts, IntegerType, sole};
use serialtalk::{ArgumentInfo, CommandInfo, Describe, Field, Interface, Shape, Timeout, Variant};

/// What names are made of: what is reserved in Python, what generated code uses, and letters of several alphabets.
const NAMES: [&str; 32] = [
    "a",
    "b",
    "größe",
    "名前",
    "lambda",
    "None",
    "_",
    "__",
    "__init__",
    "_call",
    "_st",
    "self",
    "st",
    "str",
    "bytes",
    "Any",
    "List",
    "NamedTuple",
    "register",
    "compare",
    "count",
    "index",
    "CallError",
    "Refused",
    "_Client",
    "match",
    "async",
    "Imu",
    "len",
    "super",
    "_fields",
    "zip",
];

/// Interfaces, and what they are made of. They may be used as long as this lives.
#[derive(Default)]
pub struct Interfaces {
    parts: Vec<Box<dyn Any>>,
    all: Vec<Interface>,
}

impl Interfaces {
    /// The interfaces that an input says.
    ///
    /// # Errors
    ///
    /// An input that is too short.
    pub fn new(input: &mut Unstructured<'_>) -> Result<Self> {
        let mut interfaces = Self::default();
        for _ in 0..=input.arbitrary::<u8>()? % 2 {
            let interface = interfaces.interface(input)?;
            interfaces.all.push(interface);
        }
        Ok(interfaces)
    }

    /// The interfaces.
    pub fn all(&self) -> &[Interface] {
        &self.all
    }

    fn keep<T: 'static>(&mut self, parts: Vec<T>) -> &'static [T] {
        let parts = Box::new(parts);
        // SAFETY: The elements stay where they are and are not changed until `self` is dropped, and whoever has `self` can only
        // borrow what refers to them.
        let slice = unsafe { core::slice::from_raw_parts(parts.as_ptr(), parts.len()) };
        self.parts.push(parts);
        slice
    }

    fn keep_text(&mut self, text: &str) -> &'static str {
        let bytes = self.keep(text.as_bytes().to_vec());
        str::from_utf8(bytes).expect("it was text")
    }

    fn keep_shape(&mut self, shape: Shape) -> &'static Shape {
        &self.keep(vec![shape])[0]
    }

    fn interface(&mut self, input: &mut Unstructured<'_>) -> Result<Interface> {
        let [describe, contract, module] = input.arbitrary::<[u8; 3]>()?;
        let commands = self.distinct(input)?;
        let commands =
            commands.into_iter().map(|method| self.command(input, method)).collect::<Result<_>>()?;
        Ok(Interface {
            name: self.name(input)?,
            docs: self.text(input)?,
            module: if module % 4 == 0 { self.text(input)? } else { "" },
            contract: contract % 4 > 0,
            describe: [Describe::Nothing, Describe::Signatures, Describe::All][usize::from(describe) % 3],
            commands: self.keep::<CommandInfo>(commands),
        })
    }

    fn command(&mut self, input: &mut Unstructured<'_>, method: &'static str) -> Result<CommandInfo> {
        let [options, encodings] = input.arbitrary::<[u8; 2]>()?;
        let names = self.distinct(input)?;
        let (mut shapes, mut arguments) = (Vec::new(), Vec::new());
        for name in &names {
            let (shape, ty) = self.ty(input, 2)?;
            let (ty, format) = (self.keep_text(&ty), self.keep_text(shape.encoding().as_str()));
            shapes.push(shape);
            arguments.push(ArgumentInfo { name, ty, format });
        }
        let arguments_shape = self.tuple(shapes);
        let oneway = options & 1 != 0;
        let (value, returns) = self.ty(input, 2)?;
        let (values, returns) = if oneway { (vec![], String::new()) } else { (vec![value], returns) };
        let value_shape = self.tuple(values);
        let (error_shape, error) = match options & 6 {
            6 if !oneway => self.ty(input, 1).map(|(shape, text)| (Some(shape), text))?,
            _ => (None, String::new()),
        };
        let format = chosen(encodings, arguments_shape);
        let return_format = chosen(encodings / 8, value_shape);
        let info = CommandParts {
            name: self.text(input)?,
            method,
            docs: self.text(input)?,
            arguments: self.keep(arguments),
            argument_names: self.keep(names),
            arguments_shape,
            format: self.keep_text(&format),
            is_natural: encodings % 8 > 2,
            returns: self.keep_text(&returns),
            value_shape,
            return_format: self.keep_text(&return_format),
            returns_naturally: encodings / 8 % 8 > 2,
            error: self.keep_text(&error),
            error_shape,
            oneway,
            idempotent: options & 8 != 0,
            timeout: (options & 16 != 0).then_some(Timeout::Ms(400)),
        };
        Ok(info.info())
    }

    fn tuple(&mut self, shapes: Vec<&'static Shape>) -> &'static Shape {
        let shapes = self.keep(shapes);
        sole(self.keep_shape(Shape::Tuple(shapes)))
    }

    /// A shape, and the text of a type that has it, or of another.
    fn ty(&mut self, input: &mut Unstructured<'_>, depth: usize) -> Result<(&'static Shape, String)> {
        let (shape, text) = match input.arbitrary::<u8>()? % if depth == 0 { 10 } else { 18 } {
            0 => (Shape::Integer(IntegerType::U8), "u8".into()),
            1 => (Shape::Integer(IntegerType::I64), "i64".into()),
            2 => (Shape::Integer(IntegerType::U128), "u128".into()),
            3 => (Shape::Bool, "bool".into()),
            4 => (Shape::Float32, "f32".into()),
            5 => (Shape::Text, "&str".into()),
            6 => (Shape::Bytes, "Vec<u8>".into()),
            7 => (Shape::ByteArray(3), "[u8; 3]".into()),
            8 => (Shape::Opaque, self.text(input)?.into()),
            9 => (Shape::Char, "char".into()),
            10 | 11 => (Shape::Struct(self.fields(input, depth)?), self.name(input)?.into()),
            12 => {
                let names = self.distinct(input)?.into_iter().enumerate();
                let variants = names.map(|(at, name)| (name, at as i128)).collect();
                (
                    Shape::UnitEnum { ty: IntegerType::U8, variants: self.keep(variants) },
                    self.name(input)?.into(),
                )
            }
            13 => {
                let names = self.distinct(input)?;
                let variants =
                    names.into_iter().map(|name| Ok(Variant { name, fields: self.fields(input, depth)? }));
                let variants = variants.collect::<Result<_>>()?;
                (Shape::Enum(self.keep::<Variant>(variants)), self.name(input)?.into())
            }
            14 => {
                let (element, text) = self.ty(input, depth - 1)?;
                (Shape::List(element), format!("Vec<{text}>"))
            }
            15 => {
                let (element, text) = self.ty(input, depth - 1)?;
                (Shape::Array(element, 3), format!("[{text}; 3]"))
            }
            16 => {
                let (value, text) = self.ty(input, 0)?;
                (Shape::Option(value), format!("Option<{text}>"))
            }
            _ => {
                let (a, of_a) = self.ty(input, depth - 1)?;
                let (b, of_b) = self.ty(input, depth - 1)?;
                (Shape::Tuple(self.keep(vec![a, b])), format!("({of_a}, {of_b})"))
            }
        };
        Ok((self.keep_shape(shape), text))
    }

    fn fields(&mut self, input: &mut Unstructured<'_>, depth: usize) -> Result<&'static [Field]> {
        let names = self.distinct(input)?.into_iter();
        let fields = names.map(|name| Ok(Field { name, shape: self.ty(input, depth - 1)?.0 }));
        let fields = fields.collect::<Result<_>>()?;
        Ok(self.keep::<Field>(fields))
    }

    /// Up to three names, no two of them the same.
    fn distinct(&mut self, input: &mut Unstructured<'_>) -> Result<Vec<&'static str>> {
        let count = input.arbitrary::<u8>()? % 4;
        let mut names = (0..count).map(|_| self.name(input)).collect::<Result<Vec<_>>>()?;
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// An identifier of Rust.
    fn name(&mut self, input: &mut Unstructured<'_>) -> Result<&'static str> {
        let number = usize::from(input.arbitrary::<u8>()?);
        let name = NAMES[number % NAMES.len()];
        Ok(if number < 128 { name } else { self.keep_text(&format!("{name}{}", number / 64)) })
    }

    /// A length and as many bytes, as text.
    fn text(&mut self, input: &mut Unstructured<'_>) -> Result<&'static str> {
        let len = usize::from(input.arbitrary::<u8>()?).min(input.len());
        let text = String::from_utf8_lossy(input.bytes(len)?).into_owned();
        Ok(self.keep_text(&text))
    }
}

/// An encoding: mostly the one that the values have by themselves.
fn chosen(how: u8, shape: &Shape) -> String {
    match how % 8 {
        0 => "repr".into(),
        1 => "postcard".into(),
        2 => "raw".into(),
        _ => shape.encoding().as_str().into(),
    }
}
