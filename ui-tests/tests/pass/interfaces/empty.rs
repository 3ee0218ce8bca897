//! Nothing yet: the first thing an editor sees.

#[serialtalk::interface]
pub trait Robot {}

struct Board;

impl Robot for Board {}

fn main() {
    RobotServer::new(Board).into_inner();
    assert!(ROBOT_INTERFACE.commands.is_empty());
}
