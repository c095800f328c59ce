//! Plural rules: `Plural-Forms` in the head of a catalogue, which gives the form of a message for each count.

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use deleverage::language::COUNTS;
use oxc_allocator::Allocator;
use oxc_ast::ast::{BinaryOperator, Expression, LogicalOperator};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// The rule of a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The number of forms.
    pub forms: usize,
    /// The form for a count `n`, as an expression of C.
    pub expression: String,
    /// The forms of the first counts, one digit each: see [`deleverage::language`].
    pub listed: String,
}

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// It is not in the format of gettext, or gives a form that does not exist.
    pub fn new(forms: usize, expression: &str) -> Result<Self> {
        let allocator = Allocator::default();
        // Such an expression of C means the same in JavaScript.
        let parsed = Parser::new(&allocator, expression, SourceType::mjs()).parse_expression();
        let parsed = parsed.map_err(|_| anyhow!("cannot read the rule {expression}"))?;
        let form = |count| {
            let form = value(&parsed, count).with_context(|| format!("in the rule {expression}"))?;
            ensure!(form < forms, "the rule {expression} gives form {form} of {forms} for {count}");
            char::from_digit(u32::try_from(form)?, 10).context("a rule has at most ten forms")
        };
        let listed = (0..COUNTS).map(form).collect::<Result<_>>()?;
        Ok(Self { forms, expression: expression.into(), listed })
    }

    /// The rule of English: singular and plural.
    ///
    /// # Errors
    /// None.
    pub fn english() -> Result<Self> {
        Self::new(2, "n != 1")
    }

    /// Whether more counts than one have this form, so that it must name the count.
    #[must_use]
    pub fn is_shared(&self, form: usize) -> bool {
        self.listed.bytes().filter(|digit| usize::from(digit - b'0') == form).count() > 1
    }
}

fn value(expression: &Expression, count: usize) -> Result<usize> {
    let value = |expression| value(expression, count);
    Ok(match expression {
        Expression::NumericLiteral(number) => number.value as usize,
        Expression::Identifier(name) if name.name == "n" => count,
        Expression::ParenthesizedExpression(inner) => value(&inner.expression)?,
        Expression::ConditionalExpression(choice) => {
            value(if value(&choice.test)? > 0 { &choice.consequent } else { &choice.alternate })?
        }
        Expression::LogicalExpression(both) => {
            let (left, right) = (value(&both.left)? > 0, value(&both.right)? > 0);
            usize::from(if both.operator == LogicalOperator::And { left && right } else { left || right })
        }
        Expression::BinaryExpression(both) => {
            let (left, right) = (value(&both.left)?, value(&both.right)?);
            match both.operator {
                BinaryOperator::Remainder => left.checked_rem(right).context("a division by zero")?,
                BinaryOperator::Equality => usize::from(left == right),
                BinaryOperator::Inequality => usize::from(left != right),
                BinaryOperator::LessThan => usize::from(left < right),
                BinaryOperator::LessEqualThan => usize::from(left <= right),
                BinaryOperator::GreaterThan => usize::from(left > right),
                BinaryOperator::GreaterEqualThan => usize::from(left >= right),
                _ => bail!("an unsupported operator"),
            }
        }
        _ => bail!("an unsupported expression"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms<const N: usize>(rule: &Rule, counts: [usize; N]) -> String {
        counts.iter().map(|count| char::from(rule.listed.as_bytes()[*count])).collect()
    }

    #[test]
    fn rules_are_those_of_gettext() {
        let english = Rule::english().unwrap();
        assert_eq!(forms(&english, [0, 1, 2, 101]), "1011");
        assert!(!english.is_shared(0) && english.is_shared(1));
        assert_eq!(forms(&Rule::new(2, "(n > 1)").unwrap(), [0, 1, 2]), "001");
        let arabic = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5";
        let arabic = Rule::new(6, arabic).unwrap();
        assert_eq!(forms(&arabic, [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111]), "01233445534");
    }

    #[test]
    fn an_invalid_rule_is_an_error() {
        for wrong in ["n + 1", "2", "m", "n ==", "n % 0"] {
            assert!(Rule::new(2, wrong).is_err(), "{wrong}");
        }
    }
}
