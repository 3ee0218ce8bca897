//! Figures in words.

use std::time::{Duration, Instant};

use crate::carried::Carried;
use crate::sampling::Counts;

/// What became of the slots of a command.
pub(crate) fn summary(counts: &Counts, now: Instant) -> String {
    let (slots, missed, refused) = (counts.slots(now), counts.missed(now), counts.refused());
    let mut text = format!("{slots} slots, {missed} missed");
    if refused > 0 {
        text += &format!(", {refused} refused");
    }
    let (reached, wanted) = (hertz(counts.reached_hz(now)), hertz(counts.wanted_hz()));
    text += &format!("; {reached} of {wanted} Hz");
    if counts.values() > 0 {
        let [p50, p99] = [0.5, 0.99].map(|quantile| milliseconds(counts.round_trip(quantile)));
        text += &format!("; round trip p50 {p50} ms, p99 {p99} ms");
    }
    text
}

/// What becomes of the slots of a command lately.
pub(crate) fn status(counts: &Counts, now: Instant) -> String {
    let (reached, wanted) = (hertz(counts.recent_hz(now)), hertz(counts.wanted_hz()));
    let mut text = format!("{reached} of {wanted} Hz  {} missed", counts.missed(now));
    if counts.refused() > 0 {
        text += &format!("  {} refused", counts.refused());
    }
    text
}

/// What becomes of the slots of a command lately, with round trips, and what the line carries.
pub(crate) fn head(counts: &Counts, carried: &Carried, now: Instant) -> String {
    let mut text = status(counts, now);
    if counts.values() > 0 {
        let [p50, p99] = [0.5, 0.99].map(|quantile| milliseconds(counts.round_trip(quantile)));
        text += &format!("  p50 {p50} ms  p99 {p99} ms");
    }
    text += &format!("  {}", bytes_per_second(carried.per_second(now)));
    text
}

/// A rate of bytes, with two digits that count or more.
fn bytes_per_second(rate: f64) -> String {
    match rate {
        ..1000.0 => format!("{rate:.0} B/s"),
        ..10_000.0 => format!("{:.1} kB/s", rate / 1e3),
        _ => format!("{:.0} kB/s", rate / 1e3),
    }
}

/// A rate with three digits or so.
fn hertz(rate: f64) -> String {
    let digits = match rate {
        100.0.. => 0,
        10.0..100.0 => 1,
        1.0..10.0 => 2,
        _ => 3,
    };
    let text = format!("{rate:.digits$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// A time in milliseconds, of which the last digit is microseconds.
pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.3}", time.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_short() {
        for (rate, text) in
            [(10.0, "10"), (9.96, "9.96"), (49.99, "50"), (0.5, "0.5"), (0.0, "0"), (1000.0, "1000")]
        {
            assert_eq!(hertz(rate), text);
        }
    }
}
