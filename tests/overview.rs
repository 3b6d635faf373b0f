//! docs/oversikt.md is what the rule tables of `pathways/` say. `FORLOP_UPDATE=1 cargo test --test overview` writes it anew.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::{env, fs, path::Path};

use chrono::NaiveDate;
use forlop::{
    cases::notice,
    compile::compile,
    lang::Lang,
    runtime,
    source::Input,
    tables::{Content, Form, Limit, Pathway, Source, Status},
};

#[test]
fn the_overview_is_that_of_the_pathways() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pathways = compile(&[Input::Path(root.join("pathways"))], root).unwrap().tables.unwrap().pathways;
    pathways.sort_by_key(|pathway| pathway.title.to_lowercase());
    let overview = overview(&pathways);
    let path = root.join("docs/oversikt.md");
    if env::var_os("FORLOP_UPDATE").is_some() {
        fs::write(&path, &overview).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(committed == overview, "FORLOP_UPDATE=1 cargo test --test overview");
}

fn overview(pathways: &[Pathway]) -> String {
    let limits: usize = pathways.iter().map(|pathway| pathway.limits.len()).sum();
    let examples: usize = pathways.iter().map(|pathway| pathway.examples.len()).sum();
    let without_code = pathways.iter().filter(|pathway| pathway.prefix.is_none()).count();
    let rows: String = pathways.iter().map(row).collect();
    let sections: String = pathways.iter().map(section).collect();
    format!(
        "<!-- Laget av tests/overview.rs. Skriv den på nytt: FORLOP_UPDATE=1 cargo test --test overview -->

# Oversikt over forløpene

{} forløp, {limits} rader med frister og {examples} eksempler. {without_code} av forløpene mangler kjent kodeprefiks, og kan
brukes til dokumenter og kriterier, men ikke på kodede hendelser.

Fristene er de siste som gjelder for hovedforløpet. En frist som ikke står her, er ikke funnet: det betyr ikke at den er null,
og ikke at den ikke finnes. Varianter, tidligere frister, kilder og det som mangler, står under hvert forløp. «Merkes» er hvor mange av de små feilene
som `forlop test --mutate` legger inn, som eksemplene oppdager.

| Forløp | Kode | Status | Frister | Kilder og lenker | Eksempler | Merkes | Mangler |
|---|---|---|---|--:|--:|--:|--:|
{rows}{sections}",
        pathways.len(),
    )
}

fn row(pathway: &Pathway) -> String {
    let Pathway { title, id, .. } = pathway;
    let code = pathway.prefix.as_deref().unwrap_or("ukjent");
    let limits: Vec<String> =
        pathway.intervals.iter().filter_map(|interval| current(pathway, &interval.name)).collect();
    let limits = if limits.is_empty() { "ingen funnet".to_owned() } else { limits.join("<br>") };
    let sources = own_sources(pathway).count() + links(pathway).count();
    let (examples, missing) = (pathway.examples.len(), missing(pathway).count());
    let status = status(pathway);
    let noticed = notice(pathway).unwrap().share().floor();
    format!("| [{title}](#{id}) | {code} | {status} | {limits} | {sources} | {examples} | {noticed} % | {missing} |\n")
}

/// «OF3: kirurgi 21 dager, stråle 14 dager»: an interval's limits for the main course that have no end, or that held to the end of a withdrawn pathway.
fn current(pathway: &Pathway, interval: &str) -> Option<String> {
    let rows = pathway.limits.iter().filter(|row| row.interval == interval && row.variant.is_none());
    let replaced = |row: &Limit| {
        let later = |other: &&Limit| {
            (&other.interval, &other.treatment, &other.variant) == (&row.interval, &row.treatment, &row.variant)
        };
        pathway.limits.iter().filter(later).any(|other| other.valid_from > row.valid_from)
    };
    let rows = rows.filter(|row| row.valid_to.is_none() || pathway.valid_to.is_some() && !replaced(row));
    let mut amounts: Vec<(String, Vec<&str>)> = Vec::new();
    for row in rows {
        let amount = amount(row);
        let treatment = row.treatment.as_deref();
        match amounts.iter_mut().find(|(known, _)| *known == amount) {
            Some((_, treatments)) => treatments.extend(treatment),
            None => amounts.push((amount, treatment.into_iter().collect())),
        }
    }
    let amounts: Vec<String> = amounts
        .into_iter()
        .map(|(amount, treatments)| match treatments.as_slice() {
            [] => amount,
            treatments => format!("{} {amount}", treatments.join("/")),
        })
        .collect();
    (!amounts.is_empty()).then(|| format!("{interval}: {}", amounts.join(", ")))
}

