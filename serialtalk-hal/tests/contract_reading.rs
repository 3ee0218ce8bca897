//! Contracts read from boards: sound ones, silent ones and hostile ones.
#![cfg(feature = "contract")]

#[path = "support/robots.rs"]
#[allow(dead_code, reason = "shared by several tests")]
mod robots;

use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use robots::{Fake, Robot as _};
use serialtalk::proto::{Call, Names, Reply};
use serialtalk::{CommandTable, Commands, Invalid, Service};
use serialtalk_hal::contract::{self, BadInterface, Interface, ReadError};
use serialtalk_hal::{LinkError, Spawn, loopback};

type Read = Result<Interface, ReadError<LinkError>>;

/// What is read from a board that serves `service`, whose largest frame has 64 bytes.
fn read(service: impl Service + Send + 'static) -> Read {
    let (board, mut host) = loopback();
    let _board = board.max_frame::<64>().serve(service).spawn();
    contract::read(&mut host)
}

#[test]
fn a_board_tells_its_contract() {
    let robot = read(robots::RobotServer::new(Fake)).unwrap();
    let expected = Interface::try_from(&robots::ROBOT_INTERFACE).unwrap();
    assert_eq!(robot.commands(), expected.commands());
    assert_eq!(robot.hash(), robots::ROBOT_INTERFACE.hash());
    assert_eq!((robot.name(), robot.docs(), expected.name()), ("Board", "", "Robot"));
    assert_eq!(expected.to_string(), robots::ROBOT_INTERFACE.to_string());
    let power = robot.command("power").unwrap();
    assert_eq!((power.docs(), power.returns()), ("What the battery gives.", "Power"));
    assert_eq!(Fake.go(1, 2), 1002);
}

#[test]
fn every_size_of_buffer_holds_a_part() {
    macro_rules! read_with_buffers {
        ($($board:literal, $host:literal;)*) => {$({
            let (board, host) = loopback();
            let board = board.max_frame::<$board>();
            let mut host = host.max_frame::<$host>();
            let serving = board.serve(robots::RobotServer::new(Fake)).spawn();
            assert_eq!(contract::read(&mut host).unwrap().hash(), robots::ROBOT_INTERFACE.hash());
            drop(serving);
            let (board, host) = loopback();
            let _board = board.max_frame::<$board>().serve(robots::QuietServer::new(Fake)).spawn();
            let error = contract::read(&mut host.max_frame::<$host>()).unwrap_err();
            assert!(matches!(error, ReadError::NotDescribed), "{error}");
        })*};
    }
    read_with_buffers! { 258, 258; 32, 258; 40, 258; 48, 258; 64, 64; }
}

#[test]
fn commands_without_a_description_are_left_out() {
    // The board also has a table of run-time commands, which reserves very many numbers.
    let robot = read((robots::QuietServer::new(Fake), robots::NamedServer::new(Fake))).unwrap();
    assert_eq!(robot.commands().len(), 1);
    assert_eq!(robot.commands()[0].name(), "name");
}

#[cfg(feature = "tokio")]
#[test]
fn a_contract_is_read_asynchronously() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let robot = runtime.block_on(async {
        let (board, host) = serialtalk_hal::asynch::loopback();
        let mut board = board.serve(robots::RobotServer::new(Fake));
        let mut host = host;
        tokio::select! {
            _ = board.run() => unreachable!("the line is open"),
            robot = contract::read_async(&mut host) => robot,
        }
    });
    assert_eq!(robot.unwrap().hash(), robots::ROBOT_INTERFACE.hash());
}

#[test]
fn a_peer_without_descriptions_is_told_from_a_silent_one() {
    let error = read(robots::QuietServer::new(Fake)).unwrap_err();
    assert!(matches!(error, ReadError::NotDescribed), "{error}");
    let (_board, mut host) = loopback();
    let start = Instant::now();
    let error = contract::read(&mut host).unwrap_err();
    assert!(matches!(error, ReadError::Silent), "{error}");
    assert!((250..10_000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
    let (board, mut host) = loopback();
    drop(board);
    assert!(matches!(contract::read(&mut host), Err(ReadError::Call(error)) if error.is_link()));
}

/// A board that says of each command what a function does.
struct Told<F>(Vec<String>, F);

impl<F> Told<F> {
    fn new(texts: impl IntoIterator<Item = String>, otherwise: F) -> Self {
        Self(texts.into_iter().collect(), otherwise)
    }
}

impl<F: Fn() -> Option<&'static str>> CommandTable for Told<F> {
    const NAMES: Names = Names::None;
    const SPAN: usize = 60_000;
    const HAS_DESCRIPTIONS: bool = true;

    fn count(&self) -> usize {
        0
    }

    fn nth(&self, _index: usize) -> Option<&str> {
        None
    }

    fn find(&self, _name: &[u8]) -> Option<usize> {
        None
    }

    fn description(&self, number: usize) -> Option<&str> {
        self.0.get(number).map(String::as_str).or_else(|| (self.1)())
    }
}

impl<F: Fn() -> Option<&'static str>> Service for Told<F> {
    fn serve(&mut self, _number: usize, _call: &mut Call<'_>, _reply: &mut Reply<'_>) -> Result<(), Invalid> {
        Ok(())
    }
}

