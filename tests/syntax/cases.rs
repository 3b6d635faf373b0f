//! Mistakes in the sample: a name, how many mistakes, and each text with what stands there instead.

pub type Case = (&'static str, usize, &'static [(&'static str, &'static str)]);

macro_rules! fifty {
    ($text:literal) => {
        concat!(ten!($text), ten!($text), ten!($text), ten!($text), ten!($text))
    };
}
macro_rules! ten {
    ($text:literal) => {
        concat!($text, $text, $text, $text, $text, $text, $text, $text, $text, $text)
    };
}

pub const CASES: &[Case] = &[
    // Brackets.
    ("brace_missing_after_code", 1, &[("dato \"dagen mistanken oppsto\"\n  }\n", "dato \"dagen mistanken oppsto\"\n")]),
    ("brace_missing_on_line", 1, &[("{ fullfører }", "{ fullfører")]),
    ("brace_missing_after_limits", 1, &[("ikke tallfestet\n  }\n", "ikke tallfestet\n")]),
    ("brace_missing_in_variant", 1, &[("OF1 4 kalenderdager\n    }\n", "OF1 4 kalenderdager\n")]),
    ("brace_missing_after_template", 1, &[("høyst én av behandling\n}\n", "høyst én av behandling\n")]),
    (
        "brace_missing_in_criteria",
        1,
        &[("lege\"\n      }\n    }\n    kriterier psa", "lege\"\n      }\n    kriterier psa")],
    ),
    ("brace_missing_at_end", 1, &[("    forvent ingen funn\n  }\n}\n", "    forvent ingen funn\n  }\n")]),
    ("brace_missing_after_head", 1, &[("  fase inngang {\n", "  fase inngang\n")]),
    (
        "brace_too_many",
        1,
        &[(
            "    uavklart \"Hvem som avslutter forløpet\"\n  }\n",
            "    uavklart \"Hvem som avslutter forløpet\"\n  }\n  }\n",
        )],
    ),
    ("brace_too_many_at_end", 1, &[("    forvent ingen funn\n  }\n}\n", "    forvent ingen funn\n  }\n}\n}\n")]),
    ("parenthesis_missing", 1, &[("er utelukket) {", "er utelukket {")]),
    ("parenthesis_too_many", 1, &[("er utelukket) {", "er utelukket)) {")]),
    ("comma_missing", 1, &[("påvist, ikke_utelukket", "påvist ikke_utelukket")]),
    // Texts.
    ("quote_missing", 1, &[("\"Utredning start\" i", "\"Utredning start i")]),
    ("quote_missing_before_block", 1, &[("kirurgi\" { fullfører }", "kirurgi { fullfører }")]),
    ("quote_missing_in_head", 1, &[("svulster\" etter", "svulster etter")]),
    ("quote_missing_at_start", 1, &[("fase utredning \"Utredning\"", "fase utredning Utredning\"")]),
    ("prose_unclosed", 1, &[("raskt\n    \"\"\"", "raskt")]),
    ("prose_unclosed_before_prose", 1, &[("raskt\n    \"\"\"", "raskt\n    tekst \"\"\"Mer\"\"\"")]),
    ("quotes_curly", 1, &[("\"Histologi\"", "“Histologi”")]),
    ("quotes_angled", 1, &[("\"Histologi\"", "«Histologi»")]),
    ("label_missing", 1, &[("fase utredning \"Utredning\"", "fase utredning")]),
    ("label_without_quotes", 1, &[("status utkast", "sykdom utkast")]),
    ("text_over_two_lines", 1, &[("\"Mottatt til behandling\"", "\"Mottatt til\n    behandling\"")]),
    // Words.
    ("keyword_misspelt", 1, &[("gruppe behandling", "grupe behandling")]),
    ("keyword_misspelt_twice", 2, &[("kode S ", "koode S "), ("gruppe behandling", "grupe behandling")]),
    ("keyword_of_pathway_misspelt", 1, &[("pakkeforløp A39", "pakkeforlop A39")]),
    ("keyword_of_template_misspelt", 1, &[("mal organspesifikk", "Mal organspesifikk")]),
    ("keyword_fra_misspelt", 1, &[("fra A til S", "frå A til S")]),
    ("keyword_etter_misspelt", 1, &[("    etter behandling", "    eter behandling")]),
    ("keyword_etter_misspelt_in_head", 1, &[("svulster\" etter", "svulster\" ettr")]),
    ("keyword_naar_misspelt", 1, &[("\"Karsinom\" når", "\"Karsinom\" nårr")]),
    ("keyword_of_item_misspelt", 1, &[("påkrevd blod", "påkrvd blod")]),
    ("keyword_before_limit_misspelt", 1, &[("ikke tallfestet", "ikke talfestet")]),
    ("keyword_of_example_misspelt", 1, &[("forvent OF1 innenfor", "forvnt OF1 innenfor")]),
    ("keyword_at_end_misspelt", 1, &[("10 dager", "10 dagar")]),
    ("keyword_confused", 1, &[("A før S", "A for S")]),
    ("keyword_english", 1, &[("kode S ", "code S ")]),
    ("keywords_english_in_condition", 2, &[("er påvist eller (", "is påvist or (")]),
    ("keyword_twice", 1, &[("  fase utredning", "  fase fase utredning")]),
    ("keyword_unknown", 1, &[("  sykdom \"nevro", "  diagnose \"nevro")]),
    ("keyword_as_name", 1, &[("gruppe behandling =", "gruppe dato =")]),
    ("keyword_missing", 1, &[("fra A til S", "A til S")]),
    (
        "statement_in_wrong_block",
        1,
        &[(
            "  gruppe behandling = FK, FM\n",
            "  gruppe behandling = FK, FM\n  kriterier k \"K\" = alle av { a \"A\" }\n",
        )],
    ),
    ("name_missing", 1, &[("kode S  \"", "kode \"")]),
    ("name_missing_at_end", 1, &[("status utkast", "status")]),
    // Signs.
    ("sign_above", 1, &[("alder er over 40", "alder > 40")]),
    ("sign_at_least", 1, &[("alder er minst 18", "alder >= 18")]),
    ("sign_equal", 1, &[("histologi \"Histologi\": karsinom er påvist", "histologi \"Histologi\": karsinom = påvist")]),
    ("colon_for_equals", 1, &[("gruppe behandling =", "gruppe behandling :")]),
    ("equals_for_colon", 1, &[("henvisningen\": A før", "henvisningen\" = A før")]),
    ("semicolon", 1, &[("status utkast", "status utkast;")]),
    ("semicolon_for_comma", 1, &[("påvist, ikke_utelukket", "påvist; ikke_utelukket")]),
    ("emoji_before_mistake", 1, &[("\"Utredning start\" i", "\"Utredning 👩‍⚕️🙂 start\" ii")]),
    ("stray_word", 1, &[("status utkast", "status utkast foreløpig")]),
    // Numbers and dates.
    ("number_as_word", 1, &[("14 kalenderdager", "fjorten kalenderdager")]),
    ("number_with_decimals", 1, &[("14 kalenderdager", "14,5 kalenderdager")]),
    ("number_too_large", 1, &[("14 kalenderdager", "99999999999999999999 kalenderdager")]),
    ("date_impossible", 1, &[("2024-01-18 S", "2024-02-30 S")]),
    ("date_impossible_in_source", 1, &[("dato 2024-01-15", "dato 2023-02-29")]),
    ("date_far_off", 1, &[("gyldig fra 2024", "gyldig fra 0204")]),
    ("date_month_13", 1, &[("per 2024-06-30", "per 2024-13-30")]),
    ("date_backwards", 1, &[("per 2024-06-30", "per 30.06.2024")]),
    ("date_short", 1, &[("gyldig fra 2024-01-01", "gyldig fra 2024-1-1")]),
    ("unit_reserved", 0, &[("14 kalenderdager", "14 dager")]),
    ("unit_missing", 1, &[("14 kalenderdager\n", "14\n")]),
    // Characters.
    ("zero_width_space", 1, &[("kode S ", "kode\u{200b} S ")]),
    ("bidi_override_in_text", 1, &[("\"Utredning start\"", "\"Utredning \u{202e}start\"")]),
    ("soft_hyphen", 1, &[("utkast", "ut\u{ad}kast")]),
    ("no_break_space", 0, &[("status utkast", "status\u{a0}utkast")]),
    ("tab", 0, &[("  status utkast", "\tstatus\tutkast")]),
    // Computed facts, scales and judgement.
    ("computed_factor_missing", 1, &[("ki67 * (psa", "ki67 * * (psa")]),
    ("computed_parenthesis_missing", 1, &[("(psa - 2) / 3", "(psa - 2 / 3")]),
    ("computed_unit_missing", 1, &[("tall i poeng =", "tall i =")]),
    ("computed_equals_missing", 1, &[("tall i poeng =", "tall i poeng")]),
    ("computed_rise_without_av", 1, &[("stigning av psa", "stigning psa")]),
    ("computed_with_condition", 1, &[("ki67 * (psa", "ki67 er over (psa")]),
    ("computed_too_long", 1, &[("ki67 * (psa", concat!("ki67", fifty!(" + psa"), " * (psa"))]),
    ("keyword_of_computed_misspelt", 1, &[("beregnet risiko", "berenget risiko")]),
    ("scale_without_values", 1, &[("skala { I, II, III \"Atypi\", IV }", "skala")]),
    ("scale_comma_missing", 1, &[("I, II, III", "I, II III")]),
    ("judge_without_av", 1, &[("µg/l vurderes av", "µg/l vurderes")]),
    // How often and how lately.
    ("repeated_without_times", 1, &[("minst 3 ganger med", "minst 3 med")]),
    ("repeated_spacing_without_minst", 1, &[("med minst 14 dager", "med 14 dager")]),
    ("repeated_word_misspelt", 1, &[("3 ganger", "3 gonger")]),
    ("recent_without_number", 1, &[("siste 4 uker", "siste uker")]),
    ("recent_with_decimals", 1, &[("siste 4 uker", "siste 4,5 uker")]),
    ("course_test_without_word", 1, &[("ikke i forløp A12", "ikke i A12")]),
    // Criteria and items with options.
    ("criteria_option_misspelt", 1, &[("ikke alene vurderes", "ikke alne vurderes")]),
    ("criteria_option_cut", 1, &[("utelukker ikke:", "utelukker:")]),
    ("criteria_option_twice", 1, &[("vurderes av \"urolog\":", "vurderes av \"urolog\" vurderes av \"lege\":")]),
    ("item_option_cut", 1, &[("ikke eldre enn 4 uker", "ikke eldre 4 uker")]),
    ("item_option_twice", 1, &[("før biopsi utføres", "før biopsi når lever når ct utføres")]),
    ("item_option_unknown", 1, &[("utføres av \"radiolog\"", "gjøres av \"radiolog\"")]),
    ("item_alternatives_without_equals", 1, &[("når i forløp = minst 1 av", "når i forløp minst 1 av")]),
    ("item_alternative_broken", 1, &[("mr \"MR\"", "mr MR")]),
    ("item_prohibition_misspelt", 1, &[("unngå biopsi", "ungå biopsi")]),
    // Routes.
    ("routes_label_missing", 1, &[("veivalg vei \"Veien videre\"", "veivalg vei")]),
    ("routes_name_missing", 1, &[("veivalg vei \"Veien", "veivalg \"Veien")]),
    ("routes_brace_missing", 1, &[("nytt forløp\n    }\n", "nytt forløp\n")]),
    ("routes_keyword_as_name", 1, &[("veivalg vei \"Veien", "veivalg videre \"Veien")]),
    ("keyword_of_routes_misspelt", 1, &[("veivalg vei \"Veien", "vegvalg vei \"Veien")]),
    (
        "routes_in_template",
        1,
        &[(
            "  gruppe behandling = FK, FM\n",
            "  gruppe behandling = FK, FM\n  veivalg v \"V\" {\n    ellers: inngår\n  }\n",
        )],
    ),
    ("route_colon_missing", 1, &[("når lever: henvis", "når lever henvis")]),
    ("route_condition_missing", 1, &[("når psa er kjent: inngår", "når: inngår")]),
    ("route_when_missing", 1, &[("når psa er kjent: inngår", "psa er kjent: inngår")]),
    ("route_outcome_missing", 1, &[("når psa er kjent: inngår", "når psa er kjent:")]),
    ("route_outcome_misspelt", 1, &[("kjent: inngår", "kjent: inngår_ikke")]),
    ("route_outcome_near", 1, &[("kjent: inngår", "kjent: ingår")]),
    ("route_text_missing", 1, &[("straks \"Legg inn\"", "straks")]),
    ("route_target_without_til", 1, &[("henvis til lungekreft merknad", "henvis lungekreft merknad")]),
    ("route_otherwise_misspelt", 1, &[("ellers: henvis", "eller: henvis")]),
    ("route_otherwise_with_condition", 1, &[("ellers: henvis", "ellers når ct: henvis")]),
    ("statement_in_routes", 1, &[("kjent: inngår\n", "kjent: inngår\n      uavklart \"Noe\"\n")]),
    ("two_bad_routes", 2, &[("når lever: henvis", "når lever henvis"), ("straks \"Legg inn\"", "straks")]),
    // Validity, former names, what is missing.
    ("code_validity_cut", 1, &[("gyldig til 2016", "gyldig 2016")]),
    ("code_validity_impossible", 1, &[("gyldig til 2016-12-31", "gyldig til 2016-11-31")]),
    ("former_without_text", 1, &[("tidligere \"Start\" til", "tidligere til")]),
    ("former_day_impossible", 1, &[("\"Start\" til 2020-12-31", "\"Start\" til 2020-12-32")]),
    ("former_in_phase", 1, &[("    sjekkliste henvisning", "    tidligere \"Før\"\n    sjekkliste henvisning")]),
    ("missing_without_text", 1, &[("mangler \"Kodeprefiks er ikke funnet\"", "mangler kodeprefikset")]),
    ("prefix_word_unknown", 1, &[("uten kodeprefiks", "uten prefiks")]),
    ("repeating_misspelt", 1, &[("gjentas", "gjentes")]),
    // Expectations.
    ("expectation_of_criteria_cut", 1, &[("forvent kriterier mistanke oppfylt", "forvent kriterier mistanke")]),
    ("expectation_of_route_cut", 1, &[("forvent veivalg vei utenfor", "forvent veivalg vei")]),
    (
        "expectation_of_item_cut",
        1,
        &[("forvent undersøkelser bilder ct mangler", "forvent undersøkelser bilder mangler")],
    ),
    ("expectation_misspelt", 1, &[("forvent veivalg vei utenfor", "forvent vegvalg vei utenfor")]),
    // Together.
    (
        "three_mistakes",
        3,
        &[("{ fullfører }", "{ fullfører"), ("fra A til S", "frå A til S"), ("per 2024-06-30", "per 2024-06-31")],
    ),
    ("text_and_word", 2, &[("\"Utredning start\" i", "\"Utredning start i"), ("sykdom \"nevro", "sykdm \"nevro")]),
    ("two_bad_rows", 2, &[("14 kalenderdager", "kalenderdager"), ("2024-01-18 S", "2024-01-18")]),
];
