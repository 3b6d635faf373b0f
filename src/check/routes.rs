//! Decision tables (`veivalg`): rows that can be reached, and ways on that exist.

use super::{
    content::Contents,
    references::{strength, target},
    report::Report,
    rules::impossible,
};
use crate::{
    diagnostic::Code as F,
    prove::conditions::{InTheWay, Space, Truth, Turn, turn},
    source::Span,
    syntax::tree,
    tables::{Outcome, Route, Routes},
    text,
};

impl Contents<'_> {
    pub fn routes(&mut self, routes: &tree::Routes, report: &mut Report) -> Option<Routes> {
        let lowered: Vec<Route> = routes.rows.iter().map(|row| self.route(row, report)).collect();
        let head = routes.head.as_ref()?;
        self.assessed.routes.declare(&head.name, report);
        if routes.rows.is_empty() && routes.broken.is_empty() {
            let message = text!("Veivalget har ingen rader", "The decision table has no rows");
            impossible(head.name.span, message, text!("Skriv minst én rad.", "Write at least one row."), report);
        }
        self.check_rows(head, &routes.rows, &lowered, report);
        Some(Routes {
            name: head.name.value.clone(),
            label: head.label.value.clone(),
            when: self.asked().when(head.when.as_ref(), report),
            rows: lowered,
            origin: report.origin(routes.span),
        })
    }

    fn route(&self, row: &tree::Route, report: &mut Report) -> Route {
        let outcome = match &row.outcome {
            tree::Outcome::Refer { target: written, optional } => {
                Outcome::Refer { target: target(written, self.id, self.set, report), strength: strength(*optional) }
            }
            tree::Outcome::Included => Outcome::Included,
            tree::Outcome::Outside(text) => Outcome::Outside { text: text.value.clone() },
            tree::Outcome::AtOnce(text) => Outcome::AtOnce { text: text.value.clone() },
            tree::Outcome::Onward(text) => Outcome::Onward { text: text.value.clone() },
        };
        Route {
            when: self.asked().when(row.when.as_ref(), report),
            outcome,
            note: row.note.as_ref().map(|note| note.value.clone()),
            origin: report.origin(row.span),
        }
    }

    /// Rows after `ellers` (F0905), and rows that are never true or never get their turn (F0502, F0503).
    fn check_rows(&mut self, head: &tree::ListHead, written: &[tree::Route], rows: &[Route], report: &mut Report) {
        let mut space = Space::new(&self.facts.all, rows.iter().filter_map(|row| row.when.as_ref()));
        let mut earlier: Vec<Truth> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        let mut undecided = false;
        for (row, lowered) in written.iter().zip(rows) {
            let when = match (&row.when, &lowered.when) {
                (None, _) => Truth::ALWAYS,
                (Some(_), Some(when)) => space.truth(when),
                // A condition that is wrong has its finding.
                (Some(_), None) => continue,
            };
            match turn(&mut space, &earlier, when) {
                Turn::Impossible => {
                    let message = text!("Raden kan aldri gjelde", "The row can never hold");
                    let help = text!(
                        "Se etter krav til samme opplysning som ikke kan være oppfylt samtidig.",
                        "Look for demands on one fact that cannot be met at the same time."
                    );
                    report.add_help(F::ImpossibleVariant, row.span, message, help);
                }
                Turn::Hidden(in_the_way) => {
                    let in_the_way = in_the_way.and_then(|found| Some((*spans.get(found.at)?, found)));
                    hidden(row, in_the_way, report);
                    // Where the rows before it leave nothing, those after it are hidden for the same reason.
                    if matches!(turn(&mut space, &earlier, Truth::ALWAYS), Turn::Hidden(_)) {
                        break;
                    }
                }
                Turn::Undecided => undecided = true,
                Turn::Comes => {}
            }
            earlier.push(when);
            spans.push(row.span);
            if row.when.is_none() {
                break;
            }
        }
        let otherwise = written.iter().position(|row| row.when.is_none());
        for row in written.iter().skip(otherwise.map_or(written.len(), |at| at + 1)) {
            let message =
                text!("Raden står etter «ellers» og gjelder aldri", "The row stands after «ellers» and never holds");
            impossible(row.span, message, text!("Skriv «ellers» sist.", "Write «ellers» last."), report);
        }
        // What is wrong in a computation can be why.
        if undecided && report.errors() == 0 {
            let name = &head.name.value;
            let message = text!(
                "Det er ikke avgjort om alle radene i «{name}» kan gjelde: opplysningene henger for mye sammen",
                "It is not decided whether all rows of «{name}» can hold: the facts hang together too much"
            );
            report.add(F::UndecidedVariants, head.name.span, message);
        }
    }
}

/// Points to an earlier row that takes the place of the hidden one, and says when.
fn hidden(row: &tree::Route, in_the_way: Option<(Span, InTheWay)>, report: &mut Report) {
    let Some((other, found)) = in_the_way else {
        let message = text!(
            "Raden gjelder aldri, for de som står foran, kommer alltid i veien",
            "The row never holds, for those before it always stand in its way"
        );
        return report.add(F::HiddenVariant, row.span, message);
    };
    let witness = &found.witness;
    let message = match (witness.as_str(), found.holds) {
        ("", _) => text!(
            "Raden gjelder aldri, for en rad foran gjelder alltid",
            "The row never holds, for a row before it always holds"
        ),
        (_, true) => text!(
            "Raden gjelder aldri: når {witness}, gjelder en rad foran",
            "The row never holds: when {witness}, a row before it holds"
        ),
        (_, false) => text!(
            "Raden gjelder aldri: når {witness}, er en rad foran ikke avgjort, og da er veivalget ikke avgjort",
            "The row never holds: when {witness}, a row before it is not decided, and then nothing is"
        ),
    };
    let finding = report
        .finding(F::HiddenVariant, row.span, message)
        .help(text!(
            "Flytt raden opp, eller gjør raden foran smalere.",
            "Move the row up, or make the row before it narrower."
        ))
        .related(report.place(other), text!("står foran", "comes first"));
    report.push(finding);
}
