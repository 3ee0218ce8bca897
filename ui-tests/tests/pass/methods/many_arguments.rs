//! As many arguments as a frame holds, and more than a tuple has.

#[serialtalk::interface]
pub trait Robot {
    #[allow(clippy::too_many_arguments)]
    fn sixteen(
        &mut self,
        a: u8,
        b: u8,
        c: u8,
        d: u8,
        e: u8,
        f: u8,
        g: u8,
        h: u8,
        i: u8,
        j: u8,
        k: u8,
        l: u8,
        m: u8,
        n: u8,
        o: u8,
        p: f32,
    ) -> f32;
    #[allow(clippy::too_many_arguments)]
    fn seventeen(
        &mut self,
        a: u8,
        b: u8,
        c: u8,
        d: u8,
        e: u8,
        f: u8,
        g: u8,
        h: u8,
        i: u8,
        j: u8,
        k: u8,
        l: u8,
        m: u8,
        n: u8,
        o: u8,
        p: u8,
        q: &str,
    );
}

fn main() {
    assert_eq!(ROBOT_INTERFACE.command("sixteen").unwrap().format, "<15Bf");
    assert_eq!(ROBOT_INTERFACE.command("seventeen").unwrap().arguments.len(), 17);
}
