//! The README is short, and its figures are those of `docs/performance.md`.

use std::fs::read_to_string;

use super::root;

#[test]
fn the_readme_has_at_most_160_lines() {
    let lines = read_to_string(root().join("README.md")).unwrap().lines().count();
    assert!(lines <= 160, "{lines} lines");
}

#[test]
fn the_figures_of_the_readme_are_those_of_the_page() {
    let readme = read_to_string(root().join("README.md")).unwrap();
    let page = read_to_string(root().join("docs/performance.md")).unwrap();
    let section = readme.split_once("\n## Measured\n").unwrap().1.split("\n## ").next().unwrap();
    let table = section.trim().split_once("\n\n").unwrap().1;
    assert!(table.starts_with("| what | serialtalk |"), "{table}");
    let (before, after) = page.split_once(table).expect("the page has the table of the README");
    // The page has each figure in the table of the command that made it, too.
    let measured = figures(&format!("{before}{after}"));
    let rows = table.lines().skip(2);
    let cells = rows.flat_map(|row| row.split('|').skip(2));
    for figure in cells.flat_map(figures) {
        assert!(measured.contains(&figure), "{figure} is in the table of the README only");
    }
}

/// The numbers in a text, without the commas between thousands.
fn figures(text: &str) -> Vec<String> {
    let numbers = text.split(|it: char| !it.is_ascii_digit() && it != '.' && it != ',');
    let numbers = numbers.map(|it| it.trim_end_matches(['.', ',']).replace(',', ""));
    numbers.filter(|it| it.starts_with(|first: char| first.is_ascii_digit())).collect()
}
