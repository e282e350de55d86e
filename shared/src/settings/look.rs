//! How the widget looks, as the site owner publishes it.

use crate::palette;
use crate::problem::{Problem, ProblemCode};
use serde::{Deserialize, Serialize};

/// The site's brand. The widget's own stands for all that is left out: ink on paper, or paper on ink, as the visitor's system wants it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// The site's colour, such as `#3b55d9`. Where text in it could not be read, it is made darker or lighter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// Light or dark.
    #[serde(default, skip_serializing_if = "Theme::is_auto")]
    pub theme: Theme,
    /// How round corners are, in pixels, up to `MAX_RADIUS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius: Option<u8>,
    /// A list of fonts as in CSS, of which the visitor's device has one. None is loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub font: Option<String>,
    /// The site's mark: a small picture as a `data:` address, or the address of one that was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// Who answers, for the first screen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faces: Vec<Face>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the visitor's system wants it.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the page around it is.
    Page,
}

impl Theme {
    /// Whether nothing was chosen.
    pub fn is_auto(&self) -> bool {
        *self == Self::Auto
    }
}

/// One of those who answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Face {
    /// Their name.
    pub name: String,
    /// A small picture, as `Look::logo`; the initials without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

/// The button on the host page. What the script tag says comes before it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Launcher {
    /// What is drawn on it.
    #[serde(default, skip_serializing_if = "Icon::is_speech")]
    pub icon: Icon,
    /// At which side of the page it stands.
    #[serde(default, skip_serializing_if = "Side::is_right")]
    pub side: Side,
    /// How far it stands from that side and from the bottom, in pixels; the widget's own place without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<[u16; 2]>,
    /// Whether there is none: the site has a button of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// What is drawn on the launcher.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Icon {
    /// A speech mark.
    #[default]
    Speech,
    /// The site's own mark, `Look::logo`.
    Logo,
}

impl Icon {
    fn is_speech(&self) -> bool {
        *self == Self::Speech
    }
}

/// A side of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The right one.
    #[default]
    Right,
    /// The left one.
    Left,
}

impl Side {
    fn is_right(&self) -> bool {
        *self == Self::Right
    }
}

/// The roundest corners, in pixels: bubbles have two lines.
pub const MAX_RADIUS: u8 = 24;
/// The furthest from an edge, in pixels.
pub const MAX_OFFSET: u16 = 400;
/// The most faces: more are a crowd.
pub const MAX_FACES: usize = 5;
/// The longest picture, as text: 64 pixels square in any usual format are shorter.
pub const MAX_PICTURE_CHARS: usize = 16_000;
/// The longest list of fonts.
const MAX_FONT_CHARS: usize = 200;
/// The longest name of a face.
const MAX_FACE_CHARS: usize = 60;
/// What browsers draw as a picture, and nothing else: in an `img` a drawing runs no script.
const PICTURES: [&str; 5] = ["png", "jpeg", "webp", "gif", "svg+xml"];

impl Look {
    /// Everything that is wrong. Places are paths into the look.
    pub fn problems(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        if let Some(accent) = self.accent.as_ref().filter(|accent| palette::parse(accent).is_none()) {
            let sentence = format!("\"{accent}\" is not a colour. Write six digits, such as #3b55d9.");
            out.push(Problem::new(ProblemCode::InvalidColor, "accent", sentence));
        }
        if let Some(radius) = self.radius.filter(|radius| *radius > MAX_RADIUS) {
            let sentence = format!("Corners can be up to {MAX_RADIUS} pixels round, and these are {radius}.");
            out.push(Problem::new(ProblemCode::InvalidSize, "radius", sentence));
        }
        if self.font.as_ref().is_some_and(|font| !is_font(font)) {
            let sentence = "This is no list of fonts. Write their names with commas, such as Inter, sans-serif.";
            out.push(Problem::new(ProblemCode::InvalidFont, "font", sentence));
        }
        out.extend(self.logo.as_ref().and_then(|logo| picture_problem(logo, "logo")));
        if self.faces.len() > MAX_FACES {
            let sentence = format!("These are {} faces, and {MAX_FACES} are possible.", self.faces.len());
            out.push(Problem::new(ProblemCode::TooMany, "faces", sentence));
        }
        for (place, face) in self.faces.iter().enumerate() {
            let at = format!("faces[{place}]");
            let length = face.name.trim().chars().count();
            if length == 0 {
                out.push(Problem::new(ProblemCode::EmptyName, format!("{at}.name"), "The face has no name."));
            } else if length > MAX_FACE_CHARS {
                let sentence = format!("The name has {length} characters, and {MAX_FACE_CHARS} are possible.");
                out.push(Problem::new(ProblemCode::TooLong, format!("{at}.name"), sentence));
            }
            out.extend(face.picture.as_ref().and_then(|picture| picture_problem(picture, &format!("{at}.picture"))));
        }
        out
    }

    /// Its pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        self.logo.iter().chain(self.faces.iter().filter_map(|face| face.picture.as_ref())).map(String::as_str)
    }

    /// Puts another address in the place of each picture.
    pub fn with_pictures(mut self, address: impl Fn(&str) -> String) -> Self {
        let pictures = self.faces.iter_mut().filter_map(|face| face.picture.as_mut());
        for picture in self.logo.iter_mut().chain(pictures) {
            *picture = address(picture);
        }
        self
    }
}

