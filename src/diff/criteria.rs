//! Criteria and decision tables: whom they catch, and where they lead.

use super::{
    Draft, Found, Kind, Lead, Look, Pair, compare_words,
    expr::{Expr, not},
    question::{Question, Side, Space, of_items},
    search::{Relation, State, Wanted, differences, relation},
    word,
};
use crate::{
    tables::{Criteria, Outcome, Quantified, Routes, Target},
    text,
};

pub(super) fn criteria_added<'t>(pair: Pair<'t>, new: &'t Criteria, found: &mut Found<'t>) {
    let (name, label) = (&new.name, &new.label);
    let subject = text!("Kriteriene {name} («{label}»)", "The criteria {name} («{label}»)");
    let lead = Lead::Facts { states: states_of(pair, (Side::New, new)), look: Look::Criteria(name) };
    found.push(Draft::added(Kind::CriteriaAdded, &[name], &new.origin, &subject).lead(lead));
}

pub(super) fn criteria_removed<'t>(pair: Pair<'t>, old: &'t Criteria, found: &mut Found<'t>) {
    let (name, label) = (&old.name, &old.label);
    let subject = text!("Kriteriene {name} («{label}»)", "The criteria {name} («{label}»)");
    let lead = Lead::Facts { states: states_of(pair, (Side::Old, old)), look: Look::Criteria(name) };
    found.push(Draft::removed(Kind::CriteriaRemoved, &[name], &old.origin, &subject).lead(lead));
}

pub(super) fn criteria<'t>(pair: Pair<'t>, old: &'t Criteria, new: &'t Criteria, found: &mut Found<'t>) {
    let (name, places) = (&new.name, (&old.origin, &new.origin));
    let space = space_of(pair, &[(Side::Old, old), (Side::New, new)]);
    let (before, after) = (question(&space, Side::Old, old), question(&space, Side::New, new));
    let (relation, states) = relation(&space, &before, &after, "met");
    let draft = |kind, message| Draft::new(kind, &[name], (Some(places.0), Some(places.1)), message);
    let changed = match relation {
        Relation::Same => None,
        Relation::Wider => Some((
            Kind::CriteriaWider,
            text!("Flere oppfyller kriteriene {name}", "More patients meet the criteria {name}"),
        )),
        Relation::Narrower => Some((
            Kind::CriteriaNarrower,
            text!("Færre oppfyller kriteriene {name}", "Fewer patients meet the criteria {name}"),
        )),
        Relation::Other => Some((
            Kind::CriteriaChanged,
            text!("Andre oppfyller kriteriene {name}", "Other patients meet the criteria {name}"),
        )),
    };
    match changed {
        Some((kind, message)) => {
            found.push(draft(kind, message).lead(Lead::Facts { states, look: Look::Criteria(name) }));
        }
        None if items(&space, Side::Old, &old.quantified) != items(&space, Side::New, &new.quantified) => {
            let message = text!(
                "Kriteriene {name} er delt opp på en annen måte, med samme utfall",
                "The criteria {name} are divided in another way, with the same result"
            );
            found.push(draft(Kind::CriteriaShape, message));
        }
        None => {}
    }
    let subject = text!("Teksten til kriteriene {name}", "The text of the criteria {name}");
    compare_words(found, Kind::CriteriaText, &[name], places, &subject, [&old.label, &new.label]);
    let subject = text!("Punktenes tekst i kriteriene {name}", "The text of the items of the criteria {name}");
    let words = [words(&old.quantified), words(&new.quantified)];
    if let [from, to] = &words
        && from != to
    {
        // Items that came or went are told of above.
        let kept = |items: &[(String, String)], others: &[(String, String)]| {
            let kept = items.iter().filter(|(path, _)| others.iter().any(|(other, _)| other == path));
            let mut kept: Vec<&str> = kept.map(|(_, words)| words.as_str()).collect();
            kept.sort_unstable();
            kept.join("; ")
        };
        compare_words(
            found,
            Kind::CriteriaText,
            &[name, "items"],
            places,
            &subject,
            [&kept(from, to), &kept(to, from)],
        );
    }
}

fn space_of<'t>(pair: Pair<'t>, sides: &[(Side, &'t Criteria)]) -> Space<'t> {
    let (mut conditions, mut judged) = (Vec::new(), Vec::new());
    for (side, criteria) in sides {
        conditions.extend(criteria.when.iter().map(|when| (*side, when)));
        of_items(&criteria.quantified, *side, &mut conditions, &mut judged);
    }
    Space::new(pair.old, pair.new, &conditions, &judged)
}

fn question<'t>(space: &Space<'t>, side: Side, criteria: &'t Criteria) -> Question {
    let rows = vec![
        (not(space.optional(side, criteria.when.as_ref())), "not_applicable".to_owned()),
        (space.quantified(side, &criteria.quantified), "met".to_owned()),
    ];
    Question { rows, end: Some("not_met".to_owned()) }.settled()
}

/// States in which criteria that one side lacks come out some way.
fn states_of<'t>(pair: Pair<'t>, one: (Side, &'t Criteria)) -> Vec<State> {
    let space = space_of(pair, &[one]);
    let nothing = Question { rows: vec![(Expr::Is(None), String::new())], end: None }.settled();
    let mut states = differences(&space, &nothing, &question(&space, one.0, one.1), Wanted::Gain("met")).states;
    states.push(State::default());
    states
}

/// What the answer tells of each item, in its order.
fn items<'t>(space: &Space<'t>, side: Side, quantified: &'t Quantified) -> Vec<(String, Expr)> {
    let mut items = vec![(word(&quantified.need), Expr::Is(None))];
    for (item, holds) in quantified.items.iter().zip(space.items(side, quantified)) {
        items.push((format!("{} {}", item.name, item.not_alone), holds));
        if let Some(nested) = &item.nested {
            items.extend(
                self::items(space, side, nested)
                    .into_iter()
                    .map(|(name, holds)| (format!("{}/{name}", item.name), holds)),
            );
        }
    }
    items
}

