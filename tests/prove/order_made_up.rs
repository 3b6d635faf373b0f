//! Small random pathways, as text.

/// Random numbers that are the same everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0xD1B5_4A32_D192_ED03))
    }

    /// From 0 up to `sides`.
    pub fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.throw(of.len())]
    }

    /// One or two of the codes.
    fn some(&mut self, codes: &[String]) -> String {
        let first = self.throw(codes.len());
        let second = self.throw(codes.len());
        if first == second || self.throw(3) > 0 {
            return codes[first].clone();
        }
        format!("{}, {}", codes[first], codes[second])
    }
}

/// A template and a pathway that follows it; not always one that compiles.
pub fn specification(seed: u64) -> String {
    let mut dice = Dice::new(seed + 1);
    (0..4).for_each(|_| _ = dice.throw(2));
    let count = 3 + dice.throw(2);
    let codes: Vec<String> = ["A", "B", "C", "D"][..count].iter().map(|name| (*name).to_owned()).collect();
    let dated = dice.throw(3) == 0;
    let mut text = String::from("mal m \"Mal\" {\n");
    for (at, code) in codes.iter().enumerate() {
        let role = match at {
            0 => " { åpner }",
            _ => dice.one(&["", " { avslutter }", " { fullfører }", " { overfører }", " { avslutter }", " { åpner }"]),
        };
        let valid = match dated {
            true => dice.one(&["", " gyldig til 2019-12-31", " gyldig fra 2021-01-01", ""]),
            false => "",
        };
        text += &format!("  kode {code} \"{code}\"{valid}{role}\n");
    }
    for name in ["en", "to"] {
        if dice.throw(4) == 0 {
            let (group, treatment) = (dice.some(&codes), dice.throw(codes.len()));
            text += &format!("  gruppe g{name} = {group}\n");
            let treatments = match group.contains(&codes[treatment]) {
                true => format!(" etter g{name} {{ t = {} }}", codes[treatment]),
                false => String::new(),
            };
            text += &format!("  intervall {name} \"I\" fra {} til g{name}{treatments}\n", dice.some(&codes));
        } else {
            let repeats = dice.one(&["", "", " gjentas"]);
            text += &format!("  intervall {name} \"I\" fra {} til {}{repeats}\n", dice.some(&codes), dice.some(&codes));
        }
    }
    for rule in 0..dice.throw(5) {
        let (one, two) = (dice.some(&codes), dice.some(&codes));
        let number = 1 + dice.throw(2);
        let demand = match dice.throw(7) {
            0 | 1 => format!("{one} før {two}"),
            2 => format!("{one} utløser {two}"),
            3 => format!("høyst {number} av {one}"),
            4 => format!("nøyaktig {number} av {one}"),
            5 => format!("ingenting etter {one}"),
            _ => format!("aldri {one} sammen med {two}"),
        };
        text += &format!("  regel r{rule} {} \"R\": {demand}\n", dice.one(&["feil", "advarsel"]));
    }
    let valid = if dated && dice.throw(2) == 0 { "  gyldig fra 2020-06-01\n" } else { "" };
    text + &format!("}}\n\npakkeforløp P \"P\" etter m {{\n{valid}}}\n")
}
