//! Whether a live board tells the contract that its traits say.

use serialtalk::Caller;
use serialtalk_hal::contract::{self, Interface, Unwritable};

/// Reads the contract of the peer, and checks that it has just the commands of these interfaces, which are all that the peer
/// describes: their signatures, hashes, methods and options. Documentation may be missing. Also checks that a trait can be
/// written from it, unless a type is known to serde only. Returns what was read.
pub(crate) fn assert_contract<C>(caller: &mut C, interfaces: &[serialtalk::Interface]) -> Interface
where
    C: Caller<Error: core::error::Error + 'static>,
{
    let theirs = contract::read(caller).unwrap_or_else(|error| panic!("{error}"));
    let mut expected = 0;
    for interface in interfaces {
        let ours = Interface::try_from(interface).unwrap();
        assert_eq!(ours.hash(), interface.hash());
        for command in ours.commands() {
            let name = command.name();
            let told = theirs.command(name).unwrap_or_else(|| panic!("the peer does not describe `{name}`"));
            assert_eq!(told.signature().to_string(), command.signature().to_string());
            assert_eq!((told.hash(), told.method()), (command.hash(), command.method()));
            assert_eq!(told.options(), command.options(), "the options of `{name}`");
            assert!(told.argument_types().eq(command.argument_types()), "the arguments of `{name}`");
            assert_eq!((told.returns(), told.error()), (command.returns(), command.error()));
            assert!(told.docs().is_empty() || told.docs() == command.docs(), "{}", told.docs());
        }
        expected += ours.commands().len();
    }
    assert_eq!(theirs.commands().len(), expected, "the peer describes more: {theirs}");
    match theirs.to_rust("Written") {
        Ok(_) | Err(Unwritable::Opaque { .. }) => {}
        Err(error) => panic!("{error}"),
    }
    theirs
}
