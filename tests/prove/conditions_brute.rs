//! Small pathways and every state that a patient can be in, reckoned out without the compiler and the runtime.

use forlop::chrono::{Days, NaiveDate};

/// True, false or unknown.
pub type Truth = Option<bool>;

/// A condition over `k` (one of p, q, r), `t` (a number), `j` (yes or no, with a history).
#[derive(Clone, Debug, PartialEq)]
pub enum Cond {
    K(char),
    T(&'static str),
    J,
    Known(char),
    /// So many values of `j` are this.
    Often(bool, u32),
    /// The latest `j` is this and no older than so many days, written so.
    Recent(bool, i64, &'static str),
    Not(Box<Cond>),
    All(Vec<Cond>),
    Any(Vec<Cond>),
}

/// What is known of a patient.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub k: Option<char>,
    pub t: Option<i32>,
    /// The latest value, and how many values are yes and no in all.
    pub j: Option<(bool, u32, u32)>,
    /// How old the latest value is.
    pub age: Option<i64>,
}

pub fn all(truths: &[Truth]) -> Truth {
    if truths.contains(&Some(false)) {
        Some(false)
    } else {
        truths.iter().copied().collect::<Option<Vec<_>>>().map(|_| true)
    }
}

fn not(truth: Truth) -> Truth {
    truth.map(|truth| !truth)
}

pub fn any(truths: &[Truth]) -> Truth {
    not(all(&truths.iter().map(|truth| not(*truth)).collect::<Vec<_>>()))
}

impl Cond {
    pub fn text(&self) -> String {
        let join = |parts: &[Cond], word: &str| {
            parts.iter().map(|part| format!("({})", part.text())).collect::<Vec<_>>().join(word)
        };
        let j = |yes: &bool| if *yes { "j er ja" } else { "j er nei" };
        match self {
            Cond::K(value) => format!("k er {value}"),
            Cond::T(word) => format!("t er {word} 2 cm"),
            Cond::J => "j".to_owned(),
            Cond::Known(fact) => format!("{fact} er kjent"),
            Cond::Often(yes, count) => format!("{} minst {count} ganger", j(yes)),
            Cond::Recent(yes, _, words) => format!("{} siste {words}", j(yes)),
            Cond::Not(inner) => format!("ikke ({})", inner.text()),
            Cond::All(parts) => join(parts, " og "),
            Cond::Any(parts) => join(parts, " eller "),
        }
    }

    pub fn truth(&self, world: &World) -> Truth {
        let truths = |parts: &[Cond]| parts.iter().map(|part| part.truth(world)).collect::<Vec<_>>();
        match self {
            Cond::K(value) => world.k.map(|found| found == *value),
            Cond::T(word) => world.t.map(|found| match *word {
                "over" => found > 2,
                "under" => found < 2,
                "minst" => found >= 2,
                _ => found <= 2,
            }),
            Cond::J => world.j.map(|(latest, ..)| latest),
            Cond::Known('k') => Some(world.k.is_some()),
            Cond::Known('t') => Some(world.t.is_some()),
            Cond::Known(_) => Some(world.j.is_some()),
            Cond::Often(yes, count) => world.j.map(|(_, ja, nei)| if *yes { ja >= *count } else { nei >= *count }),
            Cond::Recent(yes, days, _) => match world.j? {
                (latest, ..) if latest != *yes => Some(false),
                _ => world.age.map(|age| age <= *days),
            },
            Cond::Not(inner) => not(inner.truth(world)),
            Cond::All(parts) => all(&truths(parts)),
            Cond::Any(parts) => any(&truths(parts)),
        }
    }

