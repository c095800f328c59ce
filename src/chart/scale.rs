//! Linear scales from data to pixels, round axis ends, and the margins of plots.

/// Margin to the left of every plot with a value axis, em.
pub const LEFT: f64 = 3.9;

/// Margin to the right of every plot, em.
pub const RIGHT: f64 = 0.8;

/// A linear scale from a range of data to a range of pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linear {
    from: f64,
    pixel: f64,
    per_unit: f64,
}

impl Linear {
    /// A scale that maps the ends of `data` to the ends of `pixels`.
    pub(super) fn new(data: (f64, f64), pixels: (i32, i32)) -> Self {
        let per_unit = f64::from(pixels.1 - pixels.0) / (data.1 - data.0);
        Self { from: data.0, pixel: f64::from(pixels.0), per_unit }
    }

    /// The pixel of a value.
    pub(super) fn px(&self, value: f64) -> i32 {
        // Values far outside stay outside, and later sums cannot overflow.
        (self.pixel + (value - self.from) * self.per_unit).round().clamp(-1e8, 1e8) as i32
    }

    /// The value of a pixel.
    pub(super) fn value(&self, px: i32) -> f64 {
        self.from + (f64::from(px) - self.pixel) / self.per_unit
    }
}

/// Rounds up to 1, 2 or 5 times a power of ten.
pub(super) fn nice(value: f64) -> f64 {
    let mut power = 1e-9;
    while power * 10.0 < value {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|step| step * power).find(|nice| *nice >= value * 0.999_999).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nice_values_are_round_and_not_smaller() {
        assert_eq!(nice(0.9), 1.0);
        assert!((nice(0.021) - 0.05).abs() < 1e-12);
        assert_eq!(nice(2.0).round(), 2.0);
    }
}
