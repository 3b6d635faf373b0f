//! Running command lines in `tests/eval`, without a process.
#![allow(clippy::unwrap_used)]

use std::{io::Cursor, path::PathBuf};

use anstream::StripStream;
use clap::Parser;
use forlop::{
    cli::{Cli, Context, Exit},
    lang::Lang,
};

/// What a command did.
pub struct Done {
    pub exit: Exit,
    pub out: String,
    pub err: String,
}

/// Runs a command line in `tests/eval`, this many columns wide, with a standard input.
pub fn run_with(line: &str, width: usize, input: &str) -> Done {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = Cli::try_parse_from(line.split_whitespace()).unwrap().run(&mut Context {
        lang: Lang::Nb,
        width,
        folder: PathBuf::from("tests/eval"),
        input: Box::new(Cursor::new(input.to_owned())),
        out: Box::new(StripStream::new(&mut out as &mut dyn std::io::Write)),
        err: Box::new(StripStream::new(&mut err as &mut dyn std::io::Write)),
    });
    Done { exit, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}
