//! Names as FHIR allows them.

/// The longest id that FHIR allows.
const LONGEST: usize = 64;

/// A name with the letters that an id may have. Two names may give the same; who uses it refuses that.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars() {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '.' => slug.push(letter),
            'æ' => slug.push_str("ae"),
            'ø' => slug.push_str("oe"),
            'å' => slug.push_str("aa"),
            'Æ' => slug.push_str("Ae"),
            'Ø' => slug.push_str("Oe"),
            'Å' => slug.push_str("Aa"),
            '_' | ':' => slug.push('-'),
            other => slug.push_str(&format!("u{:x}", u32::from(other))),
        }
    }
    slug
}

/// Whether what [`slug`] gave can be an id.
pub(super) fn is_id(slug: &str) -> bool {
    (1..=LONGEST).contains(&slug.len())
}

/// A name that programs can use: a capital letter, then letters, digits and `_`.
pub(super) fn computable(slug: &str) -> String {
    let plain: String = slug.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    let mut letters = plain.chars();
    match letters.next() {
        Some(first) if first.is_ascii_alphabetic() => format!("{}{}", first.to_ascii_uppercase(), letters.as_str()),
        _ => format!("P{plain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_are_ascii() {
        for (name, id, program) in [
            ("A39", "A39", "A39"),
            ("blærekreft", "blaerekreft", "Blaerekreft"),
            ("hode_og_halskreft:CK", "hode-og-halskreft-CK", "Hode_og_halskreft_CK"),
            ("é1", "ue91", "Ue91"),
            ("1.2", "1.2", "P1_2"),
        ] {
            assert_eq!(slug(name), id);
            assert_eq!(computable(id), program);
        }
        assert!(is_id(&"a".repeat(64)) && !is_id(&"a".repeat(65)) && !is_id(""));
    }
}
