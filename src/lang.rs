//! The language of everything a person reads.

/// Norwegian bokmål or English. JSON keys and codes are the same in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Norwegian bokmål, the default.
    #[default]
    Nb,
    /// English.
    En,
}

/// One sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Norwegian bokmål.
    pub nb: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The sentence in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Nb => &self.nb,
            Lang::En => &self.en,
        }
    }
}

/// Writes one sentence in both languages, each with the arguments of `format!`:
/// `text!("«{name}» finnes ikke", "«{name}» does not exist")`.
#[macro_export]
macro_rules! text {
    ($nb:literal, $en:literal $(,)?) => {
        $crate::lang::Text { nb: format!($nb), en: format!($en) }
    };
}
