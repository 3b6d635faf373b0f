//! The NET pathway against the draft it is written from: `docs/net-kilde.md` maps every heading of the draft to the
//! lines that carry it, and these tests hold the three together.

use std::collections::BTreeSet;
use std::error::Error;
use std::num::ParseIntError;
use std::ops::RangeInclusive;
use std::path::Path;

const PATHWAY: &str = "pathways/nevroendokrine-svulster.forlop";
const TEMPLATE: &str = "pathways/felles/organspesifikk.forlop";
const MAPPING: &str = "docs/net-kilde.md";

/// The headings of the draft, copied, by chapter.
const HEADINGS: &[(&str, &[&str])] = &[
    (
        "Introduksjon til pakkeforløp for kreft",
        &[
            "Introduksjon til pakkeforløp for kreft",
            "Forløpskoordinering",
            "Det tverrfaglige/multidisiplinære team (MDT)",
            "Informasjon og dialog med pasienten",
            "Pakkeforløp hjem for pasienter med kreft",
            "Flytskjema",
        ],
    ),
    (
        "Inngang til pakkeforløp for nevroendokrine svulster",
        &[
            "Inngang til pakkeforløp for nevroendokrine svulster",
            "Risikogrupper",
            "Mistanke",
            "Filterfunksjon",
            "Begrunnet mistanke – kriterier for henvisning til pakkeforløp",
            "Henvisning til pakkeforløp",
            "Informasjon og dialog med pasienten",
            "Ansvarlig for henvisningen",
            "Registrering",
            "Forløpstid",
        ],
    ),
    (
        "Utredning av nevroendokrine svulster",
        &[
            "Utredning av nevroendokrine svulster",
            "Utredning",
            "Bildeundersøkelser",
            "Diagnose og stadieinndeling",
            "Klinisk beslutning",
            "Ansvarlig",
            "Informasjon og dialog med pasienten",
            "Registrering",
            "Utredning start",
            "Overføring til helseforetak/sykehus",
            "Forløpstid",
        ],
    ),
    (
        "Behandling av nevroendokrine svulster",
        &[
            "Behandling av nevroendokrine svulster",
            "Hovedgrupper av behandlingsforløp",
            "Hyppigst oppståtte komplikasjoner",
            "Støttebehandling og sykepleie",
            "Ansvarlig",
            "Informasjon og dialog med pasienten",
            "Rehabilitering",
            "Registrering",
            "Forløpstid",
        ],
    ),
    (
        "Oppfølging og kontroll av nevroendokrine svulster",
        &[
            "Oppfølging og kontroll av nevroendokrine svulster",
            "Kontroll",
            "Ansvarlig",
            "Informasjon og dialog med pasienten",
            "Støttebehandling og sykepleie",
            "Håndtering av tilbakefall",
            "Rehabilitering",
            "Palliasjon",
        ],
    ),
    (
        "Forløpstider i pakkeforløp for nevroendokrine svulster",
        &["Forløpstider i pakkeforløp for nevroendokrine svulster"],
    ),
];

/// The codes of the draft and their descriptions, copied.
const CODES: &[(&str, &str)] = &[
    ("A", "Start pakkeforløp – henvisning mottatt"),
    ("S", "Utredning start – første fremmøte"),
    ("O", "Overført til et annet helseforetak/sykehus"),
    ("CK", "Klinisk beslutning – Påvist nevroendokrine svulster og behandling besluttet"),
    ("CM", "Klinisk beslutning – Påvist eller mistanke om annen kreftsykdom"),
    ("CA", "Klinisk beslutning – Påvist eller mistanke om annen sykdom enn kreft"),
    ("CI", "Klinisk beslutning – Ikke påvist sykdom"),
    ("FK", "Behandling start – Kirurgisk behandling"),
    ("FM", "Behandling start – Medikamentell behandling"),
    ("FS", "Behandling start – Strålebehandling"),
    ("FL", "Behandling start – Symptomlindrendebehandling"),
    ("FO", "Behandling start – Aktiv overvåkning"),
    ("FI", "Behandling start – Ingen behandling"),
    ("X", "Avslutning av pakkeforløp"),
];

/// The addresses that the draft links to, copied.
const LINKS: &[&str] = &[
    "https://www.helsedirektoratet.no/retningslinjer/nevroendokrine-svulster-i-fordoyelsessystemet-handlingsprogram",
    "https://www.helsedirektoratet.no/retningslinjer/lungekreft-mesoteliom-og-thymom-handlingsprogram/nevroendokrine-lungesvulster-karsinoid-og-storcellet-nevroendokrint-karsinom",
    "https://www.helsedirektoratet.no/veiledere/parorendeveileder",
    "https://www.helsedirektoratet.no/nasjonale-forlop/hjem-for-pasienter-med-kreft",
    "https://metodebok.no/index.php?action=topic&item=ZJK9umqF",
    "https://www.helsedirektoratet.no/retningslinjer/palliasjon-i-kreftomsorgen-handlingsprogram",
    "https://www.helsedirektoratet.no/retningslinjer/nevroendokrine-svulster-i-fordoyelsessystemet-handlingsprogram/palliativ-behandling",
];

