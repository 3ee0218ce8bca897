use std::fs::OpenOptions;
use std::io::Write;

/// Whether this is continuous integration, where nothing may be skipped: `CI=true`.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|ci| ci == "true")
}

/// Reports that the running test is skipped: what is missing, and how to get it.
///
/// Writes to standard error, past the capture of the test runner, and appends to the file that `SERIALTALK_SKIPPED` names, if
/// it is set.
///
/// # Panics
///
/// In [continuous integration](is_ci).
pub fn skip(missing: &str, remedy: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    assert!(!is_ci(), "{test} can't be skipped with CI=true, but {missing}: {remedy}");
    let text = format!("skipped: {test}: {missing}: {remedy}\n");
    std::io::stderr().write_all(text.as_bytes()).ok();
    if let Some(list) = std::env::var_os("SERIALTALK_SKIPPED") {
        let file = OpenOptions::new().create(true).append(true).open(&list);
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .unwrap_or_else(|error| panic!("can't write to {}: {error}", list.display()));
    }
}
