//! The templates in the package.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::said;

#[test]
fn every_template_is_in_the_package() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(package).args(["package", "--list", "--allow-dirty", "--offline"]);
    let listed = said(cargo).ok();
    let listed: BTreeSet<_> = listed.lines().collect();
    let mut folders = vec![package.join("templates")];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(package).unwrap().to_str().unwrap();
                assert!(listed.contains(path), "{path} is not in the package: {listed:?}");
                count += 1;
            }
        }
    }
    assert!(count > 50, "{count} templates");
}
