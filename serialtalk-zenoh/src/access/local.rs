//! The socket of this machine.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::AccessError;

/// The address of the socket at which the gateway of this machine listens, for its user.
pub(super) fn address() -> Result<String, AccessError> {
    let socket = match std::env::var_os("XDG_RUNTIME_DIR").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder).join("serialtalk-fleet.sock"),
        None => {
            let user = rustix::process::getuid().as_raw();
            let folder = PathBuf::from(format!("/tmp/serialtalk-{user}"));
            own(&folder, user)?;
            folder.join("fleet.sock")
        }
    };
    Ok(format!("unixsock-stream/{}", socket.display()))
}

/// Makes a folder for this user alone, or checks that it is one.
fn own(folder: &Path, user: u32) -> Result<(), AccessError> {
    let failed = |error: io::Error| AccessError::File { path: folder.into(), text: error.to_string() };
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
        _ => {}
    }
    let found = fs::symlink_metadata(folder).map_err(failed)?;
    let is_ours = found.is_dir() && found.uid() == user && found.mode() & 0o077 == 0;
    is_ours.then_some(()).ok_or_else(|| AccessError::Folder { folder: folder.into() })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_folder_that_others_can_write_to_or_that_is_a_link_is_refused() {
        let user = rustix::process::getuid().as_raw();
        let base = std::env::temp_dir().join(format!("serialtalk-own-{}", std::process::id()));
        let folder = base.join("socket");
        fs::create_dir(&base).unwrap();
        assert_eq!(own(&folder, user), Ok(()));
        assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o777, 0o700);
        assert_eq!(own(&folder, user), Ok(()), "the second time it is there");

        let refused = Err(AccessError::Folder { folder: folder.clone() });
        assert_eq!(own(&folder, user + 1), refused, "of another user");
        fs::set_permissions(&folder, PermissionsExt::from_mode(0o770)).unwrap();
        assert_eq!(own(&folder, user), refused);
        fs::set_permissions(&folder, PermissionsExt::from_mode(0o700)).unwrap();
        let link = base.join("link");
        std::os::unix::fs::symlink(&folder, &link).unwrap();
        assert_eq!(own(&link, user), Err(AccessError::Folder { folder: link }));
        fs::remove_dir_all(&base).unwrap();
    }
}
