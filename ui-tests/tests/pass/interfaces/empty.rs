//! An empty trait, as at the start of an edit.

#[serialtalk::interface]
pub trait Robot {}

struct Board;

impl Robot for Board {}

fn main() {
    RobotServer::new(Board).into_inner();
    assert!(ROBOT_INTERFACE.commands.is_empty());
}
