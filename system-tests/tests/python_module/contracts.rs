//! Both ends compare the signatures of their commands when a client connects.

use std::sync::mpsc::channel;

use peers::{Interpreter, Line, Peer};
use serialtalk::{CallError, Caller, Timeout};
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::{LinkError, SerialTalk, Spawn, loopback, pty};

use crate::contract::assert_contract;
use crate::wide::{Rust, SPARE_INTERFACE, SpareClient, SpareServer, WIDE_INTERFACE, WideClient, WideServer};
use crate::{Library, Module, with_each};

/// Commands of the wide interfaces from another version of their traits.
mod other {
    use serialtalk::Value;

    #[derive(Value, Debug)]
    pub(crate) struct Imu {
        pub(crate) z: f32,
        pub(crate) y: f32,
        pub(crate) x: f32,
    }

    #[derive(Value, Debug)]
    #[repr(u8)]
    pub(crate) enum Mode {
        Fast,
        Off = 7,
    }

    #[serialtalk::interface]
    pub(crate) trait Fields {
        fn imu(&mut self) -> Imu;
    }

    #[serialtalk::interface]
    pub(crate) trait Variants {
        fn mode(&mut self, mode: Mode) -> Mode;
    }

    /// Its description has more bytes than fit a frame, which ends within a letter.
    #[serialtalk::interface(describe)]
    pub(crate) trait Arguments {
        /// In letters: äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü
        /// äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü
        fn mult(&mut self, b: f32, a: f32) -> f32;
    }

    /// Tells nothing about its commands.
    #[serialtalk::interface]
    pub(crate) trait Quiet {
        fn mult(&mut self, b: f32, a: f32) -> f32;
    }

    /// Tells signatures alone.
    #[serialtalk::interface(describe = "signatures")]
    #[allow(dead_code, reason = "only its description is used")]
    pub(crate) trait Terse {
        /// Divides.
        fn mult(&mut self, b: f32, a: f32) -> f32;
    }

    /// Takes no part in comparisons.
    #[serialtalk::interface(contract = false)]
    pub(crate) trait Unsigned {
        fn mult(&mut self, b: f32, a: f32) -> f32;
    }

    #[serialtalk::interface]
    pub(crate) trait Spare {
        fn spare_sum(&mut self, numbers: (i32, i64)) -> i32;
    }

    /// Divides.
    pub(crate) struct Divider;

    impl Arguments for Divider {
        fn mult(&mut self, b: f32, a: f32) -> f32 {
            a / b
        }
    }

    impl Quiet for Divider {
        fn mult(&mut self, b: f32, a: f32) -> f32 {
            a / b
        }
    }

    impl Unsigned for Divider {
        fn mult(&mut self, b: f32, a: f32) -> f32 {
            a / b
        }
    }
}

type Host = SerialTalk<PtyLink>;

const MINUTE: Timeout = Timeout::Ms(60_000);

#[test]
fn an_interface_says_what_its_generated_server_tells() {
    let table = |interface| {
        let module = serialtalk_python::module(&[interface]);
        let (_, table) = module.split_once("    _commands = (\n").unwrap();
        let compares = module.contains("        self._answer(st)\n");
        (table.split_once("    )\n").unwrap().0.to_owned(), compares)
    };
    let (quiet, compares) = table(other::QUIET_INTERFACE);
    assert!(compares && quiet.ends_with(", \"mult(b: f32, a: f32) -> f32\"),\n"), "{quiet}");
    let (terse, compares) = table(other::TERSE_INTERFACE);
    assert!(compares && terse.ends_with(" \"rust mult(b: f32, a: f32) -> f32\",\n        ),\n"), "{terse}");
    let (described, compares) = table(other::ARGUMENTS_INTERFACE);
    assert!(
        compares && described.contains("\"rust mult(b: f32, a: f32) -> f32\\n\\nIn letters: "),
        "{described}"
    );
    assert_eq!(table(other::UNSIGNED_INTERFACE), (quiet, false), "its clients compare");
}

/// Starts a generated server, and waits until it answers.
fn serve(module: &Module, interpreter: Interpreter, library: Library) -> (Peer, Host) {
    let mut talk = pty::open().unwrap();
    let server = module.run(interpreter, library, &Line::path(talk.link().path()), "server");
    talk.set_timeout(MINUTE);
    talk.ready(60_000).unwrap();
    (server, talk)
}

/// What a client says that cannot connect, and the signature of the peer.
fn mismatch<C>(connected: Result<C, CallError<LinkError>>) -> (String, Option<String>) {
    match connected.map(drop).unwrap_err() {
        CallError::Mismatch { error, .. } => (error.ours().to_string(), error.theirs().map(str::to_owned)),
        other => panic!("{other}"),
    }
}