    /// The condition without each of its parts.
    pub fn without_each(&self) -> Vec<Cond> {
        let (parts, make): (_, fn(Vec<Cond>) -> Cond) = match self {
            Cond::Not(inner) => {
                return inner.without_each().into_iter().map(|rest| Cond::Not(Box::new(rest))).collect();
            }
            Cond::All(parts) => (parts, Cond::All),
            Cond::Any(parts) => (parts, Cond::Any),
            _ => return Vec::new(),
        };
        let mut found = Vec::new();
        for at in 0..parts.len() {
            if parts.len() > 1 {
                let mut rest = parts.clone();
                rest.remove(at);
                found.push(make(rest));
            }
            for inner in parts[at].without_each() {
                let mut rest = parts.clone();
                rest[at] = inner;
                found.push(make(rest));
            }
        }
        found
    }
}

/// Everything that the conditions can tell apart.
pub fn worlds() -> Vec<World> {
    let mut histories = vec![(None, None)];
    for latest in [true, false] {
        for ja in 0..4 {
            for nei in 0..4 {
                if (if latest { ja } else { nei }) > 0 {
                    for age in [Some(0), Some(40), Some(100), None] {
                        // Without a date there is one value only.
                        if age.is_some() || ja + nei == 1 {
                            histories.push((Some((latest, ja, nei)), age));
                        }
                    }
                }
            }
        }
    }
    let mut worlds = Vec::new();
    for k in [None, Some('p'), Some('q'), Some('r')] {
        for t in [None, Some(1), Some(2), Some(3)] {
            worlds.extend(histories.iter().map(|(j, age)| World { k, t, j: *j, age: *age }));
        }
    }
    worlds
}

impl World {
    /// The facts of such a patient; all investigations are done.
    pub fn given(&self, today: NaiveDate) -> Vec<(Option<NaiveDate>, &'static str, String)> {
        let mut given = Vec::new();
        given.extend(self.k.map(|k| (Some(today), "k", k.to_string())));
        given.extend(self.t.map(|t| (Some(today), "t", t.to_string())));
        if let Some((latest, ja, nei)) = self.j {
            let date = self.age.and_then(|age| today.checked_sub_days(Days::new(age as u64)));
            let word = |yes: bool| if yes { "ja" } else { "nei" }.to_owned();
            let mut values = vec![latest];
            values.extend((0..ja - u32::from(latest)).map(|_| true));
            values.extend((0..nei - u32::from(!latest)).map(|_| false));
            let dated = values
                .into_iter()
                .enumerate()
                .map(|(at, yes)| (date.and_then(|date| date.checked_sub_days(Days::new(at as u64))), "j", word(yes)));
            given.extend(dated);
        }
        let done = ["a0", "b0", "c0", "a1", "b1", "c1"];
        given.extend(done.map(|name| (Some(today), name, "ja".to_owned())));
        given
    }

    /// Whether this is a patient as described; what is not said is not known, or was not so.
    pub fn is_said(&self, witness: &str) -> bool {
        let parts: Vec<_> = witness.split(", ").collect();
        let value = |fact: &str, found: Option<String>| {
            let said = parts.iter().find_map(|part| part.strip_prefix(&format!("{fact} er ")));
            said.unwrap_or("ukjent") == found.unwrap_or("ukjent".to_owned())
        };
        let j = self.j.map(|(latest, ..)| if latest { "ja".to_owned() } else { "nei".to_owned() });
        // Tests over time may be all that is said of the values.
        let about_j =
            parts.iter().any(|part| part.contains("j er") && (part.contains("ganger") || part.starts_with("siste")));
        let says_j = parts.iter().any(|part| ["j er ja", "j er nei", "j er ukjent"].contains(part));
        value("k", self.k.map(|k| k.to_string()))
            && value("t", self.t.map(|t| format!("{t} cm")))
            && (about_j && !says_j || {
                let said = ["ja", "nei"].into_iter().find(|word| parts.contains(&format!("j er {word}").as_str()));
                said.map(str::to_owned) == j
            })
            && parts.iter().all(|part| self.keeps(part))
    }

