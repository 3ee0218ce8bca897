//! A path in words.

use std::fmt;

use crate::line::{Frame, Message};
use crate::model::{Model, Peer};
use crate::state::{Hello, Ran, Side, State, Token};
use crate::step::{Event, after};

/// One line for each event of a path from the start: what happens, and what it sends, opens and ends.
#[must_use]
pub fn tell(model: &Model, path: &[Event]) -> Vec<String> {
    let model = &Model { sends: u8::MAX, ..*model };
    let mut state = State::START;
    let mut lines = Vec::new();
    for &event in path {
        let mut line = happening(model, &state, event);
        match after(model, &state, event) {
            Some(Ok(next)) => {
                line += &consequences(&state, &next, event);
                state = next;
            }
            Some(Err(broken)) => line += &format!("; {broken}"),
            None => line += "; this cannot happen",
        }
        lines.push(line);
    }
    lines
}

fn happening(model: &Model, state: &State, event: Event) -> String {
    let name = |side: Side| match (model.peer(side), side) {
        (Peer::Host, Side::A) => "host A",
        (Peer::Host, Side::B) => "host B",
        (Peer::Board, Side::A) => "board A",
        (Peer::Board, Side::B) => "board B",
    };
    let oldest = |sender: Side| match state.lines[sender.index()].first() {
        Some(Message { frame, .. }) => frame.to_string(),
        None => "nothing".into(),
    };
    let ran = |side: Side| match state.end(side).caller.current.map(|current| current.ran) {
        Some(Ran::Yes) => "`ran: Yes`",
        Some(Ran::No) => "`ran: No`",
        Some(Ran::Unknown) | None => "`ran: Unknown`",
    };
    match event {
        Event::Begin(side) => format!("{} begins a call", name(side)),
        Event::Call(side) => format!("{}'s call is due", name(side)),
        Event::Hello(side) => format!("{}'s hello is due", name(side)),
        Event::Note(side) => format!("{} makes a one-way call", name(side)),
        Event::GiveUp(side) => format!("{} gives its call up, {}", name(side), ran(side)),
        Event::Deliver(sender) => format!("{} receives {}", name(sender.peer()), oldest(sender)),
        Event::Lose(sender) => format!("{} is lost on its way to {}", oldest(sender), name(sender.peer())),
        Event::Echo(side) => format!("what {} sends comes back to it", name(side)),
        Event::Restart(side) => format!("{} restarts", name(side)),
        Event::LeaseEnds(side) => format!("the lease of {} ends", name(side)),
        Event::Forget(side) => format!("{} gives up the reply that it keeps", name(side)),
    }
}

fn consequences(before: &State, next: &State, event: Event) -> String {
    let mut text = String::new();
    for side in Side::BOTH {
        let index = side.index();
        let taken = usize::from(matches!(event, Event::Deliver(sender) if sender == side));
        let (was, is) = (before.lines[index].frames().count() - taken, next.lines[index].frames());
        is.skip(was).for_each(|frame| text += &format!("; {side:?} sends {frame}"));
        let (was, is) = (before.end(side), next.end(side));
        if let Some(token) = is.token().filter(|_| was.token() != is.token()) {
            text += &format!("; {side:?} opens session {token}");
        }
        let ends = was.caller.current.is_some() && is.caller.current.is_none();
        if ends && !matches!(event, Event::GiveUp(_) | Event::Restart(_)) {
            text += &format!("; {side:?}'s call ends");
        }
    }
    text
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hello(hello) => hello.fmt(f),
            Self::Same { to, last } => write!(f, "SAME (to {to}), last {last}"),
            Self::New { to, mine } => write!(f, "NEW (to {to}), nonce {mine}"),
            Self::Call { token, number, call } => write!(f, "CALL {number} in {token} (call {call})"),
            Self::Reply { token, number, call } => write!(f, "REPLY {number} in {token} (call {call})"),
            Self::Gone { token, number } => write!(f, "GONE {number} in {token}"),
            Self::Note { token, number } => write!(f, "NOTE {number} in {token}"),
        }
    }
}

impl fmt::Display for Hello {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.told {
            Some(token) => write!(f, "HELLO {}, session {token}", self.nonce),
            None => write!(f, "HELLO {}, no session", self.nonce),
        }
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b] = self.nonces;
        write!(f, "{a}+{b}")
    }
}
