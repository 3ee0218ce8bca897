use std::fmt;
use std::fs::OpenOptions;
use std::io::Write;
use std::process::{Command, Stdio};

/// A test that was skipped. As text it is a line of the file that `SERIALTALK_SKIPPED` names, parted by tabs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkippedTest {
    /// The program that the test is in, as cargo names it.
    pub program: String,
    /// The test, with the modules that it is in.
    pub test: String,
    /// What was missing for it, such as `no qemu-system-arm`.
    pub missing: String,
}

impl SkippedTest {
    /// Reads a line.
    pub fn parse(line: &str) -> Option<Self> {
        let [program, test, missing] = *line.split('\t').collect::<Vec<_>>() else { return None };
        Some(Self { program: program.into(), test: test.into(), missing: missing.into() })
    }

    fn running(missing: &str) -> Self {
        let program = std::env::current_exe().unwrap_or_default();
        let program = program.file_stem().unwrap_or_default().to_string_lossy();
        // Cargo puts a hash at the end.
        let program = program.rsplit_once('-').map_or(&*program, |(name, _)| name).to_owned();
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        Self { program, test, missing: missing.to_owned() }
    }
}

impl fmt::Display for SkippedTest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { program, test, missing } = self;
        write!(f, "{program}\t{test}\t{missing}")
    }
}

/// Whether this is continuous integration, where nothing may be skipped: `CI=true`.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|ci| ci == "true")
}

/// Whether the program of this name runs. If not, [says](skip) that the running test is skipped.
pub fn has_program(name: &str) -> bool {
    let mut command = Command::new(name);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let runs = command.status().is_ok_and(|status| status.success());
    if !runs {
        skip(&format!("no {name}"), "`cargo xtask test --install` installs it");
    }
    runs
}

/// Says that the running test is skipped: what is missing, and how to get it. Goes to the end of the file that
/// `SERIALTALK_SKIPPED` names, or else to standard error, past the capture of the test runner.
///
/// # Panics
///
/// With `CI=true`, where nothing may be skipped.
pub fn skip(missing: &str, remedy: &str) {
    let skipped = SkippedTest::running(missing);
    let test = &skipped.test;
    assert!(!is_ci(), "{test} can't be skipped with CI=true, but {missing}: {remedy}");
    match std::env::var_os("SERIALTALK_SKIPPED") {
        Some(list) => {
            let file = OpenOptions::new().create(true).append(true).open(&list);
            file.and_then(|mut file| file.write_all(format!("{skipped}\n").as_bytes()))
                .unwrap_or_else(|error| panic!("can't write to {}: {error}", list.display()));
        }
        None => {
            let text = format!("skipped: {test}: {missing}: {remedy}\n");
            std::io::stderr().write_all(text.as_bytes()).ok();
        }
    }
}
