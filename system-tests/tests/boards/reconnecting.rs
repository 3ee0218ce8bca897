//! Hosts that disconnect, and others that connect to the same board.

use std::io::Write;
use std::os::unix::net::UnixStream;

use crate::{Example, host, on_each_board, robot, wait_until_ready};

on_each_board!(a_second_host_is_served_after_the_first_disconnects);

pub(crate) fn a_second_host_is_served_after_the_first_disconnects(example: Example) {
    let Some(board) = example.board() else { return };
    let (_board, path) = board.start_listening();
    for round in 0..10u16 {
        let mut line = UnixStream::connect(&path).unwrap();
        let mut talk = host(&line);
        wait_until_ready(&mut talk);
        assert_eq!(robot(&mut talk).mult(round.into(), 3.0).unwrap(), f32::from(round) * 3.0);
        // Disconnects within a frame, and with a reply outstanding.
        line.write_all(b"<\x07\x03imu\x01z><\x0e\x04mult\x022f").unwrap();
    }
}
