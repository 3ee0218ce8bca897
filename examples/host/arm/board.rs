//! A robot arm without hardware, for hosts that are tried out: on a virtual serial port, or over TCP.
//!
//! It serves until it is killed. Like a board that was reset, it can be started again, and hosts find it by the same name:
//! `cargo run --example arm_board -- --link /tmp/arm`, and a host opens `/tmp/arm`.

use clap::Parser;
use host_examples::{ARM_WRITE_MS, serve_arm, simulated_arm};
use serialtalk_hal::over;
use serialtalk_hal::tcp::TcpServer;

#[derive(Parser)]
struct Arguments {
    /// Makes this path a symbolic link to the virtual serial port; one that is there is replaced
    #[cfg(unix)]
    #[arg(long)]
    link: Option<std::path::PathBuf>,
    /// Where to listen instead, as 127.0.0.1:8266: for one host at a time
    #[cfg_attr(unix, arg(long, conflicts_with = "link"))]
    #[cfg_attr(not(unix), arg(long, required = true))]
    tcp: Option<String>,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if let Some(address) = arguments.tcp {
        return listen(&address);
    }
    #[cfg(unix)]
    on_a_virtual_port::serve(arguments.link.as_deref())?;
    Ok(())
}

/// Serves one host after the other. The arm goes on while there is none.
fn listen(address: &str) -> anyhow::Result<()> {
    let mut server = TcpServer::bind(address)?;
    println!("simulated arm on {}", server.local_addr());
    let mut arm = simulated_arm();
    loop {
        if let Some(mut link) = server.accept(10)? {
            link.set_write_timeout_ms(ARM_WRITE_MS);
            let name = link.name().to_owned();
            let end = serve_arm(over(link, name), &mut arm);
            println!("a host is gone: {end}");
        }
        arm.step();
    }
}

#[cfg(unix)]
mod on_a_virtual_port {
    use std::io::ErrorKind;
    use std::path::Path;

    use anyhow::{Context, bail};
    use arm::ArmHostClient;
    use host_examples::{ARM_WRITE_MS, serve_arm, simulated_arm};
    use serialtalk_hal::pty;

    pub(super) fn serve(link: Option<&Path>) -> anyhow::Result<()> {
        let mut talk = pty::open()?;
        talk.link_mut().set_write_timeout_ms(ARM_WRITE_MS);
        let path = talk.link().path().to_owned();
        if let Some(link) = link {
            point(link, &path).with_context(|| format!("{} cannot be a link to {path}", link.display()))?;
        }
        println!("simulated arm on {path}");
        // Tells a host that the board was started again.
        ArmHostClient::new(&mut talk).log("started")?;
        Err(serve_arm(talk, &mut simulated_arm()).into())
    }

    /// Makes a link point to `path`, in one step: there is no moment without it.
    fn point(link: &Path, path: &str) -> anyhow::Result<()> {
        match link.symlink_metadata() {
            Ok(found) if !found.is_symlink() => bail!("something else is there, which would be lost"),
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let mut temporary = link.as_os_str().to_owned();
        temporary.push(format!(".{}", std::process::id()));
        std::os::unix::fs::symlink(path, &temporary)?;
        std::fs::rename(&temporary, link)?;
        Ok(())
    }
}
