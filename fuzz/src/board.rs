//! A board with commands of every encoding.

use serialtalk::{Commands, Value};

use crate::types::{Config, Fault, Imu, Mode};

/// Commands of every encoding.
#[serialtalk::interface(describe)]
pub trait Board {
    /// A struct format.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    /// Structs in structs.
    fn imu(&mut self, imu: Imu, mode: Mode) -> Imu;
    /// Bytes of run-time length in a struct format.
    fn block(&mut self, at: u16, bytes: &[u8]) -> Vec<u8>;
    /// Text, options and lists.
    fn text(&mut self, text: &str, more: Option<Vec<i32>>) -> String;
    /// An enum with data.
    fn fault(&mut self, fault: Fault) -> Fault;
    /// A literal by serde.
    #[command(repr)]
    fn config(&mut self, config: Config) -> Config;
    /// Raw bytes.
    #[command(raw)]
    fn raw(&mut self, bytes: &[u8]) -> Vec<u8>;
    /// Postcard.
    #[command(postcard)]
    fn postcard(&mut self, config: Config) -> Config;
    /// A format chosen by hand.
    #[command(name = "set color", format = ">Hb", returns = "repr", idempotent, timeout_ms = 400)]
    fn set_color(&mut self, hue: u16, tone: i8) -> (u16, i8);
    /// An error of its own.
    fn fails(&mut self, speed: i16) -> Result<u8, Fault>;
    /// Without a reply.
    #[command(oneway)]
    fn log(&mut self, text: &str);
}

/// Commands that are off at first.
#[serialtalk::interface(module = "extra")]
pub trait Extra {
    /// A number.
    fn more(&mut self, value: f64) -> f64;
}

/// A board that returns what it gets.
#[derive(Debug, Default)]
pub struct Mirror;

impl Board for Mirror {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }

    fn imu(&mut self, imu: Imu, _mode: Mode) -> Imu {
        imu
    }

    fn block(&mut self, _at: u16, bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }

    fn text(&mut self, text: &str, more: Option<Vec<i32>>) -> String {
        format!("{text}{more:?}")
    }

    fn fault(&mut self, fault: Fault) -> Fault {
        fault
    }

    fn config(&mut self, config: Config) -> Config {
        config
    }

    fn raw(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.to_vec()
    }

    fn postcard(&mut self, config: Config) -> Config {
        config
    }

    fn set_color(&mut self, hue: u16, tone: i8) -> (u16, i8) {
        (hue, tone)
    }

    fn fails(&mut self, speed: i16) -> Result<u8, Fault> {
        u8::try_from(speed).map_err(|_| Fault::Moving { speed })
    }

    fn log(&mut self, _text: &str) {}
}

impl Extra for Mirror {
    fn more(&mut self, value: f64) -> f64 {
        value
    }
}

/// Commands that are added at run time.
pub fn commands() -> Commands {
    let mut commands = Commands::new();
    let added = [
        commands.add("x", |value: Value| value),
        commands.add("both", |a: u8, b: String| Err::<u8, _>(format!("{a}{b}"))),
        commands.add_as("as", "<h", |value: i16| value),
        commands.add_dynamic("any", Value::Tuple),
        commands.module("m", |module| module.add("later", |value: Option<f32>| value)),
    ];
    added.into_iter().for_each(|added| added.expect("the names are good"));
    commands
}

/// The names of commands, built-in ones too, and some that no peer has.
pub const NAMES: [&str; 32] = [
    "mult",
    "imu",
    "block",
    "text",
    "fault",
    "config",
    "raw",
    "postcard",
    "set color",
    "fails",
    "log",
    "more",
    "x",
    "both",
    "as",
    "any",
    "later",
    "echo",
    "raw echo",
    "module",
    "get_num_commands",
    "get_nth_command",
    "get_version",
    "enable repl",
    "disable repl",
    "find_commands",
    "describe",
    "nope",
    "multack",
    "echoerr",
    "",
    "a name that has more bytes than the smallest buffer",
];
