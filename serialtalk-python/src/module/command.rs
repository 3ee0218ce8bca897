//! A command and its method in Python.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serialtalk::{ArgumentInfo, CommandInfo, Interface, Timeout};

use super::hint::Hint;
use super::names::Names;
use super::struct_format::{Packed, has_run_time_bytes};
use super::{rust_type, struct_format};

/// A command, its method, arguments and value.
pub(super) struct Command<'a> {
    pub(super) info: &'a CommandInfo,
    pub(super) method: String,
    pub(super) way: Way<'a>,
    pub(super) arguments: Vec<Argument<'a>>,
    pub(super) value: Value,
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
pub(super) struct Argument<'a> {
    pub(super) name: String,
    /// The type in Rust; empty if the argument is several in Rust.
    pub(super) ty: &'a str,
    pub(super) hint: Hint,
    pub(super) kind: Kind,
    /// Its default value.
    pub(super) default: Option<&'static str>,
}

/// What a method returns.
pub(super) struct Value {
    pub(super) hint: Hint,
    pub(super) kind: Kind,
}

/// What an argument or a value is in Python, compared to what its encoding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The value that the encoding holds.
    Same,
    /// A bool that is encoded as a number.
    Bool,
    /// Text that is encoded as this many bytes; as many as it has if that is 0.
    Text(u16),
    /// Bytes.
    Bytes,
    /// Bytes after the header of postcard.
    Postcard,
    /// A tuple of this many values of a struct.
    Tuple(usize),
    /// All values of a struct one by one, because it is not known to which arguments they belong.
    Loose,
}

/// The commands of an interface.
pub(super) fn all(interface: &Interface) -> Vec<Command<'_>> {
    let mut methods = Names::default();
    interface.commands.iter().map(|info| Command::new(info, methods.add(info.method))).collect()
}

impl<'a> Command<'a> {
    fn new(info: &'a CommandInfo, method: String) -> Self {
        let way = Way::new(info.format);
        let mut arguments = arguments(info, way);
        let mut names = Names::default();
        for argument in &mut arguments {
            argument.name = names.add(&argument.name);
        }
        let value = match Way::new(info.return_format) {
            Way::Nothing => Value { hint: Hint::None, kind: Kind::Same },
            Way::Repr => Value { hint: rust_type::hint(info.returns), kind: Kind::Same },
            Way::Raw => raw(info.returns),
            Way::Postcard => Value { hint: Hint::Bytes, kind: Kind::Postcard },
            Way::Struct(format) => match (struct_format::values(format), has_run_time_bytes(format)) {
                (values, true) if values.len() > 1 => literal(values, info.returns),
                (values, _) => packed(values, info.returns),
            },
        };
        Self { info, method, way, arguments, value }
    }

