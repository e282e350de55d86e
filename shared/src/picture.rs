//! Pictures that a stranger has made, as they may be given to visitors: of a kind that is known by its content, whole, and without
//! what it says beside what is seen, such as where it was taken.
//!
//! The containers are taken apart and put together again; what is compressed in them is left as it is. SVG, which is a text, is written anew.

mod gif;
mod jpeg;
mod png;
mod reader;
mod svg;
mod webp;

use reader::Reader;

/// The largest picture that is kept, in bytes.
pub const MAX_PICTURE: usize = 5_000_000;
/// The most points of a picture. More exhaust the memory of a phone, however few bytes they take on the way.
const MOST_POINTS: u64 = 50_000_000;

/// The most points that are drawn, again and again. A browser draws a hundred million in a second, and does nothing else meanwhile.
const MOST_DRAWN: u64 = 1_000_000_000;

const NO_PICTURE: &str = "it is no PNG, JPEG, GIF, WebP or SVG";

/// The kind of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
    /// SVG.
    Svg,
}

/// A picture that may be given to visitors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// Its kind.
    pub kind: Kind,
    /// How wide it is shown, in points.
    pub width: u32,
    /// How high it is shown, in points.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many points are drawn until all of it is there: some formats draw over what they have drawn.
    drawn: u64,
}

impl Kind {
    /// Its type as HTTP has it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Svg => "image/svg+xml",
        }
    }
}

/// The picture in these bytes; an error says in a few words why there is none.
pub fn clean(bytes: &[u8]) -> Result<Clean, &'static str> {
    if bytes.len() > MAX_PICTURE {
        return Err("it is larger than 5 MB");
    }
    let broken = "it is damaged";
    let clean = match bytes {
        [0x89, b'P', b'N', b'G', ..] => png::clean(bytes).ok_or(broken)?,
        [0xff, 0xd8, ..] => jpeg::clean(bytes).ok_or(broken)?,
        [b'G', b'I', b'F', b'8', ..] => gif::clean(bytes).ok_or(broken)?,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp::clean(bytes).ok_or(broken)?,
        _ if svg::is(bytes) => svg::clean(bytes)?,
        _ => return Err(NO_PICTURE),
    };
    match u64::from(clean.width) * u64::from(clean.height) {
        0 => Err("it has no size"),
        points if points > MOST_POINTS => Err("it has more than 50 million points"),
        _ if clean.drawn > MOST_DRAWN => Err("it draws its points over and over, which takes too long"),
        _ => Ok(clean),
    }
}

#[cfg(test)]
mod tests;
