//! Canonical layout: laws over every file of the repository in every layout, and what it looks like.

#![allow(clippy::unwrap_used, clippy::panic)] // A test that cannot go on shall fail.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use forlop::{
    source::{File, Files, Loader},
    syntax::{self, NotFormatted},
};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The specifications in these folders, by name.
fn specifications(folders: &[&str]) -> Vec<(String, String)> {
    let loader = Loader::new(root(), &[]).unwrap();
    let paths = folders.iter().flat_map(|folder| loader.find(&root().join(folder)).unwrap());
    paths.map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap())).collect()
}

fn sample() -> String {
    fs::read_to_string(root().join("tests/fmt/alle_former.forlop")).unwrap()
}

fn format(text: &str) -> Result<String, NotFormatted> {
    let mut files = Files::default();
    let id = files.add(File::new("a.forlop".into(), text.into()));
    syntax::format(files.get(id), id)
}

/// The tree of a text, written out without its spans.
fn tree(text: &str) -> String {
    let mut files = Files::default();
    let id = files.add(File::new("a.forlop".into(), text.into()));
    let (tree, findings) = syntax::parse(files.get(id), id);
    assert_eq!(findings, [], "{text}");
    let written = format!("{tree:?}");
    let mut parts = written.split("Span {");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |tree, part| tree + part.split_once('}').unwrap().1)
}

/// A second reading of the language's words, which shares nothing with the formatter.
#[derive(Debug, PartialEq, Clone, Copy)]
enum Piece<'a> {
    Word(&'a str),
    Comment(&'a str),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while let Some(first) = rest.chars().next() {
        let end = match first {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' if rest.starts_with("\"\"\"") => rest[3..].find("\"\"\"").unwrap() + 6,
            '"' => rest[1..].find('"').unwrap() + 2,
            '{' | '}' | '(' | ')' | '=' | ':' | '+' | ',' => 1,
            _ => word_end(rest),
        };
        let (piece, after) = rest.split_at(end);
        pieces.push(if first == '#' { Piece::Comment(piece.trim_end()) } else { Piece::Word(piece) });
        rest = after.trim_start_matches(is_space);
    }
    pieces
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// A comma belongs to a number when a digit follows it at once.
fn word_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let decimal = c == ',' && text[..at].ends_with(|c: char| c.is_ascii_digit());
        let digit_follows = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        if is_space(c) || "{}()=:+#\"".contains(c) || c == ',' && !(decimal && digit_follows) {
            return at;
        }
    }
    text.len()
}

fn words(text: &str) -> Vec<&str> {
    let word = |piece| if let Piece::Word(word) = piece { Some(word) } else { None };
    pieces(text).into_iter().filter_map(word).collect()
}

/// Whether a word has to stand on the line of the one before: a unit on that of its number, a treatment on that of its
/// interval.
fn stays(before: &str, word: &str) -> bool {
    let unit = before.trim_start_matches('-').chars().all(|c| c.is_ascii_digit() || c == ',') && before != ",";
    unit && word.starts_with(char::is_alphabetic) || ["kirurgi", "annen", "strålebehandling"].contains(&word)
}

/// The words of a text, with those that have to stay together as one.
fn words_of_a_line(text: &str) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut before = "";
    for word in words(text) {
        match joined.last_mut() {
            Some(last) if stays(before, word) => *last += &format!(" {word}"),
            _ => joined.push(word.to_owned()),
        }
        before = word;
    }
    joined
}

fn comments(text: &str) -> Vec<&str> {
    let comment = |piece| if let Piece::Comment(comment) = piece { Some(comment) } else { None };
    pieces(text).into_iter().filter_map(comment).collect()
}

/// Formats a text and holds the result to the laws.
fn lawful(text: &str) -> String {
    let once = format(text).unwrap_or_else(|why| panic!("{why:?} of\n{text}"));
    assert_eq!(format(&once).as_ref(), Ok(&once), "formatting twice is formatting once");
    assert_eq!(tree(&once), tree(text), "the tree stays");
    assert_eq!(comments(&once), comments(text), "comments stay, in order");
    let flowing = |words: Vec<&str>| words.into_iter().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    assert_eq!(flowing(words(&once)).replace(' ', ""), flowing(words(text)).replace(' ', ""), "words stay, in order");
    for line in once.lines() {
        assert_eq!(line.trim_end(), line, "no line ends in space");
        assert!(!line.contains('\t'), "no tabs: {line}");
    }
    assert!(!once.contains('\r') && !once.starts_with('\u{feff}'));
    assert!(!once.contains("\n\n\n") && !once.starts_with('\n') && !once.ends_with("\n\n"), "{once}");
    assert!(once.is_empty() || once.ends_with('\n'));
    assert!(!once.contains("{\n\n"), "no blank line after an opening bracket");
    once
}

