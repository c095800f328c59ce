//! The types of objects that serde makes: an interface for each struct that derives `Serialize` and that an
//! export returns.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use syn::{Fields, File, Item, ItemStruct, Type};

use super::rust::{argument, arguments, documentation, named, simple};

/// The interfaces that `text`, the types of the exports, names directly or through others. A struct inside a function has
/// no name outside it.
///
/// # Errors
/// Two have the same name, or a field has a type without a counterpart.
pub fn text(sources: &[(PathBuf, File)], exports: &str) -> Result<String> {
    let all: Vec<_> = sources.iter().flat_map(|(path, file)| serialized(file).map(move |item| (path, item))).collect();
    let find = |name: &str, from: Option<&PathBuf>| -> Result<Option<usize>> {
        let same: Vec<_> = (0..all.len()).filter(|&i| all[i].1.ident == name).collect();
        // The file's own struct, where several have the name.
        match same.iter().find(|&&i| Some(all[i].0) == from).or(same.first()) {
            Some(&i) if same.len() == 1 || Some(all[i].0) == from => Ok(Some(i)),
            Some(_) => bail!("several structs are called {name}"),
            None => Ok(None),
        }
    };
    let mut todo = Vec::new();
    for line in exports.lines().filter(|line| !line.trim_start().starts_with("/**")) {
        for word in line.split(|letter: char| !letter.is_alphanumeric()) {
            todo.extend(find(word, None)?);
        }
    }
    let mut found: BTreeMap<usize, String> = BTreeMap::new();
    while let Some(i) = todo.pop() {
        let (path, item) = all[i];
        if found.contains_key(&i) {
            continue;
        }
        ensure!(
            found.keys().all(|&other| all[other].1.ident != item.ident),
            "two structs for the page are called {}",
            item.ident
        );
        let mut named = Vec::new();
        let place = || format!("{} in {}", item.ident, path.display());
        found.insert(i, interface(item, &mut named).with_context(place)?);
        for name in named {
            todo.push(find(&name, Some(path))?.with_context(|| format!("{}: no struct {name}", place()))?);
        }
    }
    Ok(found.into_values().collect())
}

/// The structs of a source that derive `Serialize`.
fn serialized(file: &File) -> impl Iterator<Item = &ItemStruct> {
    file.items.iter().filter_map(|item| match item {
        Item::Struct(item) => {
            let derives = arguments(&item.attrs, "derive").unwrap_or_default();
            derives.iter().any(|(name, _)| name == "Serialize").then_some(item)
        }
        _ => None,
    })
}

/// An interface; the other structs that it needs are added to `others`.
fn interface(item: &ItemStruct, others: &mut Vec<String>) -> Result<String> {
    let Fields::Named(fields) = &item.fields else { bail!("it has no named fields") };
    let mut text = documentation(&item.attrs, "");
    let _ = writeln!(text, "export interface {} {{", item.ident);
    for field in &fields.named {
        let attributes = arguments(&field.attrs, "serde").unwrap_or_default();
        if attributes.iter().any(|(name, _)| name == "skip") {
            continue;
        }
        if let Some((other, _)) = attributes.iter().find(|(name, _)| name != "rename") {
            bail!("serde's `{other}` is not translated");
        }
        let own = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        let name = argument(&field.attrs, "serde", "rename").unwrap_or(own);
        text.push_str(&documentation(&field.attrs, "  "));
        let _ = writeln!(text, "  {name}: {};", value(&field.ty, others)?);
    }
    text.push_str("}\n\n");
    Ok(text)
}

/// The type of a value as serde writes it.
fn value(kind: &Type, others: &mut Vec<String>) -> Result<String> {
    Ok(match kind {
        Type::Reference(to) => value(&to.elem, others)?,
        Type::Array(of) => {
            let syn::Expr::Lit(length) = &of.len else { return Ok(format!("{}[]", value(&of.elem, others)?)) };
            let syn::Lit::Int(length) = &length.lit else { bail!("an array has no length") };
            format!("[{}]", vec![value(&of.elem, others)?; length.base10_parse()?].join(", "))
        }
        Type::Slice(of) => format!("{}[]", value(&of.elem, others)?),
        Type::Tuple(of) => {
            let all = of.elems.iter().map(|one| value(one, others)).collect::<Result<Vec<_>>>()?;
            format!("[{}]", all.join(", "))
        }
        _ => {
            let Some((name, inner)) = named(kind) else { bail!("a field has a type that is not translated") };
            match (name.as_str(), &inner[..]) {
                ("Option", [one]) => format!("{} | null", value(one, others)?),
                ("Vec", [one]) => format!("{}[]", value(one, others)?),
                (name, []) => simple(name).map_or_else(
                    || {
                        others.push(name.to_owned());
                        name.to_owned()
                    },
                    str::to_owned,
                ),
                _ => bail!("{name} is not translated"),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(source: &str) -> Result<String> {
        text(&[(PathBuf::from("a.rs"), syn::parse_file(source).unwrap())], "/** A Row. */\nrows(): Row[];")
    }

    #[test]
    fn an_interface_has_what_serde_writes() {
        let source = "/// A row.\n#[derive(Clone, Serialize)] pub struct Row { /// Its\n/// name.\npub name: &'static str, \
                      #[serde(rename = \"move\")] pub moved: Option<f64>, #[serde(skip)] pub own: u8, \
                      pub cells: [Cell; 2], pub changes: Vec<(&'static str, f64)> } struct Own(u8); \
                      #[derive(Serialize)] struct Cell { on: bool } #[derive(Serialize)] struct Other { on: bool }";
        let expected = "/** A row. */\nexport interface Row {\n  /** Its name. */\n  name: string;\n  move: number | null;\n  \
                        cells: [Cell, Cell];\n  changes: [string, number][];\n}\n\n\
                        export interface Cell {\n  on: boolean;\n}\n\n";
        assert_eq!(translated(source).unwrap(), expected);
    }

    #[test]
    fn what_has_no_translation_is_an_error() {
        for field in ["#[serde(flatten)] a: A", "a: BTreeMap<String, f64>", "a: Missing"] {
            let source = format!("#[derive(serde::Serialize)] struct Row {{ {field} }}");
            assert!(translated(&source).is_err(), "{field}");
        }
    }

    #[test]
    fn of_two_structs_with_a_name_a_field_has_that_of_its_file() {
        let file = |name: &str, source| (PathBuf::from(name), syn::parse_file(source).unwrap());
        let own =
            file("a.rs", "#[derive(Serialize)] struct Row { cell: Cell } #[derive(Serialize)] struct Cell { a: u8 }");
        let other = file("b.rs", "#[derive(Serialize)] struct Cell { b: u8 }");
        assert!(text(&[own, other], "Row").unwrap().ends_with("Cell {\n  a: number;\n}\n\n"));
        let apart = file("a.rs", "#[derive(Serialize)] struct Row { cell: Cell }");
        let [one, two] = ["b.rs", "c.rs"].map(|name| file(name, "#[derive(Serialize)] struct Cell { b: u8 }"));
        assert!(text(&[apart, one, two], "Row").is_err());
    }
}
