//! With every rule, no order of events breaks a promise.

use link_model::{Broken, Model, Peer, search};

/// The number of states is the same on every machine: if it changes, a rule has.
fn assert_good(model: Model, states: usize) {
    let found = search(&model);
    assert_eq!(found.bad, None, "{:#?}", found.bad);
    assert_eq!(found.states, states, "{model:?}");
}

#[test]
fn a_host_makes_more_calls_to_a_board_than_there_are_numbers() {
    assert_good(Model { calls: [3, 0], numbers: 2, ..Model::ONE_WAY }, 1_005_605);
}

#[test]
fn a_host_makes_one_way_calls_beside_calls() {
    assert_good(Model { notes: 2, sends: 4, ..Model::ONE_WAY }, 392_943);
}

#[test]
fn a_server_needs_the_room_of_the_reply_that_it_keeps() {
    assert_good(Model { forgets: 1, ..Model::ONE_WAY }, 526_383);
}

#[test]
fn both_restart_twice() {
    assert_good(Model { restarts: [2, 2], sends: 4, ..Model::ONE_WAY }, 285_014);
}

#[test]
fn a_board_calls_a_host() {
    assert_good(Model { calls: [0, 2], ..Model::ONE_WAY }, 323_207);
}

#[test]
fn a_host_and_a_board_call_each_other() {
    assert_good(Model::BOTH_WAYS, 1_220_322);
    assert_good(Model { sends: 6, leases: false, ..Model::BOTH_WAYS }, 1_585_220);
    assert_good(Model { calls: [2, 2], sends: 4, leases: false, ..Model::BOTH_WAYS }, 1_391_295);
}

#[test]
fn two_hosts_call_each_other() {
    assert_good(Model { peers: [Peer::Host; 2], leases: false, ..Model::BOTH_WAYS }, 680_725);
}

#[test]
fn what_a_side_sends_comes_back() {
    assert_good(Model { echoes: 1, sends: 4, ..Model::BOTH_WAYS }, 375_600);
    assert_good(Model { peers: [Peer::Host; 2], echoes: 1, sends: 4, ..Model::BOTH_WAYS }, 623_446);
}

/// The limit that the rules state: a board that says the same nonces in its next life can take an old answer for a new one, and
/// gives the number of a call that ran to another.
#[test]
fn a_board_that_calls_without_a_source_of_chance_can_take_an_old_answer_for_a_new_one() {
    let model = Model { calls: [1, 3], restarts: [0, 1], sends: 6, leases: false, ..Model::ONE_WAY };
    assert_eq!(search(&model).bad.map(|(broken, _)| broken), Some(Broken::WrongValue));
}

/// The limit that the rules state: without a source of chance on either side, what is under way when a board reboots can
/// be taken for new.
#[test]
fn two_boards_without_a_source_of_chance_can_take_an_old_reply_for_a_new_one() {
    let found = search(&Model::TWO_BOARDS);
    assert_eq!(found.bad.map(|(broken, _)| broken), Some(Broken::FalseRestart));
    let found = search(&Model { restarts_are_true: false, ..Model::TWO_BOARDS });
    assert_eq!(found.bad.map(|(broken, _)| broken), Some(Broken::WrongValue));
}
