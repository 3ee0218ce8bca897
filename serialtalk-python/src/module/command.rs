//! A command and its method in Python.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serialtalk::{ArgumentInfo, CommandInfo, Interface, Shape, Timeout};

use super::hint::Hint;
use super::names::Names;
use super::python_layout::Layout;
use super::rust_type::RustType;
use super::types::{Types, value_count};

/// A command, its method, arguments and value.
pub(super) struct Command<'a> {
    pub(super) info: &'a CommandInfo,
    pub(super) method: String,
    pub(super) way: Way<'a>,
    pub(super) arguments: Vec<Argument>,
    pub(super) value: Value,
    /// What else a caller has to know of the types.
    type_remarks: Vec<String>,
}

/// How arguments or values are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way<'a> {
    Nothing,
    Struct(&'a str),
    Repr,
    Raw,
    Postcard,
}

/// An argument of a method.
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) value: Value,
    /// How many values of a struct it is.
    pub(super) count: usize,
    /// Whether every value is a tuple.
    pub(super) is_tuple: bool,
    /// Its default value.
    default: Option<&'static str>,
}

/// What an argument or a returned value is in Python.
pub(super) struct Value {
    pub(super) hint: Hint,
    /// How it is put together from what its encoding holds.
    pub(super) layout: Layout,
}

impl Argument {
    /// Whether some value may be a tuple, as far as is known.
    pub(super) fn may_be_tuple(&self) -> bool {
        let may_be =
            |hint: &Hint| matches!(hint, Hint::Any | Hint::Named(_) | Hint::Tuple(_) | Hint::Many(_));
        match &self.value.hint {
            Hint::Optional(value) => may_be(value),
            hint => may_be(hint),
        }
    }
}

/// The commands of an interface.
pub(super) fn all<'a>(interface: &Interface, types: &Types) -> Vec<Command<'a>> {
    let mut methods = Names::in_code(types.names());
    interface.commands.iter().map(|info| Command::new(info, methods.add(info.method), types)).collect()
}

impl<'a> Command<'a> {
    fn new(info: &'a CommandInfo, method: String, types: &Types) -> Self {
        let way = Way::new(info.format);
        let arguments = arguments(info, way, types);
        let value = match Way::new(info.return_format) {
            Way::Nothing => Value { hint: Hint::None, layout: Layout::Same },
            way => {
                let mut value = value(info.value_shape(), info.returns, way, types);
                value.layout = value.layout.without_copies();
                value
            }
        };
        Self { info, method, way, arguments, value, type_remarks: type_remarks(info, types) }
    }

    /// How the value is encoded.
    pub(super) fn value_way(&self) -> Way<'a> {
        Way::new(self.info.return_format)
    }

    /// The return format that Python declares. A Python server declares one format for all its replies, so that bytes whose
    /// number is known at run time only are `raw`, and beside other values `*`, a literal or packed.
    pub(super) fn return_format(&self) -> &'a str {
        match self.value_way() {
            Way::Postcard => "post",
            Way::Struct("*s") => "raw",
            Way::Struct(format) if format.contains('*') => "*",
            _ => self.info.return_format,
        }
    }

    /// The first line of the method.
    pub(super) fn definition(&self) -> String {
        let of_arguments = self.arguments.iter().map(|Argument { name, value, default, .. }| match default {
            Some(default) => format!("{name}: {} = {default}", value.hint),
            None => format!("{name}: {}", value.hint),
        });
        let all: Vec<_> = core::iter::once("self".to_string()).chain(of_arguments).collect();
        let head = format!("def {}", self.method);
        super::layout::list(4, &head, &all, &format!(" -> {}:", self.value.hint))
    }

    /// The documentation in Rust, the signature there and the encodings.
    pub(super) fn documentation(&self) -> String {
        let info = self.info;
        let mut text = super::layout::lines(info.docs).join("\n");
        if !text.is_empty() {
            text += "\n\n";
        }
        let of_arguments: Vec<_> =
            info.arguments.iter().map(|ArgumentInfo { name, ty, .. }| format!("{name}: {ty}")).collect();
        text += &format!("In Rust `{}({})", info.method, of_arguments.join(", "));
        let value = if info.returns.is_empty() { "()" } else { info.returns };
        match (info.returns, info.error) {
            ("", "") => {}
            (_, "") => text += &format!(" -> {value}"),
            (_, error) => text += &format!(" -> Result<{value}, {error}>"),
        }
        text.push('`');
        if info.name != info.method {
            text += &format!(", on the wire `{}`", info.name);
        }
        match (self.way, self.value_way()) {
            (Way::Nothing, Way::Nothing) => {}
            (way, Way::Nothing) => text += &format!("; encoded as {way}"),
            (Way::Nothing, value) => text += &format!("; its value is encoded as {value}"),
            (way, value) if way == value => text += &format!("; encoded as {way} both ways"),
            (way, value) => text += &format!("; encoded as {way}, its value as {value}"),
        }
        text.push('.');
        for remark in self.remarks() {
            text.push(' ');
            text += &remark;
        }
        text
    }

    /// What else a caller has to know.
    fn remarks(&self) -> Vec<String> {
        let info = self.info;
        let mut remarks = self.type_remarks.clone();
        if info.oneway {
            remarks.push("One-way: callers do not wait for it and get no error.".into());
        }
        match info.timeout {
            None => {}
            Some(Timeout::Ms(ms)) => remarks.push(format!("Callers wait {ms} ms for the reply.")),
            Some(Timeout::Never) => remarks.push("Callers wait for the reply forever.".into()),
        }
        if info.idempotent {
            remarks.push("Running it twice is the same as running it once.".into());
        }
        remarks
    }
}

