//! The files of a project.

use super::firmware::Port;
use super::manifest::{self, Source};
use super::name::Name;
use super::templates::{MICROPYTHON, PACKAGES, PLAIN, RUSTFMT};
use super::{python_module, readme};

/// What is made.
#[derive(Debug)]
pub(super) struct Project {
    pub(super) name: Name,
    pub(super) port: Option<Port>,
    pub(super) has_micropython: bool,
    pub(super) source: Source,
}

impl Project {
    /// The paths of its files and their texts.
    pub(super) fn files(&self) -> Vec<(String, String)> {
        let mut files = vec![
            ("README.md".into(), readme::text(self)),
            (".gitignore".into(), "target/\n__pycache__/\n".into()),
            ("rustfmt.toml".into(), RUSTFMT.into()),
            ("serialtalk.toml".into(), self.boards()),
        ];
        self.add_packages(&mut files);
        if let Some(port) = &self.port {
            self.add_firmware(&mut files, port);
        }
        if self.has_micropython {
            let replaced = |(path, text): &(&str, &str)| ((*path).to_owned(), self.name.replace_in(text));
            files.extend(MICROPYTHON.iter().map(replaced));
            let module = python_module::text(&self.name);
            files.push((format!("micropython/{}.py", self.name.krate), module));
        }
        files
    }

    /// The names of boards: one, which is that of the project.
    fn boards(&self) -> String {
        let name = &self.name.package;
        format!(
            "default = \"{name}\"\n\n\
             # `auto` is the only port there is; `serialtalk -b PORT ports --save {name}` writes another one here.\n\
             [board.{name}]\nport = \"auto\"\nbaud = 115200\n"
        )
    }

    /// The workspace with what every project has: the contract, the board on any chip, the host.
    fn add_packages(&self, files: &mut Vec<(String, String)>) {
        let name = &self.name.package;
        let folders: Vec<_> = PACKAGES.iter().map(|package| package.folder.unwrap_or(name)).collect();
        let workspace = manifest::of_workspace(&folders, self.port.is_some(), &self.source);
        files.push(("Cargo.toml".into(), workspace));
        for (package, folder) in PACKAGES.iter().zip(folders) {
            let full = package.folder.map_or(name.clone(), |folder| format!("{name}-{folder}"));
            let manifest = manifest::of_package(package.manifest, &full, &self.name, self.has_micropython);
            files.push((format!("{folder}/Cargo.toml"), manifest));
            for (path, text) in package.files {
                files.push((format!("{folder}/{path}"), self.name.replace_in(text)));
            }
        }
    }

    fn add_firmware(&self, files: &mut Vec<(String, String)>, port: &Port) {
        let manifest = manifest::of_firmware(port, &self.name, &self.source);
        files.push(("firmware/Cargo.toml".into(), manifest));
        files.push(("firmware/.cargo/config.toml".into(), manifest::config(port)));
        for (path, text) in port.template.files() {
            let path = if path == PLAIN { "src/main.rs" } else { path };
            files.push((format!("firmware/{path}"), self.name.replace_in(&text)));
        }
    }
}
