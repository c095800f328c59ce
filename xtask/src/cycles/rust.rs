//! The imports of a crate's files, as `syn` parses them.
//!
//! Every path counts, in a `use`, in code or in the arguments of a macro. It leads to the file that defines the item,
//! through modules, `use` and re-exports:
//!
//! - A module that only declares or re-exports its children imports nothing, and using a name that it re-exports is an
//!   import of the child.
//! - A child that uses an item defined in its parent's file imports the parent. If the parent uses the child, too, that
//!   is a cycle.
//! - Naming a module is no import; naming an item in it is.
//! - Code under `#[cfg(test)]` does not count, nor do links in documentation, `pub(in …)`, and calls of methods, which
//!   have no path.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Item, ItemMod, ItemUse, Macro, Meta, Token, UseTree, VisRestricted, Visibility, punctuated};

use super::graph::{Graph, Import};

/// The imports among the files of a crate. `first` is its root file, relative to `root`.
///
/// # Errors
/// A file cannot be read or parsed, or a module has no file.
pub fn imports(root: &Path, first: &Path) -> Result<Graph> {
    let mut tree = Crate::default();
    let folder = first.parent().unwrap_or(first).to_path_buf();
    tree.load(root, first, &folder, None)?;
    Ok(tree.graph())
}

/// The modules of a crate; the first is its root.
#[derive(Debug, Default)]
struct Crate {
    modules: Vec<Module>,
    /// The file of each macro. Macros are visible by name in the whole crate.
    macros: BTreeMap<String, String>,
}

/// A module, in a file or inline.
#[derive(Debug, Default)]
struct Module {
    file: String,
    parent: Option<usize>,
    children: BTreeMap<String, usize>,
    items: BTreeSet<String>,
    /// Names that `use` brings in, and their paths.
    names: BTreeMap<String, Vec<String>>,
    /// Paths of `use …::*`.
    globs: Vec<Vec<String>>,
    mentions: Vec<Mention>,
}

/// A path in the code.
#[derive(Debug)]
struct Mention {
    path: Vec<String>,
    line: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Use,
    /// A `pub use`; no import if the name is from a module below.
    Reexport,
    Code,
    Macro,
}

/// The target of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Module(usize),
    Item(String),
}

impl Crate {
    /// Loads a file and the modules below it.
    fn load(&mut self, root: &Path, file: &Path, folder: &Path, parent: Option<usize>) -> Result<usize> {
        let text = fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {}", file.display()))?;
        let parsed = syn::parse_file(&text).map_err(|error| {
            let at = error.span().start();
            anyhow!("{}:{}:{}: {error}", file.display(), at.line, at.column + 1)
        })?;
        self.module(root, file, folder, parent, &parsed.items)
    }

    fn module(
        &mut self,
        root: &Path,
        file: &Path,
        folder: &Path,
        parent: Option<usize>,
        items: &[Item],
    ) -> Result<usize> {
        let this = self.modules.len();
        let name = file.to_string_lossy().replace('\\', "/");
        let mut reader = Reader { module: Module { file: name.clone(), parent, ..Module::default() } };
        for item in items {
            reader.visit_item(item);
            if let Some(defined) = defined(item) {
                reader.module.items.insert(defined);
            }
        }
        self.modules.push(reader.module);
        for item in items {
            match item {
                Item::Mod(child) if !only_for_tests(&child.attrs) => {
                    let below = folder.join(child.ident.to_string());
                    let loaded = match &child.content {
                        Some((_, items)) => self.module(root, file, &below, Some(this), items)?,
                        None => self.load(root, &file_of(root, folder, child)?, &below, Some(this))?,
                    };
                    self.modules[this].children.insert(child.ident.to_string(), loaded);
                }
                Item::Macro(rules) => {
                    self.macros.extend(rules.ident.iter().map(|ident| (ident.to_string(), name.clone())));
                }
                _ => {}
            }
        }
        Ok(this)
    }

    fn graph(&self) -> Graph {
        let mut graph = Graph::default();
        for (at, module) in self.modules.iter().enumerate() {
            for Mention { path, line, kind } in &module.mentions {
                let mut targets = self.resolve(at, path, &mut BTreeSet::new());
                if targets.is_empty() && *kind != Kind::Code {
                    targets.extend(path.last().and_then(|name| self.macros.get(name)).cloned().map(Target::Item));
                }
                for target in targets {
                    let Target::Item(file) = target else { continue };
                    if *kind != Kind::Reexport || !self.is_below(at, &file) {
                        graph.add(&module.file, &file, Import { line: *line, name: path.join("::") });
                    }
                }
            }
        }
        graph
    }

