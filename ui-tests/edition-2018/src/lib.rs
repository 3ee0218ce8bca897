//! Names that became keywords later, in a crate of the edition 2018.
#![deny(warnings)]
#![allow(missing_docs, non_camel_case_types, keyword_idents_2024)]

#[derive(serialtalk::Value, Debug)]
pub struct Reading {
    pub gen: u8,
}

#[derive(serialtalk::Value, Debug)]
#[repr(u8)]
pub enum Mode {
    gen,
    run,
}

#[derive(serialtalk::Value, Debug)]
pub enum Fault {
    gen { gen: u8 },
    run(u8),
}

#[serialtalk::interface]
pub trait gen {
    fn gen(&mut self, gen: Reading) -> Result<Mode, Fault>;
    #[command(raw)]
    fn upload(&mut self, gen: &[u8]) -> Vec<u8>;
    async fn wait(&mut self);
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_as_written() {
        let command = &super::GEN_INTERFACE.commands[0];
        assert_eq!((command.name, command.arguments[0].name), ("gen", "gen"));
    }
}
