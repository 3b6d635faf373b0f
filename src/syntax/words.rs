//! What every rule of the grammar is called when a person reads of it, and the words of the language.

use std::{collections::BTreeSet, sync::LazyLock};

use super::grammar::Rule;

/// What a rule of the grammar is to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A word of the language.
    Keyword(&'static str),
    /// A punctuation mark.
    Mark(&'static str),
    /// A statement, by the keyword that begins it.
    Statement(&'static str),
    /// A part of a statement, by the keyword or mark that begins it.
    Part(&'static str),
    /// One of several parts.
    Parts(&'static [&'static str]),
    /// Something that the author fills in, in Norwegian and English.
    Thing(&'static str, &'static str),
    /// Nothing that a person reads of.
    Hidden,
}

impl Word {
    /// The word for a rule. A new rule does not compile until it has one.
    pub(super) fn of(rule: Rule) -> Word {
        use Word::{Hidden, Keyword, Mark, Part, Parts, Statement, Thing};
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
            Rule::kw_indikator => Keyword("indikator"),
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
            Rule::kw_nevner => Keyword("nevner"),
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
            Rule::kw_teller => Keyword("teller"),
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
            Rule::kw_alene => Keyword("alene"),
            Rule::kw_beregnet => Keyword("beregnet"),
            Rule::kw_eldre => Keyword("eldre"),
            Rule::kw_ellers => Keyword("ellers"),
            Rule::kw_enn => Keyword("enn"),
            Rule::kw_ganger => Keyword("ganger"),
            Rule::kw_gjentas => Keyword("gjentas"),
            Rule::kw_inngaar => Keyword("inngår"),
            Rule::kw_kodeprefiks => Keyword("kodeprefiks"),
            Rule::kw_mangler => Keyword("mangler"),
            Rule::kw_siste => Keyword("siste"),
            Rule::kw_skala => Keyword("skala"),
            Rule::kw_stigning => Keyword("stigning"),
            Rule::kw_straks => Keyword("straks"),
            Rule::kw_tidligere => Keyword("tidligere"),
            Rule::kw_unngaa => Keyword("unngå"),
            Rule::kw_unntatt => Keyword("unntatt"),
            Rule::kw_uten => Keyword("uten"),
            Rule::kw_utelukker => Keyword("utelukker"),
            Rule::kw_utenfor => Keyword("utenfor"),
            Rule::kw_utfoeres => Keyword("utføres"),
            Rule::kw_utgaar => Keyword("utgår"),
            Rule::kw_veivalg => Keyword("veivalg"),
            Rule::kw_videre => Keyword("videre"),
            Rule::kw_vurderes => Keyword("vurderes"),
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
            Rule::minus => Mark("-"),
            Rule::times => Mark("*"),
            Rule::divide => Mark("/"),

            Rule::import => Statement("bruk"),
            Rule::template => Statement("mal"),
            Rule::pathway => Statement("pakkeforløp"),
            Rule::phase | Rule::phase_decl => Statement("fase"),
            Rule::code => Statement("kode"),
            Rule::group => Statement("gruppe"),
            Rule::interval => Statement("intervall"),
            Rule::order_rule => Statement("regel"),
            Rule::indicator | Rule::withdrawn => Statement("indikator"),
            Rule::disease => Statement("sykdom"),
            Rule::status => Statement("status"),
            Rule::version => Statement("versjon"),
            Rule::validity => Statement("gyldig"),
            Rule::source => Statement("kilde"),
            Rule::fact => Statement("opplysning"),
            Rule::limits => Statement("forløpstider"),
            Rule::variant => Statement("variant"),
            Rule::example => Statement("eksempel"),
            Rule::text => Statement("tekst"),
            Rule::criteria => Statement("kriterier"),
            Rule::list => Statement("liste"),
            Rule::responsibility => Statement("ansvarlig"),
            Rule::referral => Statement("henvis"),
            Rule::link => Statement("lenke"),
            Rule::open => Statement("uavklart"),
            Rule::missing => Statement("mangler"),
            Rule::former => Statement("tidligere"),
            Rule::computed => Statement("beregnet"),
            Rule::routes => Statement("veivalg"),

            Rule::code_date | Rule::source_date => Part("dato"),
            Rule::occasion => Part("ved"),
            Rule::publisher => Part("utgiver"),
            Rule::url => Part("url"),
            Rule::note => Part("merknad"),
            Rule::when => Part("når"),
            Rule::from => Part("fra"),
            Rule::to => Part("til"),
            Rule::source_ref => Part("kilde"),
            Rule::sum => Part("="),
            Rule::treatments => Part("etter"),
            Rule::as_of => Part("per"),
            Rule::given => Part("gitt"),
            Rule::expectation => Part("forvent"),
            Rule::nested | Rule::fact_value => Part("="),
            Rule::bracket => Part("("),
            Rule::choice => Part("{"),
            Rule::in_course | Rule::course_test => Part("i"),
            Rule::repeats => Part("gjentas"),
            Rule::no_prefix => Part("uten"),
            Rule::scale => Part("skala"),
            Rule::judged_by => Part("vurderes"),
            Rule::repeated => Part("minst"),
            Rule::recent => Part("siste"),
            Rule::before_items => Part("før"),
            Rule::max_age | Rule::not_alone => Part("ikke"),
            Rule::no_exclusion => Part("utelukker"),
            Rule::done_by => Part("utføres"),
            Rule::item_need => Part("="),
            Rule::refer => Part("henvis"),
            Rule::included => Part("inngår"),
            Rule::outside => Part("utenfor"),
            Rule::at_once => Part("straks"),
            Rule::onward => Part("videre"),
            Rule::rise => Part("stigning"),
            Rule::denominator => Part("nevner"),
            Rule::numerator => Part("teller"),
            Rule::exclusion => Part("unntatt"),
            Rule::at_least_share => Part("minst"),
            Rule::courses => Part("forløp"),

            Rule::name | Rule::names | Rule::role | Rule::choice_value | Rule::treatment => Thing("et navn", "a name"),
            Rule::string => Thing("en tekst i anførselstegn", "a text in quotation marks"),
            Rule::prose => Thing("en tekst mellom \"\"\"", "a text between \"\"\""),
            Rule::date | Rule::dated => Thing("en dato", "a date"),
            Rule::number | Rule::count => Thing("et tall", "a number"),
            Rule::unit | Rule::unit_name => Thing("en enhet", "a unit"),
            Rule::value | Rule::measure => Thing("en verdi", "a value"),
            Rule::condition | Rule::all | Rule::atom | Rule::test => Thing("en betingelse", "a condition"),
            Rule::compare => Thing("en sammenlikning", "a comparison"),
            Rule::population => Thing("et intervall eller «forløp»", "an interval or «forløp»"),
            Rule::kept => Thing("«målt» eller «innenfor»", "«målt» or «innenfor»"),
            Rule::limit_form | Rule::amount => Thing("en frist", "a limit"),
            Rule::limit_option => Parts(&["fra", "til", "kilde", "merknad"]),
            Rule::indicator_option => Parts(&["fra", "til", "kilde"]),
            Rule::item_option => Parts(&["når", "før", "ikke eldre enn", "utføres av"]),
            Rule::criteria_option => Parts(&["ikke alene", "utelukker ikke", "vurderes av"]),
            Rule::route => Parts(&["når", "ellers"]),
            Rule::outcome => Parts(&["henvis til", "inngår", "utenfor", "straks", "videre"]),
            Rule::limit | Rule::limit_key | Rule::measured => Thing("et intervall", "an interval"),
            Rule::rule_body => Thing("en regel", "a rule"),
            Rule::fact_type => Thing("verdiene", "the values"),
            Rule::need => Thing("«alle av», «minst … av» eller «ingen av»", "«alle av», «minst … av» or «ingen av»"),
            Rule::target => Thing("et pakkeforløp", "a pathway"),
            Rule::criteria_item => Thing("et kriterium", "a criterion"),
            Rule::expression => Thing("et regnestykke", "an arithmetic expression"),
            Rule::term | Rule::factor => Thing("et tall eller en opplysning", "a number or a fact"),
            Rule::span => Thing("et antall og en enhet", "an amount and a unit"),
            Rule::outcome_name => Thing("et utfall", "an outcome"),
            Rule::item_status => Thing("en status", "a status"),
            Rule::item => Thing("et punkt", "an item"),

            Rule::template_open
            | Rule::pathway_open
            | Rule::phase_open
            | Rule::limits_open
            | Rule::indicator_open
            | Rule::indicator_row
            | Rule::variant_open
            | Rule::example_open
            | Rule::criteria_open
            | Rule::list_open
            | Rule::routes_open
            | Rule::only_routes
            | Rule::bad_routes_open
            | Rule::WHITESPACE
            | Rule::file
            | Rule::top_item
            | Rule::template_statement
            | Rule::code_row
            | Rule::before
            | Rule::triggers
            | Rule::at_most
            | Rule::exactly
            | Rule::nothing_after
            | Rule::never_together
            | Rule::pathway_statement
            | Rule::source_row
            | Rule::yes_no
            | Rule::quantity
            | Rule::date_type
            | Rule::years_type
            | Rule::unquantified
            | Rule::same_day
            | Rule::derived
            | Rule::window
            | Rule::at_least
            | Rule::is_known
            | Rule::is_unknown
            | Rule::is_not
            | Rule::is_value
            | Rule::content
            | Rule::new_course
            | Rule::example_row
            | Rule::expect_no_findings
            | Rule::expect_finding
            | Rule::expect_criteria
            | Rule::expect_route
            | Rule::expect_investigation
            | Rule::expect_variant
            | Rule::expect_state
            | Rule::expect_courses
            | Rule::expect_interval
            | Rule::only_items
            | Rule::only_template
            | Rule::only_pathway
            | Rule::only_variant
            | Rule::only_phase
            | Rule::only_code
            | Rule::only_source
            | Rule::only_indicator
            | Rule::only_limits
            | Rule::only_criteria
            | Rule::only_list
            | Rule::only_example
            | Rule::bad_item
            | Rule::bad_statement
            | Rule::bad_row
            | Rule::bad_part
            | Rule::comment
            | Rule::byte_order_mark
            | Rule::rest_of_line
            | Rule::line_end
            | Rule::bad_template_open
            | Rule::bad_pathway_open
            | Rule::bad_indicator_open
            | Rule::bad_limits_open
            | Rule::bad_variant_open
            | Rule::bad_phase_open
            | Rule::bad_criteria_open
            | Rule::bad_list_open
            | Rule::bad_example_open
            | Rule::bad_open
            | Rule::BLANK
            | Rule::top_word
            | Rule::statement_word
            | Rule::reserved
            | Rule::EOI => Hidden,
        }
    }

    /// Whether it is a fixed word or mark, which says nothing but that it is there.
    pub(super) fn is_fixed(self) -> bool {
        matches!(self, Word::Keyword(_) | Word::Mark(_))
    }
}

/// Every keyword.
pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    Rule::all_rules().iter().filter_map(|rule| match Word::of(*rule) {
        Word::Keyword(keyword) => Some(keyword),
        _ => None,
    })
}

