//! The NET pathway broken in more than fifty ways: one finding for one mistake, at its place, in words an author
//! understands; and the rest of the file is still checked.
#![allow(clippy::unwrap_used)]

mod check_support;

use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

use check_support::show;
use forlop::{
    compile::{Compilation, compile},
    diagnostic::Severity,
    source::Input,
};

/// What is replaced by what, and the code and the underlined text of the finding that this gives.
#[rustfmt::skip]
const MISTAKES: &[(&str, &str, &str, &str, &str)] = &[
    // Marks.
    ("a block without its brace", "stråle        56 kalenderdager\n  }", "stråle        56 kalenderdager", "F0103", "{"),
    ("a list without its brace", "      \"Cushings syndrom\"\n        \"Ikke-funksjonell tumor\"\n      }", "      \"Cushings syndrom\"\n        \"Ikke-funksjonell tumor\"", "F0103", "{"),
    ("a brace too many", "  # Forløpstider\n", "  }\n", "F0104", "}"),
    ("a text without its first mark", "sykdom \"nevro", "sykdom nevro", "F0105", "\""),
    ("a text without its last mark", "status utkast\n\n  kilde utkast \"Pakkeforløp for nevroendokrine svulster, høringsutkast\"", "status utkast\n\n  kilde utkast \"Pakkeforløp for nevroendokrine svulster, høringsutkast", "F0105", "\"Pakkeforløp for nevroendokrine svulster, høringsutkast"),
    ("prose without its end", "av helsetjenester.\n  \"\"\"", "av helsetjenester.", "F0105", "\"\"\""),
    ("marks of a word processor", "sykdom \"nevroendokrine svulster\"", "sykdom “nevroendokrine svulster”", "F0101", "“nevroendokrine svulster”"),
    ("a condition without its bracket", "når karsinom er påvist eller karsinom er ikke_utelukket {", "når (karsinom er påvist eller karsinom er ikke_utelukket {", "F0103", "("),
    ("a semicolon", "OF1               14 kalenderdager\n", "OF1               14 kalenderdager;\n", "F0101", ";"),
    ("an equals sign in a condition", "når utgangspunkt er lunge", "når utgangspunkt = lunge", "F0101", "="),
    ("a sign for is not", "når karsinom er påvist eller", "når karsinom != utelukket eller", "F0101", "!="),
    ("a comma too many", "    tynntarm,\n    pankreas,", "    tynntarm,,\n    pankreas,", "F0101", ","),
    // Keywords.
    ("a misspelt statement", "  forløpstider kilde utkast {\n    OF1               14", "  forløptider kilde utkast {\n    OF1               14", "F0102", "forløptider"),
    ("a misspelt statement in a phase", "    sjekkliste henvisning", "    sjekliste henvisning", "F0102", "sjekliste"),
    ("a misspelt expectation", "forvent OF1 innenfor 10 dager", "forvendt OF1 innenfor 10 dager", "F0102", "forvendt"),
    ("an English keyword", "  variant karsinom \"Nevroendokrint karsinom\" når", "  variant karsinom \"Nevroendokrint karsinom\" when", "F0102", "when"),
    ("nynorsk", "Mistanke om hormonelt aktiv tumor\" ja eller nei", "Mistanke om hormonelt aktiv tumor\" ja eller ikkje", "F0101", "ikkje"),
    ("a doubled keyword", "  status utkast", "  status status utkast", "F0101", "status"),
    ("a keyword as a name", "opplysning histologi \"", "opplysning kode \"", "F0101", "kode"),
    ("a missing name", "opplysning histologi \"", "opplysning \"", "F0101", "\"Histologisk undersøkelse viser nevroendokrin svulst\""),
    ("a number in letters", "OF1               14 kalenderdager", "OF1               fjorten kalenderdager", "F0107", "fjorten"),
    ("a missing unit", "OF2               21 kalenderdager", "OF2               21", "F0101", "21"),
    ("a statement in the wrong block", "  fase utredning {\n", "  fase utredning {\n    status utkast\n", "F0101", "status"),
    // Dates and numbers.
    ("a day that does not exist", "2024-02-12 CK", "2024-02-30 CK", "F0106", "2024-02-30"),
    ("a date the wrong way", "2024-02-12 CK", "12.02.2024 CK", "F0101", "12.02.2024"),
    ("a huge number", "OF2               21 kalenderdager", "OF2               99999999999999999999 kalenderdager", "F0107", "99999999999999999999"),
    ("a negative limit", "OF2               21 kalenderdager", "OF2               -21 kalenderdager", "F0404", "-21"),
    ("half a day", "OF2               21 kalenderdager", "OF2               20,5 kalenderdager", "F0107", "20,5"),
    ("an absurd limit", "OF2               21 kalenderdager", "OF2               21000 kalenderdager", "F0404", "21000"),
    // Names.
    ("a misspelt template", "etter organspesifikk {", "etter organspesefikk {", "F0202", "organspesefikk"),
    ("an unknown code in an example", "2024-02-12 CK", "2024-02-05 CQ", "F0203", "CQ"),
    ("a whole code where the letters are enough", "2024-02-12 CK", "2024-02-05 A39CK", "F0203", "A39CK"),
    ("a code of its own that the template lacks", "kode FL \"", "kode FZ \"", "F0203", "FZ"),
    ("an unknown interval", "OF2               21 kalenderdager", "OF5               21 kalenderdager", "F0204", "OF5"),
    ("a misspelt treatment", "OF3 stråle        21", "OF3 stråling      21", "F0205", "stråling"),
    ("a treatment where there is none", "OF2               21", "OF2 kirurgi       21", "F0205", "kirurgi"),
    ("a misspelt fact", "når utgangspunkt er lunge", "når utgangspunktet er lunge", "F0206", "utgangspunktet"),
    ("a misspelt value", "når karsinom er påvist eller", "når karsinom er påvis eller", "F0207", "påvis"),
    ("an unknown phase", "  fase utredning {", "  fase utreding {", "F0208", "utreding"),
    ("an unknown source", "forløpstider kilde utkast {\n    OF1               14", "forløpstider kilde utkastet {\n    OF1               14", "F0209", "utkastet"),
    ("an unknown variant in an example", "forvent variant hovedforløp sikker", "forvent variant hovedløp sikker", "F0210", "hovedløp"),
    ("an unknown status", "  status utkast", "  status ferdig", "F0212", "ferdig"),
    ("a misspelt unit", "OF2               21 kalenderdager", "OF2               21 kalenderdgaer", "F0212", "kalenderdgaer"),
    ("a fact declared twice", "opplysning histologi \"Histologisk", "opplysning karsinom \"Igjen\" ja eller nei\n  opplysning histologi \"Histologisk", "F0201", "karsinom"),
    // Meaning.
    ("a fact of the wrong type", "når karsinom er påvist eller", "når karsinom er over 3 eller", "F0301", "karsinom"),
    ("a choice that stands alone", "når bare_hormonsymptomer =", "når karsinom =", "F0301", "karsinom"),
    ("months in a sum of days", "OF2               21 kalenderdager", "OF2               1 måneder", "F0302", "56 kalenderdager"),
    ("a doubled row", "OF2               21 kalenderdager", "OF2               21 kalenderdager\n    OF2               22 kalenderdager", "F0401", "OF2"),
    ("a wrong sum", "OF4 stråle        56 kalenderdager", "OF4 stråle        65 kalenderdager", "F0402", "65 kalenderdager"),
    ("a silent sum", "      OF4 kirurgi       ikke tallfestet\n      OF4 medikamentell ikke tallfestet\n      OF4 stråle        ikke tallfestet\n", "", "F0403", "OF1               4 kalenderdager"),
    ("a window the wrong way", "OF1               4 kalenderdager", "OF1               mellom 8 og 4 kalenderdager", "F0406", "mellom 8 og 4 kalenderdager"),
    ("a variant that never holds", "når karsinom er påvist eller karsinom er ikke_utelukket {", "når karsinom er påvist og karsinom er ikke_utelukket {", "F0502", "karsinom"),
    ("validity the wrong way", "OF2               21 kalenderdager", "OF2               21 kalenderdager fra 2024-05-01 til 2024-04-30", "F0601", "2024-05-01 til 2024-04-30"),
    ("an import that does not exist", "bruk \"felles/organspesifikk.forlop\"", "bruk \"felles/organspesefikk.forlop\"", "F0701", "\"felles/organspesefikk.forlop\""),
    ("an import outside the folder", "bruk \"felles/organspesifikk.forlop\"", "bruk \"../../felles/organspesifikk.forlop\"", "F0703", "\"../../felles/organspesifikk.forlop\""),
];

