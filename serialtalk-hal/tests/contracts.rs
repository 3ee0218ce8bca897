//! Two Rust peers compare their contracts when a client connects.

use serialtalk::{CallError, Caller, Commands};
use serialtalk_hal::{Spawn, loopback};

/// What the board has.
#[path = "support/robots.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod board;

/// What a host has that was built from another version of the trait.
mod host {
    use serialtalk::Value;

    #[derive(Value, Debug)]
    pub(crate) struct Power {
        pub(crate) amps: f32,
        pub(crate) volts: f32,
    }

    #[derive(Value)]
    #[repr(u8)]
    pub(crate) enum Gear {
        Fast,
        Slow,
    }

    #[serialtalk::interface]
    pub(crate) trait Fields {
        fn power(&mut self) -> Power;
    }

    #[serialtalk::interface]
    pub(crate) trait Variants {
        fn drive(&mut self, gear: Gear);
    }

    #[serialtalk::interface]
    pub(crate) trait Arguments {
        fn go(&mut self, speed: u16, ms: u16) -> u32;
    }

    /// In another order, with other names of types and options, and with a command that the board lacks.
    #[serialtalk::interface]
    pub(crate) trait Newer {
        fn land(&mut self);
        #[command(name = "go")]
        fn go_on(&mut self, ms: u16, speed: u16) -> u32;
        fn ping(&mut self);
    }
}

/// Connects a client to a board that serves `service`.
macro_rules! connect {
    ($client:ty, $service:expr) => {{
        let (board, host) = loopback();
        let board = board.serve($service).spawn();
        (<$client>::connect(host), board)
    }};
}

/// What a client says that cannot connect.
macro_rules! refused {
    ($client:ty, $service:expr) => {{
        let (client, _board) = connect!($client, $service);
        client.map(drop).unwrap_err()
    }};
}

#[test]
fn fields_that_changed_places_are_refused() {
    let error = refused!(host::FieldsClient<_>, board::RobotServer::new(board::Fake));
    let message = "the interface does not fit the peer on loopback: `power` differs between the two peers
  here:  power() -> {amps: f32, volts: f32}
  there: power() -> {volts: f32, amps: f32}
  build both from the same version of the trait";
    assert_eq!(error.to_string(), message);
    let CallError::Mismatch { error, context } = error else { panic!("{error:?}") };
    assert_eq!((context.command(), error.command().method), ("power", "power"));
    assert_eq!(error.theirs(), Some("power() -> {volts: f32, amps: f32}"));
}

#[test]
fn variants_that_changed_places_are_refused() {
    let error = refused!(host::VariantsClient<_>, board::RobotServer::new(board::Fake));
    let message = "the interface does not fit the peer on loopback: `drive` differs between the two peers
  here:  drive(gear: u8 {Fast = 0 | Slow = 1})
  there: drive(gear: u8 {Slow = 0 | Fast = 1})
  build both from the same version of the trait";
    assert_eq!(error.to_string(), message);
}

#[test]
fn arguments_that_changed_places_are_refused() {
    let error = refused!(host::ArgumentsClient<_>, board::RobotServer::new(board::Fake));
    let message = "the interface does not fit the peer on loopback: `go` differs between the two peers
  here:  go(speed: u16, ms: u16) -> u32
  there: go(ms: u16, speed: u16) -> u32
  build both from the same version of the trait";
    assert_eq!(error.to_string(), message);
}

#[test]
fn a_peer_without_descriptions_is_refused_without_its_signature() {
    let error = refused!(host::ArgumentsClient<_>, board::QuietServer::new(board::Fake));
    let message = "the interface does not fit the peer on loopback: `go` differs between the two peers
  here:  go(speed: u16, ms: u16) -> u32
  there: another signature, which only an interface marked `describe` tells
  build both from the same version of the trait";
    assert_eq!(error.to_string(), message);
}

#[test]
fn what_only_one_peer_has_harms_nobody() {
    let (client, _board) = connect!(host::NewerClient<_>, board::RobotServer::new(board::Fake));
    let mut robot = client.unwrap();
    assert_eq!(robot.go_on(3, 5).unwrap(), 3005);
    robot.ping().unwrap();
    let error = robot.land().unwrap_err();
    assert_eq!(error.to_string(), "the peer has no command `land`");
}

#[test]
fn commands_whose_signature_is_unknown_are_taken_as_they_are() {
    let mut commands = Commands::new();
    commands.add("go", |ms: u16, speed: u16| u32::from(ms) + u32::from(speed)).unwrap();
    let (client, _board) = connect!(host::ArgumentsClient<_>, commands);
    assert_eq!(client.unwrap().go(1, 2).unwrap(), 3);
    let (client, _board) = connect!(host::ArgumentsClient<_>, board::SmallServer::new(board::Fake));
    assert_eq!(client.unwrap().go(1, 2).unwrap(), 1002);
    let both = (board::SmallServer::new(board::Fake), PowerServer::new(Plant));
    let (client, _board) = connect!(host::ArgumentsClient<_>, both);
    assert_eq!(client.unwrap().go(1, 2).unwrap(), 1002, "only the other interface has signatures");
}

