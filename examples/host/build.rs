//! Turns the README and the pages of `docs` into what rustdoc can compile: each block of Rust in a function, after the contract,
//! which is the first block of the README, and after what a board has, so that readers see neither. Of the pages only blocks
//! that are marked `no_run` are compiled: the others are quotes of code that is compiled elsewhere.

use std::path::Path;
use std::{fs, io};

const ROOT: &str = "../..";

const BOARD: &str = include_str!("readme/board.rs");

fn main() -> io::Result<()> {
    let readme = read("README.md")?;
    let blocks = blocks(&readme);
    let contract = blocks.first().map(|(_, code)| *code).unwrap_or_default();
    let mut compiled = format!("```rust\n{contract}\n```\n\n");
    for (language, code) in blocks.iter().skip(1).filter(|(language, _)| language.starts_with("rust")) {
        compiled += &in_a_function(language, contract, code);
    }
    println!("cargo::rerun-if-changed={ROOT}/docs");
    let mut pages: Vec<_> = fs::read_dir(Path::new(ROOT).join("docs"))?
        .map(|entry| Ok(format!("docs/{}", entry?.file_name().display())))
        .collect::<io::Result<_>>()?;
    pages.retain(|page| page.ends_with(".md"));
    pages.sort();
    for page in pages {
        let text = read(&page)?;
        for (language, code) in self::blocks(&text).iter().filter(|(language, _)| *language == "rust,no_run")
        {
            compiled += &in_a_function(language, contract, code);
        }
    }
    let folder = std::env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&folder).join("documents.md"), compiled)
}

fn read(path: &str) -> io::Result<String> {
    println!("cargo::rerun-if-changed={ROOT}/{path}");
    fs::read_to_string(Path::new(ROOT).join(path))
}

/// The language and the code of each block.
fn blocks(text: &str) -> Vec<(&str, &str)> {
    text.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n')).collect()
}

/// A block in a function that may fail, after the contract. Everything that is added is hidden in the documentation.
fn in_a_function(language: &str, contract: &str, code: &str) -> String {
    let hidden = |code: &str| code.lines().map(|line| format!("# {line}\n")).collect::<String>();
    format!(
        "```{language}\n# mod robot {{\n{}# }}\n{}\
         # #[allow(unused_imports)] use {{board::*, robot::*}};\n\
         # fn main() -> Result<(), Box<dyn std::error::Error>> {{\n\
         # #[allow(unused)] let uart = board::uart();\n\
         {code}\n# Ok(()) }}\n```\n\n",
        hidden(contract),
        hidden(BOARD)
    )
}
