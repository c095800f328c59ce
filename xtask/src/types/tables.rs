//! The types of parameters, views and results, made from their tables.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Result, bail};
use deleverage::chart::{Span, View};
use deleverage::params::presets::SCENARIOS;
use deleverage::params::{Group, Row, Scale, TABLE};
use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprLit, ExprMethodCall, Fields, File, Item, ItemImpl};

use super::rust::{comment, documentation, named, string};
use super::structs;

/// A control that is not a parameter: the historical days.
const DAYS: &str = "days";

/// The file with these types.
///
/// # Errors
/// The results of a run are not written as expected.
pub fn text(sources: &[(PathBuf, File)]) -> Result<String> {
    let mut text =
        String::from("// The parameters, views and results of deleverage. Made from its tables; do not edit.\n\n");
    let mut union = |about: &str, name: &str, all: Vec<&str>| {
        let all = all.iter().map(|one| format!("\"{one}\"")).collect::<Vec<_>>().join(" | ");
        let _ = writeln!(text, "/** {about} */\nexport type {name} = {all};\n");
    };
    union("The name of a parameter in objects.", "ParamId", TABLE.iter().map(|row| row.id).collect());
    let names: Vec<_> = TABLE.iter().map(Row::name).collect();
    let names = names.iter().map(String::as_str);
    union(
        "The name of a control: a parameter as in attributes, or the days.",
        "ControlName",
        names.chain([DAYS]).collect(),
    );
    let mut groups: Vec<_> = TABLE.iter().map(|row| Group::name(row.group)).collect();
    groups.dedup();
    union("A group of controls.", "GroupName", groups);
    union("The name of a view.", "ViewName", View::all().map(|view| view.name).collect());
    union("A span of time in sight.", "SpanName", Span::ALL.iter().map(|(name, _)| *name).collect());
    union("The name of a scenario.", "ScenarioName", SCENARIOS.iter().map(|scenario| scenario.id).collect());
    text.push_str(&params());
    text.push_str(&attributes());
    text.push_str(&summary(sources)?);
    text.push_str(&structs::text(sources, "Quantiles")?);
    Ok(text)
}

/// The unit, the range and the default of a parameter, after its name and explanation.
fn about(row: &Row) -> String {
    let words = format!("{}. {}", row.label.trim_start_matches("... "), row.help);
    let unit = if row.unit.is_empty() { String::new() } else { format!(" Unit: {}.", row.unit) };
    let usual = row.write(&deleverage::Params::default());
    match row.scale {
        Scale::Choice(_) | Scale::Seed => format!("{words} Default: {usual}."),
        Scale::LogOrOff => format!("{words}{unit} From {} to {}, or 0 for none; default: {usual}.", row.min, row.max),
        _ => format!("{words}{unit} From {} to {}; default: {usual}.", row.min, row.max),
    }
}

/// The values of a parameter in results.
fn kind(row: &Row) -> String {
    match row.scale {
        Scale::Choice(names) => names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(" | "),
        // Text for seeds that no number holds exactly.
        Scale::Seed => "number | string".into(),
        _ => "number".into(),
    }
}

fn params() -> String {
    let mut text = String::from("/** All parameters of a run. */\nexport interface Params {\n");
    for row in TABLE {
        let _ = writeln!(text, "{}  {}: {};", comment(&about(row), "  "), row.id, kind(row));
    }
    text.push_str(
        "}\n\n/** Parameters to change. A number may also be given as its digits, a seed as a bigint. */\n\
         export type Changes = {\n  [Id in keyof Params]?: Params[Id] | (number extends Params[Id] ? `${number}` : never) | \
         (Id extends \"seed\" ? bigint : never);\n};\n\n",
    );
    text
}

fn attributes() -> String {
    let mut text = String::from("/** The parameters as attributes. */\nexport interface ParamAttributes {\n");
    for row in TABLE {
        let kind = if let Scale::Choice(_) = row.scale { kind(row) } else { "number | string".into() };
        let _ = writeln!(text, "{}  \"{}\"?: {kind};", comment(&about(row), "  "), row.name());
    }
    text.push_str("}\n\n");
    text
}

/// The results, from the code that writes them; each has the documentation of the field with its name.
fn summary(sources: &[(PathBuf, File)]) -> Result<String> {
    let items = || sources.iter().flat_map(|(_, file)| &file.items);
    let fields = items().find_map(|item| match item {
        Item::Struct(item) if item.ident == "Summary" => Some(&item.fields),
        _ => None,
    });
    let written = items().find_map(|item| match item {
        Item::Impl(item) if is_written(item) => Some(item),
        _ => None,
    });
    let (Some(Fields::Named(fields)), Some(written)) = (fields, written) else { bail!("there is no summary") };
    let mut entries = Entries::default();
    entries.visit_item_impl(written);
    let mut text = String::from("/** Parameters and results of a run. */\nexport interface Summary extends Params {\n");
    for (name, value) in entries.0 {
        let field = fields.named.iter().find(|field| field.ident.as_ref().is_some_and(|own| *own == name));
        let about = field.map(|field| documentation(&field.attrs, "  ")).unwrap_or_default();
        let kind = match &*value {
            "Number" | "Whole" => "number",
            "Text" => "string",
            "into" => "number | null",
            other => bail!("{name} is written as {other}, which has no type"),
        };
        let _ = writeln!(text, "{about}  {name}: {kind};");
    }
    text.push_str("}\n\n");
    Ok(text)
}

/// Whether this writes the entries of the summary.
fn is_written(item: &ItemImpl) -> bool {
    let of = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
    of.is_some_and(|last| last.ident == "Entries") && named(&item.self_ty).is_some_and(|(name, _)| name == "Summary")
}

/// The calls `entry("name", Kind(…))` and `entry("name", ….into())`: names and kinds.
#[derive(Default)]
struct Entries(Vec<(String, String)>);

impl<'a> Visit<'a> for Entries {
    fn visit_expr_call(&mut self, call: &'a ExprCall) {
        let ident = |function: &Expr| {
            if let Expr::Path(path) = function { path.path.get_ident().map(ToString::to_string) } else { None }
        };
        let arguments: Vec<_> = call.args.iter().collect();
        if let ("entry", [Expr::Lit(ExprLit { lit, .. }), value]) =
            (&*ident(&call.func).unwrap_or_default(), &arguments[..])
        {
            let kind = match value {
                Expr::Call(ExprCall { func, .. }) => ident(func),
                Expr::MethodCall(ExprMethodCall { method, .. }) => Some(method.to_string()),
                _ => None,
            };
            self.0.push((string(lit).unwrap_or_default(), kind.unwrap_or_default()));
        }
        visit::visit_expr_call(self, call);
    }
}

#[cfg(test)]
mod tests {
    use deleverage::Simulator;

    use super::*;
    use crate::project;
    use crate::types::rust::sources;

    /// Every entry of a real summary has a type, and nothing else has.
    #[test]
    fn the_summary_has_its_real_fields() {
        let text = summary(&sources(&project::root().join("src")).unwrap()).unwrap();
        let simulator = Simulator::new(&deleverage::Params::default());
        let serde_json::Value::Object(written) = serde_json::to_value(simulator.summary()).unwrap() else { panic!() };
        let results: Vec<_> =
            written.iter().filter(|(name, _)| TABLE.iter().all(|row| row.id != name.as_str())).collect();
        assert_eq!(text.matches(";\n").count(), results.len());
        for (name, value) in results {
            let kind = if value.is_string() { "string" } else { "number" };
            assert!(text.contains(&format!("  {name}: {kind}")), "{name} is {value}");
        }
    }
}
