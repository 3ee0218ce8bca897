//! A project that was made, and what is done with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Place, Said, said};

/// A new project in a place of its own.
pub(crate) struct Made {
    pub(crate) place: Place,
    /// The folder of the project.
    pub(crate) folder: PathBuf,
    /// The folder of this repository.
    root: PathBuf,
}

impl Made {
    /// Makes a project with these options. Its dependencies are those that this repository is locked to.
    pub(crate) fn new(name: &str, options: &[&str]) -> Self {
        let place = Place::new();
        let made = place.run(&[&["new", name], options].concat());
        assert!(made.stderr.contains("cd "), "{made:?}");
        assert_eq!(made.ok(), "");
        let folder = place.folder().join(name);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned();
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        Self { place, folder, root }
    }

    /// Locks the firmware to what an example is locked to.
    pub(crate) fn lock_firmware(&self, example: &str) {
        let lock = self.root.join("examples").join(example).join("Cargo.lock");
        fs::copy(lock, self.folder.join("firmware/Cargo.lock")).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.join(path)).unwrap()
    }

    /// Cargo in the folder of the project, which downloads nothing. All projects share an output folder.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Said {
        said(self.at_project(Command::new(env!("CARGO")), arguments))
    }

    /// A command line in the folder of the project, as its README has it.
    pub(crate) fn shell(&self, line: &str) -> Said {
        let programs = Path::new(env!("CARGO_BIN_EXE_serialtalk")).parent().unwrap();
        let cargo = Path::new(env!("CARGO")).parent().unwrap();
        let mut command = self.place.shell(line);
        let path = std::env::var("PATH").unwrap();
        command.env("PATH", format!("{}:{}:{path}", programs.display(), cargo.display()));
        said(self.at_project(command, &[]))
    }

    fn at_project(&self, mut command: Command, arguments: &[&str]) -> Command {
        let programs = Path::new(env!("CARGO_BIN_EXE_serialtalk")).parent().unwrap();
        command.current_dir(&self.folder).args(arguments);
        command.env("CARGO_TARGET_DIR", programs.join("new")).env("CARGO_NET_OFFLINE", "true");
        command
    }

    /// The commands of the README.
    pub(crate) fn commands(&self) -> Vec<String> {
        let text = self.read("README.md");
        let block = text.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
        block.lines().map(|line| line.split("  ").next().unwrap().to_owned()).collect()
    }

    /// Runs a command of the README, for a board on `port`.
    #[track_caller]
    pub(crate) fn run(&self, command: &str, port: &str) -> String {
        assert!(self.commands().iter().any(|one| one == command), "{:?}", self.commands());
        self.shell(&command.replace("PORT", port)).ok()
    }

    /// Every file, with its path in the project.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().unwrap() != "Cargo.lock" {
                    let text = fs::read_to_string(&path).unwrap();
                    files.push((path.strip_prefix(&self.folder).unwrap().display().to_string(), text));
                }
            }
        }
        files
    }
}

/// What the host program prints.
pub(crate) const CALLED: &str = "mult(5.9, 94.0) = 554.60004\nimu() = Imu { x: ";