/// Whether a word is a keyword, and so no name.
pub(super) fn is_keyword(word: &str) -> bool {
    static KEYWORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| keywords().collect());
    KEYWORDS.contains(word)
}

/// The keywords that begin an item of a file or a statement of a block.
const STATEMENTS: [&str; 31] = [
    "ansvarlig",
    "beregnet",
    "bruk",
    "eksempel",
    "fase",
    "forløpstider",
    "gruppe",
    "gyldig",
    "henvis",
    "indikator",
    "intervall",
    "kilde",
    "kode",
    "kriterier",
    "lenke",
    "liste",
    "mal",
    "mangler",
    "opplysning",
    "pakkeforløp",
    "regel",
    "sjekkliste",
    "status",
    "sykdom",
    "tekst",
    "tidligere",
    "uavklart",
    "undersøkelser",
    "variant",
    "veivalg",
    "versjon",
];

/// Whether a word begins a statement where it is the first of its line.
pub(super) fn is_statement(word: &str) -> bool {
    STATEMENTS.binary_search(&word).is_ok()
}

/// Whether a character can stand in a name after its first.
pub(super) fn continues(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { pest::unicode::XID_CONTINUE(c) }
}

/// The names in a line, without texts and keywords.
pub(super) fn names_in(line: &str) -> impl Iterator<Item = &str> {
    let outside = line.split('"').step_by(2);
    let words = outside.flat_map(|piece| piece.split(|c| !continues(c)));
    words.filter(|word| word.starts_with(pest::unicode::XID_START) && !is_keyword(word))
}

