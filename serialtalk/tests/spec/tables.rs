//! Tables of a markdown file.

use std::path::Path;

/// The text of a file in `spec`.
pub(crate) fn text_of(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Checks the rows of every table of `text` with this header, whose cells are separated by ` | `. There must be at least `least`
/// rows.
pub(crate) fn each_row(text: &str, header: &str, least: usize, mut check: impl FnMut(&[String])) {
    let mut lines = text.lines();
    let mut count = 0;
    while let Some(line) = lines.next() {
        if line != format!("| {header} |") {
            continue;
        }
        lines.next();
        for row in lines.by_ref().take_while(|line| line.starts_with('|')) {
            check(&cells(row));
            count += 1;
        }
    }
    assert!(count >= least, "only {count} rows under {header}");
}

fn cells(row: &str) -> Vec<String> {
    let inside =
        row.strip_prefix("| ").and_then(|row| row.strip_suffix(" |")).unwrap_or_else(|| panic!("{row}"));
    // An empty cell leaves two spaces between its bars.
    inside.split(" | ").map(|cell| cell.trim().replace("\\|", "|")).collect()
}

/// The text between backticks.
pub(crate) fn code(cell: &str) -> String {
    cell.strip_prefix('`')
        .and_then(|cell| cell.strip_suffix('`'))
        .unwrap_or_else(|| panic!("{cell} has no backticks"))
        .into()
}

/// The bytes that are written in hexadecimal between backticks; an empty cell has none.
pub(crate) fn bytes(cell: &str) -> Vec<u8> {
    if cell == "``" || cell.is_empty() {
        return vec![];
    }
    let byte = |digits| u8::from_str_radix(digits, 16).unwrap_or_else(|error| panic!("{digits}: {error}"));
    code(cell).split(' ').map(byte).collect()
}
