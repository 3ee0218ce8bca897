//! Calls a board of `serialtalk-zenoh demo`, which runs in another terminal: `cargo run -p serialtalk-zenoh --example call`.

use serialtalk_zenoh::demo::ArmClient;
use serialtalk_zenoh::{Access, board, boards};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let session = Access::default().open()?;
    for list in boards(&session, "robots")? {
        let names: Vec<_> = list.boards.iter().map(|board| board.board.as_str()).collect();
        println!("{} has {}", list.gateway, names.join(", "));
    }

    let mut arm = ArmClient::over(board(&session, "robots/*/arm1")?);
    println!("5.9 × 94 = {}", arm.mult(5.9, 94.0)?);
    println!("acceleration {:?}", arm.imu()?);
    match arm.led(400) {
        Ok(hue) => println!("the lamp has hue {hue}"),
        Err(error) => println!("{error}"),
    }
    println!("turned to {}°", arm.turn(30.0)?);
    Ok(())
}
