//! The numbers in `spec/checked-link.md`.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;

use super::super::arrivals::SILENCE_MS;
use super::super::calling::REPEATS;
use super::super::greeting::{HELLO_MS, HELLOS};
use super::super::session::{
    FIRST_PATIENCE_MS, FRESH_MS, LEASE_MS, MAX_PATIENCE_MS, MIN_PATIENCE_MS, Session,
};
use super::*;
use crate::wire::checked::tests::{constants, number, rows};

#[test]
fn constants_are_those_of_the_specification() {
    let smallest_limit = Session::new(1, 2, 0).limit;
    let of_sessions = [
        ("hello patience", format!("{HELLO_MS} ms")),
        ("hellos", format!("{HELLOS}")),
        ("silence", format!("{SILENCE_MS} ms")),
        ("freshness", format!("{FRESH_MS} ms")),
        ("lease", format!("{LEASE_MS} ms")),
        ("first patience", format!("{FIRST_PATIENCE_MS} ms")),
        ("least patience", format!("{MIN_PATIENCE_MS} ms")),
        ("largest patience", format!("{MAX_PATIENCE_MS} ms")),
        ("repeats", format!("{REPEATS}")),
        ("smallest LIMIT", format!("{smallest_limit} bytes")),
    ];
    let ours: BTreeMap<String, String> =
        constants().into_iter().chain(of_sessions).map(|(name, value)| (name.into(), value)).collect();
    let specified: BTreeMap<String, String> =
        rows("constant | value | is").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    assert_eq!(ours, specified);
}

#[test]
fn seeds_are_made_of_tokens() {
    for row in rows("nonce | other nonce | token | seed of the first | seed of the second") {
        let [nonce, other, _token, first, second] = [0, 1, 2, 3, 4].map(|at| number(&row[at]));
        for (ours, theirs, sends, receives) in [(nonce, other, first, second), (other, nonce, second, first)]
        {
            let session = Session::new(ours, theirs, 256);
            let seeds = [session.seed_out(), session.seed_in()].map(|seed| seed & 0xff_ffff);
            assert_eq!(seeds, [sends, receives], "{row:?}");
        }
    }
}
