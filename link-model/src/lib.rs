//! The rules of sessions on the checked link, and a search through every order of events for one that breaks a promise.
//!
//! Two sides, each of which may call and serve, have one session and a line in each direction that keeps the order and loses
//! frames. [`search`] visits every state that loss, repeats, restarts, ended leases and calls that are given up can lead to; in each of
//! them it also checks that a line which is good from then on finishes every call. [`Mutant`] names each rule: a search
//! without it finds a broken promise ([`Broken`]).
//!
//! # What a side keeps
//!
//! - A *session*: its token, the nonces of both sides that make it, and whether it is *confirmed*, which means that the peer is
//!   known to have it too.
//! - A *pending hello*: its nonce, the token that it tells, and whether a copy of the call was sent after its first copy.
//! - As a *caller*: the number of its last call, the call it is making, and whether it has to resume.
//! - As a *server*: the number of the last call that it ran, and the reply to it.
//!
//! Each direction has numbers of its own for calls, and others for one-way calls. The token is the sum of both nonces, so it does not
//! depend on who asked. The two directions use different seeds, so a frame that comes back to its sender is noise; so is every
//! frame of another session.
//!
//! # Hello
//!
//! A hello tells the token of its sender's session, or none, and a nonce that its sender has not used since it
//! started. A side says it in order to open a session, to resume one, and to ask whether the peer is alive. Every copy of a pending
//! hello is the same. It stops being pending when its answer comes, when its call ends in any way, and when its side opens a session
//! for the peer.
//!
//! A side that receives a hello does the first of these that applies:
//!
//! 1. The nonce is that of its own latest hello, or its own in the session: an echo. It ignores it.
//! 2. The token is that of its session: it answers `same` with the number it ran last, and the session is confirmed.
//! 3. The nonce is that of the peer in a session that is not confirmed: it answers `new` as before.
//! 4. The nonce is counted and its own are random: it says a hello of its own, or repeats the pending one. A session between a host and a
//!    board without a source of chance is so always opened by the host's nonce.
//! 5. It opens a session with its pending hello's nonce, or else with a new one, and answers `new`. The session is not confirmed.
//!
//! An answer counts only for the pending hello with the same nonce that told the same token.
//! `new` opens the session, confirmed. On `same` the session is confirmed, and keeps what it has.
//!
//! Whoever opens a session starts its numbers at 0, keeps no reply, and need not resume. A call that was sent in the session before is
//! reported `Restarted`; an idempotent one is sent anew instead, under a number of the new session. A call
//! that was not yet sent goes on.
//!
//! # Calls
//!
//! - A side sends calls only in a confirmed session. Every frame of the session confirms it.
//! - A call has the number after the last one, and keeps it when repeated. The server runs the number after the last one that
//!   it ran; answers the last one with the reply that it keeps, or with `gone` if it needed the room; and ignores every other.
//! - A reply counts only for the call with its number.
//! - A call that was given up after it was sent makes its side resume: it sends no call until a hello was answered.
//!   The answer's number is then the one that the next call follows.
//! - One-way calls are sent once. Their receiver counts the numbers that are missing, and ignores the last number if it comes again.
//! - The end of a lease makes a side read plain frames until a hello comes or is answered. The session stays as it is.
//!
//! # What a caller knows
//!
//! A call that was never sent did not run. When the number in an answer `same` is the call's, it ran. When it is not, the call did not
//! run and will not, until another copy is sent; but this is unknown if
//!
//! - a copy of the call was sent after the first copy of the hello,
//! - it was sent in an earlier session too, or
//! - its caller has counted nonces: the answer may be to the same hello of its life before.
//!
//! # What is outside
//!
//! Times (a timer may fire whenever a side waits), damage (a damaged frame is a lost one), equal random nonces, an echo that comes late,
//! several frames of one call, and more than one call in flight.
//!
//! Two boards with counted nonces are not safe: if one reboots while frames are under way, it can take an old reply for a new one. One of
//! them needs a source of chance, and then counts as a host.
//!
//! Nor is a board with counted nonces that calls, if it says the same two nonces in its next life while answers to those of the one
//! before are under way: it can take the number in an old answer for that of the call that it gave up last. On the wire counted
//! nonces contain the time since the start, so both have to be said in the same millisecond of either life.

#![forbid(unsafe_code)]

mod asker;
mod caller;
mod faults;
mod fingerprint;
mod healing;
mod line;
mod model;
mod mutant;
mod notes;
mod promise;
mod report;
mod responder;
mod search;
mod server;
mod session;
mod state;
mod step;
mod story;

pub use model::{Model, Peer};
pub use mutant::Mutant;
pub use promise::Broken;
pub use report::Report;
pub use search::{Found, search};
pub use state::Side;
pub use step::Event;
pub use story::tell;
