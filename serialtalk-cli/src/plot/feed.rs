//! From the values of a command to the series of a view.

use serialtalk::Value;

use super::view::View;
use crate::escaped::on_one_line;
use crate::leaves::Named;

/// A command whose values are shown.
#[derive(Debug, Clone)]
pub(crate) struct Feed {
    /// What its series are called, or what their names begin with.
    name: String,
    /// The slot of its last value.
    last: Option<u64>,
}

impl Feed {
    pub(crate) fn new(name: &str) -> Self {
        Self { name: on_one_line(name), last: None }
    }

    /// Adds the value of a slot, of which there may be none, at a time in seconds. Slots that were left out are a gap.
    pub(crate) fn add(&mut self, view: &mut View, slot: u64, value: Option<&Named>, time: f64) {
        let is_after_gap = self.last.replace(slot).is_some_and(|last| last + 1 != slot);
        if value.is_none() || is_after_gap {
            view.series.iter_mut().filter(|series| self.has(&series.name)).for_each(|series| series.gap());
        }
        for leaf in value.map_or_else(Vec::new, |value| value.leaves(&self.name)) {
            let series = view.series(&leaf.name);
            series.last = shown(&leaf.value);
            match number(&leaf.value) {
                Some(value) => series.push(time, value),
                None => series.gap(),
            }
        }
    }

    /// Whether a series belongs to the command.
    pub(crate) fn has(&self, series: &str) -> bool {
        series.strip_prefix(&self.name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }
}

/// The number that a line shows for a value.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Bool(value) => Some(f64::from(u8::from(*value))),
        Value::Int(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

/// A value as the legend shows it: on one line, and not too long.
fn shown(value: &Value) -> String {
    let text = on_one_line(&value.to_string());
    match text.char_indices().nth(20) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_that_were_left_out_are_a_gap() {
        let mut view = View::new(std::iter::empty(), false);
        let mut feed = Feed::new("imu");
        let pair = Named::new(&Value::from_literal("(1, 2.5)").unwrap(), None);
        for slot in [0, 1, 2, 5, 6] {
            feed.add(&mut view, slot, Some(&pair), slot as f64);
        }
        feed.add(&mut view, 7, None, 7.0);
        feed.add(&mut view, 8, Some(&pair), 8.0);
        assert_eq!(view.series.len(), 2);
        let runs: Vec<_> = view.series[1].between([0.0, 10.0]).map(<[_]>::len).collect();
        assert_eq!(runs, [3, 2, 1]);
        assert!(feed.has("imu[0]") && feed.has("imu") && !feed.has("imu2") && !feed.has("im"));
    }
}
