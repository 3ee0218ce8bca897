//! What a project says about itself.

use std::fmt::Write;

use super::project::Project;

/// The commands to begin with, and what they do.
pub(super) fn commands(project: &Project) -> Vec<(&'static str, &'static str)> {
    let mut commands = vec![("cargo test", "the host calls what the board does, over a line in memory")];
    if let Some(port) = &project.port {
        commands.push(("(cd firmware && cargo run --release)", port.way.does));
    }
    if project.has_micropython {
        commands
            .push(("serialtalk deploy micropython", "puts the program on a MicroPython board and starts it"));
    }
    if project.port.is_none() && !project.has_micropython {
        commands.push(("serialtalk demo", "simulates a board that has the same commands, and says its port"));
    }
    commands.push(("cargo run -- PORT", "the host calls the board"));
    commands
}

/// The file `README.md`.
pub(super) fn text(project: &Project) -> String {
    let name = &project.name.package;
    let mut text = format!("# {name}\n\n| folder | is |\n|---|---|\n");
    let mut row = |folder: &str, is: &str| writeln!(text, "| `{folder}` | {is} |").unwrap_or_default();
    row(name, "the contract: what the board can do, as a trait from which both ends are built");
    row("onboard", "what the board does, whatever its chip");
    row("host", "the program that calls the board, and a test of both");
    if let Some(port) = &project.port {
        let board = port.board;
        row("firmware", &format!("what {board} needs to do it; `firmware/src/board.rs` says which pins"));
    }
    if project.has_micropython {
        let module = format!("`micropython/{}.py`", project.name.krate);
        let is = format!(
            "the same in Python: `main.py`, and {module}, which `cargo run --example module` writes after each change of the contract"
        );
        row("micropython", &is);
    }
    text.push_str("\n```text\n");
    for (command, does) in commands(project) {
        let _ = writeln!(text, "{command:40}{does}");
    }
    text.push_str("```\n");
    if let Some(port) = &project.port {
        let rust = match port.target {
            // Its library is built from its sources.
            "avr-none" => "rustup toolchain install nightly --component rust-src".to_owned(),
            target => format!("rustup target add {target}"),
        };
        let _ = writeln!(
            text,
            "\nThe firmware needs, once: `{rust}`, and {}. `firmware/.cargo/config.toml` says what `cargo run` does with it.",
            port.way.needs
        );
    }
    text.push_str(COMMAND_LINE);
    text
}

const COMMAND_LINE: &str = "
`serialtalk list` shows what the board can do, `serialtalk call mult 5.9 94` calls it: `serialtalk.toml` says which board, `-b PORT` names
another port.
";