    /// Whether the file belongs to a module below this one.
    fn is_below(&self, at: usize, file: &str) -> bool {
        self.modules[at].children.values().any(|child| self.modules[*child].file == file || self.is_below(*child, file))
    }

    /// The targets of a path in a module: modules, and files of items. `seen` stops at names that lead to themselves.
    fn resolve(&self, at: usize, path: &[String], seen: &mut BTreeSet<(usize, String)>) -> BTreeSet<Target> {
        let Some((first, rest)) = path.split_first() else { return BTreeSet::from([Target::Module(at)]) };
        let starts = match first.as_str() {
            "crate" => BTreeSet::from([Target::Module(0)]),
            "self" => BTreeSet::from([Target::Module(at)]),
            "super" => self.modules[at].parent.map(Target::Module).into_iter().collect(),
            _ => self.named(at, first, seen),
        };
        let mut found = BTreeSet::new();
        for start in starts {
            match start {
                Target::Module(module) => found.extend(self.resolve(module, rest, seen)),
                // The rest of the path is a variant or an associated item.
                Target::Item(file) => drop(found.insert(Target::Item(file))),
            }
        }
        found
    }

    fn named(&self, at: usize, name: &str, seen: &mut BTreeSet<(usize, String)>) -> BTreeSet<Target> {
        let module = &self.modules[at];
        let mut found = BTreeSet::new();
        found.extend(module.children.get(name).copied().map(Target::Module));
        if module.items.contains(name) {
            found.insert(Target::Item(module.file.clone()));
        }
        if !seen.insert((at, name.to_owned())) {
            return found;
        }
        if let Some(path) = module.names.get(name) {
            found.extend(self.resolve(at, path, seen));
        }
        if found.is_empty() {
            for glob in &module.globs {
                for target in self.resolve(at, glob, &mut seen.clone()) {
                    match target {
                        Target::Module(other) => found.extend(self.named(other, name, seen)),
                        // The variants of an enum, whose names are unknown here.
                        Target::Item(_) => {}
                    }
                }
            }
        }
        seen.remove(&(at, name.to_owned()));
        found
    }
}

/// The file of a module that is declared without a body.
fn file_of(root: &Path, folder: &Path, module: &ItemMod) -> Result<PathBuf> {
    let name = module.ident.to_string();
    let candidates = [folder.join(format!("{name}.rs")), folder.join(&name).join("mod.rs")];
    let found = candidates.iter().find(|file| root.join(file).is_file());
    found.cloned().with_context(|| format!("there is no file for the module {name} in {}", folder.display()))
}

/// The name that an item defines.
fn defined(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Whether an item is compiled for tests only.
fn only_for_tests(attributes: &[Attribute]) -> bool {
    fn needs_test(condition: &Meta) -> bool {
        match condition {
            Meta::Path(path) => path.is_ident("test"),
            Meta::List(list) if list.path.is_ident("all") => {
                let parts = list.parse_args_with(punctuated::Punctuated::<Meta, Token![,]>::parse_terminated);
                parts.is_ok_and(|parts| parts.iter().any(needs_test))
            }
            _ => false,
        }
    }
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && attribute.parse_args::<Meta>().is_ok_and(|condition| needs_test(&condition))
    })
}

/// Reads the paths and `use` names of one module; modules inside it are read separately.
struct Reader {
    module: Module,
}

impl Reader {
    fn mention(&mut self, path: Vec<String>, line: usize, kind: Kind) {
        self.module.mentions.push(Mention { path, line, kind });
    }

    fn using(&mut self, tree: &UseTree, before: &[String], kind: Kind) {
        let with = |ident: &syn::Ident| [before, &[ident.to_string()]].concat();
        let (ident, name) = match tree {
            UseTree::Path(path) => return self.using(&path.tree, &with(&path.ident), kind),
            UseTree::Group(group) => return group.items.iter().for_each(|tree| self.using(tree, before, kind)),
            UseTree::Glob(_) => return self.module.globs.push(before.to_vec()),
            UseTree::Name(name) => (&name.ident, &name.ident),
            UseTree::Rename(rename) => (&rename.ident, &rename.rename),
        };
        let path = with(ident);
        let name = if name == "self" { before.last().cloned().unwrap_or_default() } else { name.to_string() };
        self.mention(path.clone(), ident.span().start().line, kind);
        if name != "_" {
            self.module.names.insert(name, path);
        }
    }

