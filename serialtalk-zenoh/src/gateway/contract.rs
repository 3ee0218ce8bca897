//! The commands of boards, shared by boards that have the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};

use serialtalk::proto::Names;
use serialtalk_hal::contract::Interface;

use crate::lock::lock;

/// The commands of a board.
#[derive(Debug)]
pub(super) struct Contract {
    pub(super) interface: Interface,
    pub(super) hash: u32,
    /// The hash of each signature, by the name of its command.
    hashes: HashMap<String, u32>,
}

impl Contract {
    fn new(interface: Interface) -> Self {
        let hashes = interface.commands().iter().map(|command| (command.name().to_owned(), command.hash()));
        Self { hashes: hashes.collect(), hash: interface.hash(), interface }
    }

    /// The signature of a command, if it has another hash than this.
    pub(super) fn other_signature(&self, command: &str, hash: u32) -> Option<String> {
        self.hashes.get(command).filter(|ours| **ours != hash)?;
        Some(self.interface.command(command)?.signature().to_string())
    }
}

/// The commands of all boards of a gateway, each contract once.
#[derive(Debug, Default)]
pub(super) struct Contracts {
    known: Mutex<Vec<Weak<Contract>>>,
}

impl Contracts {
    /// The contract that has these commands.
    pub(super) fn share(&self, interface: Interface) -> Arc<Contract> {
        let mut known = lock(&self.known);
        if let Some(same) = known.iter().filter_map(Weak::upgrade).find(|known| known.interface == interface)
        {
            return same;
        }
        known.retain(|contract| contract.strong_count() > 0);
        let contract = Arc::new(Contract::new(interface));
        known.push(Arc::downgrade(&contract));
        contract
    }
}

/// The commands of a service; `None` if they are not known when it is compiled, or make no interface.
pub(super) fn of_service(names: Names) -> Option<Interface> {
    let mut interfaces = Vec::new();
    collect(&names, &mut interfaces);
    match &interfaces[..] {
        [] => None,
        [one] => Interface::try_from(*one).ok(),
        [first, ..] => {
            let commands = interfaces.iter().flat_map(|interface| interface.commands);
            let commands = commands.map(TryFrom::try_from).collect::<Result<_, _>>().ok()?;
            Interface::new(first.name, first.docs, commands).ok()
        }
    }
}

fn collect(names: &Names, interfaces: &mut Vec<&'static serialtalk::Interface>) {
    match names {
        Names::None => {}
        Names::Interface(interface) => interfaces.push(interface),
        Names::Both(first, second) => {
            collect(first, interfaces);
            collect(second, interfaces);
        }
    }
}

#[cfg(test)]
mod tests {
    use serialtalk::CommandTable;

    use super::*;

    #[serialtalk::interface]
    trait Robot {
        fn mult(&mut self, a: f32, b: f32) -> f32;
    }

    #[serialtalk::interface]
    trait Lamp {
        fn led(&mut self, hue: u16);
    }

    struct Fake;

    impl Robot for Fake {
        fn mult(&mut self, a: f32, b: f32) -> f32 {
            a * b
        }
    }

    impl Lamp for Fake {
        fn led(&mut self, _hue: u16) {}
    }

    type Both = (RobotServer<Fake>, LampServer<Fake>);

    #[test]
    fn services_of_one_kind_share_a_contract() {
        let contracts = Contracts::default();
        let share = || contracts.share(of_service(<RobotServer<Fake> as CommandTable>::NAMES).unwrap());
        let (first, second) = (share(), share());
        assert!(Arc::ptr_eq(&first, &second));
        assert_eq!(first.hash, ROBOT_INTERFACE.hash());
        let both = of_service(Both::NAMES).unwrap();
        let names: Vec<_> = both.commands().iter().map(|command| command.name()).collect();
        assert_eq!(names, ["mult", "led"]);
        assert_eq!(of_service(Names::None), None);
    }

    #[test]
    fn only_a_known_command_has_another_signature() {
        let contract = Contract::new(of_service(<RobotServer<Fake> as CommandTable>::NAMES).unwrap());
        let hash = ROBOT_INTERFACE.commands[0].hash;
        assert_eq!(contract.other_signature("mult", hash), None);
        let theirs = contract.other_signature("mult", hash ^ 1);
        assert_eq!(theirs.as_deref(), Some("mult(a: f32, b: f32) -> f32"));
        assert_eq!(contract.other_signature("led", hash), None);
    }
}
