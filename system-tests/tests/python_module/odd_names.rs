//! Modules of interfaces that nobody would write: names, documentation and types at random, from a fixed seed.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use peers::{Interpreter, Venv};
use serialtalk::__private::{CommandParts, sole};
use serialtalk::{ArgumentInfo, CommandInfo, Describe, Field, Interface, Shape};

use crate::source;

/// How many interfaces there are.
const INTERFACES: usize = 1500;

/// What names are made of: letters of several alphabets, what is reserved in Python, and what generated code uses.
const NAMES: &[&str] = &[
    "a",
    "größe",
    "é",
    "名前",
    "скорость",
    "ö",
    "\u{b5}",
    "\u{3bc}",
    "\u{fb01}",
    "fi",
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
    "int",
    "float",
    "bytes",
    "bool",
    "tuple",
    "Any",
    "List",
    "Tuple",
    "NamedTuple",
    "register",
    "compare",
    "timeout",
    "struct",
    "count",
    "index",
    "print",
    "CallError",
    "Refused",
    "_Client",
    "_Server",
    "_text",
    "_bytes",
    "_all",
    "match",
    "type",
    "async",
    "x1",
    "Imu",
    "isinstance",
    "len",
    "super",
    "property",
    "iter",
    "next",
    "zip",
    "_fields",
    "_replace",
    "object",
];

/// What documentation and names on the wire are made of.
const TEXTS: &[&str] = &[
    "\"",
    "\"\"\"",
    "'",
    "\\",
    "\\x",
    "\\N{",
    "\\u12",
    "\u{f6}",
    "\u{2028}",
    "\u{85}",
    "\0",
    "\r",
    "\n",
    "\n\n",
    "\t",
    " ",
    "- item",
    "```",
    "# x",
    "word",
    "\u{1f600}",
    "\u{feff}",
    "%s",
    "{}",
    "größe",
    "€",
];

/// A generator of numbers: bytes of `peers::random_from`, one after the other.
struct Chance(std::vec::IntoIter<u8>);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0.next().map_or(0, usize::from) % end
    }

    fn name(&mut self) -> &'static str {
        let name = NAMES[self.below(NAMES.len())];
        if self.below(4) > 0 { name } else { leak(format!("{name}{}", self.below(3))) }
    }

    fn text(&mut self) -> &'static str {
        let mut text = String::new();
        for _ in 0..self.below(12) {
            text += TEXTS[self.below(TEXTS.len())];
        }
        leak(text)
    }

    /// A shape, and the text of a type that has it.
    fn ty(&mut self, depth: usize) -> (&'static Shape, String) {
        let kind = self.below(if depth == 0 { 6 } else { 13 });
        let (shape, text) = match kind {
            0 => (Shape::Integer(serialtalk::__private::IntegerType::U8), "u8".into()),
            1 => (Shape::Bool, "bool".into()),
            2 => (Shape::Float32, "f32".into()),
            3 => (Shape::Text, "&str".into()),
            4 => (Shape::Bytes, "Vec<u8>".into()),
            5 => (Shape::ByteArray(3), "[u8; 3]".into()),
            6 | 7 => (Shape::Struct(Vec::leak(self.fields(depth))), self.name().into()),
            8 => {
                let variants = self.distinct(4).into_iter().enumerate();
                let variants: Vec<_> = variants.map(|(at, name)| (name, at as i128)).collect();
                let ty = serialtalk::__private::IntegerType::U8;
                (Shape::UnitEnum { ty, variants: Vec::leak(variants) }, self.name().into())
            }
            9 => {
                let (element, text) = self.ty(depth - 1);
                (Shape::List(element), format!("Vec<{text}>"))
            }
            10 => {
                let (element, text) = self.ty(depth - 1);
                (Shape::Array(element, 3), format!("[{text}; 3]"))
            }
            11 => {
                let (value, text) = self.ty(0);
                (Shape::Option(value), format!("Option<{text}>"))
            }
            _ => {
                let (a, of_a) = self.ty(depth - 1);
                let (b, of_b) = self.ty(depth - 1);
                (Shape::Tuple(Vec::leak(vec![a, b])), format!("({of_a}, {of_b})"))
            }
        };
        (Box::leak(Box::new(shape)), text)
    }

    fn fields(&mut self, depth: usize) -> Vec<Field> {
        self.distinct(4).into_iter().map(|name| Field { name, shape: self.ty(depth - 1).0 }).collect()
    }

    /// One name or more, no two of them the same.
    fn distinct(&mut self, most: usize) -> Vec<&'static str> {
        let mut names: Vec<_> = (0..=self.below(most)).map(|_| self.name()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn command(&mut self, method: &'static str) -> CommandInfo {
        let names: &[&str] = Vec::leak(if self.below(3) == 0 { vec![] } else { self.distinct(3) });
        let (mut shapes, mut arguments) = (Vec::new(), Vec::new());
        for name in names {
            let (shape, ty) = self.ty(2);
            shapes.push(shape);
            arguments.push(ArgumentInfo {
                name,
                ty: leak(ty),
                format: leak(shape.encoding().as_str().into()),
            });
        }
        let arguments_shape = sole(Box::leak(Box::new(Shape::Tuple(Vec::leak(shapes)))));
        let oneway = self.below(5) == 0;
        let (value, returns) = self.ty(2);
        let (values, returns) = if oneway { (vec![], String::new()) } else { (vec![value], returns) };
        let value_shape = sole(Box::leak(Box::new(Shape::Tuple(Vec::leak(values)))));
        CommandParts {
            name: leak(format!("{method}{}", self.text())),
            method,
            docs: self.text(),
            arguments: Vec::leak(arguments),
            argument_names: names,
            arguments_shape,
            format: leak(arguments_shape.encoding().as_str().into()),
            is_natural: true,
            returns: leak(returns),
            value_shape,
            return_format: leak(value_shape.encoding().as_str().into()),
            returns_naturally: true,
            error: "",
            error_shape: None,
            oneway,
            idempotent: self.below(5) == 0,
            timeout: None,
        }
        .info()
    }

    fn interface(&mut self) -> Interface {
        let methods = self.distinct(4);
        Interface {
            name: self.name(),
            docs: self.text(),
            module: if self.below(4) == 0 { self.text() } else { "" },
            contract: self.below(4) > 0,
            describe: [Describe::Nothing, Describe::Signatures, Describe::All][self.below(3)],
            commands: Vec::leak(methods.into_iter().map(|method| self.command(method)).collect()),
        }
    }
}

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn interfaces() -> Vec<Interface> {
    let mut chance = Chance(peers::random_from(15, INTERFACES * 500).into_iter());
    let all: Vec<_> = (0..INTERFACES).map(|_| chance.interface()).collect();
    assert!(chance.0.next().is_some(), "the last interfaces are not random");
    all
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("python_module_{name}"));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn assert_succeeds(output: &Output) {
    let text = [&output.stdout[..], &output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&text));
}