    /// Paths among the tokens of a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(ident) => {
                    let mut path = vec![ident.to_string()];
                    while let [TokenTree::Punct(one), TokenTree::Punct(two), TokenTree::Ident(next), ..] =
                        &tokens[at + 1..]
                        && (one.as_char(), two.as_char()) == (':', ':')
                    {
                        path.push(next.to_string());
                        at += 3;
                    }
                    self.mention(path, ident.span().start().line, Kind::Code);
                }
                _ => {}
            }
            at += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Const(item) => &item.attrs,
            Item::Enum(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            Item::Macro(item) => &item.attrs,
            Item::Static(item) => &item.attrs,
            Item::Struct(item) => &item.attrs,
            Item::Trait(item) => &item.attrs,
            Item::Type(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            _ => &Vec::new(),
        };
        if !only_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        if item.leading_colon.is_none() {
            let kind = if matches!(item.vis, Visibility::Inherited) { Kind::Use } else { Kind::Reexport };
            self.using(&item.tree, &[], kind);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !only_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let line = path.segments.first().map_or(0, |segment| segment.ident.span().start().line);
            self.mention(names, line, Kind::Code);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast Macro) {
        let names = called.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let line = called.path.segments.first().map_or(0, |segment| segment.ident.span().start().line);
        self.mention(names, line, Kind::Macro);
        self.tokens(called.tokens.clone());
    }

    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}
    fn visit_attribute(&mut self, _: &'ast Attribute) {}
    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    /// The cycles of a crate with these files, each as its files.
    fn cycles(name: &str, files: &[(&str, &str)]) -> Vec<String> {
        let root = project::target().join(format!("tmp-cycles-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (name, text) in files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let graph = imports(&root, Path::new("src/lib.rs")).unwrap();
        fs::remove_dir_all(root).unwrap();
        graph.cycles().into_iter().map(|cycle| cycle.files.into_iter().collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn two_files_that_use_each_other_are_a_cycle() {
        let found = cycles(
            "pair",
            &[
                ("src/lib.rs", "mod one; mod two { pub mod three; }"),
                ("src/one.rs", "use crate::two::three::Three; pub struct One(pub Three);"),
                // Outside a `use`, in the arguments of a macro.
                ("src/two/three.rs", "pub struct Three; pub fn f() { println!(\"{}\", size_of::<crate::one::One>()) }"),
            ],
        );
        assert_eq!(found, ["src/one.rs src/two/three.rs"]);
    }

    #[test]
    fn a_parent_that_only_declares_and_reexports_is_in_no_cycle() {
        let found = cycles(
            "reexport",
            &[
                ("src/lib.rs", "pub mod model; pub use model::Run;"),
                ("src/model/mod.rs", "mod crowd; mod run; pub use self::{crowd::Crowd, run::run, run::Run};"),
                ("src/model/crowd.rs", "pub struct Crowd;"),
                (
                    "src/model/run.rs",
                    "use super::Crowd; pub struct Run(pub Crowd); pub fn run() -> crate::Run { todo!() }",
                ),
            ],
        );
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn a_parent_and_a_child_that_use_each_other_are_a_cycle() {
        let parent = |text: &str| format!("mod child; pub use child::Child; pub struct Parent; {text}");
        let files = |text: &str| {
            cycles(
                "parent",
                &[
                    ("src/lib.rs", "mod parent;"),
                    ("src/parent.rs", &parent(text)),
                    ("src/parent/child.rs", "use super::*; pub struct Child; pub fn of(_: &Parent) {}"),
                ],
            )
        };
        assert_eq!(files(""), Vec::<String>::new());
        assert_eq!(
            files("impl Parent { pub fn child(&self) -> Child { Child } }"),
            ["src/parent.rs src/parent/child.rs"]
        );
        assert_eq!(files("fn f(parent: &Parent) { child::of(parent) }"), ["src/parent.rs src/parent/child.rs"]);
    }

    #[test]
    fn test_code_does_not_count_and_macros_do() {
        let found = cycles(
            "tests",
            &[
                ("src/lib.rs", "mod a; mod b; mod said;"),
                (
                    "src/a.rs",
                    "pub struct A; #[cfg(test)] mod tests { use crate::b::B; } #[cfg(all(test, unix))] use crate::b::B;",
                ),
                ("src/b.rs", "pub struct B(crate::a::A); fn f() { crate::say!(1) }"),
                ("src/said.rs", "#[macro_export] macro_rules! say { ($x:expr) => { $crate::b::B::new($x) } }"),
            ],
        );
        assert_eq!(found, ["src/b.rs src/said.rs"]);
    }

    #[test]
    fn a_syntax_error_is_reported_with_its_position() {
        let root = project::target().join(format!("tmp-cycles-syntax-{}", std::process::id()));
        fs::create_dir_all(root.join("src")).unwrap();
        fs::write(root.join("src/lib.rs"), "mod a\nmod b;").unwrap();
        let error = imports(&root, Path::new("src/lib.rs")).unwrap_err().to_string();
        assert!(error.starts_with("src/lib.rs:2:1: expected"), "{error}");
        fs::remove_dir_all(root).unwrap();
    }
}