#[test]
fn a_command_whose_number_is_large_is_refused_without_its_signature() {
    let mut commands = Commands::new();
    let find = |question: Vec<u8>| vec![if question.starts_with(b"\0") { 0xffu8 } else { 0xfe }];
    commands.add_as("find_commands", "raw", find).unwrap();
    let another =
        |_number: u16, offset: u16| b"another()\n".get(offset.into()..).unwrap_or_default().to_vec();
    commands.add_as("describe", "raw", another).unwrap();
    let error = refused!(host::ArgumentsClient<_>, commands);
    let CallError::Mismatch { error, .. } = error else { panic!("{error:?}") };
    assert_eq!((error.command().name, error.theirs()), ("go", None));
}

#[serialtalk::interface]
trait Power {
    fn power(&mut self) -> f32;
}

struct Plant;

impl Power for Plant {
    fn power(&mut self) -> f32 {
        7.4
    }
}

#[test]
fn every_size_of_buffer_holds_a_question() {
    /// Forty commands, of which a small buffer asks for a few at a time.
    mod wide {
        macro_rules! wide {
            ($($name:ident)*) => {
                #[serialtalk::interface]
                pub(crate) trait Wide { $(fn $name(&mut self, a: u8);)* }

                impl Wide for super::board::Fake { $(fn $name(&mut self, _a: u8) {})* }

                #[serialtalk::interface]
                pub(crate) trait Last { $(fn $name(&mut self, a: u8);)* fn last(&mut self, b: u8); }

                #[serialtalk::interface]
                pub(crate) trait Changed { fn last(&mut self, c: u8); }

                impl Changed for super::board::Fake { fn last(&mut self, _c: u8) {} }
            };
        }
        wide! { a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9
        e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 }
    }

    macro_rules! with_buffers {
        ($board:literal, $host:literal) => {{
            let (board, host) = loopback();
            let both = (wide::WideServer::new(board::Fake), wide::ChangedServer::new(board::Fake));
            let _board = board.max_frame::<$board>().serve(both).spawn();
            let mut host = host.max_frame::<$host>();
            wide::WideClient::connect(&mut host).unwrap();
            let error = wide::LastClient::connect(&mut host).map(drop).unwrap_err();
            assert!(matches!(&error, CallError::Mismatch { .. }), "{error:?}");
        }};
    }
    with_buffers!(258, 258);
    with_buffers!(32, 258);
    with_buffers!(258, 32);
    with_buffers!(32, 32);
    with_buffers!(64, 100);
}

#[test]
fn a_board_describes_its_commands() {
    let (board, mut host) = loopback();
    let _board = board
        .max_frame::<64>()
        .serve((PowerServer::new(Plant), board::RobotServer::new(board::Fake)))
        .spawn();
    assert_eq!(host.describe(0).unwrap(), "", "an interface that is not marked");
    let expected = "power() -> {volts: f32, amps: f32}\nrust power() -> Power\n\nWhat the battery gives.";
    assert_eq!(host.describe(1).unwrap(), expected);
    assert_eq!(
        host.describe(3).unwrap(),
        "go(ms: u16, speed: u16) -> u32\nrust go(ms: u16, speed: u16) -> u32\noptions idempotent, timeout_ms = 800"
    );
    let error = host.describe(5).unwrap_err();
    assert!(error.to_string().ends_with("no such number"), "{error}");
    assert!(host.describe(u16::MAX).is_err());
}

#[test]
fn questions_are_not_listed() {
    let (board, mut host) = loopback();
    let _board = board.serve(board::RobotServer::new(board::Fake)).spawn();
    let names = host.remote_commands().unwrap();
    assert_eq!(names.len(), 8 + 4);
    assert!(!names.iter().any(|name| name == "find_commands" || name == "describe"));
}

#[cfg(feature = "tokio")]
#[tokio::test]
async fn async_clients_compare_contracts_too() {
    let (board, mut host) = serialtalk_hal::asynch::loopback();
    let mut board = board.serve(board::RobotServer::new(board::Fake));
    let questions = async {
        let error = host::ArgumentsAsyncClient::connect(&mut host).await.map(drop).unwrap_err();
        assert!(matches!(&error, CallError::Mismatch { .. }), "{error:?}");
        let mut robot = host::NewerAsyncClient::connect(&mut host).await.unwrap();
        assert_eq!(robot.go_on(3, 5).await.unwrap(), 3005);
    };
    tokio::select! {
        () = questions => {}
        ended = board.run() => panic!("the board stopped serving: {ended:?}"),
    }
}
