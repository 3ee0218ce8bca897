//! Many calls, and calls in both directions at once.

use std::io::Write;

use robot::HostServer;

use crate::{EMBASSY, Example, LM3S6965, diagnosis, host, on_each_board, read, robot, wait_until_ready};

on_each_board!(ten_thousand_calls_are_answered_without_overrun, bursts_are_answered_in_order);

fn ten_thousand_calls_are_answered_without_overrun(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line);
    let mut robot = robot(&mut talk);
    for number in 0..10_000u16 {
        let number = f32::from(number);
        assert_eq!(robot.mult(number, 0.5).unwrap(), number / 2.0);
    }
    assert_eq!(diagnosis(&mut talk).overruns().unwrap(), 0);
}

fn bursts_are_answered_in_order(example: Example) {
    let Some((_board, mut line)) = example.start() else { return };
    for round in 0..20u8 {
        // As many as fit in the queue of the smallest board.
        let count = 10;
        let burst =
            (0..count).flat_map(|number| request(b"dbg reflect", &[3, b'r', b'a', b'w', round, number]));
        line.write_all(&burst.collect::<Vec<u8>>()).unwrap();
        for number in 0..count {
            let expected = request(b"dbg reflectack", &[3, b'r', b'a', b'w', round, number]);
            assert_eq!(read(&mut line, expected.len()), expected);
        }
    }
}

/// A request with this name and payload.
pub(crate) fn request(name: &[u8], payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(1 + name.len() + payload.len()).unwrap();
    [b"<", &[length, name.len() as u8][..], name, payload, b">"].concat()
}

/// Measures the longest delay of the main loop, or of another task, by a clock that counts instructions: the result depends
/// little on this machine.
fn assert_longest_gap(example: Example, most_us: u32) {
    struct Silent;
    impl robot::Host for Silent {
        fn log(&mut self, _: &str) {}

        fn uptime(&mut self) -> u32 {
            0
        }
    }
    let Some(board) = example.board() else { return };
    let (_board, [line]) = board.with(&["-icount", "shift=6,sleep=off"]).start();
    wait_until_ready(&mut host(&line));
    let mut talk = host(&line).serve(HostServer::new(Silent));
    talk.set_timeout(crate::TIMEOUT);
    // The emulator's clock jumps while this machine is busy, so the measurement is repeated: the board's own delay occurs
    // each time.
    let mut gap = u32::MAX;
    for _ in 0..10 {
        diagnosis(&mut talk).longest_gap().unwrap();
        for number in 0..500u16 {
            robot(&mut talk).show("text that the board sends back during the next calls").unwrap();
            assert_eq!(robot(&mut talk).mult(number.into(), 2.0).unwrap(), f32::from(number) * 2.0);
            let bytes = [number as u8; 200];
            assert_eq!(diagnosis(&mut talk).reflect(&bytes).unwrap(), bytes);
        }
        gap = diagnosis(&mut talk).longest_gap().unwrap();
        println!("{}: the longest delay was {gap} µs at most", example.firmware);
        if gap <= most_us {
            break;
        }
    }
    assert!(gap > 0 && gap <= most_us, "the longest delay was {gap} µs");
    // The measurement must detect a slow handler.
    diagnosis(&mut talk).busy(30).unwrap();
    // The measuring task may run only after one or two further replies.
    let mut gap = 0;
    for _ in 0..200 {
        gap = gap.max(diagnosis(&mut talk).longest_gap().unwrap());
        if gap >= 30_000 {
            break;
        }
    }
    assert!(gap >= 30_000, "30 ms took {gap} µs");
}

#[test]
fn the_main_loop_is_delayed_by_at_most_5_ms() {
    assert_longest_gap(LM3S6965, 5_000);
}

#[test]
fn other_tasks_are_delayed_by_at_most_20_ms() {
    // A period of 10 ms by a clock of milliseconds, and the time of one handler.
    assert_longest_gap(EMBASSY, 20_000);
}
