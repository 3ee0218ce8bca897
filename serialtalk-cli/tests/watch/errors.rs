//! What is wrong from the start.

use crate::board::Board;
use crate::support::Place;

#[test]
fn a_command_that_cannot_be_called_is_a_failure() {
    let place = Place::new();
    let board = Board::new(&place, "arm");
    let failed = |arguments: &[&str], code| {
        let said = place.run(&[&["-b", "./arm", "watch"], arguments].concat());
        assert!(said.stdout.is_empty(), "{said:?}");
        said.failed(code)
    };
    let said = failed(&["cuont", "--record", "a.mcap"], 1);
    assert_eq!(said, "error: the board has no command `cuont`\n  try: is it `count`?\n");
    assert!(failed(&["count 1"], 1).contains("count"));
    board.will.is_broken.store(true, std::sync::atomic::Ordering::SeqCst);
    assert!(failed(&["fragile"], 1).contains("Broken"));
    board.will.hold();
    assert!(failed(&["held", "--timeout", "200ms"], 3).contains("no answer to `held`"));
    assert!(!place.folder().join("a.mcap").exists());
}

#[test]
fn what_is_written_wrong_is_said_in_a_sentence() {
    let place = Place::new();
    place.write("there.csv", "1\n");
    for (arguments, text) in [
        (&["watch"][..], "<COMMAND>"),
        (&["watch", ""], "without a name"),
        (&["watch", "'imu"], "`'imu` has a quote without its partner"),
        (&["watch", "imu", "imu"], "`imu` is there twice"),
        (&["watch", "mult", "5.9", "94"], "quotes around a command with arguments: \"mult 5.9 94\""),
        (&["watch", "mult", "-3"], "`-3` names no command"),
        (&["watch", "mult hex:0"], "pairs of hexadecimal digits"),
        (&["watch", "imu", "--hz", "0"], "expected a rate from 0.001 to 10000"),
        (&["watch", "imu", "--hz", "nan"], "expected a rate from 0.001 to 10000"),
        (&["watch", "imu", "-n", "0"], "'-n <N>'"),
        (&["watch", "imu", "--for", "5"], "time unit needed"),
        (&["watch", "imu", "--csv", "--json"], "cannot be used with"),
        (&["watch", "imu", "--force"], "--record"),
        (&["watch", "imu", "--record", "a.txt"], "expected a name that ends in .mcap or .csv"),
        (&["watch", "imu", "--record", "mcap"], "expected a name that ends in .mcap or .csv"),
        (&["watch", "imu", "--record", "no/a.mcap"], "there is no folder no"),
        (&["watch", "imu", "--record", "there.csv"], "--force, which overwrites it"),
        (&["watch", "imu", "--udp", "nowhere"], "--udp 127.0.0.1:9870"),
    ] {
        let said = place.run(&[&["-b", "/dev/null"], arguments].concat()).failed(2);
        assert!(said.contains(text), "{arguments:?}: {said}");
    }
}
