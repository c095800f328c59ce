//! The imports of scripts, as esbuild parses them. Static imports, `export … from` and `import()` of a literal name all
//! count: a script loaded later still names the file it needs. Starting a worker by its address is no import.

use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::graph::{Graph, Import};
use crate::npm::Packages;
use crate::run::read_or_fail;

/// The imports among all scripts below a folder, which is relative to the root. Fails on a syntax error, too.
///
/// # Errors
/// esbuild does not understand a script, or an imported file is missing; its message is in the error.
pub fn imports(packages: &Packages, root: &Path, folder: &str) -> Result<Graph> {
    let found = read_or_fail(packages.imports().arg(root).arg(folder)).context("a script cannot be parsed")?;
    let found: Value = serde_json::from_str(&found).context("xtask/npm/imports.mjs printed no valid JSON")?;
    let mut graph = Graph::default();
    for (file, imports) in found.as_object().into_iter().flatten() {
        for import in imports.as_array().into_iter().flatten() {
            if let [Some(path), Some(name)] = ["path", "name"].map(|key| import[key].as_str()) {
                graph.add(file, path, Import { line: 0, name: name.into() });
            }
        }
    }
    Ok(graph)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{npm, project};

    #[test]
    fn a_cycle_through_a_script_loaded_later_is_found() {
        let root = project::target().join(format!("tmp-cycles-scripts-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("www/lab")).unwrap();
        for (name, text) in [
            ("www/page.js", "import { a } from './lab/a.js'; import './pkg/full.js'; a();"),
            ("www/lab/a.js", "// import '../page.js'\nexport const a = () => import('./b.js');"),
            ("www/lab/b.js", "export * from './a.js';"),
        ] {
            fs::write(root.join(name), text).unwrap();
        }
        let packages = npm::packages().unwrap();
        let cycles = imports(&packages, &root, "www").unwrap().cycles();
        assert_eq!(cycles.len(), 1);
        assert_eq!(cycles[0].files.iter().collect::<Vec<_>>(), ["www/lab/a.js", "www/lab/b.js"]);

        fs::write(root.join("www/lab/b.js"), "export const a = ;").unwrap();
        let error = format!("{:#}", imports(&packages, &root, "www").unwrap_err());
        assert!(error.contains("www/lab/b.js:1:17"), "{error}");
        fs::remove_dir_all(root).unwrap();
    }
}
