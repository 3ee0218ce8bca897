//! The texts that projects are made of: examples of this repository, as links in `serialtalk-cli/templates`, so that they are also
//! in the package.

use toml_edit::Item;

use super::manifest;

/// A path and a text.
pub(super) type File = (&'static str, &'static str);

/// Firmware for one chip, or for several that have much in common.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) manifest: &'static str,
    /// `.cargo/config.toml`
    pub(super) config: &'static str,
    pub(super) files: &'static [File],
}

impl Template {
    /// Its files as they are in a project, where the modules that a port has for the contract and for what the board does on any
    /// chip are packages.
    pub(super) fn files(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.files.iter().map(|(path, text)| {
            let text = MODULES
                .iter()
                .fold((*text).to_owned(), |text, module| text.replace(&format!("mod {module};\n"), ""));
            (*path, text.replace("crate::received::", "onboard::"))
        })
    }

    /// Whether its programs share a library.
    pub(super) fn has_library(&self) -> bool {
        self.files.iter().any(|(path, _)| *path == "src/lib.rs")
    }
}

macro_rules! text {
    ($($path:expr),+) => { include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $($path),+)) };
}

macro_rules! template {
    ($name:literal: $($file:literal)+) => {
        Template {
            manifest: text!($name, "/manifest.toml"),
            config: text!($name, "/config.toml"),
            files: &[$(($file, text!($name, "/", $file))),+],
        }
    };
}

/// The modules of a port that a project has as packages.
const MODULES: [&str; 3] = ["onboard", "received", "robot"];

/// The file of a template that becomes the main program: where an example has several programs, it is the plain one.
pub(super) const PLAIN: &str = "src/bin/plain.rs";

pub(super) const MICROBIT: Template =
    template!("microbit": "build.rs" "memory.x" "src/lib.rs" "src/board.rs" "src/bin/plain.rs");
pub(super) const LM3S6965EVB: Template =
    template!("lm3s6965evb": "build.rs" "src/lib.rs" "src/board.rs" "src/bin/plain.rs");
pub(super) const RISCV_VIRT: Template = template!("riscv-virt": "build.rs" "memory.x" "src/lib.rs" "src/board.rs" "src/logger.rs" "src/bin/plain.rs");
pub(super) const PICO: Template =
    template!("pico": "build.rs" "rp2040.x" "rp2350.x" "src/board.rs" "src/main.rs");
pub(super) const ESP32C3: Template = template!("esp32c3": "src/board.rs" "src/main.rs");
pub(super) const OPENMV: Template = template!("openmv": "src/board.rs" "src/main.rs");
pub(super) const PYBOARD: Template =
    template!("pyboard": "build.rs" "pyboard.x" "spike.x" "src/board.rs" "src/main.rs");
pub(super) const ARDUINO_MEGA: Template =
    template!("arduino-mega": "rust-toolchain.toml" "src/board.rs" "src/main.rs");
pub(super) const ARDUINO_ZERO: Template =
    template!("arduino-zero": "build.rs" "memory.x" "src/board.rs" "src/main.rs");

const PORTS: &[&Template] =
    &[&MICROBIT, &LM3S6965EVB, &RISCV_VIRT, &PICO, &ESP32C3, &OPENMV, &PYBOARD, &ARDUINO_MEGA, &ARDUINO_ZERO];

/// The manifest of this workspace, which knows the versions of what its packages depend on.
pub(super) const WORKSPACE: &str = text!("workspace.toml");
pub(super) const RUSTFMT: &str = text!("rustfmt.toml");

/// A package of each project.
#[derive(Debug)]
pub(super) struct Package {
    /// Its folder; nothing for the contract, whose folder has the name of the project.
    pub(super) folder: Option<&'static str>,
    pub(super) manifest: &'static str,
    pub(super) files: &'static [File],
}

pub(super) const PACKAGES: &[Package] = &[
    Package {
        folder: None,
        manifest: text!("starter/contract.toml"),
        files: &[("src/lib.rs", text!("starter/contract/lib.rs"))],
    },
    Package {
        folder: Some("onboard"),
        manifest: text!("starter/onboard.toml"),
        files: &[
            ("src/lib.rs", text!("starter/onboard/lib.rs")),
            ("src/commands.rs", text!("starter/onboard/commands.rs")),
            ("src/received.rs", text!("starter/onboard/received.rs")),
        ],
    },
    Package {
        folder: Some("host"),
        manifest: text!("starter/host.toml"),
        files: &[
            ("src/main.rs", text!("starter/host/main.rs")),
            ("tests/loopback.rs", text!("starter/tests/loopback.rs")),
        ],
    },
];

/// What a project has for MicroPython.
pub(super) const MICROPYTHON: &[File] = &[
    ("micropython/main.py", text!("starter/micropython/main.py")),
    ("host/examples/module.rs", text!("starter/examples/module.rs")),
];

/// The names of the crates and modules in templates, which a contract can not have.
pub(super) fn crates_and_modules() -> impl Iterator<Item = String> {
    let packages = PACKAGES.iter().map(|package| (package.manifest, package.files));
    let ports = PORTS.iter().map(|port| (port.manifest, port.files));
    packages.chain(ports).flat_map(|(manifest, files)| {
        let manifest = manifest::parsed(manifest);
        let package = manifest["package"]["name"].as_str().map(str::to_owned);
        let dependencies = manifest.get("dependencies").and_then(Item::as_table_like);
        let is_published = |(_, item): &(&str, &Item)| item.get("path").is_none();
        let dependencies = dependencies.into_iter().flat_map(|table| table.iter()).filter(is_published);
        let mut names: Vec<_> = dependencies.map(|(name, _)| name.to_owned()).chain(package).collect();
        let lines = files.iter().flat_map(|(_, text)| text.lines());
        let modules = lines.filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
        let modules = modules.filter_map(|module| module.strip_suffix(';'));
        // The contract itself is a module of a port, too.
        names.extend(modules.filter(|module| *module != "robot").map(str::to_owned));
        names
    })
}
