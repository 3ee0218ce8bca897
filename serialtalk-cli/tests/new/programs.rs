//! Host programs and Python programs.

use crate::made::{CALLED, Made};

const HOST: &str = "cargo run -- PORT";

#[test]
fn a_project_is_tested_and_calls_the_demo_board() {
    let made = Made::new("arm", &[]);
    assert_eq!(made.commands(), ["cargo test", "serialtalk demo", HOST]);
    let tested = made.run("cargo test", "");
    assert!(tested.contains("test the_board_does_what_the_host_asks_for ... ok"), "{tested}");
    let demo = made.place.demo();
    let port = demo.said.split(' ').find(|word| word.starts_with('/')).unwrap().to_owned();
    let called = made.run(HOST, &port);
    assert!(called.starts_with(CALLED), "{called}");
    made.cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny=warnings"]).ok();
}

#[test]
fn a_micropython_board_is_deployed_and_called() {
    let venv = peers::require!();
    let made = Made::new("two-arms", &["--micropython"]);
    let board = venv.board();
    let deploy = "serialtalk deploy micropython";
    assert_eq!(made.commands(), ["cargo test", deploy, HOST]);
    assert!(made.run("cargo test", "").contains("1 passed"));
    let config = made.read("serialtalk.toml").replace("\"auto\"", &format!("\"{}\"", board.path()));
    std::fs::write(made.folder.join("serialtalk.toml"), config).unwrap();
    made.run(deploy, "");
    assert!(made.run(HOST, board.path()).starts_with(CALLED));
    assert_eq!(made.shell("serialtalk call mult 2 3").ok(), "6.0\n");
    assert_eq!(made.shell("serialtalk call set_color 7,8,9").ok(), "None\n");
    assert_eq!(made.shell("serialtalk call imu").ok(), "(7.0, 0.1, 9.8)\n");
}

#[test]
fn the_python_module_is_as_the_project_would_write_it() {
    for name in ["x", "arm-of-a-long-name-a-b-42-cd"] {
        let made = Made::new(name, &["--micropython"]);
        let module = format!("micropython/{}.py", name.replace('-', "_"));
        let written = made.read(&module);
        std::fs::remove_file(made.folder.join(&module)).unwrap();
        made.shell("cargo run --example module").ok();
        assert!(made.read(&module) == written, "{module}");
    }
}

#[test]
fn a_project_of_published_crates_names_no_folder_of_this_machine() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let made = Made::new("arm", &["--published", "--firmware", "lm3s6965evb", "--micropython"]);
    for (path, text) in made.files() {
        assert!(!text.contains(root.to_str().unwrap()), "{path}: {text}");
    }
    let patches: Vec<String> = ["serialtalk", "serialtalk-hal", "serialtalk-python", "serialtalk-macros"]
        .map(|name| format!("--config=patch.crates-io.{name}.path={:?}", root.join(name)))
        .into();
    let mut arguments = vec!["check"];
    arguments.extend(patches.iter().map(String::as_str));
    made.cargo(&arguments).ok();
    made.lock_firmware("lm3s6965evb");
    arguments.splice(..1, ["metadata", "--format-version=1", "--manifest-path=firmware/Cargo.toml"]);
    made.cargo(&arguments).ok();
}

#[test]
fn nothing_is_overwritten() {
    let made = Made::new("arm", &[]);
    let before = made.files();
    let said = made.place.run(&["new", "arm", "--micropython"]).failed(2);
    assert!(said.contains("`arm` is there already") && said.contains("try: another name"), "{said}");
    assert!(made.files() == before);
    made.place.write("leg", "");
    made.place.run(&["new", "leg"]).failed(2);
}

#[test]
fn what_was_made_is_told_as_json() {
    let place = crate::support::Place::new();
    let said = place.run(&["new", "arm", "--json"]).ok();
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["project"], "arm");
    for path in said["files"].as_array().unwrap() {
        assert!(place.folder().join("arm").join(path.as_str().unwrap()).is_file(), "{path}");
    }
    let refused = place.run(&["new", "test", "--json"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stdout.contains("serialtalk new my-test"), "{refused:?}");
    assert!(!place.folder().join("test").exists());
}
