//! Prose between `"""`.

/// The Markdown of prose: without its quotes, the indentation that all its lines share, and space at the ends of lines.
pub(super) fn markdown(prose: &str) -> String {
    let inner = prose.strip_prefix("\"\"\"").and_then(|rest| rest.strip_suffix("\"\"\"")).unwrap_or(prose);
    let indent = |line: &str| line.chars().take_while(|c| c.is_whitespace()).count();
    // The first line follows the quotes and has no indentation of its own.
    let shared = inner.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or_default();
    let lines = inner.lines().enumerate().map(|(at, line)| match at {
        0 => line.trim(),
        _ => line.char_indices().nth(shared).and_then(|(start, _)| line.get(start..)).unwrap_or_default().trim_end(),
    });
    lines.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn shared_indentation_goes_and_the_rest_stays() {
        assert_eq!(markdown("\"\"\"\n    En\n      to\n\n    tre  \n    \"\"\""), "En\n  to\n\ntre");
        assert_eq!(markdown("\"\"\"En\n  to\"\"\""), "En\nto");
        assert_eq!(markdown("\"\"\"\"\"\""), "");
    }

    #[test]
    fn no_word_is_lost_to_a_quote_or_a_wide_space() {
        assert_eq!(markdown("\"\"\"\"Ja\" betyr ja\"\"\""), "\"Ja\" betyr ja");
        assert_eq!(markdown("\"\"\"\n\u{a0}En\n to\n\"\"\""), "En\nto");
    }
}
