//! The serial ports of this machine: listed, and chosen by path, by USB id or as the only one.

use core::fmt;
use core::str::FromStr;

use crate::OpenError;

/// Which port to open.
///
/// Read from text: `auto` is the only one there is, `usb:2e8a:0005` or `usb:2e8a:0005:SERIAL` is a USB device by its ids
/// (in hexadecimal), anything else is a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortName {
    /// A path, or the name that the operating system gives the port: `/dev/ttyUSB0`, `COM3`.
    Path(String),
    /// The port of a USB device, whatever its path is today.
    Usb(UsbId),
    /// The only port there is: the only one on USB or, if there is none on USB, the only one at all.
    Only,
}

/// The ids of a USB device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbId {
    /// The vendor's id.
    pub vendor: u16,
    /// The product's id.
    pub product: u16,
    /// The serial number; needed only where several such devices are there.
    pub serial: Option<String>,
}

/// A serial port of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PortInfo {
    /// What to open: `/dev/ttyACM0`, `COM3`.
    pub path: String,
    /// The USB device, if the port belongs to one.
    pub usb: Option<UsbInfo>,
}

/// The descriptors of a USB device.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UsbInfo {
    /// Its ids.
    pub id: UsbId,
    /// The manufacturer.
    pub manufacturer: Option<String>,
    /// The product name.
    pub product: Option<String>,
}

/// Lists the serial ports of this machine, sorted by path. Ptys are not among them.
///
/// # Errors
///
/// [`OpenError::Io`] where the operating system does not tell.
#[cfg(feature = "serial")]
pub fn list() -> Result<Vec<PortInfo>, OpenError> {
    // Containers may lack this folder, and the search below takes it for granted.
    if cfg!(target_os = "linux") && !std::path::Path::new("/sys/class/tty").is_dir() {
        return Ok(Vec::new());
    }
    let found = serialport::available_ports()
        .map_err(|error| OpenError::from_io("the list of serial ports", &error.into()))?;
    Ok(in_order(found.into_iter().map(PortInfo::from).collect()))
}

impl PortName {
    /// The path of the port as of now. A path is returned as it is, whether there is such a port or not.
    ///
    /// # Errors
    ///
    /// [`OpenError::NotFound`] if no such device is there, [`OpenError::NotTheOnlyOne`] if there are several.
    #[cfg(feature = "serial")]
    pub fn find(&self) -> Result<String, OpenError> {
        match self {
            Self::Path(path) => Ok(path.clone()),
            Self::Usb(_) | Self::Only => self.choose(list()?),
        }
    }

    #[cfg(feature = "serial")]
    fn choose(&self, ports: Vec<PortInfo>) -> Result<String, OpenError> {
        let wanted: Vec<&PortInfo> = match self {
            Self::Path(path) => return Ok(path.clone()),
            Self::Usb(id) => {
                ports.iter().filter(|port| port.usb.as_ref().is_some_and(|usb| id.admits(&usb.id))).collect()
            }
            Self::Only if ports.iter().any(|port| port.usb.is_some()) => {
                ports.iter().filter(|port| port.usb.is_some()).collect()
            }
            Self::Only => ports.iter().collect(),
        };
        match (wanted.as_slice(), self) {
            ([only], _) => Ok(only.path.clone()),
            ([], Self::Usb(id)) => Err(OpenError::NotFound { port: id.to_string(), ports }),
            _ => Err(OpenError::NotTheOnlyOne { ports: wanted.into_iter().cloned().collect() }),
        }
    }
}

impl FromStr for PortName {
    type Err = OpenError;

    fn from_str(text: &str) -> Result<Self, OpenError> {
        let bad = || OpenError::BadName { name: text.into() };
        match text.strip_prefix("usb:") {
            None if text == "auto" => Ok(Self::Only),
            None if text.is_empty() || text.contains("://") => Err(bad()),
            None => Ok(Self::Path(text.into())),
            Some(id) => UsbId::parse(id).map(Self::Usb).ok_or_else(bad),
        }
    }
}

