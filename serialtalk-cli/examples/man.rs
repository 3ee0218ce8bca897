//! Writes the man pages of the command: `cargo xtask man`.

use std::{env, fs};

fn main() -> std::io::Result<()> {
    let folder = env::args_os().nth(1).expect("the folder of the pages");
    fs::create_dir_all(&folder)?;
    clap_mangen::generate_to(serialtalk_cli::command(), folder)
}
