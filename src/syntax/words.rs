//! What every rule of the grammar is called when a person reads of it.

use super::grammar::Rule;

/// What a rule of the grammar is to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A word of the language.
    Keyword(&'static str),
    /// A punctuation mark.
    Mark(&'static str),
    /// Something that the author fills in, in Norwegian and English.
    Thing(&'static str, &'static str),
    /// A statement, by the keyword that begins it.
    Statement(&'static str),
    /// Nothing that a person reads of.
    Hidden,
}

impl Word {
    /// The word for a rule. A new rule does not compile until it has one.
    pub(super) fn of(rule: Rule) -> Word {
        use Word::{Hidden, Keyword, Mark};
        match rule {
            Rule::kw_aktuell => Keyword("aktuell"),
            Rule::kw_aldri => Keyword("aldri"),
            Rule::kw_alle => Keyword("alle"),
            Rule::kw_anbefalt => Keyword("anbefalt"),
            Rule::kw_ansvarlig => Keyword("ansvarlig"),
            Rule::kw_av => Keyword("av"),
            Rule::kw_bruk => Keyword("bruk"),
            Rule::kw_dag => Keyword("dag"),
            Rule::kw_dager => Keyword("dager"),
            Rule::kw_dato => Keyword("dato"),
            Rule::kw_eksempel => Keyword("eksempel"),
            Rule::kw_eller => Keyword("eller"),
            Rule::kw_er => Keyword("er"),
            Rule::kw_etter => Keyword("etter"),
            Rule::kw_eventuelt => Keyword("eventuelt"),
            Rule::kw_fase => Keyword("fase"),
            Rule::kw_for => Keyword("for"),
            Rule::kw_forloep => Keyword("forløp"),
            Rule::kw_forloepstider => Keyword("forløpstider"),
            Rule::kw_forvent => Keyword("forvent"),
            Rule::kw_fra => Keyword("fra"),
            Rule::kw_funn => Keyword("funn"),
            Rule::kw_foer => Keyword("før"),
            Rule::kw_gitt => Keyword("gitt"),
            Rule::kw_gruppe => Keyword("gruppe"),
            Rule::kw_gyldig => Keyword("gyldig"),
            Rule::kw_hele => Keyword("hele"),
            Rule::kw_henvis => Keyword("henvis"),
            Rule::kw_hoeyst => Keyword("høyst"),
            Rule::kw_i => Keyword("i"),
            Rule::kw_ikke => Keyword("ikke"),
            Rule::kw_ingen => Keyword("ingen"),
            Rule::kw_ingenting => Keyword("ingenting"),
            Rule::kw_intervall => Keyword("intervall"),
            Rule::kw_ja => Keyword("ja"),
            Rule::kw_kilde => Keyword("kilde"),
            Rule::kw_kjent => Keyword("kjent"),
            Rule::kw_kode => Keyword("kode"),
            Rule::kw_kriterier => Keyword("kriterier"),
            Rule::kw_lenke => Keyword("lenke"),
            Rule::kw_liste => Keyword("liste"),
            Rule::kw_mal => Keyword("mal"),
            Rule::kw_med => Keyword("med"),
            Rule::kw_mellom => Keyword("mellom"),
            Rule::kw_merknad => Keyword("merknad"),
            Rule::kw_minst => Keyword("minst"),
            Rule::kw_nei => Keyword("nei"),
            Rule::kw_nytt => Keyword("nytt"),
            Rule::kw_naar => Keyword("når"),
            Rule::kw_noeyaktig => Keyword("nøyaktig"),
            Rule::kw_og => Keyword("og"),
            Rule::kw_opplysning => Keyword("opplysning"),
            Rule::kw_over => Keyword("over"),
            Rule::kw_pakkeforloep => Keyword("pakkeforløp"),
            Rule::kw_per => Keyword("per"),
            Rule::kw_paakrevd => Keyword("påkrevd"),
            Rule::kw_regel => Keyword("regel"),
            Rule::kw_samme => Keyword("samme"),
            Rule::kw_sammen => Keyword("sammen"),
            Rule::kw_sjekkliste => Keyword("sjekkliste"),
            Rule::kw_status => Keyword("status"),
            Rule::kw_sykdom => Keyword("sykdom"),
            Rule::kw_tall => Keyword("tall"),
            Rule::kw_tallfestet => Keyword("tallfestet"),
            Rule::kw_tekst => Keyword("tekst"),
            Rule::kw_til => Keyword("til"),
            Rule::kw_tilstand => Keyword("tilstand"),
            Rule::kw_uavklart => Keyword("uavklart"),
            Rule::kw_ukjent => Keyword("ukjent"),
            Rule::kw_under => Keyword("under"),
            Rule::kw_undersoekelser => Keyword("undersøkelser"),
            Rule::kw_url => Keyword("url"),
            Rule::kw_utgiver => Keyword("utgiver"),
            Rule::kw_utledet => Keyword("utledet"),
            Rule::kw_utloeser => Keyword("utløser"),
            Rule::kw_variant => Keyword("variant"),
            Rule::kw_ved => Keyword("ved"),
            Rule::kw_versjon => Keyword("versjon"),
            Rule::kw_aar => Keyword("år"),
            Rule::kw_een => Keyword("én"),
            Rule::lbrace => Mark("{"),
            Rule::rbrace => Mark("}"),
            Rule::lparen => Mark("("),
            Rule::rparen => Mark(")"),
            Rule::eq => Mark("="),
            Rule::comma => Mark(","),
            Rule::colon => Mark(":"),
            Rule::plus => Mark("+"),
            _ => Hidden,
        }
    }

    /// Whether it is a fixed word or mark, which says nothing but that it is there.
    pub(super) fn is_fixed(self) -> bool {
        matches!(self, Word::Keyword(_) | Word::Mark(_))
    }
}
