//! What an arm tells a host that does not know it.

use arm::ARM_INTERFACE;
use robot::DIAGNOSIS_INTERFACE;

use crate::Board;
use crate::contract::assert_contract;

#[test]
fn an_emulated_arm_tells_its_contract() {
    let Some(mut rig) = Board::Emulated.start() else { return };
    assert_contract(rig.arm.caller_mut(), &[ARM_INTERFACE, DIAGNOSIS_INTERFACE]);
}

#[test]
fn a_simulated_arm_tells_its_contract() {
    let mut rig = Board::Simulated.start().unwrap();
    let told = assert_contract(rig.arm.caller_mut(), &[ARM_INTERFACE]);
    assert_eq!(told.command("joints").unwrap().signature().to_string(), "joints() -> (f32; 6)");
    // 24 bytes: fit for a log of 50 readings a second.
    assert_eq!(ARM_INTERFACE.command("joints").unwrap().return_format, "6f");
}