/// Compiles each module as `py_compile` does, runs it, and makes its clients and servers.
const IMPORT: &str = r#"
import pathlib, py_compile, re, sys
class Talk:
    timeout = 1500
    def __init__(self): self.names = []
    def call(self, name, *what): return name + "ack", None
    def add_command(self, function, form, name): self.names.append(name)
count = 0
for source in sys.stdin.read().split("\0\0\0"):
    path = pathlib.Path(sys.argv[1]) / "odd.py"
    path.write_text(source, encoding="utf8", newline="")
    py_compile.compile(str(path), cfile=str(path) + "c", doraise=True)
    names = {"__name__": "odd"}
    exec(compile(source, "odd.py", "exec"), names)
    for name in re.findall(r"^class (\w+)\(_Client\)", source, re.M):
        client = names[name](Talk(), compare=False)
        talk = Talk()
        names[name[:-6] + "Server"]().register(talk)
        assert {command[0] for command in client._commands} <= set(talk.names) | {"find_commands"}, name
        count += 1
print(count)
"#;

#[test]
fn odd_interfaces_become_modules_that_run() {
    let venv = peers::require!();
    let sources: Vec<_> = interfaces().iter().map(|it| serialtalk_python::module(&[*it])).collect();
    let mut python = venv.command(Interpreter::CPython);
    python.args(["-W", "error", "-c", IMPORT]).arg(folder("odd"));
    python.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut python = python.stderr(std::process::Stdio::piped()).spawn().unwrap();
    let mut stdin = python.stdin.take().unwrap();
    let writing =
        std::thread::spawn(move || std::io::Write::write_all(&mut stdin, sources.join("\0\0\0").as_bytes()));
    let output = python.wait_with_output().unwrap();
    assert_succeeds(&output);
    writing.join().unwrap().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), INTERFACES.to_string());
}

/// Runs `mypy --strict` on sources, each in a file of its own.
fn assert_typed(venv: &Venv, name: &str, sources: &[(&str, String)]) {
    let folder = folder(name);
    let has_mypy = venv.command(Interpreter::CPython).args(["-c", "import mypy"]).output().unwrap();
    if !has_mypy.status.success() {
        return peers::skip("no mypy", "`cargo xtask test --install` installs it");
    }
    let mut mypy = venv.command(Interpreter::CPython);
    mypy.args(["-m", "mypy", "--strict", "--no-incremental", "--cache-dir"]).arg(folder.join("cache"));
    for (name, source) in sources {
        let path = folder.join(name);
        fs::write(&path, source).unwrap();
        mypy.arg(path);
    }
    assert_succeeds(&mypy.output().unwrap());
}

#[test]
fn modules_are_typed_strictly() {
    let venv = peers::require!();
    let robot = [robot::ROBOT_INTERFACE, robot::HOST_INTERFACE, robot::DIAGNOSIS_INTERFACE];
    let arm = [arm::ARM_INTERFACE, arm::ARM_HOST_INTERFACE];
    let mut user = String::from("import robot\n\nclass Mine(robot.RobotServer):\n");
    write!(user, "    def imu(self) -> robot.Imu:\n        return robot.Imu(1.0, 2.0, 3.0)\n\n").unwrap();
    write!(
        user,
        "def run(st: object) -> float:\n    return robot.RobotClient(st).imu().x + robot.Order.Kept\n"
    )
    .unwrap();
    assert_typed(
        &venv,
        "typed",
        &[
            ("robot.py", serialtalk_python::module(&robot)),
            ("arm.py", serialtalk_python::module(&arm)),
            ("wide.py", source::module()),
            ("odd.py", serialtalk_python::module(&interfaces()[..40])),
            ("user.py", user),
        ],
    );
}
