//! Interfaces that several tests share.

/// What every robot of ours can do.
#[serialtalk::interface]
pub(crate) trait Robot {
    /// Product of two numbers.
    fn mult(&mut self, a: f32, b: f32) -> f32;
    fn led(&mut self, hue: u16);
    fn reset(&mut self);
    fn name(&self) -> heapless::String<16>;
    fn pose(&self) -> (f32, f32, i16);
    fn rgb(&mut self, rgb: [u8; 3]) -> [u8; 3];
    fn mix(&mut self, color: (u8, u8, u8)) -> u32;
    fn calibrate(&mut self, text: &str, fast: Option<bool>) -> Result<(i16, i16), (u8, u8)>;
    fn start(&mut self) -> Result<(), u8>;
    fn sum(&mut self, numbers: Vec<i32>) -> i64;
    fn bytes(&mut self, bytes: &[u8]) -> Vec<u8>;
    fn unit(&mut self) -> ();
    fn lift(&mut self, to: i16) -> Result<i16, ArmError>;
    #[command(repr)]
    fn blink(&mut self) -> u8;
    #[command(oneway)]
    fn log(&mut self, text: &str);
    #[command(name = "set color", repr)]
    fn set_color(&mut self, red: u8, green: u8, blue: u8) -> (u8, u8, u8);
    #[command(raw)]
    fn upload(&mut self, block: &[u8]) -> heapless::Vec<u8, 32>;
    #[command(format = ">hi", returns = "<d")]
    fn wide(&mut self, a: i8, b: i16) -> f32;
    #[command(format = "8s")]
    fn label(&mut self, text: &str) -> bool;
    #[command(returns = "b")]
    fn small(&mut self, n: i8) -> i8;
    #[command(idempotent, timeout_ms = 40)]
    fn slow(&mut self) -> u8;
    #[command(timeout_ms = never)]
    fn patient(&mut self) -> u8;
    fn r#type(&mut self, r#in: u8) -> u8;
    #[allow(clippy::too_many_arguments)]
    fn many(
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
        n: &str,
    ) -> u16;
    #[cfg(test)]
    fn here(&mut self) -> u8;
    #[cfg(not(test))]
    fn absent(&mut self, what: NoSuchType) -> u8;
    #[cfg(test)]
    fn either(&mut self, n: u8) -> u8;
    #[cfg(not(test))]
    fn either(&mut self, n: u16) -> u16;
    #[deprecated(note = "use `mult`")]
    fn multiply(&mut self, a: f32, b: f32) -> f32;
}

/// An error without `Debug`.
#[derive(serialtalk::Value, PartialEq)]
pub(crate) enum ArmError {
    Stalled,
    Moving { speed: f32 },
}

/// The error of a command.
#[derive(serialtalk::Value)]
pub(crate) enum Fault {
    Moving { speed: i16 },
}

/// Commands with every kind of encoding.
#[serialtalk::interface]
pub(crate) trait Different {
    fn mult(&mut self, b: f32, a: f32) -> f32;
    #[command(name = "go \"fast\"", format = "<q", returns = "d")]
    fn go(&mut self, ms: i32) -> f32;
    #[command(format = "2f", returns = "repr")]
    fn at(&mut self, x: f32, y: f32) -> (u8, u16);
    #[command(raw)]
    fn store(&mut self, data: &[u8]) -> Result<(), Fault>;
    #[command(postcard)]
    fn keep(&mut self, level: u8);
    fn all(&mut self, values: (u8, u16)) -> Vec<Option<f32>>;
    fn nothing(&mut self);
}
