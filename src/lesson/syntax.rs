//! Syntax errors of the TOML library in plain words, for authors who do not know its grammar.

use crate::say;
use crate::text::language::tr;

/// A plain message for one of the library; rare ones stay as they are.
pub(super) fn plain_message(message: &str) -> String {
    let known = |part: &str| message.contains(part);
    let plain = if known("must be quoted") {
        tr("words must stand between straight quotes, as in title = \"Bots\"")
    } else if known("basic string") || known("literal string") {
        tr("a quote that was opened is not closed")
    } else if known("key with no value") {
        tr("after a name there must be = and a value, as in minutes = 15")
    } else if known("missing comma") {
        tr("a comma is missing between two parts of a list")
    } else if known("unclosed") {
        tr("a bracket that was opened is not closed")
    } else if known("duplicate key") {
        tr("this name stands here a second time")
    } else if known("unexpected key or value") {
        tr("there is more on this line than one name and one value; a quote within quotes is written \\\"")
    } else {
        return say!("this cannot be read as TOML: {reason}", reason = message);
    };
    plain.into()
}

#[cfg(test)]
mod tests {
    use super::super::Lesson;

    #[test]
    fn common_syntax_errors_have_plain_messages() {
        for (text, said) in [
            ("title = “Bots”\n", "line 1: words must stand between straight quotes"),
            ("title = Bots\n", "line 1: words must stand between straight quotes"),
            ("title = \"Bots\n", "line 1: a quote that was opened is not closed"),
            ("text = \"\"\"\nabc\n", "line 3: a quote that was opened is not closed"),
            ("\ntitle \"Bots\"\n", "line 2: after a name there must be = and a value"),
            ("title: \"Bots\"\n", "line 1: after a name there must be = and a value"),
            ("goals = [\"a\" \"b\"]\n", "line 1: a comma is missing between two parts of a list"),
            ("[[step]\n", "line 1: a bracket that was opened is not closed"),
            ("title = \"a\"\ntitle = \"b\"\n", "line 2: this name stands here a second time"),
            ("text = \"He said \"no\" twice\"\n", "line 1: there is more on this line than one name and one value"),
            ("minutes = 1,5\n", "line 1: there is more on this line than one name and one value"),
            ("= 3\n", "line 1: this cannot be read as TOML: "),
        ] {
            let faults = Lesson::read(text).unwrap_err();
            assert!(faults[0].to_string().starts_with(said), "{text:?}: {}", faults[0]);
        }
    }

    #[test]
    fn deep_nesting_is_a_fault_and_no_stack_overflow() {
        for text in
            ["[".repeat(100_000), format!("a = {}", "{a=".repeat(50_000)), format!("{}a = 1", "a.".repeat(90_000))]
        {
            assert_eq!(Lesson::read(&text).unwrap_err().len(), 1);
        }
    }
}
