//! Each link from a page to another one leads to a file that exists, and to a heading that it has.

use std::fs::read_to_string;

use super::{pages, root};

#[test]
fn links_lead_somewhere() {
    let readme = root().join("README.md");
    let text = read_to_string(&readme).unwrap();
    let mut count = 0;
    for (page, text) in pages("docs").chain(pages("spec")).chain([(readme, text)]) {
        let name = page.display();
        for link in text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)) {
            if link.starts_with("https://") {
                continue;
            }
            count += 1;
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            assert!(target.exists(), "{name} links to {link}, which does not exist");
            if !heading.is_empty() {
                let has_it =
                    read_to_string(target).unwrap().lines().any(|line| anchor(line) == Some(heading.into()));
                assert!(has_it, "{name} links to {link}, and there is no such heading");
            }
        }
    }
    assert!(count >= 80, "{count} links");
}

/// The anchor of a line, if it is a heading: as GitHub makes it.
fn anchor(line: &str) -> Option<String> {
    let heading = line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#'))?;
    let kept = heading.chars().filter(|&it| it.is_alphanumeric() || it == ' ' || it == '-' || it == '_');
    Some(kept.map(|it| if it == ' ' { '-' } else { it.to_ascii_lowercase() }).collect())
}
