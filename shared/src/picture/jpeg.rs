//! JPEG (ITU T.81): segments that begin with a marker, and what is compressed after some of them.

use super::{Clean, Kind, Reader};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// The segment that says which format this is.
const APPLICATION: u8 = 0xe0;
/// All that is in it, in points of one width and height.
const JFIF: [u8; 14] = *b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0";
/// The application segment where cameras note what they know.
const CAMERA: u8 = 0xe1;
/// The one with the profile of the colours.
const PROFILE: u8 = 0xe2;
/// The one that says how the colours are stored.
const ADOBE: u8 = 0xee;
/// The bytes of it that say that.
const ADOBE_BYTES: usize = 12;
/// From this way of lying on, height and width change places.
const ON_ITS_SIDE: u8 = 5;

pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let mut reader = Reader::new(bytes);
    reader.take(2)?;
    let mut segments = Vec::new();
    let mut size = None;
    let (mut lies, mut scans) = (1, 0);
    loop {
        let marker = marker(&mut reader)?;
        if marker == END {
            break;
        }
        let length: [u8; 2] = reader.array()?;
        let data = reader.take(usize::from(u16::from_be_bytes(length)).checked_sub(2)?)?;
        if marker == CAMERA {
            lies = orientation(data).unwrap_or(lies);
        }
        let Some(data) = kept(marker, data) else { continue };
        // Start of a frame, in all its forms; three numbers among them are other tables.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            // Two sizes, of which one is not true.
            if size.is_some() {
                return None;
            }
            let [_, h0, h1, w0, w1] = Reader::new(data).array()?;
            size = Some((u16::from_be_bytes([w0, w1]), u16::from_be_bytes([h0, h1])));
        }
        segments.extend([0xff, marker]);
        // Not longer than it was.
        segments.extend(u16::try_from(data.len() + 2).ok()?.to_be_bytes());
        segments.extend(data);
        if marker == SCAN {
            scans += 1;
            segments.extend(compressed(&mut reader)?);
        }
    }
    let (width, height) = size.map(|(width, height)| (u32::from(width), u32::from(height)))?;
    let mut out = vec![0xff, START];
    if lies > 1 {
        out.extend(lying(lies));
    }
    out.extend(segments);
    out.extend([0xff, END]);
    let (width, height) = if lies >= ON_ITS_SIDE { (height, width) } else { (width, height) };
    let drawn = u64::from(width) * u64::from(height) * scans;
    Some(Clean { kind: Kind::Jpeg, width, height, bytes: out, drawn })
}

/// What is kept of a segment; none if it says nothing of how the picture looks.
fn kept(marker: u8, data: &[u8]) -> Option<&[u8]> {
    match marker {
        // Without the small picture that may follow: it shows what was cut away.
        APPLICATION => data.starts_with(b"JFIF\0").then_some(&JFIF[..]),
        PROFILE if data.starts_with(b"ICC_PROFILE\0") => Some(data),
        ADOBE if data.starts_with(b"Adobe") => data.get(..ADOBE_BYTES),
        // Frames, tables, scans, and how often one begins anew.
        0xc0..=0xcf | SCAN..=0xdf => Some(data),
        _ => None,
    }
}

/// The next marker, which any number of filling bytes may precede.
fn marker(reader: &mut Reader<'_>) -> Option<u8> {
    if reader.byte()? != 0xff {
        return None;
    }
    loop {
        match reader.byte()? {
            0xff => {}
            marker => return Some(marker),
        }
    }
}

/// What is compressed, up to the next marker that is no part of it.
fn compressed<'a>(reader: &mut Reader<'a>) -> Option<&'a [u8]> {
    let rest = reader.rest();
    let is_marker = |pair: &[u8]| matches!(pair, [0xff, after] if *after != 0 && !matches!(after, 0xd0..=0xd7 | 0xff));
    let end = rest.windows(2).position(is_marker)?;
    reader.take(end)
}

/// How the picture lies, from 1 to 8, as cameras note it (Exif, tag 0x0112 of the first directory).
fn orientation(data: &[u8]) -> Option<u8> {
    const TAG: u16 = 0x0112;
    let tiff = data.strip_prefix(b"Exif\0\0")?;
    let is_little = tiff.starts_with(b"II");
    let number = |at: usize| -> Option<u16> {
        let pair: [u8; 2] = tiff.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let quad: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let first = if is_little { u32::from_le_bytes(quad) } else { u32::from_be_bytes(quad) };
    let first = usize::try_from(first).ok().filter(|first| *first < tiff.len())?;
    let entries = usize::from(number(first)?);
    let found = (0..entries).map(|entry| first + 2 + entry * 12).find(|at| number(*at) == Some(TAG))?;
    u8::try_from(number(found + 8)?).ok().filter(|lies| (1..=8).contains(lies))
}

/// A camera's segment that says how the picture lies, and nothing else.
fn lying(lies: u8) -> [u8; 36] {
    let mut segment = *b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    if let Some(place) = segment.get_mut(29) {
        *place = lies;
    }
    segment
}
