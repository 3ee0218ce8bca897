//! What the macro generates, written by hand.
mod support;

use serialtalk::__private as st;
use serialtalk::{Caller, SerialTalk};
use support::{clock, pair};

pub trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn name(&mut self) -> heapless::String<16>;
    fn calibrate(&mut self, text: &str, fast: Option<bool>) -> Result<(i16, i16), (u8, u8)>;
    fn log(&mut self, text: &str);
}

// ---- generated

/// A client
pub struct RobotClient<C> {
    caller: C,
}
/// A server
pub struct RobotServer<T> {
    inner: T,
}

impl<C> RobotClient<C> {
    pub const fn new(caller: C) -> Self {
        Self { caller }
    }
}

impl<T> RobotServer<T> {
    pub const fn new(inner: T) -> Self {
        Self { inner }
    }
}

pub const ROBOT_INTERFACE: st::Interface = {
    const COUNT: usize = {
        let mut count = 0;
        {
            count += 1;
        }
        {
            count += 1;
        }
        {
            count += 1;
        }
        {
            count += 1;
        }
        count
    };
    const COMMANDS: [st::CommandInfo; COUNT] = {
        let mut all = [st::CommandInfo::NONE; COUNT];
        let mut at = 0;
        {
            all[at] = st::CommandInfo {
                name: "mult",
                method: "mult",
                docs: "",
                arguments: &[
                    st::ArgumentInfo { name: "a", ty: "f32" },
                    st::ArgumentInfo { name: "b", ty: "f32" },
                ],
                returns: "f32",
                error: "",
                format: wire::MULT_FORMAT,
                return_format: wire::MULT_RETURNS,
                oneway: false,
                idempotent: false,
                timeout: None,
                hash: st::CommandInfo::hash_of(
                    "mult",
                    &[("", wire::MULT_ARGS.hash()), ("", wire::MULT_VALUE.hash())],
                ),
            };
            at += 1;
        }
        {
            all[at] = st::CommandInfo { name: "name", ..st::CommandInfo::NONE };
            at += 1;
        }
        {
            all[at] = st::CommandInfo { name: "calibrate", ..st::CommandInfo::NONE };
            at += 1;
        }
        {
            all[at] = st::CommandInfo { name: "log", ..st::CommandInfo::NONE };
            at += 1;
        }
        assert!(at == COUNT);
        all
    };
    st::Interface { name: "Robot", docs: "", module: "", commands: &COMMANDS }
};

mod wire {
    use super::*;
    pub const MULT_ARGS: st::Shape =
        st::Shape::tuple(&[<f32 as st::Encode>::SHAPE, <f32 as st::Encode>::SHAPE]);
    pub const MULT_FORMAT: &str = st::format!(MULT_ARGS);
    pub const MULT_VALUE: st::Shape = <f32 as st::Encode>::SHAPE;
    pub const MULT_RETURNS: &str = st::format!(MULT_VALUE);
}

