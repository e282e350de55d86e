//! The binary form of an index: a header of counts, then streams without a single offset. Those would be most of what
//! travels, and `open` finds them by adding up. `docs/matching.md` has it byte by byte.

use super::confidence::Scale;

/// The first bytes; the digit grows with every change of the form.
pub(crate) const MAGIC: [u8; 4] = *b"BFI5";

/// The numbers at the front, each four bytes, little-endian, in this order.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Header {
    /// Documents.
    pub(crate) docs: u32,
    /// Terms: words of the documents, and words so common that it matters that they are not in one.
    pub(crate) terms: u32,
    /// Postings: a term in a document.
    pub(crate) postings: u32,
    /// Bytes of the numbers that name the documents of postings.
    pub(crate) posting_bytes: u32,
    /// Words that mean the same as terms.
    pub(crate) aliases: u32,
    /// Bytes of the numbers that name the terms of aliases.
    pub(crate) alias_bytes: u32,
    /// Rows of the model, a power of two; 0 if there is none.
    pub(crate) features: u32,
    /// Weights of the model that are not zero.
    pub(crate) weights: u32,
    /// Bytes of the numbers that name the documents of weights.
    pub(crate) weight_bytes: u32,
    /// Bits of an `f32`: the natural logarithm of the smallest magnitude of a weight.
    pub(crate) least: u32,
    /// Bits of an `f32`: what each step of a weight's code adds to that logarithm.
    pub(crate) step: u32,
    /// How the judges are weighed.
    pub(crate) scale: Scale,
}

impl Header {
    pub(crate) const BYTES: usize = MAGIC.len() + 4 * 17;

    #[cfg(feature = "compile")]
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        out.extend(MAGIC);
        for number in self.numbers() {
            out.extend(number.to_le_bytes());
        }
    }

    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut numbers = bytes.get(..Self::BYTES)?.strip_prefix(&MAGIC)?.chunks_exact(4);
        let mut next = || numbers.next()?.try_into().ok().map(u32::from_le_bytes);
        Some(Self {
            docs: next()?,
            terms: next()?,
            postings: next()?,
            posting_bytes: next()?,
            aliases: next()?,
            alias_bytes: next()?,
            features: next()?,
            weights: next()?,
            weight_bytes: next()?,
            least: next()?,
            step: next()?,
            scale: Scale {
                words: f32::from_bits(next()?),
                words_per_weight: f32::from_bits(next()?),
                model: f32::from_bits(next()?),
                nothing: f32::from_bits(next()?),
                nothing_per_weight: f32::from_bits(next()?),
                nothing_per_unknown: f32::from_bits(next()?),
            },
        })
    }

    #[cfg(feature = "compile")]
    fn numbers(&self) -> [u32; 17] {
        [
            self.docs,
            self.terms,
            self.postings,
            self.posting_bytes,
            self.aliases,
            self.alias_bytes,
            self.features,
            self.weights,
            self.weight_bytes,
            self.least,
            self.step,
            self.scale.words.to_bits(),
            self.scale.words_per_weight.to_bits(),
            self.scale.model.to_bits(),
            self.scale.nothing.to_bits(),
            self.scale.nothing_per_weight.to_bits(),
            self.scale.nothing_per_unknown.to_bits(),
        ]
    }
}

/// Where the breadths of the documents stand: behind the header and the lengths of their texts.
#[cfg(feature = "compile")]
pub(crate) fn breadths_at(docs: usize) -> usize {
    Header::BYTES + DOC_BYTES as usize * docs
}

/// What the lengths of a document's texts take.
pub(crate) const DOC_BYTES: u32 = 8;
/// How many strengths a posting can have: more cost bytes and rank no better.
pub(crate) const STRENGTHS: u8 = 15;
/// The highest code of a weight's magnitude; its sign is the bit above.
pub(crate) const MAGNITUDES: u8 = 7;
/// The bit of a weight's code that says that it is negative.
pub(crate) const NEGATIVE: u8 = 8;
/// What each step of a document's prior is.
pub(crate) const PRIOR_STEP: f32 = 0.0625;
/// The prior of a document of which the model has learned nothing.
pub(crate) const UNTAUGHT: u8 = 0x80;
/// How many scales a feature can have, each this part of an e-fold.
pub(crate) const SCALE_STEP: f32 = 0.2;

/// Takes a number of seven bits a byte, the low ones first, from the front.
pub(crate) fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Appends a number of seven bits a byte.
#[cfg(feature = "compile")]
pub(crate) fn push_number(mut number: u32, out: &mut Vec<u8>) {
    while number > 0x7f {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

#[cfg(test)]
#[cfg(feature = "compile")]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_were_written_and_cut_ones_are_none() {
        for number in [0, 1, 127, 128, 300, 65_535, u32::MAX] {
            let mut bytes = Vec::new();
            push_number(number, &mut bytes);
            let mut rest = &bytes[..];
            assert_eq!(take_number(&mut rest), Some(number));
            assert!(rest.is_empty());
            let mut cut = &bytes[..bytes.len() - 1];
            assert_eq!(take_number(&mut cut), None);
        }
        let mut endless: &[u8] = &[0xff; 9];
        assert_eq!(take_number(&mut endless), None);
    }

    #[test]
    fn a_header_is_read_as_it_was_written() {
        let scale = Scale { words: 5.5, nothing: -1.5, ..Scale::default() };
        let header = Header { docs: 3, terms: 70_000, step: 0.5f32.to_bits(), scale, ..Header::default() };
        let mut bytes = Vec::new();
        header.write(&mut bytes);
        assert_eq!(bytes.len(), Header::BYTES);
        assert_eq!(Header::read(&bytes), Some(header));
        assert_eq!(Header::read(&bytes[1..]), None);
    }
}
