//! Numbers in other units than the fact's: the language's table of quantities, by exact decimals.

/// One quantity a line: its units, each with how many of the line's smallest measure it holds, as a whole number and a
/// power of ten. One word for one thing in the singular and the plural.
const QUANTITIES: [&[(&str, i128, i32)]; 7] = [
    &[("mm", 1, 0), ("cm", 1, 1), ("m", 1, 3)],
    &[("µg", 1, 0), ("mg", 1, 3), ("g", 1, 6), ("kg", 1, 9)],
    &[("ml", 1, 0), ("dl", 1, 2), ("l", 1, 3)],
    &[("dag", 1, 0), ("dager", 1, 0), ("uke", 7, 0), ("uker", 7, 0)],
    &[("måned", 1, 0), ("måneder", 1, 0), ("år", 12, 0)],
    &[("µg/l", 1, 0), ("ng/ml", 1, 0), ("mg/l", 1, 3), ("mg/dl", 1, 4), ("g/l", 1, 6), ("g/dl", 1, 7)],
    &[("µmol/l", 1, 0), ("mmol/l", 1, 3)],
];

/// The units whose numbers are numbers in this unit too; at least itself.
pub fn units_like(unit: &str) -> Vec<&str> {
    let others = QUANTITIES.iter().find(|units| units.iter().any(|(name, ..)| *name == unit));
    others.map_or(vec![unit], |units| units.iter().map(|(name, ..)| *name).collect())
}

/// A decimal such as `-2.50` in one unit as a number in another that is like it.
pub fn convert(decimal: &str, from: &str, to: &str) -> f64 {
    if from == to {
        return decimal.parse().unwrap();
    }
    let size = |unit| QUANTITIES.iter().copied().flatten().find(|(name, ..)| *name == unit).unwrap();
    let ((_, many, from_power), (_, few, to_power)) = (size(from), size(to));
    let power = from_power - to_power;
    if many == few {
        // Only the decimal mark moves.
        return format!("{decimal}e{power}").parse().unwrap();
    }
    let places = decimal.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let digits: i128 = decimal.replace('.', "").parse().unwrap();
    let product: f64 = format!("{}e{}", digits * many, power - i32::try_from(places).unwrap()).parse().unwrap();
    product / *few as f64
}

#[test]
fn numbers_keep_their_size_in_other_units() {
    for (decimal, from, to, expected) in [
        ("25", "mm", "cm", 2.5),
        ("0.003", "m", "mm", 3.0),
        ("-1.005", "g", "mg", -1005.0),
        ("80", "kg", "g", 80_000.0),
        ("14", "dager", "uker", 2.0),
        ("1", "dag", "uker", 1.0 / 7.0),
        ("0.1", "uke", "dager", 0.7),
        ("1.5", "år", "måneder", 18.0),
        ("3", "måneder", "år", 0.25),
        ("12.5", "g/dl", "g/l", 125.0),
        ("4", "ng/ml", "µg/l", 4.0),
        ("250", "µmol/l", "mmol/l", 0.25),
    ] {
        assert_eq!(convert(decimal, from, to), expected, "{decimal} {from} in {to}");
    }
    assert_eq!(units_like("10^9/l"), ["10^9/l"]);
}
