//! The types of the wasm's exports: everything under `#[wasm_bindgen]`. wasm-bindgen could write them, too, but only from
//! a compiled wasm, and with `any` for optional and narrower arguments.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use syn::{Attribute, Expr, File, FnArg, ImplItem, Item, Pat, ReturnType, Signature, Type};

use super::rust::{argument, arguments, documentation, named, simple, string};

/// The attribute of exports.
const EXPORT: &str = "wasm_bindgen";

/// The functions and classes of all sources, and the types written out beside them.
///
/// # Errors
/// A signature has a type without a counterpart.
pub fn text(sources: &[(PathBuf, File)]) -> Result<String> {
    let mut text = String::from(
        "/** Loads the wasm. */\nexport default function init(options?: { module_or_path: BufferSource | Response | \
         Promise<Response> | URL | string }): Promise<{ memory: WebAssembly.Memory }>;\n",
    );
    let mut classes: Vec<Class> = Vec::new();
    for (path, file) in sources {
        for item in &file.items {
            match item {
                Item::Const(item) if arguments(&item.attrs, EXPORT).is_some() => {
                    let Expr::Lit(literal) = &*item.expr else { bail!("{}: types are a literal", path.display()) };
                    text.push_str(&string(&literal.lit).unwrap_or_default());
                }
                Item::Fn(item) if arguments(&item.attrs, EXPORT).is_some() => {
                    let signature = signature(&item.attrs, &item.sig).with_context(|| path.display().to_string())?;
                    let _ = write!(text, "{}export function {signature}", documentation(&item.attrs, ""));
                }
                Item::Struct(item) if arguments(&item.attrs, EXPORT).is_some() => {
                    class(&mut classes, &item.ident.to_string()).about = documentation(&item.attrs, "");
                }
                Item::Impl(item) if arguments(&item.attrs, EXPORT).is_some() => {
                    let (name, _) = named(&item.self_ty).context("a class has a name")?;
                    for item in &item.items {
                        let ImplItem::Fn(method) = item else { continue };
                        if !matches!(method.vis, syn::Visibility::Public(_)) {
                            continue;
                        }
                        let signature =
                            signature(&method.attrs, &method.sig).with_context(|| path.display().to_string())?;
                        let _ = write!(
                            class(&mut classes, &name).members,
                            "{}  {signature}",
                            documentation(&method.attrs, "  ")
                        );
                    }
                }
                _ => {}
            }
        }
    }
    for Class { name, about, members } in classes {
        let _ = write!(text, "\n{about}export class {name} {{\n{members}  free(): void;\n}}\n");
    }
    Ok(text)
}

/// A class; its methods may lie in several files.
struct Class {
    name: String,
    about: String,
    members: String,
}

fn class<'a>(classes: &'a mut Vec<Class>, name: &str) -> &'a mut Class {
    let place = classes.iter().position(|class| class.name == name).unwrap_or_else(|| {
        classes.push(Class { name: name.into(), about: String::new(), members: String::new() });
        classes.len() - 1
    });
    &mut classes[place]
}

/// A function with its parameters and its result.
fn signature(attributes: &[Attribute], signature: &Signature) -> Result<String> {
    let all = arguments(attributes, EXPORT).unwrap_or_default();
    let constructor = all.iter().any(|(name, _)| name == "constructor");
    let own = signature.ident.to_string();
    let name = argument(attributes, EXPORT, "js_name").unwrap_or(own);
    let mut parameters = Vec::new();
    for input in &signature.inputs {
        let FnArg::Typed(input) = input else { continue };
        let Pat::Ident(own) = &*input.pat else { bail!("a parameter of {name} has no name") };
        let kind = argument(&input.attrs, EXPORT, "unchecked_param_type");
        let kind = kind.map_or_else(|| taken(&input.ty), Ok).with_context(|| name.clone())?;
        parameters.push(format!("{}: {kind}", own.ident));
    }
    let parameters = parameters.join(", ");
    if constructor {
        return Ok(format!("constructor({parameters});\n"));
    }
    let result = match (argument(attributes, EXPORT, "unchecked_return_type"), &signature.output) {
        (Some(kind), _) => kind,
        (None, ReturnType::Default) => "void".into(),
        (None, ReturnType::Type(_, kind)) => given(kind).with_context(|| name.clone())?,
    };
    Ok(format!("{name}({parameters}): {result};\n"))
}

