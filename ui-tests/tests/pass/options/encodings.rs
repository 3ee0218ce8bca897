//! Types that have only serde, under `repr` and `postcard`; bytes and text under `raw`.

#[derive(serde::Serialize, serde::Deserialize, Debug)]
pub struct Plan {
    pub steps: Vec<(u8, f32)>,
    pub name: Option<String>,
}

#[serialtalk::interface]
pub trait Robot {
    #[command(repr)]
    fn plan(&mut self, plan: Plan) -> Plan;
    #[command(postcard)]
    fn packed(&mut self, plan: Plan, dry: bool) -> Result<Plan, u8>;
    #[command(format = "postcard", returns = "f")]
    fn cost(&mut self, plan: Plan) -> f32;
    #[command(raw)]
    fn upload(&mut self, block: &[u8]) -> heapless::Vec<u8, 32>;
    #[command(raw)]
    fn say(&mut self, text: &str) -> String;
    #[command(returns = "raw")]
    fn download(&mut self, offset: u32) -> Vec<u8>;
}

fn main() {
    let formats: Vec<_> = ROBOT_INTERFACE.commands.iter().map(|it| (it.format, it.return_format)).collect();
    assert_eq!(
        formats,
        [
            ("repr", "repr"),
            ("postcard", "postcard"),
            ("postcard", "f"),
            ("raw", "raw"),
            ("raw", "raw"),
            ("I", "raw")
        ]
    );
}
