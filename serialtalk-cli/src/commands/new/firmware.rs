//! The boards that firmware is made for.

use clap::ValueEnum;

use super::templates::{self, Template};

/// The board that firmware in Rust is made for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Firmware {
    /// No firmware in Rust
    #[default]
    None,
    /// BBC micro:bit v1: nRF51, Cortex-M0; QEMU runs it
    Microbit,
    /// LM3S6965 evaluation board: Cortex-M3, with a watchdog; QEMU runs it
    Lm3s6965evb,
    /// QEMU's own RISC-V board
    RiscvVirt,
    /// Raspberry Pi Pico: RP2040, by embassy
    Pico,
    /// Raspberry Pi Pico 2: RP2350, by embassy
    #[value(name = "pico-2")]
    Pico2,
    /// ESP32-C3: RISC-V, by esp-hal
    Esp32c3,
    /// OpenMV Cam H7: STM32H743, by embassy
    Openmv,
    /// Pyboard v1.1: STM32F405; QEMU runs it
    Pyboard,
    /// Arduino Mega 2560: an AVR; QEMU runs it
    ArduinoMega,
    /// Arduino Zero and MKR boards: ATSAMD21
    ArduinoZero,
}

/// The firmware of a board.
#[derive(Debug, Clone, Copy)]
pub(super) struct Port {
    /// The name of the board, with its article.
    pub(super) board: &'static str,
    /// The compiler's name of its processor.
    pub(super) target: &'static str,
    /// The feature that chooses the chip, where the template is for several.
    pub(super) chip: Option<&'static str>,
    pub(super) way: Way,
    pub(super) template: &'static Template,
}

/// What `cargo run` does with firmware.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    pub(super) does: &'static str,
    /// What has to be installed for it and for the build, beside Rust.
    pub(super) needs: &'static str,
}

const QEMU_ARM: Way = Way {
    does: "the board starts in QEMU, which says its port",
    needs: "QEMU (Debian: apt install qemu-system-arm)",
};

const QEMU_MISC: Way = Way { needs: "QEMU (Debian: apt install qemu-system-misc)", ..QEMU_ARM };

const QEMU_AVR: Way = Way {
    needs: "QEMU, avr-gcc and avr-libc (Debian: apt install qemu-system-misc gcc-avr avr-libc)",
    ..QEMU_ARM
};

const PROBE: Way =
    Way { does: "a debug probe puts the firmware on the board", needs: "probe-rs (https://probe.rs)" };

const BOOTSEL: Way = Way {
    does: "puts the firmware on a board in BOOTSEL mode",
    needs: "picotool (https://github.com/raspberrypi/picotool)",
};

const ESPFLASH: Way =
    Way { does: "puts the firmware on the board", needs: "espflash (cargo install espflash)" };

impl Firmware {
    /// The firmware, if there is to be some.
    pub(super) fn port(self) -> Option<Port> {
        let port = |board, target, way, template| Port { board, target, chip: None, way, template };
        let for_chip = |chip, port| Port { chip: Some(chip), ..port };
        Some(match self {
            Self::None => return None,
            Self::Microbit => {
                port("a BBC micro:bit v1", "thumbv6m-none-eabi", QEMU_ARM, &templates::MICROBIT)
            }
            Self::Lm3s6965evb => {
                port("an LM3S6965 evaluation board", "thumbv7m-none-eabi", QEMU_ARM, &templates::LM3S6965EVB)
            }
            Self::RiscvVirt => port(
                "QEMU's own RISC-V board",
                "riscv32imc-unknown-none-elf",
                QEMU_MISC,
                &templates::RISCV_VIRT,
            ),
            Self::Pico => for_chip(
                "rp2040",
                port("a Raspberry Pi Pico", "thumbv6m-none-eabi", BOOTSEL, &templates::PICO),
            ),
            Self::Pico2 => for_chip(
                "rp2350",
                port("a Raspberry Pi Pico 2", "thumbv8m.main-none-eabihf", BOOTSEL, &templates::PICO),
            ),
            Self::Esp32c3 => {
                port("an ESP32-C3", "riscv32imc-unknown-none-elf", ESPFLASH, &templates::ESP32C3)
            }
            Self::Openmv => port("an OpenMV Cam H7", "thumbv7em-none-eabihf", PROBE, &templates::OPENMV),
            Self::Pyboard => for_chip(
                "pyboard",
                port("a Pyboard v1.1", "thumbv7em-none-eabihf", QEMU_ARM, &templates::PYBOARD),
            ),
            Self::ArduinoMega => port("an Arduino Mega 2560", "avr-none", QEMU_AVR, &templates::ARDUINO_MEGA),
            Self::ArduinoZero => {
                port("an Arduino Zero", "thumbv6m-none-eabi", PROBE, &templates::ARDUINO_ZERO)
            }
        })
    }
}
