//! A name for one port after another.

use std::os::unix::fs::symlink;
use std::path::PathBuf;

/// A symbolic link that can point to one port after another, as those in `/dev/serial/by-id` do.
pub(crate) struct PortAlias(PathBuf);

impl PortAlias {
    pub(crate) fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("serialtalk-{name}-{}", std::process::id())))
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    pub(crate) fn point_to(&self, port: &str) {
        self.remove();
        symlink(port, &self.0).unwrap();
    }

    pub(crate) fn remove(&self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Drop for PortAlias {
    fn drop(&mut self) {
        self.remove();
    }
}
