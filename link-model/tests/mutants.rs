//! Without a rule, a promise is broken: the search sees it, and no rule is superfluous.

use link_model::{Broken, Model, Mutant, Peer, search, tell};

const HOSTS: Model = Model { peers: [Peer::Host; 2], ..Model::BOTH_WAYS };
const ECHOES: Model = Model { echoes: 1, ..Model::BOTH_WAYS };
const NOTES: Model = Model { notes: 2, ..Model::ONE_WAY };
const BOARD_REBOOTS: Model =
    Model { calls: [1, 2], restarts: [0, 1], sends: 6, leases: false, ..Model::BOTH_WAYS };

/// A model in which the lack of the rule shows, and how.
const fn shown_by(mutant: Mutant) -> (Model, Broken) {
    match mutant {
        Mutant::AlwaysNew | Mutant::NewAgain | Mutant::Unbound | Mutant::LeaseKills => {
            (Model::ONE_WAY, Broken::FalseRestart)
        }
        Mutant::AgainForEver => (Model::BOTH_WAYS, Broken::RanTwice),
        Mutant::FreshResponse | Mutant::AskerOpens => (HOSTS, Broken::Stuck),
        Mutant::KeepCrossed => (HOSTS, Broken::FalseRestart),
        Mutant::NonceOnly => (BOARD_REBOOTS, Broken::FalseRestart),
        Mutant::Unconfirmed | Mutant::CountedOpens => (Model::BOTH_WAYS, Broken::FalseRestart),
        Mutant::KeepNumbers | Mutant::ForgetNumbers => (Model::ONE_WAY, Broken::Stuck),
        Mutant::NoResume | Mutant::KeepNumber => (Model::ONE_WAY, Broken::Stuck),
        Mutant::AnySession | Mutant::KeepProbe | Mutant::AnyReply => (Model::ONE_WAY, Broken::WrongValue),
        Mutant::SameSeed => (ECHOES, Broken::RanOwnCall),
        Mutant::AnswerEchoes => (ECHOES, Broken::FalseRestart),
        Mutant::RunsAgain | Mutant::RunsAny | Mutant::RepeatAll => (Model::ONE_WAY, Broken::RanTwice),
        Mutant::Renumber => (Model::ONE_WAY, Broken::NeverRan),
        Mutant::RunsWhenGone => (Model { forgets: 1, ..Model::ONE_WAY }, Broken::RanTwice),
        Mutant::SilentWhenGone => (Model { forgets: 1, ..Model::ONE_WAY }, Broken::Stuck),
        Mutant::StaleNo | Mutant::ForgetsFirst => (Model::ONE_WAY, Broken::RanAfterNo),
        Mutant::CountedNo => (BOARD_REBOOTS, Broken::RanAfterNo),
        Mutant::NoteIsCall => (NOTES, Broken::Stuck),
        Mutant::KeepNotes => (NOTES, Broken::MissedTooMany),
    }
}

#[test]
fn without_a_rule_a_promise_is_broken() {
    for &mutant in Mutant::ALL {
        let (model, expected) = shown_by(mutant);
        let model = model.without(mutant);
        let found = search(&model);
        let Some((broken, path)) = found.bad else {
            panic!("{} is good in {} states", mutant.name(), found.states);
        };
        println!("{}: {} states, {broken}", mutant.name(), found.states);
        let story = tell(&model, &path).join("\n");
        assert_eq!(broken, expected, "{}\n{story}", mutant.name());
        assert!(!story.contains("cannot happen"), "{story}");
    }
}

/// More calls are lost than there are numbers: the last number comes again, and the server takes it for a repeat.
#[test]
fn without_resuming_a_call_is_answered_that_never_ran() {
    let model = Model { numbers: 2, heals: false, ..Model::ONE_WAY };
    let found = search(&model.without(Mutant::NoResume));
    assert_eq!(found.bad.map(|(broken, _)| broken), Some(Broken::NeverRan));
}

/// A restart that was none is not the worst of it.
#[test]
fn without_these_rules_an_old_reply_reaches_a_new_call() {
    let model = Model { calls: [1, 2], leases: false, restarts_are_true: false, ..Model::BOTH_WAYS };
    for mutant in [Mutant::CountedOpens, Mutant::Unconfirmed] {
        let found = search(&model.without(mutant));
        assert_eq!(found.bad.map(|(broken, _)| broken), Some(Broken::WrongValue), "{}", mutant.name());
    }
}