fn section(pathway: &Pathway) -> String {
    let Pathway { title, id, .. } = pathway;
    let mut text = format!("\n## <a id=\"{id}\"></a>{title}\n\n");
    let former = pathway.former.iter().map(|former| {
        let until = former.until.map_or(String::new(), |day| format!(" til {}", date(day)));
        format!("tidligere «{}»{until}", former.name)
    });
    let validity = validity(pathway.valid_from, pathway.valid_to);
    let validity = (!validity.is_empty()).then(|| format!("gyldig {validity}"));
    let version = pathway.version.iter().map(|version| format!("utgave {version}"));
    let facts = [format!("[`{0}`](../{0})", pathway.origin.file), status(pathway).to_owned()];
    let facts: Vec<String> = facts.into_iter().chain(version).chain(validity).chain(former).collect();
    text += &format!("{}.\n", facts.join(", "));
    if !pathway.limits.is_empty() {
        text += "\n| Intervall | Behandling | Variant | Frist | Gjelder forløp startet | Kilde |\n|---|---|---|---|---|---|\n";
        for row in &pathway.limits {
            text += &format!(
                "| {} | {} | {} | {}{} | {} | {} |\n",
                row.interval,
                row.treatment.as_deref().unwrap_or_default(),
                row.variant.as_deref().unwrap_or_default(),
                amount(row),
                row.note.as_ref().map_or(String::new(), |note| format!(" ({})", note.replace('|', "\\|"))),
                self::validity(row.valid_from, row.valid_to),
                row.source.as_deref().unwrap_or_default(),
            );
        }
    }
    text += &list("Kilder og lenker", own_sources(pathway).map(source).chain(links(pathway)));
    text += &list("Mangler", missing(pathway).map(str::to_owned));
    text + &list("Uavklart i kilden", open(pathway).map(str::to_owned))
}

fn list(title: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("- {item}\n")).collect();
    if items.is_empty() { items } else { format!("\n{title}:\n\n{items}") }
}

/// The documents that the pathway itself names, and not its template.
fn own_sources(pathway: &Pathway) -> impl Iterator<Item = &Source> {
    pathway.sources.iter().filter(|source| source.origin.file == pathway.origin.file)
}

fn source(source: &Source) -> String {
    let title = source.url.as_ref().map_or(source.title.clone(), |url| format!("[{}]({url})", source.title));
    let day = source.date.map(date);
    let rest = [source.publisher.as_ref(), day.as_ref(), source.note.as_ref()];
    let rest: String = rest.into_iter().flatten().map(|words| format!(", {words}")).collect();
    format!("`{}`: {title}{rest}", source.name)
}

fn contents(pathway: &Pathway) -> impl Iterator<Item = &Content> {
    pathway.content.iter().chain(pathway.phases.iter().flat_map(|phase| &phase.content))
}

/// Where the pathway's text leads: pages that it is written from, or that say more.
fn links(pathway: &Pathway) -> impl Iterator<Item = String> {
    contents(pathway).filter_map(|content| match content {
        Content::Link { label, url, .. } => Some(format!("[{label}]({url})")),
        _ => None,
    })
}

fn missing(pathway: &Pathway) -> impl Iterator<Item = &str> {
    contents(pathway).filter_map(|content| match content {
        Content::Missing { text, .. } => Some(text.as_str()),
        _ => None,
    })
}

fn open(pathway: &Pathway) -> impl Iterator<Item = &str> {
    contents(pathway).filter_map(|content| match content {
        Content::Open { text, .. } => Some(text.as_str()),
        _ => None,
    })
}

fn status(pathway: &Pathway) -> &'static str {
    match pathway.status {
        Status::Utkast => "utkast",
        Status::Høring => "høring",
        Status::Gjeldende => "gjeldende",
        Status::Ufullstendig => "ufullstendig",
        Status::Tilbaketrukket => "tilbaketrukket",
    }
}

fn amount(row: &Limit) -> String {
    let (Some(most), Some(unit)) = (row.amount, row.unit) else { return "ikke tallfestet".to_owned() };
    // Calendar days are plain days, as in the official tables.
    let most = runtime::amount(most, unit, Lang::Nb).replace("kalenderdag", "dag");
    let least = row.minimum.unwrap_or_default();
    let words = match row.form {
        Form::AtMost | Form::Unquantified => most,
        Form::AtLeast => format!("minst {most}"),
        Form::Between => format!("{least}–{most}"),
        Form::SameDay => "samme dag".to_owned(),
    };
    if row.derived { format!("{words} (utledet)") } else { words }
}

fn validity(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    let from = from.map(|day| format!("fra {}", date(day)));
    let to = to.map(|day| format!("til {}", date(day)));
    from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
}

fn date(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}
