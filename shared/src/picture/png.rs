//! PNG (W3C, third edition): a signature, then chunks with a length, a name, data and a checksum.

use super::{Clean, Kind, Reader};

const SIGNATURE: usize = 8;
/// What says how a picture looks, also one that moves. Everything else is about it: texts, times, where it was taken.
/// Beside it stands how long it is at most: what is longer says something else.
const KEPT: [(&[u8; 4], usize); 14] = [
    (b"IHDR", 13),
    (b"PLTE", 768),
    (b"IDAT", usize::MAX),
    (b"IEND", 0),
    (b"tRNS", 256),
    (b"gAMA", 4),
    (b"cHRM", 32),
    (b"sRGB", 1),
    // The profile of the colours. A larger one is of no screen.
    (b"iCCP", 100_000),
    (b"sBIT", 4),
    (b"cICP", 4),
    (b"acTL", 8),
    (b"fcTL", 26),
    (b"fdAT", usize::MAX),
];

pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let mut reader = Reader::new(bytes);
    let mut out = reader.take(SIGNATURE)?.to_vec();
    let mut size = None;
    let (mut pictures, mut has_points) = (0, false);
    loop {
        let length: [u8; 4] = reader.array()?;
        let name: [u8; 4] = reader.array()?;
        let data = reader.take(usize::try_from(u32::from_be_bytes(length)).ok()?)?;
        let sum = reader.take(4)?;
        // It begins with its size, which is there once.
        if size.is_none() != (&name == b"IHDR") {
            return None;
        }
        pictures += u64::from(matches!(&name, b"fcTL" | b"IHDR"));
        has_points |= &name == b"IDAT";
        if size.is_none() {
            let mut header = Reader::new(data);
            size = Some((u32::from_be_bytes(header.array()?), u32::from_be_bytes(header.array()?)));
        }
        if KEPT.iter().any(|(kept, longest)| **kept == name && data.len() <= *longest) {
            for part in [length.as_slice(), &name, data, sum] {
                out.extend_from_slice(part);
            }
        }
        if &name == b"IEND" {
            let (width, height) = size.filter(|_| has_points)?;
            let drawn = u64::from(width) * u64::from(height) * pictures;
            return Some(Clean { kind: Kind::Png, width, height, bytes: out, drawn });
        }
    }
}