#[test]
fn the_repository_is_formatted() {
    for (name, text) in specifications(&["pathways", "tests/fmt/alle_former.forlop"]) {
        assert_eq!(lawful(&text), text, "`forlop fmt {name}` changes it");
    }
}

#[test]
fn the_sample_holds_every_keyword() {
    let grammar = fs::read_to_string(root().join("grammar/forlop.pest")).unwrap();
    let keyword = |line: &str| line.strip_prefix("kw_")?.split('"').nth(1).map(str::to_owned);
    let sample = sample();
    let missing: Vec<_> =
        grammar.lines().filter_map(keyword).filter(|word| !words(&sample).contains(&&**word)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn one_line_with_everything_is_laid_out() {
    for (_, text) in specifications(&["pathways/felles", "pathways/nevroendokrine-svulster.forlop", "tests/fmt"]) {
        lawful(&words(&text).join(" "));
    }
}

/// Every token with a comment of its own before it and one after it.
#[test]
fn a_comment_can_stand_anywhere() {
    for (_, text) in specifications(&["pathways/felles", "tests/fmt"]) {
        for after in [" # ", "\n# ", "\n\n  #", "# a\r\n\r\n# "] {
            let mut commented = String::new();
            for (at, word) in words_of_a_line(&text).into_iter().enumerate() {
                commented += &format!("{word}{after}{at}\n");
            }
            let formatted = lawful(&format!("# 0\n{commented}"));
            assert!(comments(&formatted).len() > words_of_a_line(&text).len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Any space and comments between the tokens of every statement there is.
    #[test]
    fn any_layout_is_lawful(layout in vec(space(), 600)) {
        let sample = sample();
        let words = words_of_a_line(&sample);
        let spaces = layout.iter().cycle().enumerate().map(|(at, space)| space.replace('#', &format!("# {at} ")));
        lawful(&words.into_iter().zip(spaces).flat_map(|(word, space)| [word, space]).collect::<String>());
    }

    /// As the author wrote it, but for a few places.
    #[test]
    fn a_small_change_of_layout_is_lawful(changes in vec((any::<Index>(), space()), 1..8)) {
        let sample = sample();
        let mut pieces = pieces_with_space(&sample);
        for (at, space) in changes {
            let at = at.index(pieces.len());
            pieces[at].0 = space.replace('#', "# ord");
        }
        lawful(&pieces.into_iter().flat_map(|(space, word)| [space, word]).collect::<String>());
    }
}

/// Every word with what stands before it.
fn pieces_with_space(text: &str) -> Vec<(String, String)> {
    let mut pieces: Vec<(String, String)> = Vec::new();
    let (mut end, mut before) = (0, "");
    for word in words(text) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        match pieces.last_mut() {
            Some((_, last)) if stays(before, word) => *last += &text[end..start + word.len()],
            _ => pieces.push((text[end..start].to_owned(), word.to_owned())),
        }
        (end, before) = (start + word.len(), word);
    }
    pieces
}

/// Space between two words: mostly plain, at times lines, seldom comments.
fn space() -> impl Strategy<Value = &'static str> {
    const SPACES: &[&str] = &[" ", "  ", "\t", "\u{a0}", "\u{202f}"];
    const LINES: &[&str] = &["\n", "\n\n", "\r\n  ", " \n\n\n ", "\r\n\r\n"];
    const COMMENTS: &[&str] = &[" #\n", "\n#\n", "\n\n  #\r\n\r\n", " #\n#\n\n#\n"];
    prop_oneof![8 => select(SPACES), 3 => select(LINES), 1 => select(COMMENTS)]
}

#[test]
fn an_ugly_file_becomes_beautiful() {
    let read = |name| fs::read_to_string(root().join("tests/fmt").join(name)).unwrap();
    assert_eq!(lawful(&read("stygg.forlop")), read("pen.forlop"));
}

#[test]
fn windows_and_editors_leave_no_trace() {
    let text = "\u{feff}bruk\u{a0}\"en fil.forlop\"\r\nbruk \"a\u{a0}b\"  # til\u{a0}slutt \r\n";
    assert_eq!(lawful(text), "bruk \"en fil.forlop\"\nbruk \"a\u{a0}b\" # til\u{a0}slutt\n");
}

#[test]
fn nothing_stays_nothing() {
    assert_eq!(lawful(""), "");
    assert_eq!(lawful("\u{feff} \r\n\n"), "");
    assert_eq!(lawful("\n\n# bare ord\n\n\n# og flere"), "# bare ord\n\n# og flere\n");
}

#[test]
fn a_file_with_errors_is_not_formatted() {
    let Err(NotFormatted::Errors(findings)) = format("mal m \"M\" {\n  fase inngang\n}\n") else { panic!() };
    assert_eq!(findings.len(), 1);
}

/// A folder for one test, and the program run in it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fmt").join(name);
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Folder(folder)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Exit status, standard output and standard error.
    fn run(&self, arguments: &[&str], input: &str) -> (i32, String, String) {
        self.write("input", input);
        let input = fs::File::open(self.0.join("input")).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_forlop"))
            .args(["fmt", "--lang", "nb"])
            .args(arguments)
            .current_dir(&self.0)
            .stdin(Stdio::from(input))
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

const UGLY: &str = "bruk   \"a.forlop\"\r\n";
const FORMATTED: &str = "bruk \"a.forlop\"\n";
const BROKEN: &str = "bruk  bruk\n";

#[test]
fn files_are_formatted_in_place_and_named() {
    let folder = Folder::new("in_place");
    folder.write("b.forlop", UGLY);
    folder.write("a.forlop", FORMATTED);
    folder.write("c.forlop", "# a\u{30a}\n");
    folder.write("other.txt", UGLY);
    assert_eq!(folder.run(&["."], ""), (0, "b.forlop\nc.forlop\n".into(), String::new()));
    assert_eq!((folder.read("a.forlop"), folder.read("b.forlop")), (FORMATTED.into(), FORMATTED.into()));
    assert_eq!((folder.read("c.forlop"), folder.read("other.txt")), ("# å\n".into(), UGLY.into()));
    assert_eq!(folder.run(&["."], ""), (0, String::new(), String::new()));
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 5, "nothing is left beside the files");
}

#[test]
fn check_names_files_and_leaves_them_alone() {
    let folder = Folder::new("check");
    folder.write("a.forlop", FORMATTED);
    assert_eq!(folder.run(&["--check", "."], ""), (0, String::new(), String::new()));
    folder.write("b.forlop", UGLY);
    assert_eq!(folder.run(&["--check", "."], ""), (1, "b.forlop\n".into(), String::new()));
    assert_eq!(folder.read("b.forlop"), UGLY);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new("standard_input");
    assert_eq!(folder.run(&["-"], UGLY), (0, FORMATTED.into(), String::new()));
    assert_eq!(folder.run(&["--check", "-"], UGLY), (1, "-\n".into(), String::new()));
    assert_eq!(folder.run(&["--check", "-"], FORMATTED), (0, String::new(), String::new()));
}

#[test]
fn a_file_with_errors_is_left_alone_and_the_others_are_formatted() {
    let folder = Folder::new("errors");
    folder.write("a.forlop", BROKEN);
    folder.write("b.forlop", UGLY);
    folder.write("c.forlop", b"\xff\xfe");
    let (exit, out, err) = folder.run(&["."], "");
    assert_eq!((exit, out.as_str()), (1, "b.forlop\n"));
    assert!(err.contains("a.forlop:1:") && err.contains("F0110") && err.contains("c.forlop"), "{err}");
    assert_eq!((folder.read("a.forlop"), folder.read("b.forlop")), (BROKEN.into(), FORMATTED.into()));
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let (exit, _, err) = Folder::new("missing").run(&["nei.forlop"], "");
    assert_eq!(exit, 3);
    assert!(err.contains("nei.forlop"), "{err}");
}