#[test]
fn a_generated_server_compares() {
    let Some(module) = Module::new("comparing_server") else { return };
    with_each(|interpreter, library| {
        let (_server, mut talk) = serve(&module, interpreter, library);
        assert_eq!(WideClient::connect(talk.within(MINUTE)).unwrap().mult(1.5, 2.0).unwrap(), 3.0);
        let (ours, theirs) = mismatch(other::FieldsClient::connect(talk.within(MINUTE)));
        assert_eq!((&*ours, theirs), ("imu() -> {z: f32, y: f32, x: f32}", None));
        let (ours, theirs) = mismatch(other::VariantsClient::connect(talk.within(MINUTE)));
        assert_eq!(
            (&*ours, theirs),
            ("mode(mode: u8 {Fast = 0 | Off = 7}) -> u8 {Fast = 0 | Off = 7}", None)
        );
        let (ours, theirs) = mismatch(other::ArgumentsClient::connect(talk.within(MINUTE)));
        assert_eq!((&*ours, theirs), ("mult(b: f32, a: f32) -> f32", None));

        assert_eq!(SpareClient::connect(talk.within(MINUTE)).unwrap().spare_sum((40, 2)).unwrap(), 42);
        let (ours, theirs) = mismatch(other::SpareClient::connect(talk.within(MINUTE)));
        assert_eq!(ours, "spare_sum(numbers: (i32, i64)) -> i32");
        assert_eq!(theirs.as_deref(), Some("spare_sum(numbers: (i32; 2)) -> i32"));
        // A module that is loaded again keeps its numbers.
        SpareClient::connect(talk.within(MINUTE)).unwrap();
        mismatch(other::SpareClient::connect(talk.within(MINUTE)));
    });
}

#[test]
fn a_generated_server_answers_as_a_server_in_rust_does() {
    let Some(module) = Module::new("questions") else { return };
    with_each(|interpreter, library| {
        let who = format!("{interpreter:?} with {library:?}");
        let (_server, mut python) = serve(&module, interpreter, library);
        python.add_module("wide_server").unwrap();
        let (rust, mut wide) = loopback();
        let _wide = rust.serve(WideServer::new(rust_wide())).spawn();
        let hashes: Vec<u8> = WIDE_INTERFACE.commands.iter().flat_map(|it| it.hash.to_le_bytes()).collect();
        let questions: [&[u8]; 6] = [
            &[&b"\0"[..], &hashes].concat(),
            &[&b"\0"[..], &hashes[4..8], b"none", &hashes[..4]].concat(),
            &[&b"\0"[..], &hashes[..4]].concat(),
            b"\0",
            b"imu",
            b"x",
        ];
        for question in questions {
            let expected: Vec<u8> = wide.call_as("find_commands", "raw", question).unwrap();
            let answer: Vec<u8> = python.call_as("find_commands", "raw", question).unwrap();
            assert_eq!(answer, expected, "{question:?} to {who}");
        }
        let number: Vec<u8> = python.call_as("find_commands", "raw", b"spare_sum").unwrap();
        let [number] = number[..] else { panic!("{number:?}") };

        // Here the interface with fewer commands has the lower numbers.
        let (rust, mut both) = loopback();
        let _both = rust.serve((WideServer::new(rust_wide()), SpareServer::new(rust_wide()))).spawn();
        both.add_module("wide_server").unwrap();
        assert_eq!(python.describe(number.into()).unwrap(), both.describe(0).unwrap(), "{who}");
        assert_eq!(python.describe(0).unwrap(), "", "an interface that is not marked");
        let error = python.describe(u16::from(number) + 1).unwrap_err();
        assert!(error.to_string().ends_with("no such number"), "{error}");
        assert_eq!(python.remote_commands().unwrap(), both.remote_commands().unwrap(), "{who}");
        assert_contract(&mut python.within(MINUTE), &[SPARE_INTERFACE]);
    });
}

fn rust_wide() -> Rust {
    Rust { heard: Vec::new(), alarm: channel().1 }
}

/// Asks a generated client that has not connected, of each interpreter and library, on the line of `talk`.
fn with_each_client(name: &str, serve: impl Fn(Host) -> Box<dyn Send>, test: impl Fn(&mut Peer, &str)) {
    let Some(module) = Module::new(name) else { return };
    with_each(|interpreter, library| {
        let talk = pty::open().unwrap();
        let path = talk.link().path().to_owned();
        let _serving = serve(talk);
        let mut client = module.run(interpreter, library, &Line::path(path), "caller");
        test(&mut client, &format!("{interpreter:?} with {library:?}"));
    });
}

/// What a client says that cannot connect.
fn refused(client: &mut Peer) -> String {
    client.say("module.WideClient(st)");
    client.answer().unwrap_err()
}

const CONNECT: &str = "module.WideClient(st).mult(3, 2)";

