//! Turns the README into what rustdoc can compile: each block of Rust in a function, after the contract, which is the first
//! block, and after what a board has, so that readers of the README see neither.

use std::path::Path;

const README: &str = "../../README.md";

const BOARD: &str = include_str!("readme/board.rs");

fn main() {
    println!("cargo::rerun-if-changed={README}");
    let readme = std::fs::read_to_string(README).expect("the README is read");
    let mut contract: Option<Vec<&str>> = None;
    let mut compiled = String::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        compiled += &format!("{line}\n");
        if !line.starts_with("```rust") {
            continue;
        }
        let block: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        compiled += &match &contract {
            None => block.join("\n"),
            Some(contract) => in_a_function(contract, &block),
        };
        compiled += "\n```\n";
        contract.get_or_insert(block);
    }
    let folder = std::env::var("OUT_DIR").expect("cargo says where to");
    std::fs::write(Path::new(&folder).join("README.md"), compiled).expect("the README is written");
}

/// A block in a function that may fail, after the contract. Everything that is added is hidden in the documentation.
fn in_a_function(contract: &[&str], block: &[&str]) -> String {
    let mut lines = vec!["# mod robot {".to_owned()];
    lines.extend(contract.iter().map(|line| format!("# {line}")));
    lines.push("# }".into());
    lines.extend(BOARD.lines().map(|line| format!("# {line}")));
    lines.push("# #[allow(unused_imports)] use {board::*, robot::*};".into());
    lines.push("# fn main() -> Result<(), Box<dyn std::error::Error>> {".into());
    lines.push("# #[allow(unused)] let uart = board::uart();".into());
    lines.extend(block.iter().map(|&line| line.to_owned()));
    lines.push("# Ok(()) }".into());
    lines.join("\n")
}