/// What a person reads of each item, by its path.
fn words(quantified: &Quantified) -> Vec<(String, String)> {
    let mut words = Vec::new();
    for item in &quantified.items {
        let judge = item.judged_by.as_ref().map_or(String::new(), |who| format!(" (vurderes av {who})"));
        words.push((item.name.clone(), format!("{}: {}{judge}", item.name, item.label)));
        let nested = item.nested.iter().flat_map(self::words);
        words.extend(nested.map(|(path, text)| (format!("{}/{path}", item.name), text)));
    }
    words
}

pub(super) fn route_added<'t>(pair: Pair<'t>, new: &'t Routes, found: &mut Found<'t>) {
    let (name, label) = (&new.name, &new.label);
    let subject = text!("Veivalget {name} («{label}»)", "The decision table {name} («{label}»)");
    let lead = Lead::Facts { states: states_of_routes(pair, (Side::New, new)), look: Look::Route(name) };
    found.push(Draft::added(Kind::RouteAdded, &[name], &new.origin, &subject).lead(lead));
}

pub(super) fn route_removed<'t>(pair: Pair<'t>, old: &'t Routes, found: &mut Found<'t>) {
    let (name, label) = (&old.name, &old.label);
    let subject = text!("Veivalget {name} («{label}»)", "The decision table {name} («{label}»)");
    let lead = Lead::Facts { states: states_of_routes(pair, (Side::Old, old)), look: Look::Route(name) };
    found.push(Draft::removed(Kind::RouteRemoved, &[name], &old.origin, &subject).lead(lead));
}

pub(super) fn routes<'t>(pair: Pair<'t>, old: &'t Routes, new: &'t Routes, found: &mut Found<'t>) {
    let (name, places) = (&new.name, (&old.origin, &new.origin));
    let space = space_of_routes(pair, &[(Side::Old, old), (Side::New, new)]);
    let (before, after) = (ways(&space, Side::Old, old), ways(&space, Side::New, new));
    let differences = differences(&space, &before, &after, Wanted::Any);
    let both = (Some(places.0), Some(places.1));
    if !differences.states.is_empty() || !differences.exact {
        let message = text!("Veivalget {name} leder andre steder", "The decision table {name} leads elsewhere");
        let lead = Lead::Facts { states: differences.states, look: Look::Route(name) };
        found.push(Draft::new(Kind::RouteChanged, &[name], both, message).lead(lead));
    } else if rows(&space, Side::Old, old) != rows(&space, Side::New, new) {
        let message = text!(
            "Veivalget {name} er delt opp på en annen måte, med samme utfall",
            "The decision table {name} is divided in another way, with the same outcomes"
        );
        found.push(Draft::new(Kind::RouteShape, &[name], both, message));
    }
    let subject = text!("Teksten til veivalget {name}", "The text of the decision table {name}");
    compare_words(found, Kind::RouteText, &[name], places, &subject, [&old.label, &new.label]);
    let notes = |routes: &Routes| routes.rows.iter().filter_map(|row| row.note.clone()).collect::<Vec<_>>().join("; ");
    let subject = text!("Merknadene i veivalget {name}", "The notes of the decision table {name}");
    compare_words(found, Kind::RouteText, &[name, "notes"], places, &subject, [&notes(old), &notes(new)]);
}

fn space_of_routes<'t>(pair: Pair<'t>, sides: &[(Side, &'t Routes)]) -> Space<'t> {
    let conditions = sides.iter().flat_map(|(side, routes)| {
        let whens = routes.when.iter().chain(routes.rows.iter().filter_map(|row| row.when.as_ref()));
        whens.map(|when| (*side, when))
    });
    Space::new(pair.old, pair.new, &conditions.collect::<Vec<_>>(), &[])
}

fn ways<'t>(space: &Space<'t>, side: Side, routes: &'t Routes) -> Question {
    Question { rows: rows(space, side, routes), end: Some("none".to_owned()) }.settled()
}

fn rows<'t>(space: &Space<'t>, side: Side, routes: &'t Routes) -> Vec<(Expr, String)> {
    let mut rows = vec![(not(space.optional(side, routes.when.as_ref())), "not_applicable".to_owned())];
    rows.extend(routes.rows.iter().map(|row| (space.optional(side, row.when.as_ref()), outcome(&row.outcome))));
    rows
}

fn states_of_routes<'t>(pair: Pair<'t>, one: (Side, &'t Routes)) -> Vec<State> {
    let space = space_of_routes(pair, &[one]);
    let nothing = Question { rows: Vec::new(), end: None };
    let mut states = differences(&space, &nothing, &ways(&space, one.0, one.1), Wanted::Any).states;
    states.push(State::default());
    states
}

/// What a row leads to, in words that tell any two apart.
fn outcome(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Refer { target, strength } => format!("refer {} ({})", self::target(target), word(strength)),
        Outcome::Included => "included".to_owned(),
        Outcome::Outside { text } => format!("outside {text}"),
        Outcome::AtOnce { text } => format!("at_once {text}"),
        Outcome::Onward { text } => format!("onward {text}"),
    }
}

/// Where a referral leads.
pub(super) fn target(target: &Target) -> String {
    match target {
        Target::Pathway { id } => id.clone(),
        Target::Named { title } => format!("«{title}»"),
        Target::NewCourse => "nytt forløp".to_owned(),
    }
}