#[test]
fn a_generated_client_refuses_another_signature() {
    let serve = |talk: Host| Box::new(talk.serve(other::ArgumentsServer::new(other::Divider)).spawn()) as _;
    with_each_client("comparing_client", serve, |client, who| {
        let message = "Mismatch: mult: the signature is another one at the other end\
                       |  here:  mult(a: f32, b: f32) -> f32|  there: mult(b: f32, a: f32) -> f32";
        assert_eq!(refused(client), message, "{who}");
        // Not asked, it divides.
        assert_eq!(
            client.ask("module.WideClient(st, compare=False).mult(3, 2)"),
            "0.6666666865348816",
            "{who}"
        );
    });
}

#[test]
fn a_generated_client_names_the_command_if_the_peer_tells_no_signature() {
    let serve = |talk: Host| Box::new(talk.serve(other::QuietServer::new(other::Divider)).spawn()) as _;
    with_each_client("quiet", serve, |client, who| {
        let message = "Mismatch: mult: the signature is another one at the other end\
                       |  here:  mult(a: f32, b: f32) -> f32\
                       |  there: not known, for only an interface marked `describe` tells it";
        assert_eq!(refused(client), message, "{who}");
    });
}

#[test]
fn a_generated_client_asks_small_buffers_for_less_at_once() {
    let serve = |talk: Host| {
        let services = (WideServer::new(rust_wide()), SpareServer::new(rust_wide()));
        Box::new(talk.max_frame::<64>().serve(services).spawn()) as _
    };
    with_each_client("small_buffers", serve, |client, who| {
        assert_eq!(client.ask(CONNECT), "6.0", "{who}");
        assert_eq!(client.ask("module.SpareClient(st).spare_sum((40, 2))"), "42", "{who}");
    });
    let serve = |talk: Host| {
        Box::new(talk.max_frame::<64>().serve(other::ArgumentsServer::new(other::Divider)).spawn()) as _
    };
    with_each_client("small_buffers", serve, |client, who| {
        assert!(refused(client).ends_with("there: mult(b: f32, a: f32) -> f32"), "{who}");
    });
}

#[test]
fn a_generated_client_takes_peers_that_do_not_compare_as_they_are() {
    let serve = |talk: Host| Box::new(talk.serve(other::UnsignedServer::new(other::Divider)).spawn()) as _;
    with_each_client("unsigned", serve, |client, who| {
        assert_eq!(client.ask("module.WideClient(st).mult(1, 2)"), "2.0", "{who}");
        for value in ["None", "'text'", "(1, 'a')", "300", "b'abc'"] {
            let script = format!("module.WideClient(ScriptedTalk(('find_commandsack', {value}))) and 1");
            assert_eq!(client.ask(&script), "1", "{value} by {who}");
        }
        // One that is silent about commands that it does not have, but not about `echo`.
        let silent = "('err', 'nothing'), ('echoack', 1), ('err', 'nothing'), ('multack', 3.0)";
        assert_eq!(
            client.ask(&format!("module.WideClient(ScriptedTalk({silent})).mult(1, 2)")),
            "3.0",
            "{who}"
        );
        client.say("module.WideClient(ScriptedTalk())");
        assert_eq!(client.answer(), Err("NoReply: echo: no reply: nothing".into()), "{who}");
    });
}

/// Neither of them is Rust.
#[test]
fn generated_clients_and_servers_compare() {
    let Some(module) = Module::new("both_generated") else { return };
    for (near, far) in
        [(Interpreter::CPython, Interpreter::MicroPython), (Interpreter::MicroPython, Interpreter::CPython)]
    {
        for library in [Library::Original, Library::Small] {
            let server = module.run(far, library, &Line::Listen, "server");
            let mut client = module.run(near, library, &Line::Connect(server.address()), "caller");
            assert_eq!(client.ask(CONNECT), "6.0", "{near:?} calls {far:?} with {library:?}");
            assert_eq!(client.ask("module.SpareClient(st).spare_sum((40, 2))"), "42");
            // Another signature of the same command.
            let spare = "type('S', (module.SpareClient,), {'_commands': (('spare_sum', b'none', 'spare_sum()'),)})(st)";
            client.say(spare);
            let message = "Mismatch: spare_sum: the signature is another one at the other end\
                           |  here:  spare_sum()|  there: spare_sum(numbers: (i32; 2)) -> i32";
            assert_eq!(client.answer(), Err(message.into()));
        }
    }
}

/// A real server that knows nothing of signatures: one question, which it refuses.
#[test]
fn a_generated_client_connects_to_an_untyped_peer_with_one_question() {
    let Some(module) = Module::new("untyped") else { return };
    for interpreter in Interpreter::ALL {
        for library in [Library::Original, Library::Small] {
            let server = module.venv.serve(interpreter, Line::Listen);
            let mut client = module.run(interpreter, library, &Line::Connect(server.address()), "caller");
            assert_eq!(client.ask(CONNECT), "6.0", "{interpreter:?} with {library:?}");
            assert_eq!(client.ask("st.call('count')"), "('countack', 2)", "{interpreter:?} with {library:?}");
        }
    }
}
