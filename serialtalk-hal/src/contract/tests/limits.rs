//! How much a peer may say of itself, to the byte.

use crate::contract::{BadCommand, BadInterface, Command, Interface, MAX_CONTRACT, MAX_DESCRIPTION};

/// A command whose texts have so many bytes.
fn command(name: &str, len: usize) -> Result<Command, BadCommand> {
    let own = format!("{name}(){name}").len();
    format!("{name}()\nrust {name}()\n\n{}", "x".repeat(len - own)).parse()
}

#[test]
fn a_command_has_so_many_bytes_and_no_more() {
    assert!(command("f", MAX_DESCRIPTION).is_ok());
    let error = command("f", MAX_DESCRIPTION + 1).unwrap_err();
    assert!(matches!(&error, BadCommand::TooLong(method) if method == "f"), "{error}");
}

#[test]
fn a_contract_has_so_many_bytes_and_no_more() {
    let commands: Result<Vec<_>, _> =
        (10..74).map(|number| command(&format!("f{number}"), MAX_DESCRIPTION)).collect();
    let commands = commands.unwrap();
    assert_eq!(commands.len() * MAX_DESCRIPTION, MAX_CONTRACT);
    assert!(Interface::new("", "", commands.clone()).is_ok());
    let error = Interface::new("R", "", commands).unwrap_err();
    assert_eq!(error, BadInterface::TooLong(MAX_CONTRACT + 1));
}
