use std::fmt;
use std::fs::OpenOptions;
use std::io::Write;

/// A test that was left out. As text it is a line of the file that `SERIALTALK_LEFT_OUT` names, parted by tabs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// The program that the test is in, as cargo names it.
    pub program: String,
    /// The test, with the modules that it is in.
    pub test: String,
    /// What was missing for it, such as `no qemu-system-arm`.
    pub missing: String,
}

impl LeftOut {
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

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { program, test, missing } = self;
        write!(f, "{program}\t{test}\t{missing}")
    }
}

/// Whether this is continuous integration, where nothing may be skipped: `CI=true`.
pub fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|ci| ci == "true")
}

/// Says that the running test is left out: what is missing, and how to get it. Goes to the end of the file that
/// `SERIALTALK_LEFT_OUT` names, or else to standard error, past the capture of the test runner.
///
/// # Panics
///
/// With `CI=true`, where nothing may be left out.
pub fn left_out(missing: &str, remedy: &str) {
    let left_out = LeftOut::running(missing);
    let test = &left_out.test;
    assert!(!is_ci(), "{test} can't be left out with CI=true, but {missing}: {remedy}");
    match std::env::var_os("SERIALTALK_LEFT_OUT") {
        Some(list) => {
            let file = OpenOptions::new().create(true).append(true).open(&list);
            file.and_then(|mut file| file.write_all(format!("{left_out}\n").as_bytes()))
                .unwrap_or_else(|error| panic!("can't write to {}: {error}", list.display()));
        }
        None => {
            let text = format!("left out: {test}: {missing}: {remedy}\n");
            std::io::stderr().write_all(text.as_bytes()).ok();
        }
    }
}
