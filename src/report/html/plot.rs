//! What the plots have in common: scales, round ticks, and numbers as SVG writes them.

/// The width of a plot in its own units; it is drawn at about as many pixels, so that text keeps its size on a phone.
pub(super) const WIDTH: f64 = 360.0;

/// From values to places.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    /// The first and last value.
    pub values: (f64, f64),
    /// Where they are.
    pub places: (f64, f64),
}

impl Scale {
    pub fn at(&self, value: f64) -> f64 {
        let ((first, last), (from, to)) = (self.values, self.places);
        let part = if last > first { (value - first) / (last - first) } else { 0.5 };
        from + part * (to - from)
    }
}

/// A place as SVG writes it.
pub(super) fn at(place: f64) -> String {
    let tenths = (place * 10.0).round();
    format!("{}", if tenths == 0.0 { 0.0 } else { tenths / 10.0 })
}

/// The smallest of 1, 2 and 5 times a power of ten that divides `span` in at most `most` parts.
pub(super) fn round_step(span: u64, most: u64) -> u64 {
    let enough = |step: &u64| step.saturating_mul(most) >= span;
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|first| first * 10u64.pow(power)));
    steps.into_iter().find(enough).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let steps: Vec<u64> = [0, 1, 4, 5, 9, 101, 1700, 24_001].map(|span| round_step(span, 4)).into();
        assert_eq!(steps, [1, 1, 1, 2, 5, 50, 500, 10_000]);
        assert_eq!(round_step(u64::MAX, 4), 5_000_000_000_000_000_000);
    }

    #[test]
    fn places_are_short() {
        assert_eq!([0.0, -0.01, 12.34, 359.96].map(at), ["0", "0", "12.3", "360"]);
    }
}