    /// How the value is encoded.
    pub(super) fn value_way(&self) -> Way<'a> {
        Way::new(self.info.return_format)
    }

    /// The return format that Python declares. A Python server declares one format for all replies, so that bytes whose
    /// number is known at run time only are `raw`, and a literal beside other values.
    pub(super) fn return_format(&self) -> &'a str {
        match self.value_way() {
            Way::Postcard => "post",
            Way::Struct("*s") => "raw",
            Way::Struct(format) if has_run_time_bytes(format) => "repr",
            _ => self.info.return_format,
        }
    }

    /// The first line of the method.
    pub(super) fn definition(&self) -> String {
        let of_arguments = self.arguments.iter().map(|Argument { name, hint, kind, default, .. }| {
            let star = if *kind == Kind::Loose { "*" } else { "" };
            match default {
                Some(default) => format!("{star}{name}: {hint} = {default}"),
                None => format!("{star}{name}: {hint}"),
            }
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
        let mut remarks = Vec::new();
        let of_arguments = self.arguments.iter().map(|it| remark(&it.hint, it.kind, it.ty));
        for remark in of_arguments.chain([remark(&self.value.hint, self.value.kind, info.returns)]).flatten()
        {
            if !remarks.contains(&remark) {
                remarks.push(remark);
            }
        }
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

/// What Python does with a type that it lacks.
fn remark(hint: &Hint, kind: Kind, ty: &str) -> Option<String> {
    match kind {
        Kind::Postcard => Some("Python does not decode postcard: here it is bytes.".into()),
        Kind::Loose => Some("Takes all values of the arguments one by one.".into()),
        Kind::Tuple(_) if *hint != rust_type::hint(ty) => {
            Some(format!("`{ty}` is a flat tuple of all its values here."))
        }
        _ if hint.is_vague() => Some(format!(
            "`{ty}` is a literal without a type in Python: a struct is a tuple of its fields, an enum the name of its \
             variant, or a tuple of that and its fields."
        )),
        _ => None,
    }
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

fn arguments<'a>(info: &'a CommandInfo, way: Way<'a>) -> Vec<Argument<'a>> {
    let argument = |argument: &'a ArgumentInfo, Value { hint, kind }: Value| Argument {
        name: argument.name.to_string(),
        ty: argument.ty,
        hint,
        kind,
        default: None,
    };
    match way {
        Way::Nothing | Way::Raw => info
            .arguments
            .iter()
            .map(|it| argument(it, if way == Way::Raw { raw(it.ty) } else { nothing() }))
            .collect(),
        Way::Repr => {
            let mut all: Vec<_> = info
                .arguments
                .iter()
                .map(|it| argument(it, Value { hint: rust_type::hint(it.ty), kind: Kind::Same }))
                .collect();
            // Options at the end may be left out.
            for last in all.iter_mut().rev().take_while(|last| matches!(last.hint, Hint::Optional(_))) {
                last.default = Some("None");
            }
            all
        }
        Way::Postcard => Vec::from([Argument {
            name: "payload".into(),
            ty: "",
            hint: Hint::Bytes,
            kind: Kind::Postcard,
            default: None,
        }]),
        Way::Struct(format) => {
            let values = struct_format::values(format);
            let Some(counts) = counts(info.arguments, values.len()) else {
                return Vec::from([Argument {
                    name: "values".into(),
                    ty: "",
                    hint: Hint::Any,
                    kind: Kind::Loose,
                    default: None,
                }]);
            };
            let mut values = values.into_iter();
            let of_each = info.arguments.iter().zip(counts);
            of_each
                .map(|(it, count)| argument(it, packed(values.by_ref().take(count).collect(), it.ty)))
                .collect()
        }
    }
}

/// How many values of a struct each argument has. `None` if that is not known of several arguments, which hold text.
fn counts(arguments: &[ArgumentInfo], total: usize) -> Option<Vec<usize>> {
    let known = |argument: &ArgumentInfo| match (argument.format, rust_type::hint(argument.ty)) {
        ("repr", Hint::Str | Hint::Bytes) => Some(1),
        ("repr", _) => None,
        (format, _) => Some(struct_format::values(format).len()),
    };
    let mut left = total;
    for count in arguments.iter().filter_map(known) {
        left = left.checked_sub(count)?;
    }
    let unknown = arguments.iter().filter(|argument| known(argument).is_none()).count();
    (unknown <= 1).then(|| arguments.iter().map(|argument| known(argument).unwrap_or(left)).collect())
}

/// What a type is that is encoded as these values of a struct.
fn packed(values: Vec<Packed>, ty: &str) -> Value {
    match (&values[..], rust_type::hint(ty)) {
        ([Packed { hint: Hint::Int, .. }], Hint::Bool) => Value { hint: Hint::Bool, kind: Kind::Bool },
        ([Packed { hint: Hint::Bytes, size }], Hint::Str) => {
            Value { hint: Hint::Str, kind: Kind::Text(size.unwrap_or(0)) }
        }
        ([Packed { size: None, .. }], _) => Value { hint: Hint::Bytes, kind: Kind::Bytes },
        ([value], _) => Value { hint: value.hint.clone(), kind: Kind::Same },
        _ => {
            let kind = Kind::Tuple(values.len());
            Value { hint: Hint::tuple(values.into_iter().map(|value| value.hint).collect()), kind }
        }
    }
}

/// A type that a Rust server encodes as these values of a struct, and a Python server as a literal.
fn literal(values: Vec<Packed>, ty: &str) -> Value {
    let hint = match rust_type::hint(ty) {
        Hint::Any => Hint::tuple(values.into_iter().map(|value| value.hint).collect()),
        hint => hint,
    };
    Value { hint, kind: Kind::Same }
}

fn raw(ty: &str) -> Value {
    match rust_type::hint(ty) {
        Hint::Str => Value { hint: Hint::Str, kind: Kind::Text(0) },
        _ => Value { hint: Hint::Bytes, kind: Kind::Bytes },
    }
}

/// An argument without any value.
fn nothing() -> Value {
    Value { hint: Hint::Tuple(Vec::new()), kind: Kind::Tuple(0) }
}