impl Launcher {
    /// Everything that is wrong. Places are paths into the launcher.
    pub fn problems(&self, look: &Look) -> Vec<Problem> {
        let mut out = Vec::new();
        if self.offset.is_some_and(|offset| offset.iter().any(|pixels| *pixels > MAX_OFFSET)) {
            let sentence = format!("The launcher can stand up to {MAX_OFFSET} pixels from an edge.");
            out.push(Problem::new(ProblemCode::InvalidSize, "offset", sentence));
        }
        if self.icon == Icon::Logo && look.logo.is_none() {
            let sentence = "There is no logo to be drawn. Add one to the look, or choose another icon.";
            out.push(Problem::new(ProblemCode::NoPicture, "icon", sentence));
        }
        out
    }
}

/// The type and the bytes of a picture in a `data:` address; none if it is none that a look can have.
pub fn picture(address: &str) -> Option<(&'static str, &str)> {
    let (kind, bytes) = address.strip_prefix("data:image/")?.split_once(";base64,")?;
    let kind = PICTURES.into_iter().find(|known| *known == kind)?;
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    (!bytes.is_empty() && bytes.bytes().all(is_base64)).then_some((kind, bytes))
}

fn picture_problem(address: &str, at: &str) -> Option<Problem> {
    if picture(address).is_none() {
        let sentence =
            "This is no picture. Write it as data:image/png;base64, and its bytes (or jpeg, webp, gif, svg+xml).";
        return Some(Problem::new(ProblemCode::NotAPicture, at, sentence));
    }
    (address.len() > MAX_PICTURE_CHARS).then(|| {
        let sentence = format!(
            "The picture has {} characters, and {MAX_PICTURE_CHARS} are possible. 128 pixels square are enough.",
            address.len()
        );
        Problem::new(ProblemCode::TooLong, at, sentence)
    })
}

/// Names with commas: nothing that could end the value in a style sheet.
fn is_font(text: &str) -> bool {
    let is_in_names = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '-' | '_' | '"' | '\'');
    !text.trim().is_empty() && text.chars().count() <= MAX_FONT_CHARS && text.chars().all(is_in_names)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &str = "data:image/png;base64,iVBORw0KGgo=";

    fn codes(problems: &[Problem]) -> Vec<(ProblemCode, &str)> {
        problems.iter().map(|problem| (problem.code, problem.at.as_str())).collect()
    }

    #[test]
    fn a_look_that_can_be_drawn_has_no_problem() {
        assert_eq!(Look::default().problems(), []);
        let face = Face { name: "Maya".into(), picture: Some(PNG.into()) };
        let look = Look {
            accent: Some("#3b55d9".into()),
            theme: Theme::Page,
            radius: Some(MAX_RADIUS),
            font: Some("\"Inter\", sans-serif".into()),
            logo: Some(PNG.into()),
            faces: vec![face; MAX_FACES],
        };
        assert_eq!(look.problems(), []);
        assert_eq!(look.pictures().count(), 1 + MAX_FACES);
        assert!(look.with_pictures(|_| "/x".into()).pictures().all(|picture| picture == "/x"));
    }

    #[test]
    fn everything_that_is_wrong_is_found_at_once_with_its_place() {
        let face = |name: &str, picture: &str| Face { name: name.into(), picture: Some(picture.into()) };
        let look = Look {
            accent: Some("indigo".into()),
            theme: Theme::Auto,
            radius: Some(MAX_RADIUS + 1),
            font: Some("x;} body{display:none".into()),
            logo: Some("https://site.example/logo.png".into()),
            faces: vec![
                face(" ", "data:text/html;base64,PGI+"),
                face(&"x".repeat(61), &[PNG, &"A".repeat(MAX_PICTURE_CHARS)].concat()),
            ],
        };
        assert_eq!(
            codes(&look.problems()),
            [
                (ProblemCode::InvalidColor, "accent"),
                (ProblemCode::InvalidSize, "radius"),
                (ProblemCode::InvalidFont, "font"),
                (ProblemCode::NotAPicture, "logo"),
                (ProblemCode::EmptyName, "faces[0].name"),
                (ProblemCode::NotAPicture, "faces[0].picture"),
                (ProblemCode::TooLong, "faces[1].name"),
                (ProblemCode::TooLong, "faces[1].picture"),
            ]
        );
        let launcher = Launcher { icon: Icon::Logo, offset: Some([0, MAX_OFFSET + 1]), ..Launcher::default() };
        assert_eq!(
            codes(&launcher.problems(&Look::default())),
            [(ProblemCode::InvalidSize, "offset"), (ProblemCode::NoPicture, "icon")]
        );
    }

    #[test]
    fn a_picture_is_nothing_but_its_bytes() {
        assert_eq!(picture(PNG), Some(("png", "iVBORw0KGgo=")));
        for wrong in
            ["data:image/png;base64,", "data:image/png,x", "data:image/png;base64,a b", "data:image/bmp;base64,AA=="]
        {
            assert_eq!(picture(wrong), None, "{wrong}");
        }
    }
}
