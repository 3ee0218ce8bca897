//! Names of projects.

use serialtalk_hal::contract::constant_prefix;

use super::templates;
use crate::failure::{Failure, Result};

/// The name of a project, in each form in which its files have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// As a package and a folder: `my-arm`.
    pub(super) package: String,
    /// As a crate and a Python module: `my_arm`.
    pub(super) krate: String,
    /// As a trait: `MyArm`.
    pub(super) interface: String,
    /// As the beginning of constants: `MY_ARM`.
    pub(super) constant: String,
}

/// The longest name: lines with it are as wide as they may be.
const LONGEST: usize = 28;

/// Names that are taken, and by what.
const TAKEN: &[(&str, &str)] = &[
    (
        "a keyword of Rust",
        "abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if \
         impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try \
         type typeof unsafe unsized use virtual where while yield",
    ),
    (
        "a type or a crate of Rust",
        "alloc bool char core f32 f64 i128 i16 i32 i64 i8 isize proc_macro std str test u128 u16 u32 u64 u8 usize",
    ),
    (
        "the name of a type or a trait that every program in Rust has",
        "as_mut as_ref clone copy debug default display double_ended_iterator drop eq err exact_size_iterator extend fn_mut \
         fn_once from from_iterator future hash into into_future into_iterator iterator none ok option ord partial_eq \
         partial_ord result send sized some string sync to_owned to_string try_from try_into unpin vec",
    ),
    (
        "a keyword of Python",
        "and assert class def del elif except finally from global import is lambda nonlocal not or pass raise with",
    ),
    (
        "a module of MicroPython",
        "array asyncio binascii bluetooth builtins cmath collections cryptolib deflate errno esp esp32 framebuf gc hashlib \
         heapq io json machine math neopixel network os platform pyb random re rp2 select socket ssl stm sys time typing \
         uctypes zlib",
    ),
    ("a folder or a type of every project", "board firmware host imu micropython onboard target"),
    ("a board of this command", "auto demo"),
    ("a device of Windows", "aux con nul prn"),
];

impl Name {
    /// Reads a name that a package, a crate and a trait can have.
    pub(super) fn parse(text: &str) -> Result<Self> {
        let words: Vec<_> = text.split(['-', '_']).collect();
        let is_word = |word: &&str| {
            !word.is_empty()
                && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        };
        let is_name = words.iter().all(is_word) && !text.starts_with(|first: char| first.is_ascii_digit());
        if !is_name || text.len() > LONGEST {
            let text = format!(
                "`{text}` cannot name a project: expected up to {LONGEST} lower-case letters and digits, with single `-` or `_` \
                 between them, a letter first"
            );
            return Err(Failure::usage(text).hint("serialtalk new my-arm"));
        }
        let krate = words.join("_");
        if let Some(what) = taken(&krate) {
            let failure = Failure::usage(format!("`{text}` cannot name a project: it is {what}"));
            return Err(failure.hint(format!("serialtalk new my-{text}")));
        }
        let interface: String = words.iter().map(|word| capitalised(word)).collect();
        let constant = constant_prefix(&interface);
        Ok(Self { package: text.to_owned(), krate, interface, constant })
    }

    /// The text of a template for this name: there, the contract is `robot`.
    pub(super) fn replace_in(&self, text: &str) -> String {
        text.replace("robot", &self.krate).replace("Robot", &self.interface).replace("ROBOT", &self.constant)
    }
}

/// What has this name already.
fn taken(krate: &str) -> Option<&'static str> {
    let listed = TAKEN.iter().find(|(_, names)| names.split(' ').any(|name| name == krate));
    if let Some((what, _)) = listed {
        return Some(what);
    }
    let is_ours = krate.starts_with("serialtalk");
    let is_used = || templates::crates_and_modules().any(|used| used.replace('-', "_") == krate);
    (is_ours || is_used()).then_some("a crate or a module that projects use")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn a_name_has_its_form_everywhere() {
        for (package, krate, interface, constant) in [
            ("arm", "arm", "Arm", "ARM"),
            ("my-arm", "my_arm", "MyArm", "MY_ARM"),
            ("my_arm-2", "my_arm_2", "MyArm2", "MY_ARM2"),
            ("a-b-car", "a_b_car", "ABCar", "AB_CAR"),
        ] {
            let name = Name::parse(package).unwrap();
            assert_eq!(
                [name.package, name.krate, name.interface, name.constant],
                [package, krate, interface, constant]
            );
        }
    }

    #[test]
    fn what_is_no_name_or_taken_is_refused_with_advice() {
        for (text, reason) in [
            ("", "expected"),
            ("Arm", "lower-case"),
            ("2arm", "a letter first"),
            ("-arm", "expected"),
            ("arm-", "expected"),
            ("my--arm", "single"),
            ("my/arm", "expected"),
            ("ärm", "expected"),
            ("a-name-that-is-far-too-long-here", "up to 28"),
            ("loop", "a keyword of Rust"),
            ("test", "a crate of Rust"),
            ("std", "a crate of Rust"),
            ("proc-macro", "a crate of Rust"),
            ("option", "every program in Rust"),
            ("lambda", "a keyword of Python"),
            ("time", "a module of MicroPython"),
            ("host", "every project"),
            ("demo", "a board of this command"),
            ("serialtalk", "projects use"),
            ("serialtalk-peer", "projects use"),
            ("cortex-m", "projects use"),
            ("anyhow", "projects use"),
            ("received", "projects use"),
        ] {
            let failure = Name::parse(text).unwrap_err();
            assert!(failure.text.contains(reason), "{text}: {}", failure.text);
            assert!(failure.hint.unwrap().starts_with("serialtalk new my-"), "{text}");
        }
    }
}
