//! Names of the specification as Rust names: ASCII, so that no lint and no keyboard minds, and each only once.

use std::collections::HashSet;

/// Words that cannot be names, of those that these rules can make.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Gives names, the same never twice: what is taken gets a number.
pub(super) struct Names(HashSet<String>);

impl Names {
    /// With names that are taken from the beginning.
    pub fn new(taken: &[&str]) -> Self {
        Names(KEYWORDS.iter().chain(taken).map(|&name| name.to_owned()).collect())
    }

    /// `OF1` is `Of1`, `ikke_påvist` is `IkkePaavist`.
    pub fn camel(&mut self, name: &str) -> String {
        let capital = |word: String| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        };
        self.unique(words(name).map(capital).collect(), "")
    }

    /// `A39` is `a39`, `smerte-tilstander` is `smerte_tilstander`.
    pub fn snake(&mut self, name: &str) -> String {
        self.unique(words(name).collect::<Vec<_>>().join("_"), "_")
    }

    /// `A39CK` is itself, `smerte:CK` is `SMERTE_CK`.
    pub fn upper(&mut self, name: &str) -> String {
        self.unique(words(name).collect::<Vec<_>>().join("_").to_uppercase(), "_")
    }

    fn unique(&mut self, mut name: String, before_number: &str) -> String {
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            name.insert(0, 'N');
        }
        let numbered = (2..).map(|number| format!("{name}{before_number}{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.0.contains(name));
        let name = free.unwrap_or(name);
        self.0.insert(name.clone());
        name
    }
}

/// The words of a name in small ASCII letters; a letter that Norwegian has no ASCII for becomes its number.
fn words(name: &str) -> impl Iterator<Item = String> {
    let parts = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(|word| word.to_lowercase().chars().map(ascii).collect())
}

fn ascii(letter: char) -> String {
    match letter {
        'æ' | 'ä' => "ae".to_owned(),
        'ø' | 'ö' => "oe".to_owned(),
        'å' => "aa".to_owned(),
        'ü' => "ue".to_owned(),
        'é' | 'è' | 'ê' | 'ë' => "e".to_owned(),
        'ó' | 'ò' | 'ô' => "o".to_owned(),
        'á' | 'à' | 'â' => "a".to_owned(),
        letter if letter.is_ascii() => letter.to_string(),
        letter => format!("u{:x}", u32::from(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn names_are_ascii_and_unlike() {
        let mut names = Names::new(&["Taken"]);
        let camel = ["OF1", "ikke_påvist", "ikke-påvist", "self", "taken", "β_blokker", "1a", "", "_"];
        let camel = camel.map(|name| names.camel(name));
        assert_eq!(camel, ["Of1", "IkkePaavist", "IkkePaavist2", "Self2", "Taken2", "U3b2Blokker", "N1a", "N", "N2"]);
        let mut names = Names::new(&[]);
        assert_eq!(
            ["A39", "type", "Type", "rus_2", "rus", "rus"].map(|name| names.snake(name)),
            ["a39", "type_2", "type_3", "rus_2", "rus", "rus_3"]
        );
        let mut names = Names::new(&[]);
        assert_eq!(
            ["A39CK", "smerte:CK", "smerte_ck"].map(|name| names.upper(name)),
            ["A39CK", "SMERTE_CK", "SMERTE_CK_2"]
        );
    }
}
