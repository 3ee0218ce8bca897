//! Manifests of packages, made of those of the examples.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use super::firmware::Port;
use super::name::Name;
use super::templates::{PACKAGES, WORKSPACE};

/// Where a project has the crates of serialtalk from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// A checkout, whose folder this is.
    Checkout(PathBuf),
    /// The registry, in the version of this program.
    Published,
}

impl Source {
    /// The checkout in which this program was built, if that is still there and they are not to be the published ones.
    pub(super) fn find(published: bool) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        match root.filter(|root| !published && root.join("serialtalk/Cargo.toml").is_file()) {
            Some(root) => Self::Checkout(root.to_owned()),
            None => Self::Published,
        }
    }

    /// A dependency on a crate, which the manifest of an example has as `example`.
    fn dependency(&self, krate: &str, example: &InlineTable) -> Value {
        let mut dependency = InlineTable::new();
        match self {
            Self::Checkout(root) => {
                dependency.insert("path", root.join(krate).to_string_lossy().into_owned().into())
            }
            Self::Published => dependency.insert("version", env!("CARGO_PKG_VERSION").into()),
        };
        let others = example.iter().filter(|(key, _)| !["path", "version"].contains(key));
        dependency.extend(others.map(|(key, value)| (key.to_owned(), value.clone())));
        dependency.into()
    }
}

/// The manifest of a template.
pub(super) fn parsed(manifest: &str) -> DocumentMut {
    manifest.parse().unwrap_or_else(|error| unreachable!("a manifest of this repository: {error}"))
}

/// The manifest of one package of the workspace.
pub(super) fn of_package(example: &str, package: &str, name: &Name, has_micropython: bool) -> String {
    let mut manifest = parsed(example);
    if !has_micropython {
        remove(&mut manifest, "dev-dependencies", "serialtalk-python");
    }
    // The published ones are in the workspace's manifest.
    adapt(&mut manifest, package, name, &Source::Published);
    manifest.to_string()
}

/// The manifest of the firmware for a board.
pub(super) fn of_firmware(port: &Port, name: &Name, source: &Source) -> String {
    let mut manifest = parsed(port.template.manifest);
    if port.template.has_library()
        && let Some(example) = manifest["package"]["name"].as_str()
    {
        // The program goes on calling it by this name.
        let mut library = Table::new();
        library["name"] = value(example.replace('-', "_"));
        library.set_position(manifest["package"].as_table().and_then(Table::position));
        manifest["lib"] = Item::Table(library);
    }
    // A port has them as modules.
    for package in ["robot", "onboard"] {
        manifest["dependencies"][package] = value(in_folder(package));
    }
    adapt(&mut manifest, &format!("{}-firmware", name.package), name, source);
    if let Some(chip) = port.chip {
        manifest["features"]["default"] = value(Array::from_iter([chip]));
    }
    manifest.to_string()
}

/// Names the package and what it depends on, and leaves out what is of the examples only.
fn adapt(manifest: &mut DocumentMut, package: &str, name: &Name, source: &Source) {
    manifest["package"]["name"] = value(package);
    for key in ["description", "license", "default-run"] {
        remove(manifest, "package", key);
    }
    manifest.remove("lints");
    for table in ["dependencies", "dev-dependencies"] {
        let Some(table) = manifest.get_mut(table).and_then(Item::as_table_like_mut) else { continue };
        for (key, example) in to_adapt(table) {
            table.remove(&key);
            match key.as_str() {
                "robot" => table.insert(&name.package, value(in_folder(&name.package))),
                "onboard" => {
                    let mut onboard = in_folder(&key);
                    onboard.insert("package", format!("{}-{key}", name.package).into());
                    table.insert(&key, value(onboard))
                }
                krate if krate.starts_with("serialtalk") => {
                    table.insert(krate, value(source.dependency(krate, &example)))
                }
                // What only other programs of the example need.
                _ => None,
            };
        }
        table.sort_values();
    }
}

/// The dependencies on packages of this repository: in a folder, or in a version if the example is built elsewhere, too.
fn to_adapt(table: &dyn TableLike) -> Vec<(String, InlineTable)> {
    let tables =
        table.iter().filter_map(|(key, item)| Some((key.to_owned(), item.as_inline_table()?.clone())));
    let is_ours = |(key, table): &(String, InlineTable)| {
        table.contains_key("path") || key == "serialtalk" && table.contains_key("version")
    };
    tables.filter(is_ours).collect()
}

/// A dependency on another package of the project.
fn in_folder(folder: &str) -> InlineTable {
    InlineTable::from_iter([("path", format!("../{folder}"))])
}

fn remove(manifest: &mut DocumentMut, table: &str, key: &str) {
    if let Some(table) = manifest.get_mut(table).and_then(Item::as_table_like_mut) {
        table.remove(key);
    }
}

/// The manifest of the workspace, whose packages are in these folders.
pub(super) fn of_workspace(folders: &[&str], has_firmware: bool, source: &Source) -> String {
    let example = parsed(WORKSPACE);
    let mut manifest = parsed("[workspace]\n\n[workspace.package]\n\n[workspace.dependencies]\n");
    let workspace = &mut manifest["workspace"];
    workspace["resolver"] = example["workspace"]["resolver"].clone();
    workspace["members"] = value(Array::from_iter(folders.iter().copied()));
    if has_firmware {
        // It has another target and another profile.
        workspace["exclude"] = value(Array::from_iter(["firmware"]));
    }
    for key in ["version", "edition", "rust-version"] {
        workspace["package"][key] = value(example["workspace"]["package"][key].as_str().unwrap_or_default());
    }
    for krate in shared_crates() {
        let example = &example["workspace"]["dependencies"][&krate];
        workspace["dependencies"][&krate] = match example.as_inline_table() {
            Some(table) if table.contains_key("path") => value(source.dependency(&krate, table)),
            _ => example.clone(),
        };
    }
    manifest.to_string()
}

/// The crates whose version is in the manifest of the workspace.
fn shared_crates() -> BTreeSet<String> {
    let manifests = PACKAGES.iter().map(|package| parsed(package.manifest));
    let mut crates = BTreeSet::new();
    for manifest in manifests {
        for table in ["dependencies", "dev-dependencies"] {
            let table = manifest.get(table).and_then(Item::as_table_like);
            let shared = table.into_iter().flat_map(|table| table.iter());
            let shared = shared.filter(|(_, item)| item.get("workspace").is_some());
            crates.extend(shared.map(|(name, _)| name.to_owned()));
        }
    }
    crates
}

/// `.cargo/config.toml` of the firmware for a board.
pub(super) fn config(port: &Port) -> String {
    let mut config = parsed(port.template.config);
    config["build"]["target"] = value(port.target);
    config.to_string()
}