fn net() -> String {
    fs::read_to_string("pathways/nevroendokrine-svulster.forlop").unwrap()
}

fn compiled(text: String) -> Compilation {
    compile(&[Input::Text(text)], Path::new("pathways")).unwrap()
}

/// The findings beside the notes that the source itself causes: code and underlined text.
fn found(compilation: &Compilation) -> Vec<(&'static str, String)> {
    let findings = compilation.findings.iter().filter(|finding| finding.severity() != Severity::Note);
    let underlined = |place: forlop::source::Place| compilation.files.get(place.file).slice(place.span).to_owned();
    findings.map(|finding| (finding.code.number(), underlined(finding.place))).collect()
}

#[test]
fn one_mistake_gives_one_finding_at_its_place() {
    let (net, mut wrong) = (net(), Vec::new());
    let mut shown = String::new();
    for &(name, from, to, code, underlined) in MISTAKES {
        assert!(net.contains(from), "{name}: the file does not hold «{from}»");
        let mut compilation = compiled(net.replacen(from, to, 1));
        let found = found(&compilation);
        if found != [(code, underlined.to_owned())] {
            wrong.push(format!("{name}: {found:?} instead of {code} «{underlined}»"));
        }
        compilation.findings.retain(|finding| finding.severity() != Severity::Note);
        writeln!(shown, "# {name}\n{}", show(&compilation)).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    insta::assert_snapshot!(shown);
}

/// Two mistakes far apart are both found, whatever the first is: it does not hide the rest of the file.
#[test]
fn the_rest_of_the_file_is_still_checked() {
    let net = net();
    let last = "forvent variant hovedforløp sikker";
    assert!(net.trim_end().ends_with(&format!("{last}\n  }}\n}}")));
    for &(name, from, to, code, _) in MISTAKES {
        let broken = net.replacen(from, to, 1);
        let end = broken.rfind(last).unwrap();
        let broken = format!("{}forvent OF7 innenfor{}", &broken[..end], &broken[end + last.len()..]);
        let mut codes: BTreeMap<_, usize> = BTreeMap::new();
        found(&compiled(broken)).into_iter().for_each(|(code, _)| *codes.entry(code).or_default() += 1);
        let template_unknown = matches!(code, "F0202" | "F0701" | "F0703");
        let second = codes.get("F0204").copied().unwrap_or(0);
        assert!(second > 0 || template_unknown, "{name}: the mistake in the last example is not found: {codes:?}");
    }
}

/// What does not change the text for a person does not change what is found.
#[test]
fn harmless_differences_give_no_finding() {
    let net = net();
    let clean = |text: String| {
        let compilation = compiled(text);
        assert_eq!(found(&compilation), []);
        compilation.tables.unwrap().fingerprint
    };
    let fingerprint = clean(net.clone());
    assert_eq!(clean(format!("\u{feff}{net}")), fingerprint, "byte order mark");
    assert_eq!(clean(net.replace('\n', "\r\n")), fingerprint, "CRLF");
    assert_eq!(clean(net.replace("    OF", "\tOF")), fingerprint, "tabs");
    assert_eq!(clean(net.replace("56 kalenderdager", "56\u{a0}kalenderdager")), fingerprint, "no-break space");
    assert_eq!(clean(net.replace("\n  ", "\n")), fingerprint, "no indentation");
    assert_eq!(clean(net.replace('å', "a\u{30a}")), fingerprint, "å in two parts");
}

/// Texts that are no pathway at all: a finding, or nothing to say, but never a panic.
#[test]
fn hopeless_texts_are_findings_too() {
    let codes = |text: String| found(&compiled(text)).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(codes(String::new()), Vec::<&str>::new());
    assert_eq!(codes("# bare en kommentar".into()), Vec::<&str>::new());
    assert_eq!(codes("\0\u{1}binært".into()), ["F0110"]);
    assert_eq!(codes("{".repeat(10_000)), ["F0108"]);
    assert_eq!(codes(format!("{}{}", "(".repeat(10_000), ")".repeat(10_000))), ["F0108"]);
    assert_eq!(codes(format!("{}\n{}", net(), "# fyll\n".repeat(3_000_000))), ["F0109"]);
}