const _: () = {
    const TABLE: st::NameTable<{ ROBOT_INTERFACE.commands.len() }> =
        st::NameTable::of(ROBOT_INTERFACE.commands);
    static NAMES: st::NameTable<{ ROBOT_INTERFACE.commands.len() }> = TABLE;

    impl<T: Robot> st::Catalog for RobotServer<T> {
        const NAMES: st::Names = st::Names::List(NAMES.names());
        fn count(&self) -> usize {
            NAMES.names().len()
        }
        fn name(&self, number: usize) -> Option<&str> {
            NAMES.names().get(number).copied()
        }
        fn find(&self, name: &[u8]) -> Option<usize> {
            NAMES.find(name)
        }
    }

    impl<T: Robot> st::Service for RobotServer<T> {
        fn serve(&mut self, number: usize, call: st::Call<'_>, reply: &mut st::Reply<'_>) {
            const MULT: usize = TABLE.number("mult");
            const NAME: usize = TABLE.number("name");
            const CALIBRATE: usize = TABLE.number("calibrate");
            const LOG: usize = TABLE.number("log");
            match number {
                MULT => {
                    let mut args = call.arguments();
                    let a = args.take::<f32>();
                    let b = args.take::<f32>();
                    let done = args.finish(2);
                    if let (Some(a), Some(b), Ok(())) = (a, b, done) {
                        let value = <T as Robot>::mult(&mut self.inner, a, b);
                        reply.value().sole(&value, wire::MULT_RETURNS);
                    } else {
                        reply.refuse(&mut args, 2, "a,b");
                    }
                }
                NAME => {
                    let mut args = call.arguments();
                    if let Ok(()) = args.finish(0) {
                        let value = <T as Robot>::name(&mut self.inner);
                        reply.value().sole(&value, "");
                    } else {
                        reply.refuse(&mut args, 0, "");
                    }
                }
                CALIBRATE => {
                    let mut args = call.arguments();
                    let text = args.take::<&str>();
                    let fast = args.take::<Option<bool>>();
                    let done = args.finish(2);
                    if let (Some(text), Some(fast), Ok(())) = (text, fast, done) {
                        match <T as Robot>::calibrate(&mut self.inner, text, fast) {
                            Ok(value) => reply.value().sole(&value, "2h"),
                            Err(error) => reply.fail_with(&error),
                        }
                    } else {
                        reply.refuse(&mut args, 2, "text,fast");
                    }
                }
                LOG => {
                    let mut args = call.arguments();
                    let text = args.take_sole::<&str>();
                    let done = args.finish(1);
                    if let (Some(text), Ok(())) = (text, done) {
                        <T as Robot>::log(&mut self.inner, text);
                    } else {
                        reply.refuse(&mut args, 1, "text");
                    }
                }
                _ => {}
            }
        }
    }

    impl<C: st::Caller> RobotClient<C> {
        pub fn mult(&mut self, a: f32, b: f32) -> Result<f32, st::CallError<C::Error>> {
            self.caller.call_with(
                st::Command::new("mult"),
                |payload| {
                    let packer = payload.structure(wire::MULT_FORMAT);
                    st::Encode::pack(&a, packer);
                    st::Encode::pack(&b, packer);
                    Ok(())
                },
                st::Outcome::VALUE,
            )
        }
        pub fn name(&mut self) -> Result<heapless::String<16>, st::CallError<C::Error>> {
            self.caller.call_with(
                st::Command::new("name"),
                |payload| {
                    payload.no_arguments();
                    Ok(())
                },
                st::Outcome::VALUE,
            )
        }
        pub fn calibrate(
            &mut self,
            text: &str,
            fast: Option<bool>,
        ) -> Result<(i16, i16), st::CallError<C::Error, (u8, u8)>> {
            self.caller.call_with(
                st::Command::new("calibrate"),
                |payload| {
                    let mut writer = payload.literal();
                    writer.open(b'(');
                    writer.element();
                    st::Encode::write(&text, &mut writer);
                    writer.element();
                    st::Encode::write(&fast, &mut writer);
                    writer.close_tuple(2);
                    Ok(())
                },
                st::Outcome::RESULT,
            )
        }
        pub fn log(&mut self, text: &str) -> Result<(), st::CallError<C::Error>> {
            self.caller.send_with("log", |payload| {
                payload.literal_sole(&text);
                Ok(())
            })
        }
    }
};

// ---- use

#[derive(Default)]
struct Fake {
    logged: Vec<String>,
}
impl Robot for Fake {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }
    fn name(&mut self) -> heapless::String<16> {
        heapless::String::try_from("it's \"R2\"\n€").unwrap()
    }
    fn calibrate(&mut self, text: &str, fast: Option<bool>) -> Result<(i16, i16), (u8, u8)> {
        match (text, fast) {
            ("a'b", Some(true)) => Ok((1, -2)),
            ("a'b", None) => Ok((3, 4)),
            _ => Err((7, 8)),
        }
    }
    fn log(&mut self, text: &str) {
        self.logged.push(text.into())
    }
}

#[test]
fn calls() {
    let (board, host) = pair();
    let server = std::thread::spawn(move || {
        let mut talk = SerialTalk::new(board, clock()).serve(RobotServer::new(Fake::default()));
        let error = talk.run().unwrap_err();
        assert_eq!(error, serialtalk::error::LinkError::Closed);
        assert_eq!(talk.service().1.inner.logged, ["hello", "again"]);
    });
    let mut robot = RobotClient::new(SerialTalk::new(host, clock()));
    robot.caller.ready(1000).unwrap();
    assert_eq!(robot.mult(5.9, 94.0).unwrap(), 5.9 * 94.0);
    assert_eq!(robot.name().unwrap(), "it's \"R2\"\n€");
    assert_eq!(robot.calibrate("a'b", Some(true)).unwrap(), (1, -2));
    assert_eq!(robot.calibrate("a'b", None).unwrap(), (3, 4));
    let error = robot.calibrate("x", None).unwrap_err();
    assert_eq!(error.failure(), Some(&(7, 8)));
    robot.log("hello").unwrap();
    robot.log("again").unwrap();
    let value: f32 = robot.caller.call("mult", (2i32, 3u8)).unwrap();
    assert_eq!(value, 6.0);
    let value: f64 = robot.caller.call_as("mult", "repr", (0.5f32, 3u8)).unwrap();
    assert_eq!(value, 1.5);
    let error = robot.caller.call::<u8>("mult", (1.0f32,)).unwrap_err();
    println!("{error}");
    let error = robot.caller.call::<u8>("mult", (1.0f32, "x")).unwrap_err();
    println!("{error}");
    let error = robot.caller.call::<u8>("nope", ()).unwrap_err();
    println!("{error}");
    println!("{:?}", robot.caller.remote_commands().unwrap());
    drop(robot);
    server.join().unwrap();
}
