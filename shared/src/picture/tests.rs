use super::*;

/// A PNG of one point, with a text chunk and something after its end.
fn png() -> Vec<u8> {
    let chunk =
        |name: &[u8], data: &[u8]| [&u32::try_from(data.len()).unwrap().to_be_bytes(), name, data, &[0; 4]].concat();
    let header = [&7u32.to_be_bytes()[..], &9u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &header),
        &chunk(b"tEXt", b"Author\0secret"),
        &chunk(b"eXIf", b"secret"),
        &chunk(b"tRNS", &[&[0; 256][..], b"secret"].concat()),
        &chunk(b"IDAT", b"data"),
        &chunk(b"IEND", b""),
        b"<script>secret",
    ]
    .concat()
}

fn jpeg(lies: u8) -> Vec<u8> {
    let mut exif = lying_of(lies);
    exif.extend(b"secret");
    let segment = |marker: u8, data: &[u8]| {
        [&[0xff, marker], &u16::try_from(data.len() + 2).unwrap().to_be_bytes()[..], data].concat()
    };
    [
        &[0xff, 0xd8][..],
        &segment(0xe0, b"JFIF\0\x01\x02\0\0\x48\0\x48\x01\x01secret"),
        &segment(0xe0, b"JFXX\0\x10secret"),
        &segment(0xe2, b"MPF\0secret"),
        &segment(0xee, b"Adobe\0\x64\0\0\0\0\x01secret"),
        &segment(0xee, b"secret"),
        &segment(0xf7, b"secret"),
        &segment(0xe1, &exif),
        &segment(0xed, b"Photoshop secret"),
        &segment(0xfe, b"secret"),
        &segment(0xc2, &[8, 0, 9, 0, 7, 3]),
        &segment(0xda, &[1]),
        &[1, 2, 0xff, 0, 3, 0xff, 0xd0, 4],
        &segment(0xda, &[2]),
        &[5, 0xff, 0xd9],
        b"secret",
    ]
    .concat()
}

/// What a camera notes, in the other order of bytes.
fn lying_of(lies: u8) -> Vec<u8> {
    [&b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"[..], &[lies, 0, 0, 0, 0, 0, 0, 0]].concat()
}

fn gif() -> Vec<u8> {
    [
        &b"GIF89a\x07\0\x09\0\x80\0\0"[..],
        &[0; 6],
        b"\x21\xfe\x06secret\0",
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0",
        b"\x21\xff\x0bXMP DataXMP\x06secret\0",
        b"\x21\xf9\x04\0\0\0\0\0",
        b"\x2c\0\0\0\0\x07\0\x09\0\0\x02\x02\x4c\x01\0\x3b",
        b"secret",
    ]
    .concat()
}

fn webp() -> Vec<u8> {
    let chunk = |name: &[u8], data: &[u8]| {
        let padding: &[u8] = if data.len() % 2 == 1 { &[0] } else { &[] };
        [name, &u32::try_from(data.len()).unwrap().to_le_bytes(), data, padding].concat()
    };
    let chunks = [
        chunk(b"VP8X", &[0x0c, 0, 0, 0, 6, 0, 0, 8, 0, 0]),
        chunk(b"VP8L", &[0x2f, 6, 0, 2, 0, 1, 2]),
        chunk(b"EXIF", b"secret"),
        chunk(b"XMP ", b"secret!"),
    ]
    .concat();
    let length = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    [&b"RIFF"[..], &length, b"WEBP", &chunks, b"secret"].concat()
}

#[test]
fn what_is_seen_stays_and_what_is_noted_goes() {
    for (bytes, kind) in [(png(), Kind::Png), (jpeg(1), Kind::Jpeg), (gif(), Kind::Gif), (webp(), Kind::Webp)] {
        let clean = clean(&bytes).unwrap();
        assert_eq!((clean.kind, clean.width, clean.height), (kind, 7, 9), "{kind:?}");
        let says = |what: &[u8]| clean.bytes.windows(what.len()).any(|window| window == what);
        assert!(!says(b"secret") && !says(b"<script>"), "{kind:?}: {:?}", String::from_utf8_lossy(&clean.bytes));
        assert_eq!(super::clean(&clean.bytes).as_ref(), Ok(&clean), "{kind:?}: nothing is left to take away");
    }
}

#[test]
fn a_photo_lies_as_its_camera_was_held() {
    for lies in 1..=8 {
        let clean = clean(&jpeg(lies)).unwrap();
        assert_eq!((clean.width, clean.height), if lies >= 5 { (9, 7) } else { (7, 9) });
        assert_eq!(super::clean(&clean.bytes).as_ref(), Ok(&clean), "{lies}");
    }
}

#[test]
fn what_is_cut_wrong_or_too_large_is_none() {
    for whole in [png(), jpeg(6), gif(), webp()] {
        let end = clean(&whole).unwrap().bytes.len();
        let cleaned = clean(&whole).unwrap().bytes;
        for cut in 0..end {
            assert!(clean(&cleaned[..cut]).is_err(), "{cut} of {end}");
        }
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0xff;
            // Whatever comes of it, nothing breaks.
            let _ = clean(&damaged);
        }
    }
    assert_eq!(clean(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Err("it has no size"));
    assert_eq!(clean(b"<p>Not found</p>"), Err("it is no PNG, JPEG, GIF, WebP or SVG"));
    assert_eq!(clean(&vec![0x89; MAX_PICTURE + 1]), Err("it is larger than 5 MB"));
    let mut huge = png();
    huge[16..20].copy_from_slice(&u32::MAX.to_be_bytes());
    assert_eq!(clean(&huge), Err("it has more than 50 million points"));
}

#[test]
fn a_picture_that_lies_about_its_size_or_is_slow_is_none() {
    let twice = |bytes: Vec<u8>, part: std::ops::Range<usize>| {
        let (before, after) = bytes.split_at(part.end);
        [before, &bytes[part.clone()], after].concat()
    };
    assert_eq!(clean(&twice(png(), 8..33)), Err("it is damaged"), "two headers");
    let plain = clean(&jpeg(1)).unwrap().bytes;
    let frame = plain.windows(2).position(|pair| pair == [0xff, 0xc2]).unwrap();
    assert_eq!(clean(&twice(plain.clone(), frame..frame + 10)), Err("it is damaged"), "two frames");
    let mut large = plain.clone();
    large[frame + 5..frame + 9].copy_from_slice(&[0x13, 0x88, 0x13, 0x88]);
    assert!(clean(&large).is_ok(), "5,000 by 5,000 points, twice");
    let scan = (0..large.len() - 1).rev().find(|at| large[*at..at + 2] == [0xff, 0xda]).unwrap();
    let scans = large[scan..large.len() - 2].repeat(40);
    large.splice(scan..scan, scans);
    assert_eq!(clean(&large), Err("it draws its points over and over, which takes too long"));
}
