//! A host that was built from another version of an interface does not connect.

use robot::{DIAGNOSIS_INTERFACE, DiagnosisClient, Order, Pair, RobotClient};
use serialtalk::{CallError, Caller};
use serialtalk_hal::LinkError;

use crate::contract::assert_contract;
use crate::{Example, TIMEOUT, host, on_each_board};

on_each_board!(
    a_host_with_the_same_interfaces_connects,
    fields_that_changed_places_are_refused,
    variants_that_changed_places_are_refused,
    arguments_that_changed_places_are_refused,
    a_board_that_tells_no_signature_is_refused_without_it,
    hosts_with_small_buffers_compare,
    a_board_tells_its_contract,
);

/// Commands of the boards as other versions of their traits have them.
mod other {
    use robot::{Order, Pair};
    use serialtalk::Value;

    #[derive(Value, Debug)]
    pub(crate) struct Swapped {
        pub(crate) second: u16,
        pub(crate) first: u16,
    }

    #[derive(Value, Debug)]
    #[repr(u8)]
    pub(crate) enum Changed {
        Reversed,
        Kept,
    }

    #[serialtalk::interface(prefix = "dbg ")]
    pub(crate) trait Fields {
        fn arrange(&mut self, first: u16, second: u16, order: Order) -> Swapped;
    }

    #[serialtalk::interface(prefix = "dbg ")]
    pub(crate) trait Variants {
        fn arrange(&mut self, first: u16, second: u16, order: Changed) -> Pair;
    }

    #[serialtalk::interface(prefix = "dbg ")]
    pub(crate) trait Arguments {
        fn arrange(&mut self, second: u16, first: u16, order: Order) -> Pair;
    }

    #[serialtalk::interface]
    pub(crate) trait Robot {
        fn mult(&mut self, b: f32, a: f32) -> f32;
    }
}

/// The signature that the boards have.
const THEIRS: &str = "\"dbg arrange\"(first: u16, second: u16, order: u8 {Kept = 0 | Reversed = 1}) -> {first: u16, second: u16}";

/// Checks what a client says that cannot connect.
fn is_refused<C>(connected: Result<C, CallError<LinkError>>, ours: &str, theirs: &str) {
    let error = connected.map(drop).unwrap_err();
    assert!(matches!(error, CallError::Mismatch { .. }), "{error:?}");
    let command = if theirs == THEIRS { "dbg arrange" } else { "mult" };
    let message = format!(
        "the interface does not fit the peer on board: `{command}` differs between the two peers\n  \
         here:  {ours}\n  there: {theirs}\n  build both from the same version of the trait"
    );
    assert_eq!(error.to_string(), message);
}

fn a_host_with_the_same_interfaces_connects(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line);
    let mut robot = RobotClient::connect(talk.within(TIMEOUT)).unwrap();
    assert_eq!(robot.mult(1.5, 2.0).unwrap(), 3.0);
    let mut diagnosis = DiagnosisClient::connect(talk.within(TIMEOUT)).unwrap();
    assert_eq!(diagnosis.arrange(1, 2, Order::Reversed).unwrap(), Pair { first: 2, second: 1 });
}

fn fields_that_changed_places_are_refused(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let ours = THEIRS.replace("{first: u16, second: u16}", "{second: u16, first: u16}");
    is_refused(other::FieldsClient::connect(host(&line).within(TIMEOUT)), &ours, THEIRS);
}

fn variants_that_changed_places_are_refused(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let ours = THEIRS.replace("Kept = 0 | Reversed = 1", "Reversed = 0 | Kept = 1");
    is_refused(other::VariantsClient::connect(host(&line).within(TIMEOUT)), &ours, THEIRS);
}

fn arguments_that_changed_places_are_refused(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let ours = THEIRS.replace("(first: u16, second: u16,", "(second: u16, first: u16,");
    is_refused(other::ArgumentsClient::connect(host(&line).within(TIMEOUT)), &ours, THEIRS);
}

/// The interface of the robot is not marked `describe`.
fn a_board_that_tells_no_signature_is_refused_without_it(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line);
    let connected = other::RobotClient::connect(talk.within(TIMEOUT));
    let theirs = "another signature, which only an interface marked `describe` tells";
    is_refused(connected, "mult(b: f32, a: f32) -> f32", theirs);
}

/// They ask for a few commands at a time. A board with larger frames describes more at once than they can read.
fn hosts_with_small_buffers_compare(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line).max_frame::<64>();
    DiagnosisClient::connect(talk.within(TIMEOUT)).unwrap();
    let connected = other::RobotClient::connect(talk.within(TIMEOUT));
    assert!(matches!(connected, Err(CallError::Mismatch { .. })));
    let mut talk = host(&line).max_frame::<32>();
    RobotClient::connect(talk.within(TIMEOUT)).unwrap();
    let connected = other::RobotClient::connect(talk.within(TIMEOUT));
    assert!(matches!(connected, Err(CallError::Mismatch { .. })));
}

/// The interface of the robot, which is not marked `describe`, is no part of it.
fn a_board_tells_its_contract(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line);
    let theirs = assert_contract(&mut talk.within(TIMEOUT), &[DIAGNOSIS_INTERFACE]);
    assert_eq!(theirs.command("dbg arrange").unwrap().signature().to_string(), THEIRS);
}