#[test]
fn texts_that_are_no_descriptions_are_refused() {
    let texts = |texts: &[&str]| read(Told::new(texts.iter().map(|text| (*text).to_owned()), || None));
    assert_eq!(texts(&[]).unwrap().commands().len(), 0);
    assert_eq!(texts(&["f()\nrust f()", "", "g()\nrust g()"]).unwrap().commands().len(), 2);
    let error = texts(&["f()\nrust f()", "f()\nrust g()"]).unwrap_err();
    assert!(matches!(error, ReadError::Interface(BadInterface::Twice(_))), "{error}");
    let error = texts(&["f()\nrust f()", "g(a: float)\nrust g(a: f32)"]).unwrap_err();
    assert!(matches!(error, ReadError::Command { number: 1, .. }), "{error}");
    for text in ["\u{0}\u{1b}[2J", "f()", "f() -> u8\nrust f()", "<>", &"(".repeat(20_000)] {
        assert!(texts(&[text]).is_err(), "{text:.40}");
    }
}

#[test]
fn contracts_beyond_the_limits_are_refused() {
    let numbered = |count: usize| (0..count).map(|number| format!("f{number}()\nrust f{number}()"));
    let (board, mut host) = loopback();
    let board = board.serve(Told::new(numbered(1024), || None)).spawn();
    assert_eq!(contract::read(&mut host).unwrap().commands().len(), 1024);
    drop(board);
    let (board, mut host) = loopback();
    let _board = board.serve(Told::new(numbered(1025), || None)).spawn();
    let error = contract::read(&mut host).unwrap_err();
    assert!(matches!(error, ReadError::Interface(BadInterface::TooMany(1025))), "{error}");

    let long = |len: usize| format!("f()\nrust f()\n\n{}", "x".repeat(len));
    let (board, mut host) = loopback();
    let _board = board.serve(Told::new([long(10_000)], || None)).spawn();
    assert_eq!(contract::read(&mut host).unwrap().commands()[0].docs().len(), 10_000);
    let (board, mut host) = loopback();
    let _board = board.serve(Told::new([long(20_000)], || None)).spawn();
    assert!(matches!(contract::read(&mut host), Err(ReadError::Parts { number: 0 })));
}

#[test]
fn a_peer_that_never_ends_is_left() {
    // It answers every number with nothing, as a table of run-time commands does.
    assert_eq!(read(Told::new([], || Some(""))).unwrap().commands().len(), 0);
    // It has the same command again and again.
    let error = read(Told::new([], || Some("f()\nrust f()"))).unwrap_err();
    assert!(matches!(error, ReadError::Interface(_)), "{error}");
}

/// A board with a command of its own called `describe`, which answers with any bytes.
fn scripted(answer: impl FnMut(u16, u16) -> Vec<u8> + Send + 'static) -> Read {
    let mut commands = Commands::new();
    commands.add("describe", answer).unwrap();
    read(commands)
}

#[test]
fn absurd_parts_are_refused() {
    let parts = |error: Read| assert!(matches!(error, Err(ReadError::Parts { number: 0 })), "{error:?}");
    // One byte at a time, for ever.
    parts(scripted(|_, _| b"x".to_vec()));
    // More and more, or less and less, for ever.
    parts(scripted(|_, offset| vec![b'x'; 8 + usize::from(offset > 0)]));
    parts(scripted(|_, offset| vec![b'x'; 30 - usize::from(offset) / 30]));
    // Always the same, for ever.
    parts(scripted(|_, _| vec![b'x'; 30]));
    // No text.
    parts(scripted(|_, offset| if offset == 0 { vec![0xff; 30] } else { vec![] }));
    // The next question never comes to an end.
    let error = scripted(|number, offset| match (number, offset) {
        (0, 0) => b"f()\nrust f()".to_vec(),
        (0, _) => vec![],
        (_, offset) => vec![b'x'; if offset > 100 { 1 } else { 30 }],
    });
    assert!(matches!(error, Err(ReadError::Parts { number: 1 })), "{error:?}");
}

#[test]
fn a_question_is_repeated_if_its_answer_is_lost() {
    let mut asked = 0;
    let read = scripted(move |number, offset| {
        asked += 1;
        if asked == 2 {
            std::thread::sleep(Duration::from_millis(400));
        }
        match (number, offset) {
            (0, 0) => b"f()\nrust f()".to_vec(),
            _ => vec![],
        }
    });
    assert_eq!(read.unwrap().commands().len(), 1);
}

#[test]
fn a_command_of_another_meaning_is_no_description() {
    let mut commands = Commands::new();
    commands.add("describe", |_number: u16, _offset: u16| 7.5f32).unwrap();
    assert!(matches!(read(commands), Err(ReadError::Call(_))));
    let mut commands = Commands::new();
    commands.add("describe", || "a robot").unwrap();
    assert!(matches!(read(commands), Err(ReadError::Call(_))));
}

#[test]
fn random_answers_are_refused_or_read() {
    let mut runner =
        TestRunner::new(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() });
    let answers = prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..8);
    runner
        .run(&answers, |answers| {
            let read = scripted(move |number, offset| {
                let at = usize::from(number) + usize::from(offset);
                answers.get(at % answers.len()).cloned().unwrap_or_default()
            });
            if let Ok(contract) = read {
                prop_assert!(contract.commands().is_empty());
            }
            Ok(())
        })
        .unwrap();
}
