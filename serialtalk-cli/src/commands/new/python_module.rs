//! The Python module of a new contract.

use serialtalk::Interface;

use super::name::Name;

/// The contract of the template: its description is compiled in.
#[path = "../../../templates/starter/contract/lib.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_attributes,
    reason = "it is a crate, of which only the description is used"
)]
mod contract;

/// The module, as `cargo run --example module` of the project writes it.
pub(super) fn text(name: &Name) -> String {
    // Descriptions are of static texts; there is one project a run.
    let name = name.interface.clone().leak();
    serialtalk_python::module(&[Interface { name, ..contract::ROBOT_INTERFACE }])
}
