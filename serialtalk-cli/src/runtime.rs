//! What the programs of this user tell each other: the folder `serialtalk` in `$XDG_RUNTIME_DIR`.

#[cfg(unix)]
pub(crate) use unix::{Note, folder, noted};

/// What the demo board notes its target under.
pub(crate) const DEMO: &str = "demo";

#[cfg(unix)]
mod unix {
    use std::env;
    use std::fs::{self, DirBuilder, File, OpenOptions};
    use std::io::{self, Read, Write};
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
    use std::path::{Path, PathBuf};

    use rustix::fs::{FlockOperation, flock};
    use rustix::process::getuid;

    /// The folder, which is made if it is missing. Nobody else may write to it.
    pub(crate) fn folder() -> io::Result<PathBuf> {
        let folder = match env::var_os("XDG_RUNTIME_DIR").filter(|folder| !folder.is_empty()) {
            Some(folder) => Path::new(&folder).join("serialtalk"),
            None => env::temp_dir().join(format!("serialtalk-{}", getuid().as_raw())),
        };
        match DirBuilder::new().mode(0o700).create(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let found = fs::symlink_metadata(&folder)?;
        if found.is_dir() && found.uid() == getuid().as_raw() && found.mode() & 0o022 == 0 {
            return Ok(folder);
        }
        let text = format!("{} belongs to somebody else: set XDG_RUNTIME_DIR", folder.display());
        Err(io::Error::new(io::ErrorKind::PermissionDenied, text))
    }

    /// A note for other programs, as long as this process lives: a locked file.
    pub(crate) struct Note {
        path: PathBuf,
        _locked: File,
    }

    impl Note {
        /// Leaves a note, unless a process that lives has left one of this name.
        pub(crate) fn leave(name: &str, text: &str) -> io::Result<Self> {
            let path = folder()?.join(name);
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path)?;
            flock(&file, FlockOperation::NonBlockingLockExclusive)?;
            file.set_len(0)?;
            file.write_all(text.as_bytes())?;
            Ok(Self { path, _locked: file })
        }
    }

    impl Drop for Note {
        fn drop(&mut self) {
            // A file that stays is not locked any more, and so tells nothing.
            let _ = fs::remove_file(&self.path);
        }
    }

    /// The note of this name, if the process that has left it lives.
    pub(crate) fn noted(name: &str) -> Option<String> {
        let mut file = File::open(folder().ok()?.join(name)).ok()?;
        if flock(&file, FlockOperation::NonBlockingLockShared).is_ok() {
            return None;
        }
        let mut text = String::new();
        file.read_to_string(&mut text).ok()?;
        Some(text)
    }
}

/// The note of this name: there is none where programs cannot leave any.
#[cfg(not(unix))]
pub(crate) fn noted(_name: &str) -> Option<String> {
    None
}
