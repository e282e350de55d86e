//! Files of `dist/assets`, each with its compressed variants beside it.

use super::stamp::Digest;
use crate::Outcome;
use crate::places::{Places, at, write};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{Cursor, Write};
use std::path::Path;

/// The best that each format has: a file is compressed once and sent many times.
const BROTLI_QUALITY: i32 = 11;
const GZIP_LEVEL: u32 = 9;

/// The largest window that every browser must accept, as a power of two.
const BROTLI_WINDOW: i32 = 24;

/// Writes a file that is never changed under its name, and gives the path by which pages name it.
pub(crate) fn write_hashed(places: &Places, name: &str, ending: &str, bytes: &[u8]) -> Outcome<String> {
    let file = format!("a/{name}.{}.{ending}", Digest::of(bytes).hex());
    write_with_variants(&places.dist().join("assets").join(&file), bytes)?;
    Ok(format!("/{file}"))
}

/// Writes a file and its `.br` and `.gz`.
pub(crate) fn write_with_variants(path: &Path, bytes: &[u8]) -> Outcome {
    write(path, bytes)?;
    write(&beside(path, "br"), brotli(bytes).map_err(|error| at(path, error))?)?;
    write(&beside(path, "gz"), gzip(bytes).map_err(|error| at(path, error))?)
}

pub(crate) fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: BROTLI_QUALITY,
        lgwin: BROTLI_WINDOW,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut Cursor::new(bytes), &mut out, &params)?;
    Ok(out)
}

pub(crate) fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP_LEVEL));
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn beside(path: &Path, ending: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_comes_back_whole() {
        let text = "a lamp that dims ".repeat(200);
        let (small, smaller) = (gzip(text.as_bytes()).unwrap(), brotli(text.as_bytes()).unwrap());
        assert!(smaller.len() < small.len() && small.len() < text.len() / 10);

        let mut back = String::new();
        flate2::read::GzDecoder::new(small.as_slice()).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut smaller.as_slice(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
    }
}
