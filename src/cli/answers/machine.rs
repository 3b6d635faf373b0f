//! Answers for programs: JSON and NDJSON (design, section 3).

use std::io;

use serde::Serialize;

use super::Answers;

/// One object a line.
#[derive(Default)]
pub(crate) struct Ndjson(Vec<u8>);

impl<A: Serialize> Answers<A> for Ndjson {
    fn answer(&mut self, answer: &A) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, answer)?;
        self.0.push(b'\n');
        Ok(())
    }

    fn out(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}

/// Items of an array, with one object a line. Each comes after [`Json::BETWEEN`].
#[derive(Default)]
pub(crate) struct Json(Vec<u8>);

impl Json {
    /// Before the first item.
    pub const BEGIN: &[u8] = b"[\n";
    /// Before all others.
    pub const BETWEEN: &[u8] = b",\n";
    /// After the last item.
    pub const END: &[u8] = b"\n]\n";
    /// All of an array without items.
    pub const NONE: &[u8] = b"[]\n";
}

impl<A: Serialize> Answers<A> for Json {
    fn answer(&mut self, answer: &A) -> io::Result<()> {
        self.0.extend_from_slice(Self::BETWEEN);
        Ok(serde_json::to_writer(&mut self.0, answer)?)
    }

    fn out(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}
