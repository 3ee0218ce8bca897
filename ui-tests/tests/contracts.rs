//! Traits written from contracts: they compile, and have the signatures of what they were written from.

#[path = "../../serialtalk-hal/tests/support/robots.rs"]
#[allow(dead_code, reason = "only the interfaces are used")]
mod board;
#[path = "../../serialtalk/tests/support/robot.rs"]
#[allow(dead_code, reason = "only the interfaces are used")]
mod every_method;
#[path = "contracts/shapes.rs"]
#[allow(dead_code, reason = "only the interface is used")]
mod shapes;
#[path = "../../serialtalk/tests/spec/board.rs"]
#[allow(dead_code, reason = "only the interface is used")]
mod spec;
#[path = "../../system-tests/tests/python_module/wide.rs"]
#[allow(dead_code, unreachable_pub, reason = "only the interfaces are used")]
mod wide;

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use serialtalk::proto::{Call, Names, Reply};
use serialtalk::{CommandTable, Invalid, Service};
use serialtalk_hal::contract::{self, Interface, Unwritable};
use serialtalk_hal::{Spawn, loopback};

/// Interfaces of the examples and the tests.
const INTERFACES: &[serialtalk::Interface] = &[
    robot::ROBOT_INTERFACE,
    robot::HOST_INTERFACE,
    robot::DIAGNOSIS_INTERFACE,
    robot::RELAY_INTERFACE,
    board::ROBOT_INTERFACE,
    board::QUIET_INTERFACE,
    board::SMALL_INTERFACE,
    board::NAMED_INTERFACE,
    every_method::ROBOT_INTERFACE,
    every_method::DIFFERENT_INTERFACE,
    shapes::SHAPES_INTERFACE,
    spec::BOARD_INTERFACE,
    wide::WIDE_INTERFACE,
    wide::SPARE_INTERFACE,
];

/// A board that describes the commands of an interface, and has no others.
struct Described(Vec<String>);

impl Described {
    fn new(interface: &serialtalk::Interface) -> Self {
        Self(interface.commands.iter().map(|command| command.description(true).to_string()).collect())
    }
}

impl CommandTable for Described {
    const NAMES: Names = Names::None;
    const SPAN: usize = 256;
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
        self.0.get(number).map(String::as_str)
    }
}

impl Service for Described {
    fn serve(&mut self, _number: usize, _call: &mut Call<'_>, _reply: &mut Reply<'_>) -> Result<(), Invalid> {
        Ok(())
    }
}

/// What a board with frames of 64 bytes says about itself.
fn live(interface: &serialtalk::Interface) -> Interface {
    let (board, mut host) = loopback();
    let _board = board.max_frame::<64>().serve(Described::new(interface)).spawn();
    contract::read(&mut host).unwrap()
}

/// The interface without the commands whose types only serde knows.
fn without_serde(interface: &Interface) -> Interface {
    let commands = interface.commands().iter().filter(|command| {
        let alone = Interface::new("Board", "", vec![(*command).clone()]).unwrap();
        match alone.to_rust("Alone") {
            Ok(_) => true,
            Err(Unwritable::Opaque { command }) => {
                assert_eq!(command, alone.commands()[0].name());
                false
            }
            Err(error) => panic!("{error}"),
        }
    });
    Interface::new(interface.name(), interface.docs(), commands.cloned().collect()).unwrap()
}

#[test]
fn a_contract_is_the_same_from_a_trait_and_from_a_live_board() {
    for interface in INTERFACES {
        let ours = Interface::try_from(interface).unwrap();
        assert_eq!(live(interface).commands(), ours.commands());
        assert_eq!(ours.hash(), interface.hash());
        for (ours, command) in ours.commands().iter().zip(interface.commands) {
            assert_eq!((ours.hash(), ours.name()), (command.hash, command.name));
        }
    }
}

#[test]
fn a_contract_is_read_from_what_a_trait_is_serialized_to() {
    for interface in INTERFACES {
        let ours = Interface::try_from(interface).unwrap();
        let read: Interface = serde_json::from_str(&serde_json::to_string(interface).unwrap()).unwrap();
        assert_eq!(read, ours);
        assert_eq!(serde_json::from_str::<Interface>(&serde_json::to_string(&ours).unwrap()).unwrap(), ours);
        assert_eq!(ours.to_string(), interface.to_string());
    }
}

#[test]
fn types_that_only_serde_knows_cannot_be_written() {
    let error = Interface::try_from(&robot::DIAGNOSIS_INTERFACE).unwrap().to_rust("Diagnosis").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`dbg turn` has a type that only serde knows, so its form is not in the contract: get the crate with the trait"
    );
}

/// A program with the traits of all interfaces, which checks their signatures.
fn program() -> String {
    let (mut modules, mut checks) = (String::new(), String::new());
    for (at, interface) in INTERFACES.iter().enumerate() {
        let contracts = [("static", Interface::try_from(interface).unwrap()), ("live", live(interface))];
        for (origin, contract) in contracts {
            let contract = without_serde(&contract);
            let source = contract.to_rust("Written").unwrap();
            write!(modules, "\n#[allow(dead_code, nonstandard_style)]\nmod {origin}_{at} {{\n{source}}}\n")
                .unwrap();
            for (number, command) in contract.commands().iter().enumerate() {
                let (signature, hash) = (command.signature().to_string(), command.hash());
                writeln!(
                    checks,
                    "    check(&{origin}_{at}::WRITTEN_INTERFACE, {number}, {signature:?}, {hash});"
                )
                .unwrap();
            }
        }
    }
    format!("{MAIN}{modules}\nfn main() {{\n{checks}}}\n")
}

const MAIN: &str = "\
//! Traits that were written from contracts.

fn check(interface: &serialtalk::Interface, number: usize, signature: &str, hash: u32) {
    let command = &interface.commands[number];
    assert_eq!((command.signature().to_string().as_str(), command.hash), (signature, hash));
}
";

#[test]
fn traits_written_from_contracts_compile_and_have_their_signatures() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contracts.rs");
    std::fs::write(&path, program()).unwrap();
    trybuild::TestCases::new().pass(path);
}

#[test]
fn rustfmt_leaves_written_traits_alone() {
    // Where the component is missing, rustup still has a program of this name, which fails.
    let version = Command::new("rustfmt").arg("--version").output();
    if !version.is_ok_and(|version| version.status.success()) {
        return peers::skip("no rustfmt", "rustup component add rustfmt");
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("written.rs");
    for interface in INTERFACES {
        let source = without_serde(&Interface::try_from(interface).unwrap()).to_rust("Written").unwrap();
        std::fs::write(&path, &source).unwrap();
        let checked = Command::new("rustfmt")
            .args(["--check", "--edition", "2024", "--config", "max_width=100,use_small_heuristics=Default"])
            .arg(&path)
            .output()
            .unwrap();
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    }
}
