//! Tests of a program of one's own over a bad line: the recipe `docs/cookbook/faults.md`.

use std::time::Duration;

use serialtalk::{CallError, SerialTalk};
use serialtalk_hal::fault::Faults;
use serialtalk_hal::simulation::{Line, Simulation};
use serialtalk_hal::{Spawn, loopback_with};

#[serialtalk::interface]
trait Robot {
    fn mult(&mut self, a: f32, b: f32) -> f32;
}

struct FakeRobot;

impl Robot for FakeRobot {
    fn mult(&mut self, a: f32, b: f32) -> f32 {
        a * b
    }
}

#[test]
fn a_cable_that_is_pulled_is_an_error_of_the_link() {
    let (board, host) = loopback_with(Faults::seed(7).cut_after(50));
    let _board = board.serve(RobotServer::new(FakeRobot)).spawn();
    let mut robot = RobotClient::new(host);
    let error = loop {
        match robot.mult(2.0, 3.0) {
            Ok(product) => assert_eq!(product, 6.0),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, CallError::Link { .. }), "{error}");
}

#[test]
fn every_call_is_right_on_a_checked_link_that_flips_bits() {
    let simulation = Simulation::new();
    let (board, host) = simulation.line(Line::baud(115_200));

    // The board: a main loop that takes 1 ms.
    let clock = simulation.clock();
    simulation.board(board, move |end| {
        let clock = clock.clone();
        async move {
            let talk = SerialTalk::new(end, clock.clone()).checked();
            let mut talk = talk.serve(RobotServer::new(FakeRobot));
            while talk.process().is_ok() {
                clock.sleep(Duration::from_millis(1)).await;
            }
        }
    });

    // The host: one bit in a thousand is another one. A timeout takes no real time.
    let noise = Faults::seed(7).flip_per_bit(1e-3);
    let talk = SerialTalk::new(noise.on(simulation.blocking(host)), simulation.clock());
    let mut robot = RobotClient::new(talk.checked().require_checked().entropy(7));
    for number in 0..300u16 {
        assert_eq!(robot.mult(number.into(), 2.0), Ok(f32::from(number) * 2.0));
    }
}
