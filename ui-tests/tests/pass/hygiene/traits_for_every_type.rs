//! Traits of the user's that give every type methods and constants which generated code means to have from elsewhere.
#![allow(dead_code)]

macro_rules! extra {
    ($receiver:tt) => {
        extra! { $receiver
            get give take find serve argument and sole arguments value decode encode clone into as_ref map ok unwrap info
            len as_str name clashes finish element missing literal raw packed postcard by_format fail_with open close
            variant begin_struct end_struct field integer unit_variant call_with send_with ready within add_module command
            signature returns_signature max_bytes check check_name check_format must_cross new bytes encoding caller inner
            state load count nth find_hash connect eq unread begin is_laid_out from default
        }
    };
    ($receiver:tt $($method:ident)+) => {
        pub trait Extra: Sized {
            $(fn $method $receiver {})+
        }

        impl<X> Extra for X {}
    };
}

mod by_value {
    extra!((self));
    include!("common/robot.rs");
}

mod by_reference {
    extra!((&self));
    include!("common/robot.rs");
}

mod by_mutable_reference {
    extra!((&mut self));
    include!("common/robot.rs");
}

mod functions {
    extra!(());
    include!("common/robot.rs");
}

mod constants {
    pub trait Extra {
        type Idle;
        type Tilted;
        type Error;
        const SHAPE: u8 = 1;
        const ENCODING: u8 = 1;
        const IS_SEQUENCE: u8 = 1;
        const NEW: u8 = 1;
        const NAMES: u8 = 1;
        const SPAN: u8 = 1;
        const HAS_MODULES: u8 = 1;
        const MULT_MAX: u8 = 1;
    }

    impl<X> Extra for X {
        type Idle = ();
        type Tilted = ();
        type Error = ();
    }

    include!("common/robot.rs");
}

fn main() {}
