//! Every kind of command, on each board.

use std::time::{Duration, Instant};

use robot::{CalibrationError, HostServer, Imu, Pose};
use serialtalk::heapless;
use serialtalk::{CallError, Caller, args};

use crate::{Example, Host, TIMEOUT, diagnosis, host, on_each_board, robot};

on_each_board!(
    every_kind_of_command,
    invalid_arguments_are_refused,
    frames_up_to_the_maximum_are_served,
    commands_are_listed,
    the_board_calls_its_host,
    the_board_reads_the_reply_of_its_host,
);

fn every_kind_of_command(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line);
    every_command_of_the_robot(&mut talk);
    let mut diagnosis = diagnosis(&mut talk);
    assert_eq!(diagnosis.reflect(b"<\x00>\x03").unwrap(), b"<\x00>\x03");
    let pose = Pose { x: -5, y: 70_000, heading: 9000, place: Some('é') };
    assert_eq!(diagnosis.turn(pose, -18_000).unwrap(), Pose { heading: -9000, ..pose });
    assert_eq!(diagnosis.overruns().unwrap(), 0);
}

pub(crate) fn every_command_of_the_robot(talk: &mut Host) {
    let mut robot = robot(talk);
    assert_eq!(robot.mult(5.9, 94.0).unwrap(), 5.9 * 94.0);
    assert_eq!(robot.imu().unwrap(), Imu { x: 0.0, y: 0.1, z: 9.8 });
    assert_eq!(robot.name().unwrap(), "R2 on board");
    let Err(CallError::Failed { error, .. }) = robot.calibrate() else { panic!("it calibrated") };
    assert_eq!(error, CalibrationError::Moving { speed: 3 });
    robot.led(240).unwrap();
    assert_eq!(robot.imu().unwrap().x, 240.0);
    assert_eq!(robot.calibrate().unwrap(), Imu { x: 0.0, y: 0.0, z: 9.81 });
    robot.set_color([255, 0, 7].into_iter().collect()).unwrap();
    let bytes = core::array::from_fn(|index| index as u8 ^ 0x3c);
    assert_eq!(robot.echo64(bytes).unwrap(), bytes);
}

pub(crate) fn invalid_arguments_are_refused(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line);
    let refused = |outcome: Result<(), CallError<_>>| match outcome {
        Err(CallError::Refused { error, .. }) => error.to_string(),
        outcome => panic!("{outcome:?}"),
    };
    let said = refused(talk.call("led", (70_000u32,)));
    assert!(said.contains("`hue`") && said.contains("70000"), "{said}");
    let said = refused(talk.call("nope", ()));
    assert!(said.contains("Command not found: nope"), "{said}");
    let said = refused(talk.call("set color", (heapless::Vec::<u8, 4>::from([1, 2, 3, 4]),)));
    assert!(said.contains("`rgb`"), "{said}");
    let said = refused(talk.call("mult", (1.5f32,)));
    assert!(said.contains("expected 2 value(s), got 1"), "{said}");
    assert_eq!(talk.call::<f32>("mult", (3u8, 0.5f64)).unwrap(), 1.5);
}

fn frames_up_to_the_maximum_are_served(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line).plain();
    let mut diagnosis = diagnosis(&mut talk);
    // `<`, two lengths, the name of the reply, `\x03raw`, `>`
    let largest = example.frame - "dbg reflectack".len() - 8;
    for size in [largest, largest - 1, 0, 1, largest] {
        let bytes: Vec<u8> = (0..size).map(|index| index as u8).collect();
        assert_eq!(diagnosis.reflect(&bytes).unwrap(), bytes[..], "{size} bytes");
    }
    // One byte more fits the request, but not the reply.
    for size in [largest + 1, largest + 3] {
        let outcome = diagnosis.reflect(&vec![b'x'; size]);
        assert!(matches!(outcome, Err(CallError::Refused { .. })), "{size} bytes: {outcome:?}");
    }
    if example.frame < 258 {
        let outcome = diagnosis.reflect(&[b'x'; 200]);
        let said = outcome.unwrap_err().to_string();
        assert!(said.contains("bytes > frame of 128"), "{said}");
    }
    assert_eq!(diagnosis.reflect(b"after").unwrap(), b"after");
}

fn commands_are_listed(example: Example) {
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line);
    let commands = talk.remote_commands().unwrap();
    for name in ["mult", "imu", "led", "set color", "dbg reflect", "dbg hang", "echo", "get_version"] {
        assert!(commands.iter().any(|command| command == name), "no {name} in {commands:?}");
    }
    let echoed = talk.call_value("echo", args![1, "two", 3.5]).unwrap();
    assert_eq!(echoed.to_string(), "(1, 'two', 3.5)");
}

fn the_board_calls_its_host(example: Example) {
    struct Log(Vec<String>);
    impl robot::Host for Log {
        fn log(&mut self, line: &str) {
            self.0.push(line.into());
        }

        fn uptime(&mut self) -> u32 {
            7
        }
    }
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line).serve(HostServer::new(Log(vec![])));
    talk.set_timeout(TIMEOUT);
    for text in ["hello", "wörld"] {
        robot(&mut talk).show(text).unwrap();
        let deadline = Instant::now() + Duration::from_secs(60);
        while talk.service().1.inner().0.last().is_none_or(|last| last != text) {
            assert!(Instant::now() < deadline, "the board has not called");
            talk.process_within(100).unwrap();
        }
    }
    assert_eq!(talk.service().1.inner().0, ["hello", "wörld"]);
}

/// The calls of board and host cross on the line: each end serves while it waits for a reply.
fn the_board_reads_the_reply_of_its_host(example: Example) {
    struct Up(u32);
    impl robot::Host for Up {
        fn log(&mut self, _: &str) {}

        fn uptime(&mut self) -> u32 {
            self.0 += 1;
            self.0
        }
    }
    let Some((_board, line)) = example.start() else { return };
    let mut talk = host(&line).serve(HostServer::new(Up(4000)));
    assert_eq!(diagnosis(&mut talk).heard().unwrap(), None);
    for _ in 0..3 {
        let before = talk.service().1.inner().0;
        let deadline = Instant::now() + Duration::from_secs(60);
        // The call of the board times out after 200 ms if this machine is slow, so it is requested again.
        while diagnosis(&mut talk).heard().unwrap().is_none_or(|heard| heard <= before) {
            assert!(Instant::now() < deadline, "the board has no reply");
            diagnosis(&mut talk).ask().unwrap();
        }
        assert!(
            diagnosis(&mut talk).heard().unwrap().is_none_or(|heard| heard <= talk.service().1.inner().0)
        );
    }
}
