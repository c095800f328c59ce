//! The flat layout of the site: scripts and style sheets of all folders of `www/` go into one directory, under the
//! names that pages and authors use.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// The folders of `www/` that hold scripts and style sheets.
const FOLDERS: [&str; 8] = ["article", "core", "css", "element", "embed", "lab", "lesson", "workers"];

/// Moves the files of these folders to the root of the site and updates the imports of scripts.
///
/// # Errors
/// Two files have the same name, or one cannot be read or moved.
pub fn write(site: &Path) -> Result<()> {
    for folder in FOLDERS {
        let folder = site.join(folder);
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let from = entry?.path();
            let to = site.join(from.file_name().unwrap_or_default());
            ensure!(!to.exists(), "two files of the site are called {}", to.display());
            fs::rename(&from, &to).with_context(|| format!("cannot move {}", from.display()))?;
        }
        fs::remove_dir(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    for entry in fs::read_dir(site).with_context(|| format!("cannot read {}", site.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "js") {
            let script = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            fs::write(&path, beside(script)).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

/// A script whose imports are relative to the root of the site.
fn beside(mut script: String) -> String {
    for quote in ['"', '`'] {
        for folder in FOLDERS {
            for from in [".", ".."] {
                script = script.replace(&format!("{quote}{from}/{folder}/"), &format!("{quote}./"));
            }
        }
        script = script.replace(&format!("{quote}../"), &format!("{quote}./"));
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn imports_become_relative_to_the_root() {
        let script =
            "import \"./dom.js\"; import \"../lab/map.js\"; `../words/${x}.txt`; \"./css/a.css\"; \"./lessons/\"";
        let flat = "import \"./dom.js\"; import \"./map.js\"; `./words/${x}.txt`; \"./a.css\"; \"./lessons/\"";
        assert_eq!(beside(script.into()), flat);
    }

    #[test]
    fn two_files_of_the_same_name_are_an_error() {
        let site = project::target().join(format!("tmp-flat-{}", std::process::id()));
        let _ = fs::remove_dir_all(&site);
        for folder in FOLDERS {
            fs::create_dir_all(site.join(folder)).unwrap();
        }
        fs::write(site.join("core/a.js"), "import \"./b.js\"").unwrap();
        fs::write(site.join("lab/b.js"), "import \"../core/a.js\"").unwrap();
        write(&site).unwrap();
        assert_eq!(fs::read_to_string(site.join("b.js")).unwrap(), "import \"./a.js\"");
        assert!(!site.join("core").exists());
        for folder in FOLDERS {
            fs::create_dir_all(site.join(folder)).unwrap();
        }
        fs::write(site.join("core/b.js"), "").unwrap();
        assert!(write(&site).unwrap_err().to_string().contains("two files"));
        fs::remove_dir_all(site).unwrap();
    }
}
