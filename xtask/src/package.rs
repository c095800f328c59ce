//! `cargo xtask package`: the element as an npm package, packed as `npm publish` would send it.
//!
//! Its files come from a build of the site: `lab.js`, and every file that it names, directly or indirectly. Its README
//! and the types of the element are in `xtask/package/`, those of parameters, views and results are made from the tables.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::build::{self, WasmOpt};
use crate::run::{find, run_quietly};
use crate::{hashed, npm, project, types};

/// The entry of the package.
const ENTRY: &str = "lab.js";

/// The types of the element.
const TYPES: &str = "deleverage.d.ts";

/// Files at the repository's root that go into the package.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// The directory of files whose names scripts make from the language, so that they are not found by name.
const BY_LANGUAGE: &str = "words";

/// Builds the site, writes the package into `target/package/`, and packs the tarball beside it.
///
/// # Errors
/// The site does not build, or there is no npm.
pub fn run() -> Result<()> {
    let directory = project::target().join("package");
    let site = directory.join("site");
    npm::packages()?;
    build::run(&build::Options { out: site.clone(), wasm_opt: WasmOpt::Required, address: None })?;
    let tarball = write(&site, &directory)?;
    println!("\n{}", tarball.display());
    Ok(())
}

/// Writes the package of this site into the directory `deleverage` of `to` and packs it; returns the path of the
/// tarball.
///
/// # Errors
/// The site lacks a file, or npm cannot pack.
pub fn write(site: &Path, to: &Path) -> Result<PathBuf> {
    let package = to.join("deleverage");
    if package.exists() {
        fs::remove_dir_all(&package).with_context(|| format!("cannot empty {}", package.display()))?;
    }
    let site = &site.join(hashed::directory(site).context("the site has no hashed directory")?);
    for name in needed(site)? {
        let to = package.join(&name);
        place(&site.join(&name), &to)?;
        if name.extension().is_some_and(|kind| kind == "js") {
            let script = fs::read_to_string(&to).with_context(|| format!("cannot read {}", to.display()))?;
            fs::write(&to, apart(&script)).with_context(|| format!("cannot write {}", to.display()))?;
        }
    }
    let source = project::root().join("xtask/package");
    place(&source.join("README.md"), &package.join("README.md"))?;
    declare(&package)?;
    for name in LICENCES {
        place(&project::root().join(name), &package.join(name))?;
    }
    let manifest = fs::read_to_string(source.join("package.json")).context("cannot read xtask/package/package.json")?;
    fs::write(package.join("package.json"), filled(&manifest)?).context("cannot write the package.json")?;
    pack(&package, to)
}

/// Writes the types into the directory of the package.
fn declare(package: &Path) -> Result<()> {
    place(&project::root().join("xtask/package").join(TYPES), &package.join(TYPES))?;
    let tables = types::tables::text(&types::rust::sources(&project::root().join("src"))?)?;
    fs::write(package.join(types::TABLES), tables).context("cannot write the types of the tables")
}

/// A script whose style sheets Vite leaves in separate files. Otherwise it inlines small ones as `data:` addresses,
/// which a content security policy may forbid.
fn apart(script: &str) -> String {
    script.replace(".css\",import.meta.url", ".css?no-inline\",import.meta.url")
}

/// The file `package.json` with the version and the licence of the workspace.
fn filled(manifest: &str) -> Result<String> {
    let mut manifest: Value = serde_json::from_str(manifest).context("xtask/package/package.json is not valid JSON")?;
    manifest["version"] = env!("CARGO_PKG_VERSION").into();
    manifest["license"] = env!("CARGO_PKG_LICENSE").into();
    Ok(format!("{manifest:#}\n"))
}

fn pack(package: &Path, to: &Path) -> Result<PathBuf> {
    let Some(npm) = find(&["npm"]) else {
        bail!("`npm` is not on PATH; install Node.js, which includes it (Debian: sudo apt-get install nodejs npm)");
    };
    let tarball = to.join(format!("deleverage-{}.tgz", env!("CARGO_PKG_VERSION")));
    let arguments = ["pack", "--ignore-scripts", "--no-update-notifier", "--pack-destination"];
    run_quietly(Command::new(npm).args(arguments).arg(to).current_dir(package)).context("npm cannot pack")?;
    ensure!(tarball.is_file(), "npm did not write {}", tarball.display());
    Ok(tarball)
}

/// The entry and every file that it names, directly or indirectly, relative to the root of the site.
fn needed(site: &Path) -> Result<BTreeSet<PathBuf>> {
    let all: Vec<_> = hashed::files(site)?.into_iter().map(PathBuf::from).collect();
    let mut found = BTreeSet::new();
    let mut todo = vec![PathBuf::from(ENTRY)];
    while let Some(name) = todo.pop() {
        let path = site.join(&name);
        let script = name.extension().is_some_and(|kind| kind == "js");
        let text = if script { fs::read_to_string(&path) } else { fs::metadata(&path).map(|_| String::new()) };
        let text = text.with_context(|| format!("cannot read {}", path.display()))?;
        let beside = name.parent().unwrap_or(Path::new(""));
        let named = |file: &&PathBuf| {
            file.strip_prefix(beside).is_ok_and(|file| {
                let file = file.to_string_lossy();
                ['"', '\'', '`'].iter().any(|quote| {
                    text.contains(&format!("{quote}./{file}{quote}")) || text.contains(&format!("{quote}{file}{quote}"))
                })
            })
        };
        let by_language =
            |file: &&PathBuf| file.starts_with(BY_LANGUAGE) && text.contains(&format!("./{BY_LANGUAGE}/"));
        todo.extend(
            all.iter().filter(|file| named(file) || by_language(file)).filter(|file| !found.contains(*file)).cloned(),
        );
        found.insert(name);
    }
    Ok(found)
}

