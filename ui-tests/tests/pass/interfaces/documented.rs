//! Docs, `cfg`, `deprecated` and `allow` of a method apply to all that is generated from it, which causes no lint.
#![deny(warnings, missing_docs, unused, future_incompatible, nonstandard_style, unused_qualifications)]

/// What every robot can do.
#[serialtalk::interface]
pub trait Robot {
    /// Lights the lamp.
    ///
    /// Its hue in degrees.
    fn led(&mut self, hue: u16);
    /// The former name of `led`.
    #[deprecated(since = "0.2.0", note = "use `led`")]
    fn lamp(&mut self, hue: u16);
    /// Only where there is no operating system.
    #[cfg(target_os = "none")]
    fn dig(&mut self, depth: Regolith);
    /// Many.
    #[allow(clippy::too_many_arguments)]
    #[must_use]
    fn mean(&self, a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) -> u8;
}

fn main() {
    let docs: Vec<_> = ROBOT_INTERFACE.commands.iter().map(|command| command.docs).collect();
    assert_eq!(docs, ["Lights the lamp.\n\nIts hue in degrees.", "The former name of `led`.", "Many."]);
}