/// One row of the mapping.
#[derive(Debug)]
struct Row {
    chapter: String,
    heading: String,
    statement: String,
    lines: RangeInclusive<usize>,
}

fn read(file: &str) -> std::io::Result<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))
}

/// The words of a line, so that the columns of a table do not matter.
fn words(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rows(mapping: &str) -> Result<Vec<Row>, ParseIntError> {
    let mut rows = Vec::new();
    let mut chapter = "";
    for line in mapping.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            chapter = title;
            continue;
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [heading, statement, lines] = cells[..] else { continue };
        if heading == "Overskrift i utkastet" || heading.starts_with('-') {
            continue;
        }
        let (first, last) = lines.split_once('–').unwrap_or((lines, lines));
        rows.push(Row {
            chapter: chapter.to_owned(),
            heading: heading.to_owned(),
            statement: statement.trim_matches('`').to_owned(),
            lines: first.trim_start_matches('L').parse()?..=last.trim_start_matches('L').parse()?,
        });
    }
    Ok(rows)
}

#[test]
fn every_row_points_at_its_statement() -> Result<(), Box<dyn Error>> {
    let pathway = read(PATHWAY)?;
    let lines: Vec<String> = pathway.lines().map(words).collect();
    for row in rows(&read(MAPPING)?)? {
        let (first, last) = (*row.lines.start(), *row.lines.end());
        let now: Vec<usize> =
            (1..).zip(&lines).filter(|(_, line)| line.starts_with(&row.statement)).map(|(n, _)| n).collect();
        assert!(now.contains(&first), "{row:?}: the statement is on line {now:?}");
        assert!(first <= last && last <= lines.len(), "{row:?}: no such lines");
        let opened: i32 = lines[first - 1..last].iter().map(|line| brackets(line)).sum();
        let whole = opened == 0 || first == last;
        assert!(whole, "{row:?}: the lines end inside the statement or after it");
    }
    Ok(())
}

/// Brackets opened less brackets closed, outside texts.
fn brackets(line: &str) -> i32 {
    let code = line.split('"').step_by(2).flat_map(str::chars);
    code.map(|char| i32::from(char == '{') - i32::from(char == '}')).sum()
}

#[test]
fn every_heading_of_the_draft_has_a_row_and_no_other() -> Result<(), Box<dyn Error>> {
    let expected: BTreeSet<(&str, &str)> =
        HEADINGS.iter().flat_map(|(chapter, headings)| headings.iter().map(|heading| (*chapter, *heading))).collect();
    let rows = rows(&read(MAPPING)?)?;
    let found: BTreeSet<(&str, &str)> = rows.iter().map(|row| (row.chapter.as_str(), row.heading.as_str())).collect();
    assert_eq!(found, expected);
    Ok(())
}

#[test]
fn every_line_of_the_pathway_comes_from_the_draft() -> Result<(), Box<dyn Error>> {
    let rows = rows(&read(MAPPING)?)?;
    let mut in_example = false;
    for (number, line) in (1..).zip(read(PATHWAY)?.lines()) {
        in_example |= line.starts_with("  eksempel ");
        let bare = line.trim();
        let exempt = in_example || bare.is_empty() || bare == "}" || bare.starts_with('#');
        let carried = rows.iter().any(|row| row.lines.contains(&number));
        assert!(exempt || carried, "line {number} is in no row: {line}");
        in_example &= line != "  }";
    }
    Ok(())
}

#[test]
fn codes_have_the_labels_of_the_draft() -> Result<(), Box<dyn Error>> {
    let own = read(PATHWAY)?;
    let common = read(TEMPLATE)?.replace("{sykdom}", "nevroendokrine svulster");
    for (code, label) in CODES {
        let own_label = label_of(&own, code);
        assert_eq!(own_label.or_else(|| label_of(&common, code)), Some(*label), "{code}");
    }
    Ok(())
}

fn label_of<'a>(text: &'a str, code: &str) -> Option<&'a str> {
    let opening = format!("kode {code} \"");
    text.lines().find_map(|line| line.trim().strip_prefix(&opening)?.split('"').next())
}

#[test]
fn links_of_the_draft_are_all_there_and_no_others() -> Result<(), Box<dyn Error>> {
    let pathway = read(PATHWAY)?;
    let found: BTreeSet<&str> = pathway.split('"').filter(|text| text.starts_with("https://")).collect();
    assert_eq!(found, LINKS.iter().copied().collect());
    Ok(())
}