    fn keeps(&self, part: &str) -> bool {
        if let Some(bounds) = part.strip_prefix("siste j er ") {
            let days = |bound: &str| if bound.contains("4 uker") { 28 } else { 61 };
            return bounds.split(" og ").all(|bound| match bound.strip_prefix("ikke eldre enn ") {
                Some(bound) => self.age.is_some_and(|age| age <= days(bound)),
                None => self.age.is_some_and(|age| age > days(bound)),
            });
        }
        if part == "datoen for j er ukjent" {
            return self.age.is_none();
        }
        let (wanted, test) = part.strip_prefix("ikke ").map_or((true, part), |test| (false, test));
        let Some((of, count)) = test.strip_suffix(" ganger").and_then(|test| test.split_once(" minst ")) else {
            return true;
        };
        let (_, ja, nei) = self.j.unwrap_or_default();
        let have = if of == "j er nei" { nei } else { ja };
        (have >= count.parse().unwrap()) == wanted
    }
}

#[derive(Clone, Debug)]
pub struct List {
    pub when: Cond,
    pub items: Vec<Cond>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Needed {
    All,
    None,
    AtLeast(usize),
}

#[derive(Clone, Debug)]
pub struct Item {
    pub condition: Cond,
    pub not_alone: bool,
    pub does_not_exclude: bool,
}

#[derive(Clone, Debug)]
pub struct Criteria {
    pub need: Needed,
    pub items: Vec<Item>,
}

impl Item {
    pub fn truth(&self, world: &World) -> Truth {
        self.condition.truth(world).filter(|truth| *truth || !self.does_not_exclude)
    }
}

impl Criteria {
    pub fn truth(&self, world: &World) -> Truth {
        let own: Vec<_> = self.items.iter().map(|item| item.truth(world)).collect();
        let alone: Vec<_> =
            self.items.iter().zip(&own).filter(|(item, _)| !item.not_alone).map(|(_, own)| *own).collect();
        let counted = self
            .items
            .iter()
            .zip(&own)
            .map(|(item, own)| if item.not_alone { all(&[*own, any(&alone)]) } else { *own });
        let counted: Vec<_> = counted.collect();
        match self.need {
            Needed::All => all(&counted),
            Needed::None => not(any(&counted)),
            Needed::AtLeast(count) => {
                let met = counted.iter().filter(|truth| **truth == Some(true)).count();
                let open = counted.iter().filter(|truth| truth.is_none()).count();
                if met >= count {
                    Some(true)
                } else if met + open < count {
                    Some(false)
                } else {
                    None
                }
            }
        }
    }
}

#[derive(Clone, Debug)]
pub struct Spec {
    pub lists: Vec<List>,
    pub criteria: Criteria,
    pub rows: Vec<Cond>,
}

/// The lines that findings are expected on.
#[derive(Debug, Default)]
pub struct Lines {
    pub lists: Vec<(u32, Vec<u32>)>,
    pub criteria: u32,
    pub items: Vec<u32>,
    pub routes: u32,
    pub rows: Vec<u32>,
}

impl Spec {
    pub fn text(&self) -> String {
        self.written().0
    }

    pub fn lines(&self) -> Lines {
        self.written().1
    }

    fn written(&self) -> (String, Lines) {
        let mut text = String::from(
            "mal m \"M\" {\n  kode A \"A\" { åpner }\n  fase f \"F\"\n  fase g \"G\"\n}\npakkeforløp Z1 \"Z\" etter m {\n  opplysning k \"K\" { p, q, r }\n  opplysning t \"T\" tall i cm\n  opplysning j \"J\" ja eller nei\n",
        );
        let mut lines = Lines::default();
        let mut add = |line: String| {
            text += &line;
            text.push('\n');
            text.lines().count() as u32
        };
        for (number, list) in self.lists.iter().enumerate() {
            // Each in a phase of its own, so that they are not taken for alternatives.
            add(format!("fase {} {{", ["f", "g"][number]));
            let own = add(format!("undersøkelser u{number} \"U\" når {} {{", list.when.text()));
            add(format!("a{number} \"I\""));
            let items = list.items.iter().enumerate();
            let items =
                items.map(|(at, item)| add(format!("{}{number} \"I\" når {}", ["b", "c"][at], item.text()))).collect();
            lines.lists.push((own, items));
            add("}\n}".to_owned());
        }
        let need = match self.criteria.need {
            Needed::All => "alle av".to_owned(),
            Needed::None => "ingen av".to_owned(),
            Needed::AtLeast(count) => format!("minst {count} av"),
        };
        lines.criteria = add(format!("kriterier kr \"K\" = {need} {{"));
        for (at, item) in self.criteria.items.iter().enumerate() {
            let marks = [(item.not_alone, " ikke alene"), (item.does_not_exclude, " utelukker ikke")];
            let marks: String = marks.iter().filter(|(marked, _)| *marked).map(|(_, words)| *words).collect();
            lines.items.push(add(format!("p{at} \"P\"{marks}: {}", item.condition.text())));
        }
        add("}".to_owned());
        lines.routes = add("veivalg vei \"V\" {".to_owned());
        lines.rows = self.rows.iter().map(|row| add(format!("når {}: inngår", row.text()))).collect();
        add("}\n}".to_owned());
        (text, lines)
    }
}
