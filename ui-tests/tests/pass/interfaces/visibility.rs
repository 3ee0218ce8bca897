//! Generated items have the visibility of the trait.
#![deny(unreachable_pub, unnameable_types, private_interfaces, private_bounds)]

mod inner {
    #[derive(serialtalk::Value)]
    pub(crate) struct Reading(pub(crate) u16);

    #[serialtalk::interface]
    pub(crate) trait Sensor {
        fn read(&mut self) -> Reading;
    }

    #[serialtalk::interface]
    pub(super) trait Lamp {
        fn light(&mut self, on: bool);
    }

    #[serialtalk::interface]
    trait Hidden {
        fn reset(&mut self);
    }

    pub(super) fn hidden() -> usize {
        HIDDEN_INTERFACE.commands.len()
    }
}

use inner::{LAMP_INTERFACE, Lamp, LampServer, Reading, SENSOR_INTERFACE, Sensor, SensorServer};

struct Board;

impl Sensor for Board {
    fn read(&mut self) -> Reading {
        Reading(1)
    }
}

impl Lamp for Board {
    fn light(&mut self, _: bool) {}
}

fn main() {
    assert_eq!(SensorServer::new(Board).inner_mut().read().0, 1);
    LampServer::new(Board).inner_mut().light(true);
    assert_eq!(SENSOR_INTERFACE.commands.len() + LAMP_INTERFACE.commands.len() + inner::hidden(), 3);
}
