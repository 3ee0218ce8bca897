//! Boards that vanish and return under the same name.

use std::net::SocketAddr;
use std::thread::JoinHandle;

use serialtalk::link::Link;
use serialtalk::{Caller, CommandTable, Service, Timeout};
use serialtalk_hal::fault::Faults;
use serialtalk_hal::memory::{self, MemoryLink};
use serialtalk_hal::pty::PtyLink;
use serialtalk_hal::tcp::TcpServer;
use serialtalk_hal::{LinkError, OpenError, Running, SerialTalk, Spawn, over, pty};

use crate::common::alias::PortAlias;
use crate::common::{LONG_MS, send};
use crate::robot::{Fake, HostClient, RobotServer};

/// The place of a board: a name that stays when the board does not.
pub(crate) struct Place(PortAlias);

/// A board that runs until this is dropped. It is pulled out then.
pub(crate) struct Plugged<'p, S: CommandTable + Service + Send + 'static> {
    place: &'p Place,
    _running: Running<SerialTalk<PtyLink, S>, LinkError>,
}

impl Place {
    pub(crate) fn new(name: &str) -> Self {
        Self(PortAlias::new(name))
    }

    pub(crate) fn path(&self) -> &str {
        self.0.path()
    }

    /// Plugs in a board that serves this.
    pub(crate) fn plug<S: CommandTable + Service + Send + 'static>(&self, service: S) -> Plugged<'_, S> {
        let board = pty::open().unwrap();
        self.0.point_to(board.link().path());
        Plugged { place: self, _running: board.serve(service).spawn() }
    }

    pub(crate) fn plug_robot(&self) -> Plugged<'_, RobotServer<Fake>> {
        self.plug(RobotServer::new(Fake::default()))
    }

    /// Plugs in the end of a line that a test drives itself.
    pub(crate) fn plug_silent(&self) -> PtyLink {
        let board = PtyLink::open().unwrap();
        self.0.point_to(board.path());
        board
    }

    /// Removes the name; what had it is dropped after that, so that no other port gets its path in between.
    pub(crate) fn remove(&self) {
        self.0.remove();
    }
}

impl<S: CommandTable + Service + Send + 'static> Drop for Plugged<'_, S> {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// Runs a robot until so many bytes have crossed its line either way. Returns it, and the link that is to be dropped.
fn live<L: Link<Error = LinkError>>(link: L, bytes: u64) -> (Fake, impl Sized) {
    let link = Faults::seed(0).cut_after(bytes).on(link);
    let mut board = over(link, "board").serve(RobotServer::new(Fake::default()));
    board.run().unwrap_err();
    (core::mem::take(board.state()), board.into_link())
}

/// A robot at `place` that lives one life after another, each until so many bytes have crossed its line either way. Returns
/// what each has experienced.
pub(crate) fn mortal_board(place: Place, lives: Vec<u64>) -> JoinHandle<(Place, Vec<Fake>)> {
    std::thread::spawn(move || {
        let next = |bytes| {
            let link = PtyLink::open().unwrap();
            place.0.point_to(link.path());
            let (robot, link) = live(link, bytes);
            place.remove();
            drop(link);
            robot
        };
        let robots = lives.into_iter().map(next).collect();
        (place, robots)
    })
}

/// A server at one address that lives one life after another, as [`mortal_board`] does. It stops listening after every
/// other life.
pub(crate) fn mortal_server(lives: Vec<u64>) -> (SocketAddr, JoinHandle<(TcpServer, Vec<Fake>)>) {
    let mut server = TcpServer::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr();
    let thread = std::thread::spawn(move || {
        let mut robots = Vec::new();
        for (number, bytes) in lives.into_iter().enumerate() {
            let link = server.accept(LONG_MS).unwrap().expect("the host reconnects");
            let (robot, link) = live(link, bytes);
            robots.push(robot);
            if number % 2 == 1 {
                drop((server, link));
                server = TcpServer::bind(address).unwrap();
            }
        }
        (server, robots)
    });
    (address, thread)
}

/// Two boards, of which the first dies within a command and the second begins with the rest of it; then it makes one call.
/// Returns what opens the links to them.
pub(crate) fn two_halves() -> (JoinHandle<()>, impl FnMut() -> Result<MemoryLink, OpenError> + Send) {
    const COUNT: &[u8] = b"<\x08\x05count\x01z>";
    let ((mut first, host_of_first), (mut second, host_of_second)) = (memory::pair(), memory::pair());
    let boards = std::thread::spawn(move || {
        let answer = |link| {
            let mut board = over(link, "board");
            while !board.process_within(LONG_MS).unwrap() {}
            board
        };
        let (half, rest) = COUNT.split_at(6);
        send(&mut second, rest);
        first = answer(first).into_link();
        send(&mut first, half);
        drop(first);
        let mut second = answer(second);
        second.set_timeout(Timeout::Ms(LONG_MS));
        HostClient::new(&mut second).count().unwrap();
        // Whatever came before it is served when this is answered.
        second.ready(LONG_MS).unwrap();
    });
    let mut hosts = [host_of_first, host_of_second].into_iter();
    (boards, move || hosts.next().ok_or(OpenError::Refused { port: "board".into() }))
}
