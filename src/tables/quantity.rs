//! Units of numbers: a value is converted within one quantity, and never from one quantity to another.

/// A known unit: its names, and how many of its quantity's smallest whole unit it is: `times` · 10^`tens`.
struct Scale {
    names: &'static [&'static str],
    quantity: Quantity,
    times: f64,
    tens: i32,
}

#[derive(Clone, Copy, PartialEq)]
enum Quantity {
    Length,
    Mass,
    Volume,
    /// Days and weeks; months and years have no fixed number of days.
    Days,
    Months,
    MassPerVolume,
    AmountPerVolume,
}

use Quantity::{AmountPerVolume, Days, Length, Mass, MassPerVolume, Months, Volume};

const SCALES: &[Scale] = &[
    scale(&["mm"], Length, 1.0, 0),
    scale(&["cm"], Length, 1.0, 1),
    scale(&["m"], Length, 1.0, 3),
    scale(&["µg"], Mass, 1.0, 0),
    scale(&["mg"], Mass, 1.0, 3),
    scale(&["g"], Mass, 1.0, 6),
    scale(&["kg"], Mass, 1.0, 9),
    scale(&["ml"], Volume, 1.0, 0),
    scale(&["dl"], Volume, 1.0, 2),
    scale(&["l"], Volume, 1.0, 3),
    scale(&["dager", "dag"], Days, 1.0, 0),
    scale(&["uker", "uke"], Days, 7.0, 0),
    scale(&["måneder", "måned"], Months, 1.0, 0),
    scale(&["år"], Months, 12.0, 0),
    scale(&["µg/l", "ng/ml"], MassPerVolume, 1.0, 0),
    scale(&["mg/l"], MassPerVolume, 1.0, 3),
    scale(&["mg/dl"], MassPerVolume, 1.0, 4),
    scale(&["g/l"], MassPerVolume, 1.0, 6),
    scale(&["g/dl"], MassPerVolume, 1.0, 7),
    scale(&["µmol/l"], AmountPerVolume, 1.0, 0),
    scale(&["mmol/l"], AmountPerVolume, 1.0, 3),
];

const fn scale(names: &'static [&'static str], quantity: Quantity, times: f64, tens: i32) -> Scale {
    Scale { names, quantity, times, tens }
}

/// The value in another unit of the same quantity; none when the two units do not measure the same. A unit that is not
/// known here equals itself only.
pub fn convert(value: f64, from: &str, to: &str) -> Option<f64> {
    if from == to {
        return Some(value);
    }
    let (from, to) = (find(from)?, find(to)?);
    (from.quantity == to.quantity).then(|| shift(value, from.tens - to.tens) * from.times / to.times)
}

/// The other names of units that are converted to this one: by how many powers of ten, then times, then divided by what.
#[cfg(feature = "emit")]
pub(crate) fn conversions(to: &str) -> impl Iterator<Item = (String, i32, f64, f64)> {
    let to = find(to);
    let same = SCALES.iter().filter_map(move |from| Some((from, to.filter(|to| to.quantity == from.quantity)?)));
    same.flat_map(|(from, to)| {
        let with_other_sign = from.names.iter().filter(|name| name.contains('µ')).map(|name| name.replace('µ', "μ"));
        let names = from.names.iter().map(|name| (*name).to_owned()).chain(with_other_sign);
        names.map(|name| (name, from.tens - to.tens, from.times, to.times))
    })
}

/// The micro sign is two characters in Unicode, and both are written.
fn find(unit: &str) -> Option<&'static Scale> {
    let unit = unit.replace('μ', "µ");
    SCALES.iter().find(|scale| scale.names.contains(&unit.as_str()))
}

/// Moves the decimal point, so that 0,57 m is 57 cm and not a little less.
fn shift(value: f64, tens: i32) -> f64 {
    let written = format!("{value:e}");
    let moved = written.split_once('e').and_then(|(digits, exponent)| {
        let exponent = exponent.parse::<i32>().ok()?.checked_add(tens)?;
        format!("{digits}e{exponent}").parse().ok()
    });
    // Only what is not a number has no exponent, and stays what it is.
    moved.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::convert;

    #[test]
    fn the_decimal_point_moves_exactly() {
        assert_eq!(convert(0.57, "m", "cm"), Some(57.0));
        assert_eq!(convert(7.0, "mm", "cm"), Some(0.7));
        assert_eq!(convert(0.29, "g", "mg"), Some(290.0));
        assert_eq!(convert(1.1, "g/dl", "g/l"), Some(11.0));
        assert_eq!(convert(3.0, "ng/ml", "μg/l"), Some(3.0));
    }

    #[test]
    fn time_is_days_or_months() {
        assert_eq!(convert(2.0, "uker", "dager"), Some(14.0));
        assert_eq!(convert(1.0, "uke", "dag"), Some(7.0));
        assert_eq!(convert(18.0, "måneder", "år"), Some(1.5));
        assert_eq!(convert(30.0, "dager", "måneder"), None);
    }

    #[test]
    fn nothing_crosses_to_another_quantity() {
        assert_eq!(convert(1.0, "mg/l", "mmol/l"), None);
        assert_eq!(convert(1.0, "g", "g/l"), None);
        assert_eq!(convert(1.0, "", "cm"), None);
        assert_eq!(convert(1.0, "IE", "IE"), Some(1.0));
    }
}
