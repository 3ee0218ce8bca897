//! Breadth first, through every state that can be reached.

use crate::fingerprint::Fingerprints;
use crate::healing::heals;
use crate::model::Model;
use crate::promise::Broken;
use crate::state::{Side, State};
use crate::step::{Event, after};

/// What a search has found.
#[derive(Debug)]
pub struct Found {
    /// How many states it saw.
    pub states: usize,
    /// The broken promise and the shortest path to it.
    pub bad: Option<(Broken, Vec<Event>)>,
}

/// How a state was reached first.
#[derive(Debug, Clone, Copy)]
struct Origin {
    parent: u32,
    event: Event,
}

/// Searches until a promise is broken, or no state is left.
#[must_use]
pub fn search(model: &Model) -> Found {
    let mut search = Search::default();
    let bad = search.run(model).err();
    Found { states: search.seen.len(), bad }
}

/// A search under way.
#[derive(Debug, Default)]
struct Search {
    seen: Fingerprints,
    /// Of each state but the first, in the order in which they were found.
    origins: Vec<Origin>,
}

impl Search {
    fn run(&mut self, model: &Model) -> Result<(), (Broken, Vec<Event>)> {
        self.seen.insert(&State::START);
        let mut level = vec![State::START];
        let mut number = 0;
        while !level.is_empty() {
            let mut next_level = Vec::new();
            for state in level {
                if model.heals {
                    heals(model, &state)
                        .map_err(|(broken, events)| (broken, [self.path(number), events].concat()))?;
                }
                for event in events() {
                    let Some(next) = after(model, &state, event) else { continue };
                    let next = next.map_err(|broken| {
                        let mut path = self.path(number);
                        path.push(event);
                        (broken, path)
                    })?;
                    if self.seen.insert(&next) {
                        self.origins.push(Origin { parent: number, event });
                        next_level.push(next);
                    }
                }
                number += 1;
            }
            level = next_level;
        }
        Ok(())
    }

    /// The events that lead to the state of this number.
    fn path(&self, mut number: u32) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some(index) = number.checked_sub(1) {
            let Origin { parent, event } = self.origins[index as usize];
            events.push(event);
            number = parent;
        }
        events.reverse();
        events
    }
}

fn events() -> impl Iterator<Item = Event> {
    Side::BOTH.into_iter().flat_map(|side| {
        [
            Event::Begin(side),
            Event::Call(side),
            Event::Hello(side),
            Event::Note(side),
            Event::GiveUp(side),
            Event::Deliver(side),
            Event::Lose(side),
            Event::Echo(side),
            Event::Restart(side),
            Event::LeaseEnds(side),
            Event::Forget(side),
        ]
    })
}
