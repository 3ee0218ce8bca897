//! Values for PlotJuggler, which takes JSON by UDP.

use std::net::{SocketAddr, ToSocketAddrs, UdpSocket};
use std::time::Duration;

use serde_json::json;

use crate::failure::{Failure, Result};
use crate::leaves::Named;
use crate::output::tell;

/// Where values are sent.
pub(crate) struct Udp {
    socket: UdpSocket,
    to: SocketAddr,
    has_failed: bool,
}

impl Udp {
    /// Sends to an address, such as `127.0.0.1:9870`.
    pub(crate) fn new(address: &str) -> Result<Self> {
        let bad = |why: String| {
            Failure::usage(format!("--udp {address}: {why}"))
                .hint("--udp 127.0.0.1:9870, for PlotJuggler here")
        };
        let mut found = address.to_socket_addrs().map_err(|error| bad(error.to_string()))?;
        let to = found.next().ok_or_else(|| bad("no such address".into()))?;
        let any = if to.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
        let socket = UdpSocket::bind(any).map_err(|error| bad(error.to_string()))?;
        Ok(Self { socket, to, has_failed: false })
    }

    /// Sends a value, with its time since the epoch. Whether somebody takes it is not known; that it cannot be sent is told once.
    pub(crate) fn send(&mut self, board: &str, command: &str, value: &Named, time: Duration) {
        let datagram = json!({ "timestamp": time.as_secs_f64(), board: { command: value.json() } });
        let sent = self.socket.send_to(datagram.to_string().as_bytes(), self.to);
        if let Err(error) = sent
            && !std::mem::replace(&mut self.has_failed, true)
        {
            tell(format_args!("a value cannot be sent to {}: {error}", self.to));
        }
    }
}