/// What Python does with types that it lacks, each of them once.
fn type_remarks(info: &CommandInfo, types: &Types) -> Vec<String> {
    let of_arguments = info
        .arguments
        .iter()
        .enumerate()
        .filter_map(|(at, argument)| Some((info.argument_shape(at)?, argument.ty, info.format)));
    let all = of_arguments.chain([(info.value_shape(), info.returns, info.return_format)]);
    let mut remarks = Vec::new();
    for (shape, ty, format) in all {
        let remark = match (shape, types.find(&RustType::new(ty), shape)) {
            _ if format.is_empty() => continue,
            _ if format == "postcard" => "Python does not decode postcard: here it is bytes.".to_string(),
            (Shape::UnitEnum { .. }, Some(name)) => {
                format!("`{ty}` is an integer here: one of the constants of `{name}`.")
            }
            _ if types.hint(shape, ty).is_vague() => format!(
                "`{ty}` is a literal without a type in Python: a struct is a tuple of its fields, an enum with data the \
                 name of its variant, or a tuple of that and its fields."
            ),
            _ => continue,
        };
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }
    remarks
}

impl<'a> Way<'a> {
    fn new(format: &'a str) -> Self {
        match format {
            "" => Self::Nothing,
            "repr" => Self::Repr,
            "raw" => Self::Raw,
            "postcard" => Self::Postcard,
            format => Self::Struct(format),
        }
    }
}

impl core::fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Nothing => "nothing",
            Self::Repr => "a literal",
            Self::Raw => "raw bytes",
            Self::Postcard => "postcard",
            Self::Struct(format) => return write!(f, "`{format}`"),
        })
    }
}

fn arguments(info: &CommandInfo, way: Way<'_>, types: &Types) -> Vec<Argument> {
    let mut names = Names::in_code(types.names());
    if way == Way::Postcard {
        let value = Value { hint: Hint::Bytes, layout: Layout::Call("_payload") };
        return Vec::from([Argument {
            name: names.add("payload"),
            value,
            count: 1,
            is_tuple: false,
            default: None,
        }]);
    }
    let argument = |(at, argument): (usize, &ArgumentInfo)| {
        let shape = info.argument_shape(at)?;
        let value = value(shape, argument.ty, way, types);
        let (count, is_tuple) = (value_count(shape), shape.is_tuple());
        Some(Argument { name: names.add(argument.name), value, count, is_tuple, default: None })
    };
    let mut all: Vec<_> = info.arguments.iter().enumerate().filter_map(argument).collect();
    if way == Way::Repr {
        // Options at the end may be left out.
        for last in all.iter_mut().rev().take_while(|last| matches!(last.value.hint, Hint::Optional(_))) {
            last.default = Some("None");
        }
    }
    all
}

/// What a type is that is encoded in this way.
fn value(shape: &Shape, ty: &str, way: Way<'_>, types: &Types) -> Value {
    match (way, types.hint(shape, ty)) {
        (Way::Raw, Hint::Str) => Value { hint: Hint::Str, layout: Layout::Call("_text") },
        (Way::Raw, _) => Value { hint: Hint::Bytes, layout: Layout::Call("_bytes") },
        (Way::Postcard, _) => Value { hint: Hint::Bytes, layout: Layout::Call("_payload") },
        (Way::Repr, hint) => Value { hint, layout: types.layout(shape, ty, false) },
        (Way::Struct(_) | Way::Nothing, hint) => Value { hint, layout: types.layout(shape, ty, true) },
    }
}
