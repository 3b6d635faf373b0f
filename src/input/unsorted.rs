//! A register in any order: divided by ranges of patients, then each range sorted and judged.

use super::{
    Notes, Visitor,
    in_order::in_order,
    kept::Kept,
    packed::{self, Place, Sorted},
    pieces::{Piece, Pieces},
    reader::{Rising, Rules},
    store::Store,
    visit::{Buffers, Out, Reading, Stop, Told, VisitError},
};

/// Rows are divided in larger pieces than they are judged in: less is written at a time for each range otherwise.
const PIECE: usize = 8;

/// A range has about so many pieces' rows, if the memory has room.
const RANGE: usize = 4;

/// The most ranges.
const MOST: usize = 4096;

/// The packed rows of some patients of each range.
struct Divided {
    notes: [Notes; 2],
    /// For each range, the packed events and facts.
    ranges: Vec<[Vec<u8>; 2]>,
    bytes: usize,
}

/// Visits the patients.
pub(super) fn visit<V: Visitor>(
    rules: &Rules,
    pieces: &mut Pieces,
    reading: &Reading,
    new: &(dyn Fn() -> V + Sync),
    out: &mut Out,
    told: &mut Told,
) -> Result<Vec<V>, Stop> {
    let threads = reading.threads.max(1);
    let borders = Borders::of(pieces, reading)?;
    let ranges = borders.0.len() + 1;
    let mut store = Store::new(2 * ranges, reading.memory / 2, reading.temp);
    pieces.restart(reading.chunk.max(1).saturating_mul(PIECE))?;
    in_order(
        threads,
        |piece: &mut Piece| Ok::<_, Stop>(pieces.next_rows(piece)?),
        &|| (),
        |(), piece| Ok(divide(rules, piece, &borders)),
        |divided| {
            told.add(divided.notes, divided.bytes);
            let packed = divided.ranges.into_iter().flatten().enumerate();
            packed.into_iter().try_for_each(|(part, bytes)| store.add(part, bytes)).map_err(temporary)
        },
    )?;
    let share = usize::try_from(pieces.length()).unwrap_or(usize::MAX) / ranges;
    let (mut range, buffers) = (0, Buffers::default());
    in_order(
        threads,
        |piece: &mut Piece| {
            let (events, facts) =
                (store.take(2 * range, &mut piece.events), store.take(2 * range + 1, &mut piece.facts));
            events.and(facts).map_err(temporary)?;
            range += 1;
            Ok(range <= ranges)
        },
        new,
        |visitor, piece| {
            let mut rising = Rising::new(visitor);
            for (patient, row) in Sorted::new(&piece.facts) {
                packed::fact(row).into_iter().for_each(|fact| rising.fact(patient, fact));
            }
            for (patient, row) in Sorted::new(&piece.events) {
                packed::event(row).into_iter().for_each(|coded| rising.event(patient, coded));
            }
            rising.finish().ok_or(Stop::Unsorted)?;
            Ok(if V::WRITES { visitor.written(buffers.take()) } else { Vec::new() })
        },
        |written: Vec<u8>| {
            told.see(share);
            out.write(&written)?;
            buffers.keep(written);
            Ok(())
        },
    )
}

fn temporary(error: std::io::Error) -> Stop {
    VisitError::Temporary(error).into()
}

/// The first patients of all ranges but the first.
struct Borders(Vec<(Place, String)>);

impl Borders {
    /// So that each range fits into its share of the memory.
    fn of(pieces: &mut Pieces, reading: &Reading) -> Result<Self, VisitError> {
        let threads = reading.threads.max(1);
        let share = (reading.memory / (8 * threads)).max(1);
        let length = usize::try_from(pieces.length()).unwrap_or(usize::MAX);
        let ranges = (length / share + 1).max(length / reading.chunk.max(1) / RANGE).clamp(1, MOST);
        let mut names = pieces.sample()?;
        names.sort_unstable();
        let borders = (1..ranges).filter_map(|range| names.get(names.len() * range / ranges));
        let mut borders: Vec<_> = borders.map(|name| (Place::of(name), name.clone())).collect();
        borders.dedup();
        Ok(Borders(borders))
    }

    /// The range of a patient.
    fn range(&self, patient: &str) -> usize {
        let place = Place::of(patient);
        let is_before =
            |border: &Place, name: &str| *border < place || *border == place && (!place.is_cut() || name <= patient);
        self.0.partition_point(|(border, name)| is_before(border, name))
    }
}

fn divide(rules: &Rules, piece: &Piece, borders: &Borders) -> Divided {
    let mut notes = <[Notes; 2]>::default();
    let mut ranges: Vec<[Vec<u8>; 2]> = (0..=borders.0.len()).map(|_| [Vec::new(), Vec::new()]).collect();
    let [of_events, of_facts] = &mut notes;
    rules.events(&piece.events, &mut Kept::new(), of_events, |patient, coded| {
        if let Some([events, _]) = ranges.get_mut(borders.range(patient)) {
            packed::put_event(events, patient, &coded);
        }
    });
    rules.facts(&piece.facts, &mut Kept::new(), of_facts, |patient, fact| {
        if let Some([_, facts]) = ranges.get_mut(borders.range(patient)) {
            packed::put_fact(facts, patient, fact);
        }
    });
    Divided { notes, ranges, bytes: piece.events.len() + piece.facts.len() }
}
