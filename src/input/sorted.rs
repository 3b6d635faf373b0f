//! A register whose patients rise, in one pass and constant memory.

use super::{
    Notes, Visitor,
    in_order::in_order,
    kept::Kept,
    pieces::{Piece, Pieces},
    reader::{Ends, Rising, Rules},
    rows::Rows,
    visit::{Buffers, Out, Stop, Told},
};

/// What became of a piece.
struct Done {
    ends: Ends,
    notes: [Notes; 2],
    written: Vec<u8>,
    bytes: usize,
}

/// Visits the patients. [`Stop::Unsorted`] if their rows do not rise; then nothing may have been written before.
pub(super) fn visit<V: Visitor>(
    rules: &Rules,
    pieces: &mut Pieces,
    threads: usize,
    new: &(dyn Fn() -> V + Sync),
    out: &mut Out,
    told: &mut Told,
) -> Result<Vec<V>, Stop> {
    let (mut before, buffers) = (None, Buffers::default());
    in_order(
        threads,
        |piece: &mut Piece| Ok(pieces.next_patients(piece)?),
        new,
        |visitor, piece| {
            let mut notes = <[Notes; 2]>::default();
            let (mut kept_events, mut kept_facts) = (Kept::new(), Kept::new());
            let [of_events, of_facts] = &mut notes;
            let mut rising = Rising::new(visitor);
            rules.facts(&piece.facts, &mut kept_facts, of_facts, |patient, fact| rising.fact(patient, fact));
            rules.events(&piece.events, &mut kept_events, of_events, |patient, coded| rising.event(patient, coded));
            let ends = rising.finish();
            let written = if V::WRITES { visitor.written(buffers.take()) } else { Vec::new() };
            let bytes = piece.events.len() + piece.facts.len();
            ends.map(|ends| Done { ends, notes, written, bytes }).ok_or(Stop::Unsorted)
        },
        |done| {
            rise(&mut before, done.ends)?;
            told.add(done.notes, done.bytes);
            out.write(&done.written)?;
            buffers.keep(done.written);
            Ok(())
        },
    )
}

/// Looks whether patients rise in both files. [`Stop::Unsorted`] if they do not.
pub(super) fn survey(rules: &Rules, pieces: &mut Pieces, threads: usize, told: &mut Told) -> Result<(), Stop> {
    let events = rules.events.as_ref().map(|file| file.layout.patients());
    let facts = rules.facts.as_ref().map(|file| file.layout.patients());
    let mut before = None;
    in_order(
        threads,
        |piece: &mut Piece| Ok(pieces.next_patients(piece)?),
        &|| (),
        |(), piece| {
            let mut both: Ends = None;
            for (layout, bytes) in [(&events, &piece.events), (&facts, &piece.facts)] {
                let Some(layout) = layout else { continue };
                let mut kept = Kept::new();
                let mut ends: Option<(&str, &str)> = None;
                let mut rows = Rows::new(layout, bytes, &mut kept);
                while rows.advance() {
                    let Ok([name]) = rows.fields() else { continue };
                    if name.is_empty() {
                        continue;
                    }
                    match &mut ends {
                        Some((_, last)) if *last == name => {}
                        Some((_, last)) if *last > name => return Err(Stop::Unsorted),
                        Some((_, last)) => *last = name,
                        None => ends = Some((name, name)),
                    }
                }
                let Some((first, last)) = ends else { continue };
                both = Some(match both {
                    None => (first.to_owned(), last.to_owned()),
                    Some((a, b)) => (a.min(first.to_owned()), b.max(last.to_owned())),
                });
            }
            Ok((both, piece.events.len() + piece.facts.len()))
        },
        |(ends, bytes)| {
            told.see(bytes);
            rise(&mut before, ends)
        },
    )?;
    Ok(())
}

/// The patients of one piece come after those of the pieces before.
fn rise(before: &mut Option<String>, ends: Ends) -> Result<(), Stop> {
    let Some((first, last)) = ends else { return Ok(()) };
    if before.as_ref().is_some_and(|before| *before >= first) {
        return Err(Stop::Unsorted);
    }
    *before = Some(last);
    Ok(())
}
