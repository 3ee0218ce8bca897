//! What becomes of calls over the checked link in virtual time: with peers that only disturb, and with two hosts on one line.
#![cfg(feature = "tokio")]

mod nuisances;
mod record;
mod two_hosts;
