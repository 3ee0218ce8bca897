//! Paths are resolved where the trait is defined.

pub mod types {
    #[derive(serialtalk::Value)]
    pub struct Imu(pub f32);

    pub mod deeper {
        use super::Imu as Reading;

        #[serialtalk::interface]
        pub trait Robot {
            fn reading(&mut self) -> Reading;
            fn parent(&mut self, imu: super::Imu);
            fn whole(&mut self, imu: crate::types::Imu) -> self::Own;
        }

        #[derive(serialtalk::Value)]
        pub struct Own(pub u8);
    }
}

fn main() {
    fn inside() {
        #[derive(serialtalk::Value)]
        struct Local(u8);

        #[serialtalk::interface]
        trait Lamp {
            fn light(&mut self, local: Local);
        }
        assert_eq!(LAMP_INTERFACE.commands[0].format, "B");
    }
    inside();
    assert_eq!(types::deeper::ROBOT_INTERFACE.commands.len(), 3);
}
