//! The files of `docs/fleet.md` are read as they stand there.

use std::fs;
use std::path::Path;

use serialtalk_zenoh::Fleet;

#[test]
fn the_files_of_the_document_are_read() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/fleet.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fleet.toml");
    let mut gateways = 0;
    for text in page.split("\n```toml\n").skip(1).filter_map(|rest| rest.split("\n```").next()) {
        fs::write(&file, text).unwrap();
        let fleet = Fleet::read(&file).unwrap_or_else(|error| panic!("{error}\n{text}"));
        if text.contains("gateway = ") {
            gateways += 1;
            // The contract of `arm2`.
            let contract = serialtalk_hal::contract::Interface::new("Arm", "", vec![]).unwrap();
            fs::write(folder.path().join("arm.json"), serde_json::to_string(&contract).unwrap()).unwrap();
            drop(fleet.gateway().unwrap());
        } else {
            let rules = fleet.rules().expect("it names users");
            for subject in ["gateway cell1", "user operator", "user viewer"] {
                assert!(rules.contains(subject), "{rules}");
            }
        }
    }
    assert_eq!(gateways, 2);
}
