//! What is asked of a gateway, and which board it is for.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use tokio::runtime::Handle;
use zenoh::key_expr::KeyExpr;
use zenoh::query::Query;

use super::pulse::Pulse;
use super::reply::{fail, tell};
use super::seat::Seat;
use crate::answer::Failure;
use crate::keys::{self, Address, Asked};
use crate::{GatewayList, Incarnation};

/// All boards of a gateway.
pub(super) struct Desk {
    pub(super) realm: String,
    pub(super) gateway: String,
    pub(super) incarnation: Incarnation,
    /// What every key of the gateway begins with.
    prefix: String,
    seats: HashMap<String, Arc<Seat>>,
    pub(super) pulse: Pulse,
    runtime: Handle,
}

impl Desk {
    pub(super) fn new(
        realm: String,
        gateway: String,
        incarnation: Incarnation,
        seats: HashMap<String, Arc<Seat>>,
        runtime: Handle,
    ) -> Self {
        let prefix = format!("{}/{}/", keys::chunk(&realm), keys::chunk(&gateway));
        Self { realm, gateway, incarnation, prefix, seats, pulse: Pulse::new(), runtime }
    }

    /// Answers what is asked, now or later.
    pub(super) fn take(&self, query: Query) {
        let key = query.key_expr().clone();
        let (rest, is_ours_alone) = match key.as_str().strip_prefix(&self.prefix) {
            Some(rest) => (rest, true),
            None => (after_gateway(&key), false),
        };
        if rest.contains('*') {
            return self.tell_all(&query);
        }
        match keys::asked(rest) {
            Some(Asked::List) => self.tell_list(&query),
            Some(Asked::Info { board }) => match self.seats.get(&*board) {
                Some(seat) => self.tell_info(&query, seat),
                None if is_ours_alone => fail(&query, Failure::NoSuchBoard),
                None => {}
            },
            Some(Asked::Call { board, command }) => match self.seats.get(&*board) {
                Some(seat) if is_ours_alone => self.call(query, seat, &command),
                Some(_) => {
                    let reason = "a call is for one board: name its gateway".into();
                    fail(&query, Failure::Forbidden { reason });
                }
                None if is_ours_alone => fail(&query, Failure::NoSuchBoard),
                None => {}
            },
            None => {}
        }
    }

    fn call(&self, query: Query, seat: &Arc<Seat>, command: &str) {
        if self.pulse.may_be_late() {
            let reason = "its gateway stood still, and the call may have been given up meanwhile".into();
            return fail(&query, Failure::Lost { reason });
        }
        seat.take(query, command, self.incarnation, &self.runtime);
    }

    /// Tells all that a key with wild cards asks for. Calls are none of it.
    fn tell_all(&self, query: &Query) {
        let asks_for =
            |key: String| KeyExpr::try_from(key).is_ok_and(|key| query.key_expr().intersects(&key));
        if asks_for(self.list_key()) {
            self.tell_list(query);
        }
        self.seats
            .values()
            .filter(|seat| asks_for(self.info_key(seat)))
            .for_each(|seat| self.tell_info(query, seat));
    }

    fn tell_list(&self, query: &Query) {
        let mut boards: Vec<_> = self.seats.values().map(|seat| seat.listed()).collect();
        boards.sort_unstable_by(|a, b| a.board.cmp(&b.board));
        let list = GatewayList { gateway: self.gateway.clone(), incarnation: self.incarnation, boards };
        if let Ok(key) = KeyExpr::try_from(self.list_key()) {
            tell(query, key, &list);
        }
    }

    fn tell_info(&self, query: &Query, seat: &Seat) {
        if let Ok(key) = KeyExpr::try_from(self.info_key(seat)) {
            tell(query, key, &seat.info(&self.gateway, self.incarnation));
        }
    }

    fn list_key(&self) -> String {
        keys::list(&self.realm, Some(&self.gateway))
    }

    fn info_key(&self, seat: &Seat) -> String {
        Address::new(&self.realm, &self.gateway, &seat.name).info()
    }

    /// Answers the calls whose time is over.
    pub(super) fn answer_late(&self) {
        self.seats.values().for_each(|seat| seat.answer_late());
    }

    /// Forgets the calls that nobody repeats any more.
    pub(super) fn sweep(&self) {
        let now = Instant::now();
        self.seats.values().for_each(|seat| seat.sweep(now));
    }

    /// All boards.
    pub(super) fn seats(&self) -> impl Iterator<Item = &Arc<Seat>> {
        self.seats.values()
    }
}

/// What stands in a key after the realm and the gateway, which may be wild cards. Such as span several chunks leave wild cards in it.
fn after_gateway(key: &str) -> &str {
    let mut chunks = key.splitn(3, '/');
    match (chunks.next(), chunks.next(), chunks.next()) {
        (Some(realm), Some(gateway), Some(rest)) if realm != "**" && gateway != "**" => rest,
        _ => "**",
    }
}
