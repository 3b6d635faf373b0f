//! What phases hold: criteria, decision tables, lists and prose. Things of one name are matched wherever they stand.

use super::{
    Draft, Found, Kind, Lead, Look, Pair, Places, compare_words, criteria, investigations,
    question::{Question, Side, Space},
    search, word,
};
use crate::{
    tables::{Content, Criteria, Item, List, ListKind, Origin, Pathway, Referral, Routes},
    text,
};

/// A piece and the phase that it stands in.
struct Piece<'t> {
    phase: &'t str,
    content: &'t Content,
}

fn pieces(pathway: &Pathway) -> Vec<Piece<'_>> {
    let own = pathway.content.iter().map(|content| Piece { phase: "", content });
    let of_phases = pathway
        .phases
        .iter()
        .flat_map(|phase| phase.content.iter().map(|content| Piece { phase: &phase.name, content }));
    own.chain(of_phases).collect()
}

pub(super) fn compare<'t>(pair: Pair<'t>, found: &mut Found<'t>) {
    let (old, new) = (pieces(pair.old), pieces(pair.new));
    let of = |pieces: &[Piece<'t>]| {
        pieces
            .iter()
            .filter_map(|piece| if let Content::Criteria(one) = piece.content { Some(one) } else { None })
            .collect::<Vec<&'t Criteria>>()
    };
    let named = pairs(of(&old), of(&new), |criteria| &criteria.name);
    named.removed.iter().for_each(|old| criteria::criteria_removed(pair, old, found));
    named.added.iter().for_each(|new| criteria::criteria_added(pair, new, found));
    named.kept.iter().for_each(|(old, new)| criteria::criteria(pair, old, new, found));

    let of = |pieces: &[Piece<'t>]| {
        pieces
            .iter()
            .filter_map(|piece| if let Content::Routes(one) = piece.content { Some(one) } else { None })
            .collect::<Vec<&'t Routes>>()
    };
    let named = pairs(of(&old), of(&new), |routes| &routes.name);
    named.removed.iter().for_each(|old| criteria::route_removed(pair, old, found));
    named.added.iter().for_each(|new| criteria::route_added(pair, new, found));
    named.kept.iter().for_each(|(old, new)| criteria::routes(pair, old, new, found));

    let of = |pieces: &[Piece<'t>]| {
        pieces
            .iter()
            .filter_map(|piece| if let Content::List(one) = piece.content { Some(one) } else { None })
            .collect::<Vec<&'t List>>()
    };
    let named = pairs(of(&old), of(&new), |list| (list.list, &list.name));
    named.removed.iter().for_each(|old| list_came_or_went(old, false, found));
    named.added.iter().for_each(|new| list_came_or_went(new, true, found));
    named.kept.iter().for_each(|(old, new)| lists(pair, old, new, found));
    words(&old, &new, found);
    order(pair, &old, &new, found);
}

struct Pairs<'t, T> {
    removed: Vec<&'t T>,
    added: Vec<&'t T>,
    kept: Vec<(&'t T, &'t T)>,
}

/// Matches things that are found in several places.
fn pairs<'t, T, K: PartialEq>(old: Vec<&'t T>, new: Vec<&'t T>, key: impl Fn(&'t T) -> K) -> Pairs<'t, T> {
    let mut left = old;
    let (mut added, mut kept) = (Vec::new(), Vec::new());
    for thing in new {
        match left.iter().position(|other| key(other) == key(thing)) {
            Some(at) => kept.push((left.remove(at), thing)),
            None => added.push(thing),
        }
    }
    Pairs { removed: left, added, kept }
}

fn list_came_or_went<'t>(list: &'t List, is_new: bool, found: &mut Found<'t>) {
    if list.list == ListKind::Investigations {
        return investigations::all(list, is_new, found);
    }
    let (name, label) = (&list.name, &list.label);
    let subject = text!("Listen {name} («{label}»)", "The list {name} («{label}»)");
    found.push(match is_new {
        true => Draft::added(Kind::ListChanged, &[name], &list.origin, &subject),
        false => Draft::removed(Kind::ListChanged, &[name], &list.origin, &subject),
    });
}

