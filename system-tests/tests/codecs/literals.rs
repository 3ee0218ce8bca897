//! Literals against `ast.literal_eval`, `eval` and `repr`.

use peers::Interpreter;
use peers::oracle::Py;
use proptest::prelude::*;
use serialtalk::proto::Endpoint;
use serialtalk::{Arguments, Value};

use crate::values::{ordered, text, to_py, value};
use crate::{for_all, same};

/// The literal that is sent for a value, if it fits a frame.
fn written(value: &Value) -> Option<String> {
    let mut endpoint = Endpoint::<258, 0>::new();
    let arguments = Arguments(vec![value.clone()]);
    endpoint.write_oneway("x", |payload| payload.literal_values(&arguments)).ok()?;
    let frame = endpoint.transmit();
    Some(String::from_utf8(frame[4 + 5..frame.len() - 1].to_vec()).expect("text"))
}

#[test]
fn sent_literals_evaluate_to_the_value_in_cpython() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let mut count = 0;
    for_all(3000, value(), |value| {
        let Some(text) = written(value) else { return Ok(()) };
        count += 1;
        let theirs = ordered(oracle.eval(&text)?);
        same(&text, &ordered(Py::Tuple(vec![to_py(value)])), &theirs)
    });
    assert!(count > 2000, "only {count} values fit a frame");
}

#[test]
fn sent_literals_evaluate_to_the_value_in_micropython() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::MicroPython);
    let mut count = 0;
    for_all(3000, value(), |value| {
        let Some(text) = written(value) else { return Ok(()) };
        count += 1;
        let theirs = ordered(oracle.eval(&text)?);
        let ours = ordered(Py::Tuple(vec![to_py(value)]));
        if is_near(&ours, &theirs) { Ok(()) } else { same(&text, &ours, &theirs) }
    });
    assert!(count > 2000, "only {count} values fit a frame");
}

/// Whether values are equal up to the rounding of floats in MicroPython: a few units in the last place, more for tiny ones.
fn is_near(ours: &Py, theirs: &Py) -> bool {
    let all = |ours: &[Py], theirs: &[Py]| {
        ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| is_near(ours, theirs))
    };
    match (ours, theirs) {
        (Py::Float(_), Py::Float(_)) => match (ours.as_float(), theirs.as_float()) {
            (Some(ours), Some(theirs)) if ours.is_finite() && theirs.is_finite() => {
                (ours - theirs).abs() <= (ours.abs() * 1e-14).max(1e-300)
            }
            // MicroPython reads the largest floats as infinite.
            (Some(ours), Some(theirs)) => {
                ours.is_nan() && theirs.is_nan() || ours.abs() > 1.7e308 && theirs.abs() > 1.7e308
            }
            _ => false,
        },
        (Py::Tuple(ours), Py::Tuple(theirs))
        | (Py::List(ours), Py::List(theirs))
        | (Py::Set(ours), Py::Set(theirs)) => all(ours, theirs),
        // MicroPython does not keep the order.
        (Py::Dict(ours), Py::Dict(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|(key, value)| {
                    theirs.iter().any(|(other, theirs)| key == other && is_near(value, theirs))
                })
        }
        _ => ours == theirs,
    }
}

#[test]
fn reprs_are_read_as_the_value() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut oracle = venv.oracle(interpreter);
        for_all(2000, value(), |value| {
            let value = to_py(value);
            let text = oracle.repr(&value)?;
            let ours = Value::from_literal(&text).map(|value| ordered(to_py(&value)));
            let near = ours.as_ref().is_some_and(|ours| is_near(&ordered(value.clone()), ours));
            if near { Ok(()) } else { same(&text, &ours, &Some(ordered(value))) }
        });
    }
}

