//! The types of the scripts, made from Rust: the interface of the wasm, the objects that it returns, and the tables of
//! parameters, views and results.
//!
//! ```text
//! src/web/**         #[wasm_bindgen]            ──> interface ──┐
//! src/**             #[derive(Serialize)]       ──> structs ────┼──> target/types/pkg/full.d.ts
//! tables             parameters, views, results ──> tables ─────┘    target/types/tables.d.ts (and in the package)
//! ```
//!
//! Nothing is compiled for it, so the check of the scripts needs no build of the site.

pub mod interface;
pub mod rust;
pub mod structs;
pub mod tables;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

/// The directory of the types, below `target/`; `www/tsconfig.json` names it, too.
pub const DIRECTORY: &str = "types";

/// The types of the tables, by themselves.
pub const TABLES: &str = "tables.d.ts";

/// Writes all types into this directory.
///
/// # Errors
/// A source cannot be parsed, or has something that has no type here.
pub fn write(root: &Path, directory: &Path) -> Result<()> {
    let package = directory.join("pkg");
    fs::create_dir_all(&package).with_context(|| format!("cannot make {}", package.display()))?;
    let sources = rust::sources(&root.join("src"))?;
    let tables = tables::text(&sources)?;
    let shared = "import type { Changes, GroupName, ParamId, Params, SpanName, Summary, ViewName } from \"../tables.js\";\n\
                  export type * from \"../tables.js\";\n";
    let exports = interface::text(&sources)?;
    let full = [shared, &structs::text(&sources, &exports)?, &exports].join("\n");
    // A script asks whether a function is there before it uses one that the light build lacks.
    let light = "export * from \"./full.js\";\nexport { default } from \"./full.js\";\n";
    for (path, text) in [
        (directory.join(TABLES), tables.as_str()),
        (package.join("full.d.ts"), &full),
        (package.join("deleverage.d.ts"), light),
    ] {
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn all_types_can_be_made() {
        let directory = project::target().join(format!("tmp-types-{}", std::process::id()));
        write(&project::root(), &directory).unwrap();
        let text = fs::read_to_string(directory.join("pkg/full.d.ts")).unwrap();
        for part in ["export class Lab {", "  result(view: string): RunResult;", "export interface Study {"] {
            assert!(text.contains(part), "{part}");
        }
        fs::remove_dir_all(directory).unwrap();
    }
}