/// The type of an argument.
fn taken(kind: &Type) -> Result<String> {
    if let Type::Reference(to) = kind {
        return match &*to.elem {
            Type::Slice(_) => Ok("ArrayLike<number>".into()),
            other => taken(other),
        };
    }
    let Some((name, inner)) = named(kind) else { bail!("an argument has a type that is not translated") };
    Ok(match (name.as_str(), &inner[..]) {
        ("Vec", [_]) => "ArrayLike<number>".into(),
        ("Option", [one]) => format!("{} | null | undefined", taken(one)?),
        ("HtmlCanvasElement", []) => "HTMLCanvasElement".into(),
        ("Float32Array", []) => name,
        (name, []) => simple(name).with_context(|| format!("an argument {name} needs unchecked_param_type"))?.into(),
        _ => bail!("an argument {name} is not translated"),
    })
}

/// The type of a result.
fn given(kind: &Type) -> Result<String> {
    if let Type::Tuple(tuple) = kind
        && tuple.elems.is_empty()
    {
        return Ok("void".into());
    }
    let Some((name, inner)) = named(kind) else { bail!("a result has a type that is not translated") };
    Ok(match (name.as_str(), &inner[..]) {
        ("Answer", [one]) => given(one)?,
        ("Option", [one]) => format!("{} | undefined", given(one)?),
        ("Vec", [one]) => match named(one).context("a list has a type")?.0.as_str() {
            "f32" => "Float32Array".into(),
            "f64" => "Float64Array".into(),
            "usize" | "u32" => "Uint32Array".into(),
            other => format!("{}[]", simple(other).with_context(|| format!("a list of {other} is not translated"))?),
        },
        (name, []) => simple(name).with_context(|| format!("a result {name} needs unchecked_return_type"))?.into(),
        _ => bail!("a result {name} is not translated"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(source: &str) -> Result<String> {
        text(&[(PathBuf::from("a.rs"), syn::parse_file(source).unwrap())])
    }

    #[test]
    fn a_class_has_its_constructor_and_its_public_methods() {
        let source = "/// A map.\n#[wasm_bindgen] pub struct Map(u8); #[wasm_bindgen] impl Map { \
                      #[wasm_bindgen(constructor)] pub fn new(size: &[f64], truth: Option<f64>) -> Answer<Self> {} \
                      /// Here.\n#[wasm_bindgen(js_name = hereAt)] pub fn here_at(&self, canvas: HtmlCanvasElement) -> Vec<f64> {} \
                      fn own(&self) {} \
                      #[wasm_bindgen(unchecked_return_type = \"Row[]\")] pub fn rows(&self) -> Answer<JsValue> {} }";
        let expected = "\n/** A map. */\nexport class Map {\n  constructor(size: ArrayLike<number>, truth: number | null | undefined);\n  \
                        /** Here. */\n  hereAt(canvas: HTMLCanvasElement): Float64Array;\n  rows(): Row[];\n  free(): void;\n}\n";
        let text = translated(source).unwrap();
        assert!(text.ends_with(expected), "{text}");
    }

    #[test]
    fn a_value_of_any_kind_needs_a_type() {
        let error = translated("#[wasm_bindgen] pub fn rows() -> JsValue {}").unwrap_err();
        assert!(format!("{error:#}").ends_with("a result JsValue needs unchecked_return_type"), "{error:#}");
        assert!(translated("#[wasm_bindgen] pub fn set(what: &JsValue) {}").is_err());
    }
}
