use std::fs::OpenOptions;
use std::io::Write;

/// Says that the running test is left out: what is missing, and how to get it. Goes to standard error, past the
/// capture of the test runner, and to the end of the file that `SERIALTALK_LEFT_OUT` names, if it does.
///
/// # Panics
///
/// With `CI=true`, where nothing may be left out.
pub fn left_out(missing: &str, remedy: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    assert!(
        std::env::var_os("CI").is_none_or(|ci| ci != "true"),
        "{test} can't be left out with CI=true, but {missing}: {remedy}"
    );
    let text = format!("left out: {test}: {missing}: {remedy}\n");
    std::io::stderr().write_all(text.as_bytes()).ok();
    if let Some(list) = std::env::var_os("SERIALTALK_LEFT_OUT") {
        let file = OpenOptions::new().create(true).append(true).open(&list);
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .unwrap_or_else(|error| panic!("can't write to {}: {error}", list.display()));
    }
}
