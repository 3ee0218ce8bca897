//! Interfaces that nobody would write, into Python modules.

#![no_main]

use std::collections::BTreeSet;

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use serialtalk_fuzz::interfaces::Interfaces;
use serialtalk_fuzz::python::{definitions, is_name};

/// The code that all modules share.
const CALLS: &str = include_str!("../../serialtalk-python/python/calls.py");

fuzz_target!(|input: &[u8]| {
    let Ok(interfaces) = Interfaces::new(&mut Unstructured::new(input)) else { return };
    let source = serialtalk_python::module(interfaces.all());
    let (mut outer, mut inner) = (BTreeSet::new(), BTreeSet::new());
    let (mut classes, mut is_in_class) = (0, false);
    // What all modules share is left out: it is long, and the same for every input.
    let (_, shared) = CALLS.split_at(CALLS.find("\n\nclass ").unwrap_or_default());
    let (head, own) = source.split_once(shared).expect("the module has the code that all share");
    for definition in definitions(head).into_iter().chain(definitions(own)) {
        assert!(is_name(&definition.name), "{definition:?} in {source}");
        match (definition.indent, definition.kind) {
            (0, kind) => {
                inner.clear();
                is_in_class = kind == "class";
                classes += usize::from(is_in_class);
                let is_new = outer.insert(definition.name.clone());
                assert!(is_new || !is_in_class, "{definition:?} is there twice: {source}");
            }
            (4, _) if is_in_class => {
                let is_new = inner.insert(definition.name.clone());
                assert!(is_new, "{definition:?} is there twice: {source}");
            }
            _ => {}
        }
    }
    assert!(classes >= 2 * interfaces.all().len(), "{source}");
});
