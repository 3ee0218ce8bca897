//! Many calls, and calls both ways at once.

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
        // As much as the queue of the smallest board holds.
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

/// A frame with these bytes.
pub(crate) fn request(name: &[u8], payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(1 + name.len() + payload.len()).unwrap();
    [b"<", &[length, name.len() as u8][..], name, payload, b">"].concat()
}

/// The board's clock counts instructions here, so that what is measured does not depend on this machine.
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
    // The emulator's clock leaps where this machine is busy with something else: what the board itself does is there each
    // time.
    let mut gap = u32::MAX;
    for _ in 0..10 {
        diagnosis(&mut talk).longest_gap().unwrap();
        for number in 0..500u16 {
            robot(&mut talk).show("text that the board sends back while we go on").unwrap();
            assert_eq!(robot(&mut talk).mult(number.into(), 2.0).unwrap(), f32::from(number) * 2.0);
            let bytes = [number as u8; 200];
            assert_eq!(diagnosis(&mut talk).reflect(&bytes).unwrap(), bytes);
        }
        gap = diagnosis(&mut talk).longest_gap().unwrap();
        println!("{}: the main loop was away for {gap} µs at most", example.firmware);
        if gap <= most_us {
            break;
        }
    }
    assert!(gap > 0 && gap <= most_us, "the main loop was away for {gap} µs");
    // The measure is worth something only if it sees a handler that takes its time.
    diagnosis(&mut talk).busy(30).unwrap();
    // The task that measures may have its turn only after the next answer or two.
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
    // The task wants to run every 10 ms, by a clock of milliseconds.
    // The task wants to run every 10 ms, by a clock of milliseconds, and waits for what is being served.
    assert_longest_gap(EMBASSY, 20_000);
}
