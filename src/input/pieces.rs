//! A register cut into pieces of whole patients, or of whole rows.

use super::{
    VisitError,
    rows::Wanted,
    source::Source,
    stream::{Bound, Stream},
    usable::{EVENTS, FACTS},
    visit::Reading,
};

/// The files of a register.
pub(super) struct Pieces<'s> {
    pub events: Option<Stream<'s, 5>>,
    pub facts: Option<Stream<'s, 4>>,
}

/// Rows that belong together. The buffers are used again.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub events: Vec<u8>,
    pub facts: Vec<u8>,
}

impl<'s> Pieces<'s> {
    /// Opens the files.
    pub fn open(events: Option<Source<'s>>, facts: Option<Source<'s>>, reading: &Reading) -> Result<Self, VisitError> {
        fn open<'s, const N: usize>(
            source: Option<Source<'s>>,
            wanted: [Wanted; N],
            reading: &Reading,
        ) -> Result<Option<Stream<'s, N>>, VisitError> {
            source.map(|source| Stream::open(source, wanted, reading)).transpose()
        }
        Ok(Pieces { events: open(events, EVENTS, reading)?, facts: open(facts, FACTS, reading)? })
    }

    /// How many bytes there are.
    pub fn length(&self) -> u64 {
        self.events.as_ref().map_or(0, Stream::length) + self.facts.as_ref().map_or(0, Stream::length)
    }

    /// Some of the patients, from all over the files.
    pub fn sample(&mut self) -> Result<Vec<String>, VisitError> {
        let mut names = self.events.as_mut().map_or(Ok(Vec::new()), Stream::sample)?;
        names.append(&mut self.facts.as_mut().map_or(Ok(Vec::new()), Stream::sample)?);
        Ok(names)
    }

    /// Begins again, with pieces of about so many bytes.
    pub fn restart(&mut self, chunk: usize) -> Result<(), VisitError> {
        self.events.as_mut().map_or(Ok(()), |events| events.restart(chunk))?;
        self.facts.as_mut().map_or(Ok(()), |facts| facts.restart(chunk))
    }

    /// The next rows of which every patient is complete, if patients rise in both files; false at the end.
    pub fn next_patients(&mut self, piece: &mut Piece) -> Result<bool, VisitError> {
        let events = self.events.as_mut().map_or(Ok(Bound::End), Stream::bound)?;
        let facts = self.facts.as_mut().map_or(Ok(Bound::End), Stream::bound)?;
        let first = [&events, &facts].into_iter().filter_map(|bound| bound.name().map(str::to_owned)).min();
        take(self.events.as_mut(), &events, first.as_deref(), &mut piece.events);
        take(self.facts.as_mut(), &facts, first.as_deref(), &mut piece.facts);
        Ok(first.is_some() || !piece.events.is_empty() || !piece.facts.is_empty())
    }

    /// The next rows, of one of the files; false at the end.
    pub fn next_rows(&mut self, piece: &mut Piece) -> Result<bool, VisitError> {
        piece.events.clear();
        piece.facts.clear();
        if let Some(events) = &mut self.events
            && events.take_rows(&mut piece.events)?
        {
            return Ok(true);
        }
        self.facts.as_mut().map_or(Ok(false), |facts| facts.take_rows(&mut piece.facts))
    }
}

impl Bound {
    fn name(&self) -> Option<&str> {
        match self {
            Bound::End => None,
            Bound::Patient { name, .. } => Some(name),
        }
    }
}

/// Takes the rows of the patients before `first`, or all.
fn take<const N: usize>(stream: Option<&mut Stream<N>>, bound: &Bound, first: Option<&str>, piece: &mut Vec<u8>) {
    piece.clear();
    let Some(stream) = stream else { return };
    let at = match (bound, first) {
        (_, None) => stream.pending(),
        (Bound::Patient { at, name }, Some(first)) if name == first => *at,
        (_, Some(first)) => stream.before(first),
    };
    stream.take(at, piece);
}
