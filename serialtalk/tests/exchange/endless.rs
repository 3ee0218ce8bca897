//! Peers that say more than anybody wants to know.

use super::*;

#[test]
fn a_description_ends_although_the_peer_goes_on() {
    let (mut talk, _) = Line::new(|bytes| {
        let (name, _) = parts(bytes);
        vec![(0, frame(&format!("{name}ack"), &[b"\x03raw", [b'x'; 200].as_slice()].concat()))]
    });
    // Offsets have 16 bits.
    assert_eq!(talk.describe(7).unwrap().len(), 65_600);
}

#[test]
fn a_peer_has_as_many_commands_as_it_can_number() {
    let (mut talk, _) = Line::new(|bytes| match parts(bytes) {
        ("get_num_commands", _) => vec![(0, frame("get_num_commandsack", b"\x01H\xff\xff"))],
        _ => vec![(0, frame("get_nth_commandack", b"\x04repr('x',)"))],
    });
    assert_eq!(talk.remote_commands().unwrap().len(), 65_535);
    let (mut talk, line) = Line::new(|_| vec![(0, frame("get_num_commandsack", b"\x01I\0\0\x01\0"))]);
    let error = talk.remote_commands().unwrap_err();
    assert!(error.to_string().contains("65536 does not fit u16"), "{error}");
    assert_eq!(names(&line), ["get_num_commands"]);
}
