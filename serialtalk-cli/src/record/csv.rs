//! Values as CSV: a row for each slot, a column for each part of a value.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use serialtalk::Value;

use super::{Entry, Names, Recorder};
use crate::escaped::on_one_line;
use crate::leaves::Leaf;
use crate::output::tell;

/// A table that is written to `W`. Its columns are those of the first row.
pub(crate) struct Table<W: Write> {
    writer: csv::Writer<W>,
    names: Arc<Names>,
    only_changes: bool,
    /// The place of each part of the values of a command, once the header is written.
    columns: Option<BTreeMap<(usize, String), usize>>,
    /// The row of each board, which grows as its commands are called.
    rows: Vec<Vec<(usize, Leaf)>>,
    /// The last row of each board.
    last: Vec<Vec<(usize, Leaf)>>,
    /// Parts that came when there was no column for them any more.
    homeless: BTreeSet<String>,
}

impl<W: Write> Table<W> {
    pub(crate) fn new(output: W, names: Arc<Names>) -> Self {
        let rows = vec![Vec::new(); names.boards.len()];
        Self {
            writer: csv::Writer::from_writer(output),
            names,
            only_changes: false,
            columns: None,
            last: rows.clone(),
            rows,
            homeless: BTreeSet::new(),
        }
    }

    /// Leaves out rows that are like the last one.
    pub(crate) fn only_changes(self) -> Self {
        Self { only_changes: true, ..self }
    }

    /// Adds what a call has come to; writes a row when it is that of the last command.
    pub(crate) fn add(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        let (Some(row), Some(command)) =
            (self.rows.get_mut(entry.board), self.names.commands.get(entry.command))
        else {
            return Ok(());
        };
        let leaves = entry.value.map_or(Vec::new(), |value| value.leaves(command));
        row.extend(leaves.into_iter().map(|leaf| (entry.command, leaf)));
        if entry.command + 1 < self.names.commands.len() {
            return Ok(());
        }
        let row = std::mem::take(row);
        let is_old = self.only_changes && self.last[entry.board] == row;
        if !row.is_empty() && !is_old {
            self.write(entry, &row)?;
            self.last[entry.board] = row;
        }
        Ok(())
    }

    /// Hands on what was added.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    fn write(&mut self, entry: &Entry<'_>, row: &[(usize, Leaf)]) -> io::Result<()> {
        let names_boards = self.names.boards.len() > 1;
        let columns = match &mut self.columns {
            Some(columns) => columns,
            none => {
                let mut header = vec!["time_s".to_owned()];
                header.extend(names_boards.then(|| "board".to_owned()));
                let mut columns = BTreeMap::new();
                for (command, leaf) in row {
                    columns.insert((*command, leaf.name.clone()), header.len());
                    header.push(leaf.name.clone());
                }
                self.writer.write_record(&header)?;
                none.insert(columns)
            }
        };
        let mut cells = vec![String::new(); columns.len() + 1 + usize::from(names_boards)];
        cells[0] = format!("{}.{:06}", entry.answered.as_secs(), entry.answered.subsec_micros());
        if names_boards {
            cells[1].clone_from(&self.names.boards[entry.board]);
        }
        for (command, leaf) in row {
            match columns.get(&(*command, leaf.name.clone())) {
                Some(column) => cells[*column] = cell(&leaf.value),
                None if self.homeless.insert(leaf.name.clone()) => {
                    tell(format_args!("{} has no column: it was not in the first row", leaf.name));
                }
                None => {}
            }
        }
        Ok(self.writer.write_record(&cells)?)
    }
}

impl Recorder for Table<File> {
    fn add(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        self.add(entry)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.flush()
    }
}

/// What stands in a cell: numbers for `True` and `False`, nothing for `None`.
fn cell(value: &Value) -> String {
    match value {
        Value::None => String::new(),
        Value::Bool(value) => u8::from(*value).to_string(),
        Value::Str(text) => on_one_line(text),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::leaves::Named;

    #[test]
    fn a_row_has_the_values_of_a_slot() {
        let names = Names { boards: vec!["arm".into()], commands: vec!["imu".into(), "name".into()] };
        let mut output = Vec::new();
        let mut table = Table::new(&mut output, Arc::new(names)).only_changes();
        for (slot, literals) in [
            (0, [Some("(1, 2.5)"), Some("'R2, \\x1b'")]),
            (1, [None, Some("'R2'")]),
            // Neither of them is new.
            (2, [None, Some("'R2'")]),
            (3, [None, None]),
            (9, [Some("(True, None, 7)"), Some("'R2'")]),
        ] {
            for (command, literal) in literals.into_iter().enumerate() {
                let value = literal.map(|literal| Named::new(&Value::from_literal(literal).unwrap(), None));
                let answered = Duration::from_micros(1_000_000 + slot * 100_000 + 7);
                let value = value.as_ref();
                table.add(&Entry { board: 0, command, slot, asked: answered, answered, value }).unwrap();
            }
        }
        table.flush().unwrap();
        drop(table);
        assert_eq!(
            String::from_utf8(output).unwrap(),
            "time_s,imu[0],imu[1],name\n\
             1.000007,1,2.5,\"R2, \\x1b\"\n\
             1.100007,,,R2\n\
             1.900007,1,,R2\n"
        );
    }
}
