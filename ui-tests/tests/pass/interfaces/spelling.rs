//! Raw identifiers, names that are not ASCII, long names, and every place where a space, a comma or a comment may stand.
#![deny(warnings)]
#![allow(non_camel_case_types, unused_parens, mixed_script_confusables)]

#[serialtalk::interface]
pub trait r#type {
    fn r#fn(&mut self, r#struct: u8, r#self_: u8) -> u8;
    #[command(oneway)]
    fn r#async(&mut self, r#await: &str);
    fn r#gen(&self, r#dyn: u8);
    fn r#box(&mut self, r#try: r#union) -> Result<r#union, r#enum>;
}

#[derive(serialtalk::Value, Debug)]
pub struct r#union {
    r#type: u8,
    r#fn: f32,
}

#[derive(serialtalk::Value, Debug)]
pub enum r#enum {
    r#fn { r#if: u8 },
    r#match(u8),
    r#else,
}

#[derive(serialtalk::Value, Debug)]
#[repr(u8)]
pub enum r#for {
    r#fn,
    r#match = 7,
}

#[serialtalk::interface(

    prefix   =   "a." ,

)]
pub   trait
    Größe {
    fn
    a_very_long_name_of_a_method_that_says_all_there_is_to_say_about_it (& mut self , 温度 : f32,größe:u8 ,  ) -> (  u8  ) ;
    #[command(name = "x",)] fn größe(&self,)->(u8,f32,);
    fn/*c*/comments/*c*/(/*c*/&/*c*/self/*c*/,/*c*/x/*c*/:/*c*/u8/*c*/)/*c*/->/*c*/u8/*c*/;fn c(&self)->();fn d(&self)->(());
    fn e(&mut self, a: ((u8), (f32,)), ) -> Result<(), (u8)>;
}

#[derive(serialtalk::Value, Debug)]
pub struct Ö {
    größe: u8,
    温: Ä,
}

#[derive(serialtalk::Value, Debug)]
pub enum Ä {
    Ü,
    Ö(u8),
}

fn main() {
    println!("{:?} {:?}", r#union { r#type: 1, r#fn: 2.0 }, Ö { größe: 1, 温: Ä::Ü });
    assert_eq!((TYPE_INTERFACE.name, TYPE_INTERFACE.commands[0].name), ("type", "fn"));
    assert_eq!(GRÖSSE_INTERFACE.commands.len(), 6);
}