fn place(from: &Path, to: &Path) -> Result<()> {
    let parent = to.parent().context("a path without a directory")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    fs::copy(from, to).map(drop).with_context(|| format!("cannot copy {}", from.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_has_exactly_the_files_that_scripts_name() {
        let site = project::target().join(format!("tmp-package-{}", std::process::id()));
        let file = |name: &str, text: &str| {
            fs::create_dir_all(site.join(name).parent().unwrap()).unwrap();
            fs::write(site.join(name), text).unwrap();
        };
        file("lab.js", "import(\"./late.js\"),new URL(\"./pkg/a.js\",import.meta.url),new URL(`./words/${x}.txt`,y)");
        file("late.js", "new URL('late.css',import.meta.url)");
        file("late.css", "\"./index.html\"");
        file("pkg/a.js", "new URL('a.wasm',import.meta.url)");
        for name in ["pkg/a.wasm", "words/es.txt", "index.html", "article.js", "a.wasm"] {
            file(name, "");
        }
        let found = needed(&site).unwrap();
        let expected = ["lab.js", "late.css", "late.js", "pkg/a.js", "pkg/a.wasm", "words/es.txt"];
        assert_eq!(found, expected.iter().map(PathBuf::from).collect());
        fs::remove_dir_all(site).unwrap();
    }

    /// Checks a program that uses the package; returns the findings.
    fn checked(name: &str, program: &str) -> Result<String> {
        let directory = project::target().join(format!("tmp-package-{name}-{}", std::process::id()));
        let package = directory.join("node_modules/deleverage");
        fs::create_dir_all(&package).unwrap();
        declare(&package).unwrap();
        let manifest = project::root().join("xtask/package/package.json");
        place(&manifest, &package.join("package.json")).unwrap();
        let path = directory.join("author.ts");
        fs::write(&path, program).unwrap();
        let options = ["--strict", "--noEmit", "--target", "es2022", "--module", "esnext"];
        let mut tsc = npm::packages().unwrap().tsc();
        tsc.args(options).args(["--moduleResolution", "bundler", "--types", "", "--ignoreConfig"]).arg(path);
        let found = crate::run::read_or_fail(&mut tsc);
        fs::remove_dir_all(directory).unwrap();
        found
    }

    #[test]
    fn the_types_let_a_program_pass_that_uses_the_package_as_documented() {
        checked(
            "right",
            "import \"deleverage\";
             import type { Change, DeleverageAttributes, Params, Results, ViewName } from \"deleverage\";
             const lab = document.querySelector(\"deleverage-lab\")!;
             lab.params = { leverage: 20, bot_latency: 30, adl: \"on\", seed: 2n };
             lab.params = { bots: \"45.5\", seed: \"18446744073709551615\" };
             lab.addEventListener(\"deleverage:change\", ({ detail }) => {
               const { params, summary }: Change = detail;
               const fall: number = summary.greatest_fall_percent + params.shock;
               const r: number | null = summary.r_peak;
               const order: \"sale\" | \"purchase\" = params.first_order;
               console.log(fall, r, order, summary.digest.length, summary.bots);
             });
             await lab.ready;
             const now: Params | undefined = lab.params;
             const results: Results | undefined = lab.summary;
             if (now) lab.params = now;
             const views: ViewName[] = [\"market\", \"price\"];
             const attributes: DeleverageAttributes = {
               view: \"price sales\", controls: \"bots leverage\", leverage: 20, \"bot-latency\": \"30\", span: \"all\",
             };
             console.log(results?.halts, results?.crowds?.r_peak?.p50, views, attributes, lab.show(\"bots=50\").length);",
        )
        .unwrap();
    }

    #[test]
    fn the_types_find_wrong_names_and_values() {
        let wrong = [
            ("lab.params = { levarage: 20 };", "'levarage' does not exist in type 'Changes'"),
            ("lab.params = { leverage: true };", "Type 'true' is not assignable"),
            ("lab.params = { adl: \"perhaps\" };", "Type '\"perhaps\"' is not assignable"),
            ("lab.summary!.greatest_fall;", "Property 'greatest_fall' does not exist"),
            ("const a: DeleverageAttributes = { view: \"prices\" };", "Type '\"prices\"' is not assignable"),
            ("const b: DeleverageAttributes = { controls: \"bots levarage\" };", "is not assignable"),
            ("const c: DeleverageAttributes = { \"bot-latencies\": 3 };", "'\"bot-latencies\"' does not exist"),
        ];
        let mut program = String::from(
            "import type { DeleverageAttributes } from \"deleverage\"; import \"deleverage\";\n\
             const lab = document.querySelector(\"deleverage-lab\")!;\n",
        );
        program.extend(wrong.iter().flat_map(|(line, _)| [*line, "\n"]));
        let error = checked("wrong", &program).unwrap_err().to_string();
        for (number, (line, said)) in wrong.iter().enumerate() {
            let place = format!("author.ts({},", number + 3);
            assert!(error.lines().any(|one| one.contains(&place) && one.contains(said)), "{line}: {error}");
        }
    }

    #[test]
    fn the_manifest_has_the_workspace_version_and_no_install_scripts() {
        let text = fs::read_to_string(project::root().join("xtask/package/package.json")).unwrap();
        let manifest: Value = serde_json::from_str(&filled(&text).unwrap()).unwrap();
        assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!(manifest["license"], "MIT OR Apache-2.0");
        assert!(manifest.get("scripts").is_none() && manifest.get("dependencies").is_none());
    }
}
