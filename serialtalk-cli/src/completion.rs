//! What Tab offers: boards of the configuration, and commands that `list` has seen. No port is opened for it.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::{fs, process};

use clap_complete::{CompleteEnv, CompletionCandidate};
use etcetera::BaseStrategy;

use crate::boards;
use crate::commands::completions::VARIABLE;
use crate::config::Config;
use crate::contract::Known;
use crate::escaped::{as_file_name, on_one_line};
use crate::runtime::{self, DEMO};

/// The options that take a board.
const OF_BOARDS: [&str; 3] = ["-b", "--board", "--port"];

/// Completes a line, and ends the process, if a shell asks for that.
pub(crate) fn complete(command: fn() -> clap::Command) {
    if env::var_os(VARIABLE).is_none() {
        return;
    }
    let completer = CompleteEnv::with_factory(command).var(VARIABLE);
    let folder = env::current_dir().ok();
    if completer.try_complete(words(&command()), folder.as_deref()).unwrap_or_else(|error| error.exit()) {
        process::exit(0);
    }
}

/// The words of this process. A board that has the name of a command, as the demo board has, is replaced by another one, unless it is
/// the word that is completed: the completer takes it for the command.
fn words(command: &clap::Command) -> Vec<OsString> {
    let mut words: Vec<_> = env::args_os().collect();
    for at in 1..words.len().saturating_sub(2) {
        let is_option = OF_BOARDS.iter().any(|option| words[at] == *option);
        if is_option && command.get_subcommands().any(|command| words[at + 1] == command.get_name()) {
            words[at + 1] = "auto".into();
        }
    }
    words
}

/// The boards and groups that have a name, and the demo board if it runs.
pub(crate) fn boards(current: &OsStr) -> Vec<CompletionCandidate> {
    let config = Config::load().unwrap_or_default();
    let demo = runtime::noted(DEMO).map(|_| DEMO.to_owned());
    let names =
        config.board.into_keys().chain(config.group.into_keys()).chain(["auto".to_owned()]).chain(demo);
    matching(names.map(|name| (name, String::new())), current)
}

/// The commands of the board that the command line names.
pub(crate) fn commands(current: &OsStr) -> Vec<CompletionCandidate> {
    let config = Config::load().unwrap_or_default();
    let Some(path) = named_board().or_else(|| boards::default_name(&config)).and_then(|board| path(&board))
    else {
        return Vec::new();
    };
    let lines = fs::read_to_string(path).unwrap_or_default();
    let known = lines.lines().map(|line| line.split_once('\t').unwrap_or((line, "")));
    matching(known.map(|(name, docs)| (name.to_owned(), docs.to_owned())), current)
}

/// Keeps the commands of a board for Tab.
pub(crate) fn keep(board: &str, known: &[Known]) {
    let Some(path) = path(board) else { return };
    let line = |known: &Known| {
        let docs = known.told.as_ref().and_then(|told| told.docs().lines().next()).unwrap_or_default();
        format!("{}\t{}\n", on_one_line(&known.name), on_one_line(docs))
    };
    let text: String = known.iter().filter(|known| !known.is_built_in()).map(line).collect();
    // Without it, Tab offers nothing, and all else works.
    let _ = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, text));
}

fn matching(candidates: impl Iterator<Item = (String, String)>, current: &OsStr) -> Vec<CompletionCandidate> {
    let current = current.to_string_lossy();
    candidates
        .filter(|(name, _)| name.starts_with(&*current))
        .map(|(name, docs)| CompletionCandidate::new(name).help((!docs.is_empty()).then(|| docs.into())))
        .collect()
}

/// The board of `--board` on the line that is being completed, which the shell passes on.
fn named_board() -> Option<String> {
    let words: Vec<String> = env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let named = words.windows(2).find(|two| OF_BOARDS.contains(&two[0].as_str()));
    let joined =
        || words.iter().find_map(|word| word.strip_prefix("--board=").or(word.strip_prefix("--port=")));
    named.map(|two| two[1].clone()).or_else(|| joined().map(str::to_owned))
}

/// Where the commands of a board are kept.
fn path(board: &str) -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.cache_dir().join("serialtalk").join("commands").join(as_file_name(board)))
}
