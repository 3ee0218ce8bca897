//! Values for PlotJuggler.

use std::net::UdpSocket;
use std::time::Duration;

use serde_json::json;

use crate::board::Board;
use crate::support::Place;
use crate::watching::Watching;

#[test]
fn each_value_is_a_datagram_with_the_time_and_the_names() {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let address = socket.local_addr().unwrap().to_string();
    let place = Place::new();
    let _board = Board::new(&place, "arm");
    let arguments = ["place", "level", "--udp", &address, "--json", "--hz", "100"];
    let watching = Watching::new(&place, "./arm", &arguments);
    let mut buffer = [0; 4096];
    let mut received = || -> serde_json::Value {
        let count = socket.recv(&mut buffer).unwrap();
        serde_json::from_slice(&buffer[..count]).unwrap()
    };
    for number in [1, 2] {
        let (sample, datagram) = (watching.json(), received());
        assert_eq!(datagram["./arm"], json!({ "place": { "x": number, "y": 0.5 } }));
        let [time, timestamp] = [&sample["time"], &datagram["timestamp"]].map(|it| it.as_f64().unwrap());
        assert!((time - timestamp).abs() < 2e-6, "{time} {timestamp}");
        watching.json();
        assert_eq!(received()["./arm"], json!({ "level": 0 }));
    }
    watching.interrupted();
}