/// What people write for a keyword or mark of the language: other languages, other spellings, signs; and numbers in letters.
#[rustfmt::skip]
pub(super) const MEANT: &[(&str, &str)] = &[
    ("<", "er under"), (">", "er over"), ("<=", "er høyst"), (">=", "er minst"), ("≤", "er høyst"), ("≥", "er minst"), ("=", "er"), ("==", "er"), ("!=", "er ikke"), ("≠", "er ikke"), ("&", "og"), ("&&", "og"), ("|", "eller"), ("||", "eller"), ("!", "ikke"), (":", "="), ("=", ":"), (";", ","), (";", ""), (",", ""), ("[", "("), ("]", ")"),
    ("hvis", "når"), ("dersom", "når"), ("om", "når"), ("maks", "høyst"), ("maksimalt", "høyst"), ("minimum", "minst"), ("ein", "én"), ("en", "én"), ("ett", "én"),
    ("gjøres", "utføres"), ("skal", "påkrevd"), ("bør", "anbefalt"), ("kan", "aktuell"), ("annars", "ellers"),
    ("after", "etter"), ("all", "alle"), ("and", "og"), ("before", "før"), ("avoid", "unngå"), ("code", "kode"), ("computed", "beregnet"), ("denominator", "nevner"), ("else", "ellers"), ("example", "eksempel"), ("except", "unntatt"), ("expect", "forvent"), ("fact", "opplysning"), ("from", "fra"), ("given", "gitt"), ("if", "når"), ("import", "bruk"), ("indicator", "indikator"), ("is", "er"), ("limits", "forløpstider"), ("link", "lenke"), ("list", "liste"), ("none", "ingen"), ("not", "ikke"), ("numerator", "teller"), ("of", "av"), ("or", "eller"), ("pathway", "pakkeforløp"), ("phase", "fase"), ("rule", "regel"), ("source", "kilde"), ("template", "mal"), ("text", "tekst"), ("to", "til"), ("use", "bruk"), ("when", "når"),
    ("to", "2"), ("tre", "3"), ("fire", "4"), ("fem", "5"), ("seks", "6"), ("sju", "7"), ("syv", "7"), ("åtte", "8"), ("ni", "9"), ("ti", "10"), ("elleve", "11"), ("tolv", "12"), ("tretten", "13"), ("fjorten", "14"), ("femten", "15"), ("tjue", "20"), ("tretti", "30"),
];

