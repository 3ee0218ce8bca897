//! One direction of the line: in order, of limited depth, and frames are lost.

use crate::state::{Hello, Side, Token};

/// How many frames are under way at most. What is sent beside them is lost.
const DEPTH: usize = 3;

/// The frames under way in one direction, the oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Line {
    messages: [Option<Message>; DEPTH],
}

/// A frame under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Message {
    pub(crate) from: Side,
    pub(crate) frame: Frame,
    /// Its sender has restarted since. Nobody can see this.
    pub(crate) outdated: bool,
}

/// What is sent. An answer contains the hello that it is to; on the wire only its checksum depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Frame {
    Hello(Hello),
    Same { to: Hello, last: u8 },
    New { to: Hello, mine: u8 },
    Call { token: Token, number: u8, call: u8 },
    Reply { token: Token, number: u8, call: u8 },
    Gone { token: Token, number: u8 },
    Note { token: Token, number: u8 },
}

impl Line {
    pub(crate) const EMPTY: Self = Self { messages: [None; DEPTH] };

    pub(crate) const fn first(&self) -> Option<Message> {
        self.messages[0]
    }

    pub(crate) fn frames(&self) -> impl Iterator<Item = Frame> {
        self.messages.iter().flatten().map(|message| message.frame)
    }

    pub(crate) fn take(&mut self) -> Option<Message> {
        let first = self.messages[0].take();
        self.messages.rotate_left(1);
        first
    }

    /// Whether there was room for it.
    pub(crate) fn put(&mut self, message: Message) -> bool {
        let free = self.messages.iter_mut().find(|slot| slot.is_none());
        free.map(|slot| *slot = Some(message)).is_some()
    }

    pub(crate) fn outdate(&mut self, sender: Side) {
        for message in self.messages.iter_mut().flatten().filter(|message| message.from == sender) {
            message.outdated = true;
        }
    }
}
