//! Whether an undisturbed line finishes every call.

use crate::model::Model;
use crate::promise::Broken;
use crate::state::{Side, State};
use crate::step::{Event, after};

/// More rounds than any state needs.
const ROUNDS: usize = 24;

/// From here on nothing is lost and nobody gives up: everything under way is delivered, then timers act.
pub(crate) fn heals(model: &Model, state: &State) -> Result<(), Broken> {
    let model = Model { sends: u8::MAX, ..*model };
    let mut state = *state;
    state.used.sends = 0;
    for round in 0..ROUNDS {
        while let Some(next) = first(&model, &state, Side::BOTH.map(Event::Deliver)) {
            state = next?;
        }
        let mut idle = true;
        for side in Side::BOTH {
            if let Some(next) = after(&model, &state, Event::Begin(side)) {
                state = next?;
            }
            // A call that stays unanswered is followed by a hello, as the session may be lost.
            let call_first = [Event::Call(side), Event::Hello(side)];
            let hello_first = [Event::Hello(side), Event::Call(side)];
            let timers = if round % 2 == 0 { call_first } else { hello_first };
            if let Some(next) = first(&model, &state, timers) {
                state = next?;
                idle = false;
            }
        }
        if idle {
            return Ok(());
        }
    }
    Err(Broken::Stuck)
}

/// The first of the events that can happen.
fn first(model: &Model, state: &State, events: [Event; 2]) -> Option<Result<State, Broken>> {
    events.into_iter().find_map(|event| after(model, state, event))
}
