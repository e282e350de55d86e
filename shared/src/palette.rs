//! The colours that follow from a site's own one. Whatever it is, text in it and on it can be read: at least 4.5 to 1, as WCAG 2.2 asks
//! at level AA (1.4.3).

/// A colour as red, green and blue.
pub type Rgb = [u8; 3];

/// What text needs against what it stands on: 4.5, and a hair for the rounding of `luminance`.
const TEXT: f32 = 4.62;
/// What the eye needs to see where a button ends.
const EDGE: f32 = 1.3;
/// How much of the colour is in the soft surface, of 32.
const SOFT: u8 = 3;
/// The steps from a colour to black or white.
const STEPS: u8 = 32;

const WHITE: Rgb = [255; 3];
const BLACK: Rgb = [0; 3];

/// The surfaces of a theme on which the colour stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surfaces {
    /// The page.
    pub page: Rgb,
    /// What is raised or sunken: of the surfaces with text in the colour, the one nearest to it.
    pub raised: Rgb,
}

/// Those of the light theme and of the dark one (`kit/styles/tokens.css`).
pub const THEMES: [Surfaces; 2] = [
    Surfaces { page: WHITE, raised: [0xee, 0xf0, 0xf4] },
    Surfaces { page: [0x16, 0x18, 0x1d], raised: [0x22, 0x26, 0x2e] },
];

/// The colours of one theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// What is filled, such as a button.
    pub fill: Rgb,
    /// Text on that.
    pub on_fill: Rgb,
    /// Text on the theme's surfaces.
    pub text: Rgb,
    /// A surface with a breath of the colour.
    pub soft: Rgb,
}

impl Palette {
    /// The palette of a colour on these surfaces.
    pub fn of(color: Rgb, on: Surfaces) -> Self {
        let far = furthest_from(on.page);
        let fill = first(color, far, |fill| contrast(fill, on.page) >= EDGE);
        let soft = |text| mixed(on.page, text, SOFT);
        let text = first(color, far, |text| {
            [on.page, on.raised, soft(text)].into_iter().all(|surface| contrast(text, surface) >= TEXT)
        });
        Self { fill, on_fill: furthest_from(fill), text, soft: soft(text) }
    }
}

/// Reads a colour such as `#3b55d9`; none for all else.
pub fn parse(text: &str) -> Option<Rgb> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let mut color = BLACK;
    for (value, pair) in color.iter_mut().zip(digits.as_bytes().chunks(2)) {
        for digit in pair {
            *value = *value * 16 + u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
        }
    }
    Some(color)
}

/// The contrast of two colours, from 1 to 21 (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).
pub fn contrast(one: Rgb, other: Rgb) -> f32 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    if one > other { one / other } else { other / one }
}

/// The first colour on the way to `far` that is good enough; `far` if none is.
fn first(color: Rgb, far: Rgb, is_good: impl Fn(Rgb) -> bool) -> Rgb {
    let mut step = 0;
    while step < STEPS && !is_good(mixed(color, far, step)) {
        step += 1;
    }
    mixed(color, far, step)
}

/// Black or white: what can be told from a colour best.
fn furthest_from(color: Rgb) -> Rgb {
    if contrast(color, WHITE) >= contrast(color, BLACK) { WHITE } else { BLACK }
}

/// A colour of which a number of its 32 parts are another one's.
fn mixed(mut color: Rgb, other: Rgb, parts: u8) -> Rgb {
    for (own, other) in color.iter_mut().zip(other) {
        let sum = u16::from(*own) * u16::from(STEPS - parts) + u16::from(other) * u16::from(parts);
        *own = (sum / u16::from(STEPS)) as u8;
    }
    color
}

/// The relative luminance (<https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>). The curve of sRGB is a polynomial here, at most .002
/// away, because a power costs two kilobytes of what every visitor loads.
fn luminance([red, green, blue]: Rgb) -> f32 {
    let linear = |value: u8| {
        let value = f32::from(value) / 255.0;
        value * (value * (value * 0.305_306 + 0.682_171_1) + 0.012_522_9)
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact([red, green, blue]: Rgb) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn exactly(one: Rgb, other: Rgb) -> f64 {
        let (one, other) = (exact(one) + 0.05, exact(other) + 0.05);
        if one > other { one / other } else { other / one }
    }

    #[test]
    fn text_in_any_colour_and_on_it_can_be_read_in_both_themes() {
        let mut least = f64::MAX;
        for color in (0..=255).step_by(15).flat_map(|red| {
            (0..=255).step_by(15).flat_map(move |green| (0..=255).step_by(15).map(move |blue| [red, green, blue]))
        }) {
            for on in THEMES {
                let Palette { fill, on_fill, text, soft } = Palette::of(color, on);
                for (one, other) in [(on_fill, fill), (text, on.page), (text, on.raised), (text, soft)] {
                    least = least.min(exactly(one, other));
                }
            }
        }
        assert!(least >= 4.5, "{least}");
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        let [light, dark] = THEMES;
        let indigo = [0x3b, 0x55, 0xd9];
        assert_eq!(Palette::of(indigo, light).fill, indigo);
        assert_eq!(Palette::of(indigo, light).text, indigo);
        assert_eq!(Palette::of([0xff, 0xd4, 0x00], light).fill, [0xff, 0xd4, 0x00]);
        assert_eq!(Palette::of([0xff, 0xd4, 0x00], light).on_fill, BLACK);
        assert_eq!(Palette::of([0xff, 0xd4, 0x00], dark).text, [0xff, 0xd4, 0x00]);
    }

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(parse("#3b55D9"), Some([0x3b, 0x55, 0xd9]));
        for wrong in ["", "#fff", "3b55d9", "#3b55d", "#3b55dg", "red", "#３b55d9", "#+b55d9"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
