//! Bytes that arrive at an endpoint.

use serialtalk::proto::{Endpoint, Protocol};

/// Gives an endpoint as many bytes as it has room for, and returns the others.
pub fn read<'b, const N: usize, const STRAY: usize, P: Protocol>(
    endpoint: &mut Endpoint<N, STRAY, P>,
    bytes: &'b [u8],
    now: u32,
) -> &'b [u8] {
    let room = endpoint.recv_buf();
    assert!(!room.is_empty(), "there is room once the endpoint waits");
    let (taken, others) = bytes.split_at(room.len().min(bytes.len()));
    room[..taken.len()].copy_from_slice(taken);
    endpoint.commit(taken.len(), now);
    others
}
