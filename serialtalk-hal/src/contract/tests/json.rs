//! Contracts as JSON.

use super::interface;
use super::written::ALL;
use crate::contract::Interface;

#[test]
fn a_contract_is_kept_as_json() {
    let all = interface(ALL);
    let json = serde_json::to_string_pretty(&all).unwrap();
    assert_eq!(serde_json::from_str::<Interface>(&json).unwrap(), all);
    for (from, to, expected) in [
        ("volts: f32, amps", "amps: f32, volts", "the hash of `power() ->"),
        ("\"name\": \"power\"", "\"name\": \"tower\"", "is not that of a command called \"tower\""),
        ("volts: f32", "volts: float", "no signature: expected a type"),
        ("\"method\": \"power\"", "\"method\": \"po wer\"", "cannot be the name of a method"),
        ("\"most\"", "\"least\"", "has other arguments"),
        ("\"timeout_ms\": 800", "\"timeout_ms\": 0", "exclude each other"),
    ] {
        assert!(json.contains(from), "{from}");
        let error = serde_json::from_str::<Interface>(&json.replacen(from, to, 1)).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
}
