//! A shift as minutes of its day.

/// Minutes of a day on the clock on the wall.
pub(super) const DAY_MINUTES: u16 = 24 * 60;

/// From the one minute until before the other, counted from the midnight that begins the day. The end may lie in the
/// next day, at most as far as the beginning lies in its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shift {
    pub(super) start: u16,
    pub(super) end: u16,
}

impl Shift {
    /// Reads `09:00-17:30`. None if it is not written so, or if it would take longer than a day.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (start, end) = text.trim().split_once(['-', '–'])?;
        let (start, end) = (minute(start)?, minute(end)?);
        // A day has no minute of 24:00 to begin at, and 09:00-09:00 could mean a whole day as well as nothing.
        if start == DAY_MINUTES || start == end {
            return None;
        }
        Some(Self { start, end: if end < start { end + DAY_MINUTES } else { end } })
    }

    /// What of it lies in its own day.
    pub(super) fn today(self) -> Self {
        Self { end: self.end.min(DAY_MINUTES), ..self }
    }

    /// What of it lies in the day after, counted from that day's midnight.
    pub(super) fn tomorrow(self) -> Option<Self> {
        let end = self.end.checked_sub(DAY_MINUTES).filter(|end| *end > 0)?;
        Some(Self { start: 0, end })
    }
}

/// Sorts and joins what overlaps or touches.
pub(super) fn joined(mut shifts: Vec<Shift>) -> Vec<Shift> {
    shifts.sort_unstable();
    let mut out: Vec<Shift> = Vec::new();
    for shift in shifts {
        match out.last_mut() {
            Some(last) if shift.start <= last.end => last.end = last.end.max(shift.end),
            _ => out.push(shift),
        }
    }
    out
}

/// Reads `9:05`, `09:05` and `24:00`.
fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |text: &str, digits: std::ops::RangeInclusive<usize>| {
        let good = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        good.then(|| text.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (number(hour, 1..=2)?, number(minute, 2..=2)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY_MINUTES).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(u16, u16)>) {
        assert_eq!(Shift::parse(text).map(|shift| (shift.start, shift.end)), expected, "{text}");
    }

    #[test]
    fn a_shift_is_read_as_people_write_it() {
        check("09:00-17:30", Some((540, 1050)));
        check(" 9:00 – 17:30 ", Some((540, 1050)));
        check("00:00-24:00", Some((0, 1440)));
        check("22:00-06:00", Some((1320, 1800)));
        check("18:00-00:00", Some((1080, 1440)));
    }

    #[test]
    fn what_is_no_shift_is_refused() {
        for text in [
            "",
            "9-17",
            "09:00",
            "09:00-09:00",
            "24:00-06:00",
            "09:60-10:00",
            "25:00-26:00",
            "-1:00-02:00",
            "9:0-10:00",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_night_shift_has_a_part_in_each_day() {
        let night = Shift::parse("22:00-06:00").unwrap();
        assert_eq!(night.today(), Shift { start: 1320, end: 1440 });
        assert_eq!(night.tomorrow(), Some(Shift { start: 0, end: 360 }));
        assert_eq!(Shift::parse("18:00-00:00").unwrap().tomorrow(), None);
    }

    #[test]
    fn shifts_that_touch_are_one() {
        let shift = |start, end| Shift { start, end };
        assert_eq!(joined(vec![shift(5, 9), shift(0, 3), shift(9, 12), shift(6, 7)]), [shift(0, 3), shift(5, 12)]);
    }
}
