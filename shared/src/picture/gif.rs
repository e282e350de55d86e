//! GIF (89a): a screen, then images and extensions, whose data comes in blocks of up to 255 bytes.

use super::{Clean, Kind, Reader};

const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const TRAILER: u8 = 0x3b;
/// How long an image is shown, and what becomes of it then.
const CONTROL: u8 = 0xf9;
/// An application's own: one of them says how often a picture that moves begins again.
const APPLICATION: u8 = 0xff;
const AGAIN: &[u8] = b"\x0bNETSCAPE2.0";

pub(super) fn clean(bytes: &[u8]) -> Option<Clean> {
    let mut reader = Reader::new(bytes);
    let mut out = reader.take(6)?.to_vec();
    let screen: [u8; 7] = reader.array()?;
    out.extend(screen);
    let [w0, w1, h0, h1, flags, ..] = screen;
    out.extend(reader.take(table(flags))?);
    let (mut images, mut drawn) = (0, 0);
    loop {
        match reader.byte()? {
            IMAGE => {
                let place: [u8; 9] = reader.array()?;
                let [_, _, _, _, w0, w1, h0, h1, flags] = place;
                drawn += u64::from(u16::from_le_bytes([w0, w1])) * u64::from(u16::from_le_bytes([h0, h1]));
                out.push(IMAGE);
                out.extend(place);
                out.extend(reader.take(table(flags))?);
                out.push(reader.byte()?);
                out.extend(blocks(&mut reader)?);
                images += 1;
            }
            EXTENSION => {
                let label = reader.byte()?;
                let data = blocks(&mut reader)?;
                if label == CONTROL || (label == APPLICATION && data.starts_with(AGAIN)) {
                    out.extend([EXTENSION, label]);
                    out.extend(data);
                }
            }
            TRAILER if images > 0 => {
                out.push(TRAILER);
                let [width, height] = [[w0, w1], [h0, h1]].map(|side| u16::from_le_bytes(side).into());
                return Some(Clean { kind: Kind::Gif, width, height, bytes: out, drawn });
            }
            _ => return None,
        }
    }
}

/// The length of a table of colours, if these flags say that one follows.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Blocks with their lengths, up to an empty one.
fn blocks<'a>(reader: &mut Reader<'a>) -> Option<&'a [u8]> {
    let all = reader.rest();
    loop {
        let length = reader.byte()?;
        reader.take(length.into())?;
        if length == 0 {
            return all.get(..all.len() - reader.rest().len());
        }
    }
}
