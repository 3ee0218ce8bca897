//! Whether an undisturbed line finishes every call.

use crate::model::Model;
use crate::promise::Broken;
use crate::state::{Side, State};
use crate::step::{Event, after};

/// More rounds than any state needs.
const ROUNDS: usize = 24;

/// From here on nothing is lost and nobody gives up: everything under way is delivered, then timers act. Fails with the
/// events that lead to a broken promise.
pub(crate) fn heals(model: &Model, state: &State) -> Result<(), (Broken, Vec<Event>)> {
    run(model, state, |_| {}).map_err(|broken| {
        let mut events = Vec::new();
        _ = run(model, state, |event| events.push(event));
        (broken, events)
    })
}

fn run(model: &Model, state: &State, happened: impl FnMut(Event)) -> Result<(), Broken> {
    let model = Model { sends: u8::MAX, ..*model };
    let mut state = *state;
    state.used.sends = 0;
    let mut line = Line { model, state, happened };
    for round in 0..ROUNDS {
        while line.first(Side::BOTH.map(Event::Deliver))? {}
        let mut idle = true;
        for side in Side::BOTH {
            line.first([Event::Begin(side)])?;
            // A call that stays unanswered is followed by a hello, as the session may be lost.
            let mut timers = [Event::Call(side), Event::Hello(side)];
            if round % 2 == 1 {
                timers.reverse();
            }
            idle &= !line.first(timers)?;
        }
        if idle {
            return Ok(());
        }
    }
    Err(Broken::Stuck)
}

/// An undisturbed line.
struct Line<F> {
    model: Model,
    state: State,
    happened: F,
}

impl<F: FnMut(Event)> Line<F> {
    /// Lets the first of the events that can happen do so. Whether there is one.
    fn first<const N: usize>(&mut self, events: [Event; N]) -> Result<bool, Broken> {
        for event in events {
            if let Some(next) = after(&self.model, &self.state, event) {
                (self.happened)(event);
                self.state = next?;
                return Ok(true);
            }
        }
        Ok(false)
    }
}
