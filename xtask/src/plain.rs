//! Scripts and style sheets without whole-line comments and indentation, which are a fifth of their size.

/// The text without whole-line comments (`// ...`, `/* ... */`), indentation and empty lines. Nothing within a line
/// changes, so that strings stay intact.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut in_comment = false;
    let mut in_template = false;
    for line in text.lines() {
        let trimmed = line.trim_start();
        if in_template {
            // A multi-line string is kept as it is.
            out.push_str(line);
            out.push('\n');
        } else if in_comment || (trimmed.starts_with("/*") && !code_follows(trimmed)) {
            in_comment = !trimmed.contains("*/");
            continue;
        } else if !trimmed.is_empty() && !trimmed.starts_with("//") {
            out.push_str(trimmed);
            out.push('\n');
        } else {
            continue;
        }
        in_template ^= line.matches('`').count() % 2 == 1;
    }
    out
}

/// Whether code follows the comment that a line begins with, as after the type of an expression.
fn code_follows(line: &str) -> bool {
    line.split_once("*/").is_some_and(|(_, rest)| !rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_are_removed_and_code_is_kept() {
        let text = "// what\n/**\n * why\n */\nif (a) {\n  b(\"// no comment\"); // kept\n}\n\n/* one line */\nx\n";
        assert_eq!(plain(text), "if (a) {\nb(\"// no comment\"); // kept\n}\nx\n");
    }

    #[test]
    fn code_after_a_comment_is_kept() {
        let text = "const a = /** @type {A} */ (\n  /** @type {B} */ ({\n    b,\n  })\n);\n";
        assert_eq!(plain(text), "const a = /** @type {A} */ (\n/** @type {B} */ ({\nb,\n})\n);\n");
    }

    #[test]
    fn multi_line_strings_are_kept() {
        let text = "const a = `one\n  // two\n   three`;\n  // gone\n  b\n";
        assert_eq!(plain(text), "const a = `one\n  // two\n   three`;\nb\n");
    }
}
