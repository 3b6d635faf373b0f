//! Findings about files that are no specifications.

use super::{Code, Finding};
use crate::{
    source::{FileId, LoadProblem, Place, Span},
    text,
};

/// The finding for a problem met when a file was read.
pub fn unread(problem: LoadProblem, file: FileId) -> Finding {
    let (code, message, help) = match problem {
        LoadProblem::TooLarge { bytes } => (
            Code::TooLarge,
            text!("Filen er for stor: {bytes} byte", "The file is too large: {bytes} bytes"),
            text!(
                "En fil kan ha høyst 4 MiB; del den opp, og hent delene med «bruk»",
                "A file can have at most 4 MiB; split it and import the parts with «bruk»"
            ),
        ),
        LoadProblem::NotText { at } => (
            Code::NotText,
            text!("Filen er ikke tekst: byte {at} kan ikke leses", "The file is not text: byte {at} cannot be read"),
            text!("Lagre den som ren tekst i UTF-8", "Save it as plain text in UTF-8"),
        ),
        LoadProblem::NotNormalised => (
            Code::NotNormalised,
            text!(
                "Bokstaver som «å» er skrevet med to tegn hver, og leses som ett",
                "Letters such as «å» are written with two characters each, and read as one"
            ),
            text!("Kjør «forlop fmt», som skriver dem med ett", "Run «forlop fmt», which writes them with one"),
        ),
    };
    Finding::new(code, Place { file, span: Span::new(0, 0) }, message).help(help)
}
