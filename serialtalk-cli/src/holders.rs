//! Which programs have a port open, where the operating system tells.

use std::path::Path;

/// A program that has a port open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) pid: u32,
    /// The name of its program.
    pub(crate) name: String,
}

/// The programs of this user, but for this one, that have a port open. Linux tells; elsewhere there are none.
pub(crate) fn holders(port: &Path) -> Vec<Holder> {
    let Ok(port) = port.canonicalize() else { return Vec::new() };
    let Ok(processes) = std::fs::read_dir("/proc") else { return Vec::new() };
    let has_open = |process: &Path| {
        let Ok(files) = std::fs::read_dir(process.join("fd")) else { return false };
        files.flatten().any(|file| std::fs::read_link(file.path()).is_ok_and(|path| path == port))
    };
    let holder = |process: std::fs::DirEntry| {
        let pid = process.file_name().to_str()?.parse().ok()?;
        let is_other = pid != std::process::id();
        let name = std::fs::read_to_string(process.path().join("comm")).ok()?;
        (is_other && has_open(&process.path())).then(|| Holder { pid, name: name.trim_end().to_owned() })
    };
    let mut holders: Vec<_> = processes.flatten().filter_map(holder).collect();
    holders.sort_by_key(|holder| holder.pid);
    holders
}

impl std::fmt::Display for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (process {})", self.name, self.pid)
    }
}