fn lists<'t>(pair: Pair<'t>, old: &'t List, new: &'t List, found: &mut Found<'t>) {
    let (name, places) = (&new.name, (&old.origin, &new.origin));
    let is_investigations = new.list == ListKind::Investigations;
    let kind = if is_investigations { Kind::InvestigationText } else { Kind::ListChanged };
    let subject = text!("Teksten til listen {name}", "The text of the list {name}");
    compare_words(found, kind, &[name, "label"], places, &subject, [&old.label, &new.label]);
    if is_investigations {
        let subject = text!("Når listen {name} gjelder,", "When the list {name} applies");
        investigations::condition(
            pair,
            &[name],
            places,
            [old.when.as_ref(), new.when.as_ref()],
            subject,
            Look::Investigation(name, None),
            found,
        );
        return investigations::compare(pair, new, (&old.items, &new.items), "", found);
    }
    let same_when = {
        let conditions: Vec<_> = [(Side::Old, &old.when), (Side::New, &new.when)]
            .into_iter()
            .filter_map(|(side, when)| Some((side, when.as_ref()?)))
            .collect();
        let space = Space::new(pair.old, pair.new, &conditions, &[]);
        let [before, after] = [(Side::Old, &old.when), (Side::New, &new.when)]
            .map(|(side, when)| Question::whether(space.optional(side, when.as_ref())));
        let differences = search::differences(&space, &before, &after, search::Wanted::Any);
        differences.exact && differences.states.is_empty()
    };
    if !same_when {
        let message = text!("Listen {name} gjelder for andre", "The list {name} applies to others");
        found.push(Draft::new(Kind::ListChanged, &[name, "når"], (Some(places.0), Some(places.1)), message));
    }
    let [before, after] = [&old.items, &new.items].map(|items| items.iter().map(item_words).collect::<Vec<_>>());
    let gone: Vec<&String> = before.iter().filter(|item| !after.contains(item)).collect();
    let come: Vec<&String> = after.iter().filter(|item| !before.contains(item)).collect();
    if gone.is_empty() && come.is_empty() {
        if before != after {
            let message = text!(
                "Punktene i listen {name} står i annen rekkefølge",
                "The items of the list {name} are in another order"
            );
            found.push(Draft::new(Kind::ListChanged, &[name, "order"], (Some(places.0), Some(places.1)), message));
        }
        return;
    }
    let told = |items: &[&String]| items.iter().map(|item| item.as_str()).collect::<Vec<_>>().join("; ");
    let subject = text!("Punkter i listen {name}", "Items of the list {name}");
    compare_words(found, Kind::ListChanged, &[name], places, &subject, [&told(&gone), &told(&come)]);
}

/// All that an item of a list says.
fn item_words(item: &Item) -> String {
    let mut item = item.clone();
    remove_origins(&mut item);
    let plain = item.when.is_none()
        && item.items.is_empty()
        && item.before.is_empty()
        && item.by.is_none()
        && item.max_age.is_none();
    match (&item.strength, plain) {
        (None, true) => item.text,
        (Some(strength), true) => format!("{} {}", word(strength), item.text),
        _ => word(&item),
    }
}

fn remove_origins(item: &mut Item) {
    item.origin = Origin { file: String::new(), line: 0, column: 0 };
    item.items.iter_mut().for_each(remove_origins);
}

/// Prose and what else is only read.
struct Said<'t> {
    phase: &'t str,
    /// What it is about, if it says.
    key: String,
    text: String,
    origin: &'t Origin,
}

fn said<'t>(piece: &Piece<'t>) -> Option<Said<'t>> {
    let say = |key: &str, text: String, origin: &'t Origin| {
        Some(Said { phase: piece.phase, key: key.to_owned(), text, origin })
    };
    match piece.content {
        Content::Text { title, markdown, origin } => {
            say(&format!("tekst/{}", title.as_deref().unwrap_or("uten_tittel")), markdown.clone(), origin)
        }
        Content::Responsibility { who, what, origin } => say(&format!("ansvarlig/{who}"), what.clone(), origin),
        Content::Link { label, url, origin } => say(&format!("lenke/{label}"), url.clone(), origin),
        Content::Open { text, origin } => say("uavklart", text.clone(), origin),
        Content::Missing { text, origin } => say("mangler", text.clone(), origin),
        Content::Referral(referral) => {
            say(&format!("henvis/{}", criteria::target(&referral.target)), referral_words(referral), &referral.origin)
        }
        Content::Criteria(_) | Content::Routes(_) | Content::List(_) => None,
    }
}

