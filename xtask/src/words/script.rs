//! The messages of a script: the texts in its calls of `t` and `plural`.

use anyhow::{Result, anyhow};
use oxc_allocator::Allocator;
use oxc_ast::ast::{CallExpression, Expression};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::SourceType;

use super::text::Text;

/// Arguments of `t("..")` and `plural("..", "..", ..)`, in order.
///
/// # Errors
/// The script has a syntax error.
pub fn texts(script: &str) -> Result<Vec<Text>> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, script, SourceType::mjs()).parse();
    if let Some(fault) = parsed.diagnostics.first() {
        return Err(anyhow!("{fault:?}"));
    }
    let mut calls = Calls::default();
    calls.visit_program(&parsed.program);
    Ok(calls.texts)
}

/// The texts found in calls.
#[derive(Default)]
struct Calls {
    texts: Vec<Text>,
}

impl<'a> Visit<'a> for Calls {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        if let Expression::Identifier(name) = &call.callee {
            self.texts.extend(match name.name.as_str() {
                "t" => text(call, 0).map(Text::from),
                "plural" => text(call, 0).zip(text(call, 1)).map(Text::from),
                _ => None,
            });
        }
        walk::walk_call_expression(self, call);
    }
}

/// The nth argument of a call, if it is a string.
fn text(call: &CallExpression, nth: usize) -> Option<String> {
    match call.arguments.get(nth)?.as_expression()? {
        Expression::StringLiteral(literal) => Some(literal.value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_messages_of_calls_are_found() {
        let script = r#"
            // t("no")
            h(t("one"), t(
              "two {n}\u00a0%", { n: t('three') }), `${t("four")} t("no")`);
            plural("1 bot", "{n} bots", n, { n }); plural("no");
            set("no"); x.t("no"); format("no"); t(name); t(`no ${name}`); "t(\"no\")";
            const at = /t\("no"\)/;
        "#;
        let found = texts(script).unwrap();
        let mut expected = ["one", "two {n}\u{a0}%", "three", "four"].map(|text| Text::from(text.to_owned())).to_vec();
        expected.push(Text::from(("1 bot".to_owned(), "{n} bots".to_owned())));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_syntax_error_is_an_error() {
        assert!(texts("t(\"one\"").is_err());
    }
}
