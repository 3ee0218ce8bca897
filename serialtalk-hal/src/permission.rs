//! Which group may open a device node.

use std::path::Path;

/// The group to join in order to open `node`: the one that owns it, if the node admits its group and the group is one
/// that users join; `dialout` if the node cannot be looked at. `None` where joining a group would not help.
pub(crate) fn group_of(node: &Path) -> Option<String> {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt;
        let Ok(metadata) = std::fs::metadata(node) else {
            return Some("dialout".into());
        };
        if !is_for_users(metadata.gid(), metadata.mode()) {
            return None;
        }
        let groups = std::fs::read_to_string("/etc/group").unwrap_or_default();
        Some(name_of(metadata.gid(), &groups).unwrap_or("dialout").into())
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = node;
        None
    }
}

/// Whether a node of group `id` admits its group, and that is not the group of the administrator.
#[cfg(target_os = "linux")]
fn is_for_users(id: u32, mode: u32) -> bool {
    const READ_AND_WRITE: u32 = 0o060;
    id != 0 && mode & READ_AND_WRITE == READ_AND_WRITE
}

/// Finds the name of a group in the text of `/etc/group`: lines of `name:password:id:members`.
#[cfg(target_os = "linux")]
fn name_of(id: u32, groups: &str) -> Option<&str> {
    groups.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(id)).then_some(name)
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_name_belongs_to_the_id() {
        let groups = "root:x:0:\nbroken\ndialout:x:20:ann,bob\nuucp:x:10:\n";
        assert_eq!(name_of(20, groups), Some("dialout"));
        assert_eq!(name_of(10, groups), Some("uucp"));
        assert_eq!(name_of(2, groups), None);
    }

    #[test]
    fn a_node_that_cannot_be_looked_at_is_taken_for_a_usual_one() {
        assert_eq!(group_of(Path::new("/dev/no-such-node")), Some("dialout".into()));
    }

    #[test]
    fn only_a_group_with_access_that_users_join_is_named() {
        assert!(is_for_users(20, 0o20660));
        assert!(!is_for_users(20, 0o20620));
        assert!(!is_for_users(20, 0o20600));
        assert!(!is_for_users(0, 0o20660));
    }
}