fn referral_words(referral: &Referral) -> String {
    let refer = if referral.refer { "henvis" } else { "henvis ikke" };
    let when = referral.when.as_ref().map_or(String::new(), |when| format!(" når {}", word(when)));
    let note = referral.note.as_ref().map_or(String::new(), |note| format!(" ({note})"));
    format!("{refer} {}{when}{note}", word(&referral.strength))
}

fn words<'t>(old: &[Piece<'t>], new: &[Piece<'t>], found: &mut Found<'t>) {
    let mut left: Vec<Said> = old.iter().filter_map(said).collect();
    let mut rest: Vec<Said> = Vec::new();
    // What stayed is set aside first, so that what is left is matched with what it became.
    for one in new.iter().filter_map(said) {
        match left.iter().position(|other| (other.phase, &other.key, &other.text) == (one.phase, &one.key, &one.text)) {
            Some(at) => _ = left.remove(at),
            None => rest.push(one),
        }
    }
    for one in rest {
        let same = |other: &Said| (other.phase, &other.key) == (one.phase, &one.key);
        let moved = |other: &Said| (&other.key, &other.text) == (&one.key, &one.text);
        let before = left.iter().position(moved).or_else(|| left.iter().position(same)).map(|at| left.remove(at));
        let key = [one.phase, one.key.as_str()];
        let key: Vec<&str> = key.into_iter().filter(|part| !part.is_empty()).collect();
        tell(&key, before.as_ref(), Some(&one), found);
    }
    for one in &left {
        let key = [one.phase, one.key.as_str()];
        let key: Vec<&str> = key.into_iter().filter(|part| !part.is_empty()).collect();
        tell(&key, Some(one), None, found);
    }
}

fn tell<'t>(key: &[&str], old: Option<&Said<'t>>, new: Option<&Said<'t>>, found: &mut Found<'t>) {
    let name = key.join("/");
    let places: Places<'t> = (old.map(|old| old.origin), new.map(|new| new.origin));
    let (kind, message) = match (old, new) {
        (Some(old), Some(new)) if old.text == new.text => {
            (Kind::ContentOrder, text!("«{name}» står i en annen fase", "«{name}» is in another phase"))
        }
        (Some(_), Some(_)) => (Kind::TextChanged, text!("«{name}» er endret", "«{name}» is changed")),
        (None, _) => (Kind::TextAdded, text!("«{name}» er lagt til", "«{name}» is added")),
        (_, None) => (Kind::TextRemoved, text!("«{name}» er fjernet", "«{name}» is removed")),
    };
    let text = |said: Option<&Said>| said.map(|said| said.text.clone());
    found.push(Draft::new(kind, key, places, message).values(text(old), text(new)));
}

/// Whether what is there before and after stands in another order, which is that of documents and of assessments.
fn order<'t>(pair: Pair<'t>, old: &[Piece<'t>], new: &[Piece<'t>], found: &mut Found<'t>) {
    let key = |piece: &Piece| match piece.content {
        Content::Criteria(criteria) => format!("criteria {}", criteria.name),
        Content::Routes(routes) => format!("routes {}", routes.name),
        Content::List(list) => format!("{} {}", word(&list.list), list.name),
        _ => said(piece).map_or(String::new(), |said| format!("{} {}", said.key, said.text)),
    };
    let mut left: Vec<(usize, &str, String)> =
        old.iter().enumerate().map(|(at, piece)| (at, piece.phase, key(piece))).collect();
    let (mut places, mut moved) = (Vec::new(), false);
    for piece in new {
        let name = key(piece);
        let same = left.iter().position(|(_, phase, other)| *phase == piece.phase && *other == name);
        if let Some(at) = same.or_else(|| left.iter().position(|(.., other)| *other == name)) {
            let (place, phase, _) = left.remove(at);
            // What is only read was told of one by one.
            moved |= phase != piece.phase && said(piece).is_none();
            places.push(place);
        }
    }
    if moved || !places.is_sorted() {
        let message = text!(
            "Innholdet står i annen rekkefølge eller i en annen fase",
            "The content is in another order or another phase"
        );
        found.push(
            Draft::new(Kind::ContentOrder, &[], (Some(&pair.old.origin), Some(&pair.new.origin)), message)
                .lead(Lead::Words),
        );
    }
}
