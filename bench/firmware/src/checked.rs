//! An endpoint on the checked link, and what its peer sends.

use serialtalk::{Checked, CommandTable, SerialTalk};

use crate::board::{self, Millis, Uart};

/// An endpoint that speaks the checked link, and calls four commands of its peer by number.
pub type CheckedTalk<S, const N: usize = 258> = SerialTalk<Uart, Millis, S, N, 0, Checked<4>>;

/// An endpoint that serves.
pub const fn talk<S: CommandTable, const N: usize>(service: S) -> CheckedTalk<S, N> {
    SerialTalk::with_service(Uart, Millis, service)
}

/// Starts the board.
pub fn start() {
    board::start();
    #[cfg(feature = "measure")]
    board::script::replace(REQUESTS);
}

/// What a peer sends that speaks the checked link: a hello with the nonce 0x923455, which the board answers with its first nonce,
/// 1, and calls in the session of both, whose token is 0x923456. A zero precedes the first call, as it does that of every peer. The
/// board answers none of them whose CRC is wrong.
#[cfg(feature = "measure")]
const REQUESTS: &[board::script::Request] = &[
    ("hello", b"<\x1a\x08checked?1~@@@@dcQUDBAYpYZ>"),
    ("first", b"\0\x02\x01\x01\x01\x03\xc0\x3f\x01\x01\x05\x40\x85\xd9\xfc\0"),
    ("mult", b"\x02\x02\x05\xcd\xcc\xbc\x40\x01\x06\xbc\x42\xe8\x83\xf9\0"),
    ("imu", b"\x06\x03\x01\x44\x82\xec\0"),
    ("led", b"\x04\x04\x02\xf0\x04\x6e\xd2\xbf\0"),
    ("echo64", b"\x46\x05\x03xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\x14\xb9\x97\0"),
];
