//! The module as it is written.

use std::process::Command;

use expect_test::expect_file;

use crate::wide::{SPARE_INTERFACE, WIDE_INTERFACE};

/// The module of the wide interfaces.
pub(crate) fn module() -> String {
    serialtalk_python::module(&[WIDE_INTERFACE, SPARE_INTERFACE])
}

/// `UPDATE_EXPECT=1` writes it anew, for somebody to read the difference.
#[test]
fn it_is_what_was_read_and_found_good() {
    expect_file!["wide.py"].assert_eq(&module());
}

#[test]
fn its_lines_are_short() {
    let module = module();
    let long: Vec<_> = module.lines().filter(|line| line.chars().count() > 100).collect();
    assert!(long.is_empty(), "{long:#?}");
    assert!(module.lines().all(|line| line == line.trim_end()));
}

/// From 3.8 on, without a warning.
#[test]
fn every_python_reads_it() {
    let venv = peers::require!();
    let path = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("python_module_source.py");
    std::fs::write(&path, module()).unwrap();
    let code = "import ast, sys\n\
                for feature in range(8, sys.version_info[1] + 1):\n\
                \x20   tree = ast.parse(open(sys.argv[1], encoding='utf8').read(), feature_version=(3, feature))\n\
                wide = [it for it in tree.body if getattr(it, 'name', '') == 'WideClient'][0]\n\
                print(ast.get_docstring(wide).splitlines()[2])\n";
    let mut python: Command = venv.command(peers::Interpreter::CPython);
    let output = python.args(["-W", "error", "-c", code]).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Even \"this\" is `kept`, a \\ and \"\"\" too:\n");
}