/// Only for characters of Latin-1 and those that Python prints without an escape.
#[test]
fn text_and_bytes_are_displayed_as_by_python() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let printable =
        |text: &str| text.chars().all(|character| (character as u32) < 0x100 || "€😀中".contains(character));
    let character = prop_oneof![
        (0u8..=255).prop_map(char::from),
        proptest::sample::select(vec!['€', '😀', '中', '\'', '"'])
    ];
    let text = proptest::collection::vec(character, 0..10).prop_map(String::from_iter);
    let bytes = proptest::collection::vec(any::<u8>(), 0..10);
    for_all(2000, (text, bytes), |(text, bytes)| {
        assert!(printable(text));
        same("text", &Value::from(text.as_str()).to_string(), &oracle.repr(&Py::str(text))?)?;
        same("bytes", &Value::from(bytes.as_slice()).to_string(), &oracle.repr(&Py::bytes(bytes.as_slice()))?)
    });
}

/// A literal as a person might write it: with spaces, either quote, escapes, adjacent strings.
fn written_by_hand() -> impl Strategy<Value = String> {
    let escape = proptest::sample::select(vec![
        r"\n", r"\t", r"\r", r"\a", r"\b", r"\f", r"\v", r"\\", r"\'", "\\\"", r"\0", r"\12", r"\377",
        r"\x41", r"\xff", "\\\n",
    ]);
    let of_text =
        proptest::sample::select(vec![r"\u20ac", r"\U0001f600", r"\u0000", "é", "€", "😀", "\u{2028}"]);
    let plain = || "[a-z #(){},\\[\\]:.]{0,3}".prop_map(String::from);
    let inside = prop_oneof![plain(), escape.clone().prop_map(String::from), of_text.prop_map(String::from)];
    let inside_bytes = prop_oneof![plain(), escape.prop_map(String::from)];
    let quote = || proptest::sample::select(vec!["'", "\""]);
    let string = (quote(), proptest::collection::vec(inside, 0..4))
        .prop_map(|(quote, text)| format!("{quote}{}{quote}", text.concat()));
    let bytes = (quote(), proptest::collection::vec(inside_bytes, 0..4))
        .prop_map(|(quote, text)| format!("b{quote}{}{quote}", text.concat()));
    let leaf = prop_oneof![
        Just("None".to_owned()),
        Just("True".to_owned()),
        Just("False".to_owned()),
        "-?[1-9][0-9]{0,30}",
        "-?[0-9]\\.[0-9]{0,5}(e-?[0-9]{1,2})?",
        "0[xX][0-9a-f]{1,9}",
        (string.clone(), "[ \t]?", string.clone()).prop_map(|(a, space, b)| format!("{a} {space}{b}")),
        string,
        (bytes.clone(), bytes.clone()).prop_map(|(a, b)| format!("{a} {b}")),
        bytes,
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let space = || proptest::sample::select(vec!["", "", " ", "\n", "\t"]);
        let elements = (proptest::collection::vec((space(), inner.clone(), space()), 1..4), any::<bool>())
            .prop_map(|(all, comma)| {
                let all: Vec<_> =
                    all.iter().map(|(before, text, after)| format!("{before}{text}{after}")).collect();
                format!("{}{}", all.join(","), if comma { "," } else { "" })
            });
        let entries =
            proptest::collection::vec((inner.clone(), space(), inner.clone()), 0..3).prop_map(|all| {
                let all: Vec<_> =
                    all.iter().map(|(key, space, value)| format!("{key}{space}:{space}{value}")).collect();
                all.join(", ")
            });
        prop_oneof![
            elements.clone().prop_map(|all| format!("({all})")),
            elements.clone().prop_map(|all| format!("[{all}]")),
            elements.prop_map(|all| format!("{{{all}}}")),
            entries.prop_map(|all| format!("{{{all}}}")),
            Just("()".to_owned()),
            Just("[ ]".to_owned()),
            Just("set()".to_owned()),
        ]
    })
}

