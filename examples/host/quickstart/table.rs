//! An interface as a table.

use serialtalk::Interface;

/// Prints the commands of an interface, a line each.
pub(crate) fn print(interface: &Interface) {
    let mut rows = vec![["command", "arguments", "returns", "format", "what it does"].map(String::from)];
    rows.extend(interface.commands.iter().map(|command| {
        let arguments: Vec<_> = command.arguments.iter().map(|argument| argument.ty).collect();
        let returns = match (command.returns, command.error) {
            (value, "") => value.to_owned(),
            (value, error) => format!("{value} or {error}"),
        };
        let format = format!("{} -> {}", command.format, command.return_format);
        let docs = command.docs.lines().next().unwrap_or_default();
        [command.name.to_owned(), arguments.join(", "), returns, format, docs.trim().to_owned()]
    }));
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [0, 1, 2, 3, 4].map(width);
    for row in &rows {
        let cells: Vec<_> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        println!("  {}", cells.join("   ").trim_end());
    }
}
