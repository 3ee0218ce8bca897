//! Reprs of values, which interpreters send as `repr`.

use std::collections::HashMap;

use peers::vectors::{CPYTHON, Direction, load};
use serialtalk::Value;

use crate::deviations::Deviations;

/// Reads a literal and displays the value.
fn read_and_shown(text: &str) -> String {
    Value::from_literal(text).map_or("refused".into(), |value| value.to_string())
}

#[test]
fn reprs_of_cpython_are_read_and_displayed_unchanged() {
    let mut deviations = Deviations::of("repr");
    for vector in load().iter().filter(|vector| vector.who == CPYTHON && vector.direction == Direction::Repr)
    {
        let printed = vector.decoded.as_deref().unwrap_or_default();
        deviations.compare(&vector.id, &read_and_shown(printed), printed);
    }
    deviations.finish(64);
}

#[test]
fn reprs_of_other_interpreters_are_read_as_those_of_cpython() {
    let vectors = load();
    let is_printed = |vector: &&peers::vectors::Vector| vector.direction == Direction::Repr;
    let by_cpython: HashMap<_, _> = vectors
        .iter()
        .filter(|vector| is_printed(vector) && vector.who == CPYTHON)
        .filter_map(|vector| Some((&vector.id, vector.decoded.as_deref()?)))
        .collect();
    let mut count = 0;
    for vector in vectors.iter().filter(|vector| is_printed(vector) && vector.who != CPYTHON) {
        let Some(printed) = vector.decoded.as_deref() else { continue };
        let same = by_cpython[&vector.id];
        // The number of digits that the interpreter prints.
        let digits = match vector.who.as_str() {
            who if who.contains("microbit") => 6,
            who if who.contains("float32") => 7,
            _ => 17,
        };
        match (Value::from_literal(printed), Value::from_literal(same)) {
            (Some(Value::Float(ours)), Some(Value::Float(theirs))) => {
                assert!(is_near(ours, theirs, digits), "{} {}: {printed} for {same}", vector.who, vector.id);
            }
            // NaN is not equal to itself.
            (Some(ours), Some(theirs)) if same.contains("nan") => {
                assert_eq!(ours.to_string(), theirs.to_string())
            }
            (ours, theirs) => assert_eq!(ours, theirs, "{} {}: {printed} for {same}", vector.who, vector.id),
        }
        count += 1;
    }
    assert!(count >= 245, "only {count} lines were compared");
}

/// Whether two floats are equal to this many digits, and within the range of `f32` if there are fewer than 17.
fn is_near(ours: f64, theirs: f64, digits: i32) -> bool {
    let out_of_range = digits < 17 && ours.is_infinite() && theirs as f32 == f32::INFINITY;
    let too_small = digits < 17 && ours == 0.0 && theirs as f32 == 0.0;
    ours == theirs
        || out_of_range
        || too_small
        || (ours - theirs).abs() <= theirs.abs() * 10f64.powi(1 - digits)
}
