//! The same for several boards, each in a thread of its own.

use std::process::ExitCode;
use std::thread;

use crate::boards::Board;
use crate::context::Context;
use crate::failure::{Kind, Result};
use crate::output::Output;

/// Does `work` with each board that the command line means. Returns the highest exit code; tells every failure.
pub(crate) fn each(context: &Context, work: impl Fn(&Board, Output) -> Result<()> + Sync) -> Result {
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
