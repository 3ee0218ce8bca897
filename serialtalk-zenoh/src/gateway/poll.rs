//! Commands that a gateway calls again and again, to publish what they return.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::guard::NO_ARGUMENTS;
use super::line::Line;
use super::reply::Answer;
use super::status::Status;
use super::streams::Streams;
use crate::answer::Failure;
use crate::request::Request;

/// The most that a command is polled.
const MAX_HZ: f64 = 10_000.0;

/// The least that a command is polled: once a day.
const MIN_HZ: f64 = 1.0 / 86_400.0;

/// A command without arguments that is called on a schedule: `imu=50Hz` as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Poll {
    command: String,
    hz: f64,
}

/// A text does not say what to poll.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} says nothing to poll: write the command and how often a second, from 0.00002 to 10000, as in `imu=50Hz`"
)]
pub struct BadPoll(String);

impl FromStr for Poll {
    type Err = BadPoll;

    fn from_str(text: &str) -> Result<Self, BadPoll> {
        let poll = text.rsplit_once('=').and_then(|(command, rate)| {
            let hz: f64 = rate.trim().strip_suffix("Hz")?.trim_end().parse().ok()?;
            let command = command.trim();
            let is_one = !command.is_empty() && (MIN_HZ..=MAX_HZ).contains(&hz);
            is_one.then(|| Self { command: command.to_owned(), hz })
        });
        poll.ok_or_else(|| BadPoll(text.into()))
    }
}

impl fmt::Display for Poll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}Hz", self.command, self.hz)
    }
}

/// Polls a command of a board as long as the gateway runs. What the board or the line delays is left out.
pub(super) async fn run(poll: Poll, line: Line, status: Arc<Status>, streams: Arc<Streams>) {
    let Poll { command, hz } = &poll;
    let mut ticks = interval(Duration::from_secs_f64(1.0 / hz));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut told = None;
    loop {
        ticks.tick().await;
        if !status.is_up() {
            continue;
        }
        let request = Request::plain();
        let answer = line.clone().call(&request, command, NO_ARGUMENTS, request.deadline()).await;
        if matches!(answer, Answer::Failure(Failure::Restarted { .. })) {
            status.reset();
        }
        let problem = match answer {
            Answer::Value(payload) => streams.publish(command, &payload).err(),
            Answer::Error(payload) => Some(serialtalk::Value::from_payload(&payload).to_string()),
            Answer::Failure(failure) => Some(format!("{failure:?}")),
        };
        if let Some(problem) = problem.as_ref().filter(|problem| Some(*problem) != told.as_ref()) {
            log::warn!("{poll} of {}: {problem}", status.board());
        }
        told = problem;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_polled_is_written_with_its_rate() {
        let poll: Poll = "imu=50Hz".parse().unwrap();
        assert_eq!((poll.command.as_str(), poll.hz), ("imu", 50.0));
        assert_eq!("get imu = 0.5 Hz".parse::<Poll>().unwrap().to_string(), "get imu=0.5Hz");
        for text in ["", "imu", "imu=50", "=50Hz", "imu=0Hz", "imu=-1Hz", "imu=1e9Hz", "imu=NaNHz", "imu=xHz"]
        {
            let error = text.parse::<Poll>().unwrap_err();
            assert!(error.to_string().contains("as in `imu=50Hz`"), "{text}");
        }
    }
}