impl fmt::Display for PortName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.write_str(path),
            Self::Usb(id) => id.fmt(f),
            Self::Only => f.write_str("auto"),
        }
    }
}

impl UsbId {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ':');
        let vendor = u16::from_str_radix(parts.next()?, 16).ok()?;
        let product = u16::from_str_radix(parts.next()?, 16).ok()?;
        Some(Self { vendor, product, serial: parts.next().map(Into::into) })
    }

    #[cfg(feature = "serial")]
    fn admits(&self, other: &Self) -> bool {
        (self.vendor, self.product) == (other.vendor, other.product)
            && (self.serial.is_none() || self.serial == other.serial)
    }
}

impl fmt::Display for UsbId {
    /// Writes `usb:2e8a:0005:SERIAL`, which names the port.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "usb:{:04x}:{:04x}", self.vendor, self.product)?;
        match &self.serial {
            Some(serial) => write!(f, ":{serial}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for PortInfo {
    /// Writes `/dev/ttyACM0 (usb:2e8a:0005:SERIAL, Board in FS mode)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        let Some(usb) = &self.usb else { return Ok(()) };
        write!(f, " ({}", usb.id)?;
        if let Some(product) = &usb.product {
            write!(f, ", {product}")?;
        }
        f.write_str(")")
    }
}

#[cfg(feature = "serial")]
impl From<serialport::SerialPortInfo> for PortInfo {
    fn from(found: serialport::SerialPortInfo) -> Self {
        let usb = match found.port_type {
            serialport::SerialPortType::UsbPort(usb) => Some(UsbInfo {
                id: UsbId { vendor: usb.vid, product: usb.pid, serial: usb.serial_number },
                manufacturer: usb.manufacturer,
                product: usb.product,
            }),
            _ => None,
        };
        Self { path: found.port_name, usb }
    }
}

/// Sorts the ports and leaves out those that macOS lists twice: `/dev/tty.X` is `/dev/cu.X` for incoming calls.
#[cfg(feature = "serial")]
fn in_order(mut ports: Vec<PortInfo>) -> Vec<PortInfo> {
    ports.sort_by(|a, b| a.path.cmp(&b.path));
    let outgoing: Vec<String> =
        ports.iter().filter_map(|port| port.path.strip_prefix("/dev/cu.")).map(Into::into).collect();
    ports.retain(|port| {
        port.path.strip_prefix("/dev/tty.").is_none_or(|name| !outgoing.iter().any(|other| other == name))
    });
    ports
}

#[cfg(all(test, feature = "serial"))]
mod tests {
    use super::*;

    fn plain(path: &str) -> PortInfo {
        PortInfo { path: path.into(), usb: None }
    }

    fn usb(path: &str, product: u16, serial: &str) -> PortInfo {
        let id = UsbId { vendor: 0x2e8a, product, serial: Some(serial.into()) };
        PortInfo {
            path: path.into(),
            usb: Some(UsbInfo { id, manufacturer: None, product: Some("Pico".into()) }),
        }
    }

    fn choose(name: &str, ports: &[PortInfo]) -> Result<String, OpenError> {
        name.parse::<PortName>().unwrap().choose(ports.to_vec())
    }

    #[test]
    fn names_are_read_and_written() {
        let id = UsbId { vendor: 0x2e8a, product: 5, serial: Some("E6:60".into()) };
        for (text, name) in [
            ("auto", PortName::Only),
            ("/dev/ttyUSB0", PortName::Path("/dev/ttyUSB0".into())),
            ("COM3", PortName::Path("COM3".into())),
            ("usb:2e8a:0005", PortName::Usb(UsbId { serial: None, ..id.clone() })),
            ("usb:2e8a:0005:E6:60", PortName::Usb(id)),
        ] {
            assert_eq!(text.parse(), Ok(name.clone()));
            assert_eq!(name.to_string(), text);
        }
    }