#[test]
fn literals_are_read_as_python_reads_them() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let mut count = 0;
    for_all(4000, written_by_hand(), |text| {
        let ours = Value::from_literal(text).map(|value| to_py(&value));
        match oracle.literal_eval(text) {
            Ok(theirs) => {
                count += 1;
                // Python drops duplicate keys and elements.
                if has_doubles(ours.as_ref()) {
                    return Ok(());
                }
                same(text, &ours.map(ordered), &Some(ordered(theirs)))
            }
            Err(error) if error.contains("unhashable") => Ok(()),
            Err(error) => Err(format!("{error} for {text}")),
        }
    });
    assert!(count > 2500, "only {count} were read");
}

/// Whether a set or a dict has an element twice, as `0` and `False` are to Python.
fn has_doubles(value: Option<&Py>) -> bool {
    let doubled = |values: &[&Py]| {
        let plain = |value: &Py| {
            format!("{value:?}").replace("Bool(true)", "Int(\"1\")").replace("Bool(false)", "Int(\"0\")")
        };
        let all: Vec<_> = values.iter().map(|value| plain(value)).collect();
        let floats = values.iter().any(|value| format!("{value:?}").contains("Float"));
        floats || all.iter().enumerate().any(|(at, value)| all[..at].contains(value))
    };
    match value {
        Some(Py::Tuple(values) | Py::List(values)) => values.iter().any(|value| has_doubles(Some(value))),
        Some(Py::Set(values)) => doubled(&values.iter().collect::<Vec<_>>()),
        Some(Py::Dict(entries)) => {
            doubled(&entries.iter().map(|(key, _)| key).collect::<Vec<_>>())
                || entries.iter().any(|(key, value)| has_doubles(Some(key)) || has_doubles(Some(value)))
        }
        _ => false,
    }
}

/// Text that is nearly a literal: what is accepted must be read as Python reads it; refusing more than Python is allowed.
#[test]
fn accepted_text_is_a_literal_of_python() {
    let venv = peers::require!();
    let mut oracle = venv.oracle(Interpreter::CPython);
    let change = (any::<proptest::sample::Index>(), 0u8..3, "[\\[\\](){},:'\"\\\\ 0-9a-f.xe+-]");
    let mut read = 0;
    for_all(6000, (written_by_hand(), proptest::collection::vec(change, 1..3)), |(text, changes)| {
        let mut characters: Vec<_> = text.chars().collect();
        for (at, what, character) in changes {
            let at = at.index(characters.len() + 1);
            let character = character.chars().next().unwrap_or(' ');
            match what {
                0 => characters.insert(at, character),
                1 if at < characters.len() => _ = characters.remove(at),
                _ if at < characters.len() => characters[at] = character,
                _ => {}
            }
        }
        let text: String = characters.into_iter().collect();
        let Some(ours) = Value::from_literal(&text).map(|value| to_py(&value)) else { return Ok(()) };
        read += 1;
        // Python refuses some trailing white space ("unexpected indent").
        match oracle.literal_eval(text.trim_ascii_end()) {
            Ok(_) if has_doubles(Some(&ours)) => Ok(()),
            Ok(theirs) => same(&text, &ordered(ours), &ordered(theirs)),
            Err(error) if error.contains("unhashable") || error.contains("leading zeros") => Ok(()),
            Err(error) => Err(format!("{text:?} is read as {ours:?}, but Python raises {error}")),
        }
    });
    assert!(read > 1000, "only {read} were read");
}

#[test]
fn any_character_of_a_text_is_quoted() {
    let venv = peers::require!();
    for interpreter in Interpreter::ALL {
        let mut oracle = venv.oracle(interpreter);
        for_all(1500, (text(), text()), |(first, second)| {
            let value = Value::from((first.as_str(), second.as_str()));
            let Some(text) = written(&value) else { return Ok(()) };
            same(&text, &oracle.eval(&text)?, &Py::Tuple(vec![to_py(&value)]))
        });
    }
}
