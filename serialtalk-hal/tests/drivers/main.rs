//! The blocking and the async driver behave alike: over the same script of bytes and times they have the same results, send
//! the same bytes, and do so at the same moments of virtual time.
#![cfg(feature = "tokio")]

mod drive;
mod record;
mod script;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestCaseResult;
use serialtalk_hal::simulation::Simulation;

use crate::drive::{Asynch, Blocking, CheckedAsynch, CheckedBlocking, Driver};
use crate::record::{Log, Moment};
use crate::script::Script;

/// What happens when a driver runs a script.
fn story<D: Driver>(script: &Script) -> Vec<Moment> {
    let simulation = Simulation::new();
    let (board, host) = simulation.line(script.line());
    let log = Log::new(simulation.clock());
    script.start_peer(D::PEER, &simulation, board);
    D::drive(script, &simulation, host, &log);
    log.take()
}

fn check<A: Driver, B: Driver>(script: &Script) -> TestCaseResult {
    prop_assert_eq!(story::<A>(script), story::<B>(script));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_drivers_behave_alike(script in script::any()) {
        check::<Blocking, Asynch>(&script)?;
    }

    #[test]
    fn the_drivers_behave_alike_on_a_checked_link(script in script::any()) {
        check::<CheckedBlocking, CheckedAsynch>(&script)?;
    }
}

/// The scripts would prove nothing if little happened in them.
fn leads_to<D: Driver>(expected: &[&str]) {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut kinds = std::collections::BTreeMap::<_, u32>::new();
    for _ in 0..100 {
        let script = script::any().new_tree(&mut runner).unwrap().current();
        for moment in story::<D>(&script) {
            *kinds.entry(moment.kind()).or_default() += 1;
        }
    }
    for kind in expected {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 20), "{kind}: {kinds:?}");
    }
}

#[test]
fn scripts_lead_to_replies_timeouts_served_commands_and_other_errors() {
    leads_to::<Asynch>(&["sent", "reply", "timeout", "refused", "protocol", "served", "done"]);
}

#[test]
fn scripts_lead_to_replies_timeouts_served_commands_and_other_errors_on_a_checked_link() {
    // It ends calls with errors of its own only where the peer starts again, which is rare.
    leads_to::<CheckedAsynch>(&["sent", "reply", "timeout", "refused", "protocol", "served", "done"]);
}
