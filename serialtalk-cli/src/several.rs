//! Work with several boards at a time, each in a thread of its own.

use std::process::ExitCode;
use std::thread;

use crate::boards::Board;
use crate::connection::Connection;
use crate::context::Context;
use crate::failure::{Kind, Result};
use crate::output::Output;

/// Opens each board that the command line means, and does `work` with it. Returns the highest exit code; tells every failure.
pub(crate) fn each_open(
    context: &Context,
    work: &(dyn Fn(&mut Connection, Output) -> Result<()> + Sync),
) -> Result {
    each(context, &|board, output| Connection::with(board, |connection| work(connection, output)))
}

/// Does `work` with each board that the command line means. Returns the highest exit code; tells every failure.
pub(crate) fn each(context: &Context, work: &(dyn Fn(&Board, Output) -> Result<()> + Sync)) -> Result {
    let boards = context.boards()?;
    let output = Output { names_boards: boards.len() > 1, ..context.output };
    let one = |board: &Board| match work(board, output) {
        Ok(()) => None,
        Err(failure) => {
            output.failure(Some(&board.name), &failure);
            Some(failure.kind)
        }
    };
    let kinds: Vec<Option<Kind>> = match boards.as_slice() {
        [board] => vec![one(board)],
        boards => thread::scope(|scope| {
            let threads: Vec<_> = boards.iter().map(|board| scope.spawn(|| one(board))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or(Some(Kind::Protocol))).collect()
        }),
    };
    Ok(kinds.into_iter().flatten().max().map_or(ExitCode::SUCCESS, ExitCode::from))
}
