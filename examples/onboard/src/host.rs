use robot::HostClient;
use serialtalk::{Caller, Timeout, Within};

/// How long the host may hold up a main loop, in milliseconds: less than the half second after which a watchdog bites.
pub const HOST_MS: u32 = 200;

/// The host, for the main loop of a board: no call takes longer than [`HOST_MS`], and the handlers that are run meanwhile.
pub fn host<C: Caller>(talk: &mut C) -> HostClient<Within<'_, C>> {
    HostClient::new(talk.within(Timeout::Ms(HOST_MS)))
}
