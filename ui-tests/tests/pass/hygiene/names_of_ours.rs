//! Arguments, fields, types and methods with names that generated code uses, too.

#[derive(serialtalk::Value)]
pub struct Reader {
    pub reader: u8,
    pub writer: u8,
    pub value: u8,
    pub values: u8,
    pub shape: u8,
    pub to: u8,
    pub from: u8,
    pub error: u8,
    pub result: u8,
    pub this: u8,
}

#[derive(serialtalk::Value, Debug)]
pub enum Encode {
    Decode { reader: u8, value: u8, to: u8, variant: u8 },
    Value(u8),
    Ok,
    Err,
    None,
    Some(u8),
}

#[serialtalk::interface]
pub trait Service {
    fn all(
        &mut self,
        caller: u8,
        call: u8,
        client: u8,
        command: u8,
        arguments: u8,
        reader: u8,
        writer: u8,
        value: u8,
        reply: u8,
        result: u8,
        error: u8,
        implementor: u8,
    ) -> u8;
    fn types(&mut self, inner: Reader, this: Encode) -> Result<Reader, Encode>;
    fn call(&mut self, server: u8, service: u8, talk: u8, timeout: u8, name: &str);
    fn send(&mut self, interface: u8) -> u8;
    fn serve(&mut self, payload: &[u8]);
    fn len(&self) -> u8;
    fn inner(&self) -> u8;
    fn into_inner(&self) -> u8;
    fn default(&self) -> u8;
    fn clone(&self, a: u8, b: u8, c: u8, t: u8) -> u8;
    fn poll(&mut self, context: u8) -> u8;
}

fn main() {}
