//! Constants and the like that are called what generated code, or an argument, calls a variable: their names are patterns.
#![allow(dead_code, unused_imports, non_camel_case_types, non_upper_case_globals)]

macro_rules! each {
    ($item:ident) => {
        $item! {
            value reply call decoder service number name arguments self_ command client error result writer payload
            encoder caller timeout inner out probe index hash module is_meant is_loaded bits fields sequence field0 field1
            decode encode text a b mode speed
        }
    };
}

mod constants {
    macro_rules! constants {
        ($($name:ident)+) => { $(pub const $name: u8 = 1;)+ };
    }
    each!(constants);
    include!("common/robot.rs");
}

mod statics {
    macro_rules! statics {
        ($($name:ident)+) => { $(pub static $name: u8 = 1;)+ };
    }
    each!(statics);
    include!("common/robot.rs");
}

mod unit_structs {
    macro_rules! unit_structs {
        ($($name:ident)+) => { $(pub struct $name;)+ };
    }
    each!(unit_structs);
    include!("common/robot.rs");
}

mod tuple_structs {
    macro_rules! tuple_structs {
        ($($name:ident)+) => { $(pub struct $name(pub u8);)+ };
    }
    each!(tuple_structs);
    include!("common/robot.rs");
}

mod variants {
    macro_rules! variants {
        ($($name:ident)+) => { pub enum Words { $($name),+ } };
    }
    each!(variants);
    use Words::*;
    include!("common/robot.rs");
}

/// A name that is in a type as well means there what it means outside.
mod in_a_type {
    pub const size: usize = 2;

    pub const fn len() -> usize {
        2
    }

    #[serialtalk::interface]
    pub trait Robot {
        fn write(&mut self, bytes: [u8; size], len: u8) -> [u8; len()];
    }
}

fn main() {
    assert_eq!(in_a_type::ROBOT_INTERFACE.commands[0].return_format, "2s");
}
