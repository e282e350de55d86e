//! WebP (RFC 9649): a RIFF container with chunks, each with a name and a length, on even places.

use super::{Clean, Kind, Reader};

/// What says how a picture looks. What was noted about it, by a camera or a program, is left out.
const KEPT: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// In the flags of `VP8X`: there are notes of a camera, or of a program.
const NOTES: u8 = 0x08 | 0x04;

pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let mut reader = Reader::new(bytes);
    reader.take(4)?;
    let length = u32::from_le_bytes(reader.array()?);
    let mut reader = Reader::new(reader.take(usize::try_from(length).ok()?)?);
    reader.take(4)?;
    let mut chunks = Vec::new();
    let (mut size, mut pictures) = (None, 0);
    while !reader.rest().is_empty() {
        let name: [u8; 4] = reader.array()?;
        let length: [u8; 4] = reader.array()?;
        let count = usize::try_from(u32::from_le_bytes(length)).ok()?;
        let mut data = reader.take(count)?.to_vec();
        if count % 2 == 1 {
            reader.take(1)?;
        }
        if !KEPT.contains(&&name) {
            continue;
        }
        if &name == b"VP8X"
            && let Some(flags) = data.first_mut()
        {
            *flags &= !NOTES;
        }
        let here = sides(&name, &data);
        if let (Some((width, height)), Some((w, h))) = (size, here)
            && (w > width || h > height)
        {
            // Two sizes, of which one is not true.
            return None;
        }
        size = size.or(here);
        pictures += u64::from(&name == b"ANMF");
        for part in [name.as_slice(), &length, &data] {
            chunks.extend_from_slice(part);
        }
        if count % 2 == 1 {
            chunks.push(0);
        }
    }
    let (width, height) = size?;
    let length = u32::try_from(chunks.len() + 4).ok()?;
    let out = [b"RIFF".as_slice(), &length.to_le_bytes(), b"WEBP", &chunks].concat();
    let drawn = u64::from(width) * u64::from(height) * pictures;
    Some(Clean { kind: Kind::Webp, width, height, bytes: out, drawn })
}

/// The size in the first chunk that says it.
fn sides(name: &[u8; 4], data: &[u8]) -> Option<(u32, u32)> {
    let mut reader = Reader::new(data);
    match name {
        b"VP8X" => {
            reader.take(4)?;
            let [w0, w1, w2, h0, h1, h2] = reader.array()?;
            Some((u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1))
        }
        b"VP8 " => {
            let [_, _, _, 0x9d, 0x01, 0x2a, w0, w1, h0, h1] = reader.array()? else { return None };
            // The two upper bits say how it is scaled.
            let side = |low, high: u8| u32::from(u16::from_le_bytes([low, high & 0x3f]));
            Some((side(w0, w1), side(h0, h1)))
        }
        b"VP8L" => {
            let [0x2f, bits @ ..] = reader.array::<5>()? else { return None };
            let bits = u32::from_le_bytes(bits);
            Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
        }
        _ => None,
    }
}
