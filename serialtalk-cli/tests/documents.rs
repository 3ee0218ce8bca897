//! The recipes of `docs/cli.md`, run as they are written.

#![cfg(unix)]

mod support;

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

use support::Place;

/// A command line of a recipe, and what it prints.
struct Recipe {
    line: String,
    output: String,
}

/// The recipes in the `console` blocks of a document.
fn recipes(document: &str) -> Vec<Recipe> {
    let mut recipes: Vec<Recipe> = Vec::new();
    let blocks = document.split("\n```console\n").skip(1).filter_map(|block| block.split("\n```").next());
    for line in blocks.flat_map(str::lines) {
        match (line.strip_prefix("$ "), recipes.last_mut()) {
            (Some(line), _) => recipes.push(Recipe { line: line.into(), output: String::new() }),
            (None, Some(recipe)) => writeln!(recipe.output, "{line}").unwrap(),
            (None, None) => panic!("no command before {line}"),
        }
    }
    recipes
}

/// Whether a text is as expected, where `[..]` stands for anything on a line.
fn is_like(text: &str, expected: &str) -> bool {
    let is_line_like = |(line, expected): (&str, &str)| {
        let mut rest = line;
        let mut parts = expected.split("[..]");
        let Some(after) = rest.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        rest = after;
        let mut is_whole = rest.is_empty();
        for part in parts {
            let Some(at) = rest.rfind(part).filter(|_| part.is_empty()).or_else(|| rest.find(part)) else {
                return false;
            };
            rest = &rest[at + part.len()..];
            is_whole = part.is_empty() || rest.is_empty();
        }
        is_whole
    };
    text.lines().count() == expected.lines().count() && text.lines().zip(expected.lines()).all(is_line_like)
}

#[test]
fn the_recipes_do_what_they_say() {
    let place = Place::new();
    let _demo = place.demo();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_serialtalk")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap());
    let document = "docs/cli.md";
    let recipes = recipes(&fs::read_to_string(root.join(document)).unwrap());
    assert!(recipes.len() >= 15, "{document} has {} recipes", recipes.len());
    for Recipe { line, output } in recipes {
        let mut shell = place.shell(&format!("{{ {line}; }} 2>&1"));
        shell.env("PATH", &path).env("SERIALTALK_BOARD", "demo");
        let said = support::said(shell);
        // The summary of `watch` goes to standard error, and has times in it.
        let lines = said.stdout.lines().filter(|line| !line.contains(" slots, "));
        let shown: String = lines.map(|line| format!("{line}\n")).collect();
        assert!(is_like(&shown, &output), "{document}: {line}\n{shown}\ninstead of\n{output}");
    }
}

#[test]
fn a_placeholder_stands_for_anything_on_its_line() {
    for (text, expected, is_so) in [
        ("a\n", "a\n", true),
        ("a\n", "b\n", false),
        ("ab\n", "a\n", false),
        ("a1b\n", "a[..]b\n", true),
        ("a1bc\n", "a[..]b\n", false),
        ("a\nb\n", "a\n", false),
        ("a123\n", "a[..]\n", true),
        ("a1b2c\n", "a[..]b[..]c\n", true),
    ] {
        assert_eq!(is_like(text, expected), is_so, "{text} {expected}");
    }
}