#[cfg(test)]
mod tests {
    use pest::Parser;

    use super::{STATEMENTS, is_keyword, keywords};
    use crate::syntax::grammar::{ForlopParser, Rule};

    const GRAMMAR: &str = include_str!("../../grammar/forlop.pest");

    /// The rules `kw_…` that a rule of the grammar names.
    fn named_in(rule: &str) -> Vec<&'static str> {
        let (_, rest) = GRAMMAR.split_once(&format!("\n{rule} = _{{")).unwrap();
        let (body, _) = rest.split_once('}').unwrap();
        body.split(|c: char| !c.is_alphabetic() && c != '_').filter(|word| word.starts_with("kw_")).collect()
    }

    /// The keyword that a rule `kw_…` reads.
    fn literal(rule: &str) -> &'static str {
        let (_, rest) = GRAMMAR.split_once(&format!("\n{rule} = @{{ \"")).unwrap();
        rest.split_once('"').unwrap().0
    }

    fn is_name(text: &str) -> bool {
        ForlopParser::parse(Rule::name, text).is_ok_and(|pairs| pairs.as_str() == text)
    }

    #[test]
    fn a_keyword_is_no_name_and_with_a_letter_more_it_is() {
        for keyword in keywords() {
            assert!(!is_name(keyword) && is_keyword(keyword), "{keyword}");
            assert!(is_name(&format!("{keyword}x")) && is_name(&format!("{keyword}ø")), "{keyword}");
        }
    }

    #[test]
    fn only_keywords_are_reserved() {
        let (_, reserved) = GRAMMAR.split_once("reserved = @{ (\n").unwrap();
        let (reserved, _) = reserved.split_once("\n)").unwrap();
        let mut words = Vec::new();
        let mut letter = "";
        let mut pieces = reserved.split('"').skip(1);
        while let (Some(literal), Some(after)) = (pieces.next(), pieces.next()) {
            if after.starts_with(" ~ ") {
                letter = literal;
                continue;
            }
            words.push(format!("{letter}{literal}"));
            if after.starts_with(")?") {
                words.push(letter.to_owned());
            }
        }
        assert!(words.is_sorted_by(|a, b| a > b), "the longer first");
        assert_eq!(words.len(), keywords().count());
        assert!(words.iter().all(|word| is_keyword(word)), "{words:?}");
    }

    #[test]
    fn statements_are_those_of_the_grammar() {
        let mut grammar: Vec<_> =
            named_in("top_word      ").into_iter().chain(named_in("statement_word")).map(literal).collect();
        grammar.sort_unstable();
        assert_eq!(grammar, STATEMENTS);
    }
}
