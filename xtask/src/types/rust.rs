//! Rust sources as `syn` parses them, and the parts of them that types are made of.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, File, GenericArgument, Lit, Meta, PathArguments, Token, Type};

/// Every source below a folder, in the order of the paths.
///
/// # Errors
/// One cannot be read or parsed.
pub fn sources(folder: &Path) -> Result<Vec<(PathBuf, File)>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            let file = syn::parse_file(&text).with_context(|| format!("cannot parse {}", path.display()))?;
            found.push((path, file));
        }
    }
    Ok(found)
}

/// The arguments of all attributes with this name: `a` and `b = "c"` of `#[name(a, b = "c")]`. None if there is no such
/// attribute.
#[must_use]
pub fn arguments(attributes: &[Attribute], name: &str) -> Option<Vec<(String, Option<String>)>> {
    let mut found = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
        let arguments = found.get_or_insert_with(Vec::new);
        let Ok(all) = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else { continue };
        for one in all {
            let name = one.path().segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
            let value = match &one {
                Meta::NameValue(pair) => match &pair.value {
                    Expr::Lit(value) => string(&value.lit),
                    Expr::Path(value) => value.path.get_ident().map(ToString::to_string),
                    _ => None,
                },
                _ => None,
            };
            arguments.push((name, value));
        }
    }
    found
}

/// The value of one argument of an attribute.
#[must_use]
pub fn argument(attributes: &[Attribute], attribute: &str, name: &str) -> Option<String> {
    arguments(attributes, attribute)?.into_iter().find(|(known, _)| known == name)?.1
}

/// The value of a text literal.
#[must_use]
pub fn string(literal: &Lit) -> Option<String> {
    if let Lit::Str(text) = literal { Some(text.value()) } else { None }
}

/// The doc comment as one of TypeScript, indented; empty if there is none.
#[must_use]
pub fn documentation(attributes: &[Attribute], indent: &str) -> String {
    let lines: Vec<_> = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) => match &pair.value {
                Expr::Lit(text) => string(&text.lit),
                _ => None,
            },
            _ => None,
        })
        .map(|line| line.trim().to_owned())
        .collect();
    comment(&lines.join(" "), indent)
}

/// A comment of TypeScript with this text, on a line of its own; empty for no text.
#[must_use]
pub fn comment(text: &str, indent: &str) -> String {
    let text = text.replace("*/", "* /");
    if text.is_empty() { text } else { format!("{indent}/** {text} */\n") }
}

/// The name of a type without its path, and its arguments: `Option` and `f64`.
#[must_use]
pub fn named(kind: &Type) -> Option<(String, Vec<&Type>)> {
    let Type::Path(path) = kind else { return None };
    let last = path.path.segments.last()?;
    let arguments = match &last.arguments {
        PathArguments::AngleBracketed(all) => all
            .args
            .iter()
            .filter_map(|one| if let GenericArgument::Type(kind) = one { Some(kind) } else { None })
            .collect(),
        _ => Vec::new(),
    };
    Some((last.ident.to_string(), arguments))
}

/// The simple type of JavaScript for one of Rust.
#[must_use]
pub fn simple(name: &str) -> Option<&'static str> {
    Some(match name {
        "f32" | "f64" | "usize" | "u8" | "u16" | "u32" | "i32" | "i64" | "u64" => "number",
        "String" | "str" => "string",
        "bool" => "boolean",
        _ => return None,
    })
}
