//! Estimated widths of texts. Asking the browser would cost a page layout for each text.

/// Width of a text, em. It is that of `DejaVu Sans`, the widest of the fonts of browsers for `sans-serif`; Arial
/// is a tenth narrower, so that an estimate includes some air.
pub(super) fn text_width(text: &str, bold: bool) -> f64 {
    // In hundredths of an em.
    let width = |c| match c {
        ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | ':' | '\'' | '’' | 'i' | 'j' | 'l' | 'I' => 31,
        'f' | 't' | 'r' | '(' | ')' | '-' => 39,
        '+' | '−' | '=' | '→' | '←' => 81,
        '%' | 'm' | 'M' | 'w' | 'W' => 94,
        'A'..='Z' => 70,
        '\u{2e80}'.. => 100,
        _ => 61,
    };
    let width: u32 = text.chars().map(width).sum();
    f64::from(width) * if bold { 0.0113 } else { 0.01 }
}

/// Wraps a text at spaces to lines of at most `room` em; a text without spaces wraps anywhere.
pub(super) fn wrapped(text: &str, bold: bool, room: f64) -> Vec<String> {
    let space = if text.contains(' ') { " " } else { "" };
    let mut lines: Vec<String> = Vec::new();
    for part in text.split_inclusive(|c| space.is_empty() || c == ' ') {
        let part = part.strip_suffix(' ').unwrap_or(part);
        match lines.last_mut() {
            Some(line) if text_width(line, bold) + text_width(space, bold) + text_width(part, bold) <= room => {
                line.push_str(space);
                line.push_str(part);
            }
            _ => lines.push(part.into()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_widest_font_within_a_tenth() {
        // Measured in a browser with DejaVu Sans, em.
        for (text, plain, bold) in [
            ("R = 1: beyond it a fall feeds itself", 16.75, 18.92),
            ("price now −18.1 %, trading halted", 17.24, 19.31),
            ("−18.1 %, 3 min 20 s after the first sale", 19.50, 21.83),
            ("first sale", 4.30, 4.95),
            ("20 min", 3.48, 3.84),
            ("what bots are forced to add", 13.86, 15.73),
            ("person, limit −8.2 %, armed", 14.14, 15.80),
            ("Jeder verkaufte Dollar lässt Bots weitere verkaufen", 25.49, 29.04),
        ] {
            for (weight, measured) in [(false, plain), (true, bold)] {
                let width = text_width(text, weight);
                assert!((width / measured - 1.0).abs() < 0.1, "{text}: {width}");
            }
        }
    }

    #[test]
    fn lines_are_no_wider_than_asked_and_lose_no_word() {
        let text = "Each $1 sold makes bots sell another $1.12.";
        assert_eq!(wrapped(text, true, 80.0), [text]);
        let lines = wrapped(text, true, 12.0);
        assert!(lines.len() == 3 && lines.join(" ") == text, "{lines:?}");
        assert!(lines.iter().all(|line| text_width(line, true) <= 12.0), "{lines:?}");
        let chinese = wrapped("每卖出一元机器人又卖出一元", false, 5.0);
        assert!(chinese.len() == 3 && chinese.concat() == "每卖出一元机器人又卖出一元", "{chinese:?}");
        assert!(wrapped("", false, 5.0).is_empty());
    }
}