    #[test]
    fn a_name_that_cannot_be_read_is_an_error_that_says_what_can() {
        for text in ["", "usb:", "usb:2e8a", "usb:2e8a:", "usb:zz:0005", "usb:12345:1", "tcp://robot:8266"] {
            let error = text.parse::<PortName>().unwrap_err();
            assert_eq!(error, OpenError::BadName { name: text.into() });
            assert_eq!(
                error.to_string(),
                format!(
                    "`{text}` is no serial port: expected a path such as /dev/ttyUSB0 or COM3, `auto` for the only port \
                     there is, `usb:VENDOR:PRODUCT` or `usb:VENDOR:PRODUCT:SERIAL` in hexadecimal as in usb:2e8a:0005; \
                     `serialtalk_hal::open` takes `tcp://HOST:PORT`, too"
                )
            );
        }
    }

    #[test]
    fn the_only_port_is_the_only_one_on_usb() {
        let ports = [plain("/dev/ttyS0"), usb("/dev/ttyACM0", 5, "a"), plain("/dev/ttyS1")];
        assert_eq!(choose("auto", &ports).unwrap(), "/dev/ttyACM0");
    }

    #[test]
    fn without_usb_the_only_port_is_the_only_one() {
        assert_eq!(choose("auto", &[plain("/dev/ttyS0")]).unwrap(), "/dev/ttyS0");
        let two = [plain("/dev/ttyS0"), plain("/dev/ttyS1")];
        assert_eq!(choose("auto", &two), Err(OpenError::NotTheOnlyOne { ports: two.to_vec() }));
    }

    #[test]
    fn of_two_ports_on_usb_neither_is_taken_and_both_are_named() {
        let ports = [usb("/dev/ttyACM0", 5, "a"), usb("/dev/ttyACM1", 5, "b"), plain("/dev/ttyS0")];
        let text = choose("auto", &ports).unwrap_err().to_string();
        assert_eq!(
            text,
            "cannot choose a port: there are /dev/ttyACM0 (usb:2e8a:0005:a, Pico), \
             /dev/ttyACM1 (usb:2e8a:0005:b, Pico); name one, or put it into SERIALTALK_PORT"
        );
    }

    #[test]
    fn no_port_is_an_error_of_its_own() {
        let text = choose("auto", &[]).unwrap_err().to_string();
        assert_eq!(
            text,
            "cannot choose a port: there is no serial port on this machine; name one, or put it into SERIALTALK_PORT"
        );
    }

    #[test]
    fn a_usb_id_finds_its_device() {
        let ports =
            [usb("/dev/ttyACM0", 5, "a"), usb("/dev/ttyACM1", 5, "b"), usb("/dev/ttyACM2", 0x000a, "c")];
        assert_eq!(choose("usb:2e8a:a", &ports).unwrap(), "/dev/ttyACM2");
        assert_eq!(choose("usb:2e8a:0005:b", &ports).unwrap(), "/dev/ttyACM1");
        assert_eq!(
            choose("usb:2e8a:0005", &ports),
            Err(OpenError::NotTheOnlyOne { ports: ports[..2].to_vec() })
        );
        assert_eq!(
            choose("usb:2e8a:beef", &ports),
            Err(OpenError::NotFound { port: "usb:2e8a:beef".into(), ports: ports.to_vec() })
        );
    }

    #[test]
    fn a_port_that_is_listed_twice_counts_once() {
        let ports = in_order(vec![plain("/dev/tty.usb1"), plain("/dev/tty.other"), plain("/dev/cu.usb1")]);
        assert_eq!(ports, [plain("/dev/cu.usb1"), plain("/dev/tty.other")]);
    }

    #[test]
    fn listing_works_on_this_machine() {
        let ports = list().unwrap();
        assert!(ports.is_sorted_by(|a, b| a.path <= b.path), "{ports:?}");
    }
}
