//! The binary form of WebAssembly, as far as it has to be looked into: sections, numbers, and what is imported.

use crate::Outcome;

/// The section of function bodies.
pub(super) const CODE: u8 = 10;
/// The section of what lies in memory at the start.
pub(super) const DATA: u8 = 11;
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
/// What every module of this version begins with.
const MAGIC: &[u8] = b"\0asm\x01\0\0\0";

/// Bytes that are read from front to back.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The sections of a module.
    pub(super) fn module(bytes: &'a [u8]) -> Outcome<Self> {
        bytes.strip_prefix(MAGIC).map(Self).ok_or_else(|| "this is no WebAssembly module".to_owned())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn byte(&mut self) -> Outcome<u8> {
        let (byte, rest) = self.0.split_first().ok_or_else(ended)?;
        self.0 = rest;
        Ok(*byte)
    }

    /// A number without sign, seven bits to a byte.
    pub(super) fn number(&mut self) -> Outcome<u32> {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err("a number in a module is too long".to_owned())
    }

    pub(super) fn take(&mut self, length: u32) -> Outcome<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length as usize).ok_or_else(ended)?;
        self.0 = rest;
        Ok(taken)
    }

    /// All sections, each with its kind.
    pub(super) fn sections(&mut self) -> Outcome<Vec<(u8, &'a [u8])>> {
        let mut sections = Vec::new();
        while !self.is_empty() {
            let id = self.byte()?;
            let length = self.number()?;
            sections.push((id, self.take(length)?));
        }
        Ok(sections)
    }

    /// How many functions are imported: the first of a module's own has this number.
    pub(super) fn imported_functions(sections: &[(u8, &'a [u8])]) -> Outcome<u32> {
        let mut count = 0;
        for (_, body) in sections.iter().filter(|(id, _)| *id == IMPORTS) {
            let mut imports = Self(body);
            for _ in 0..imports.number()? {
                for _ in ["module", "name"] {
                    let length = imports.number()?;
                    imports.take(length)?;
                }
                match imports.byte()? {
                    0 => {
                        imports.number()?;
                        count += 1;
                    }
                    1 => {
                        imports.byte()?;
                        imports.limits()?;
                    }
                    2 => imports.limits()?,
                    3 | 4 => {
                        imports.take(2)?;
                    }
                    kind => return Err(format!("a module imports something of the unknown kind {kind}")),
                }
            }
        }
        Ok(count)
    }

    fn limits(&mut self) -> Outcome {
        let has_most = self.byte()? & 1 == 1;
        self.number()?;
        if has_most {
            self.number()?;
        }
        Ok(())
    }
}

/// The name of a section that the format itself does not know, and what stands in it.
pub(super) fn custom_name(id: u8, body: &[u8]) -> Option<(&[u8], Reader<'_>)> {
    let mut reader = Reader::of(body);
    let length = reader.number().ok().filter(|_| id == CUSTOM)?;
    Some((reader.take(length).ok()?, reader))
}

/// A number as `Reader::number` reads it.
pub(super) fn number(mut number: u32) -> Vec<u8> {
    let mut out = Vec::new();
    while number > 0x7f {
        out.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

fn ended() -> String {
    "a module ends too early".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for n in [0, 1, 127, 128, 300, 1 << 21, u32::MAX] {
            assert_eq!(Reader::of(&number(n)).number(), Ok(n));
        }
        assert!(Reader::of(&[0x80; 6]).number().is_err());
    }

    #[test]
    fn only_imported_functions_are_counted() {
        let imports =
            b"\x04\x01a\x01b\x00\x07\x01a\x01c\x01\x70\x01\x01\x02\x01a\x01d\x02\x00\x01\x01a\x01e\x03\x7f\x00";
        assert_eq!(Reader::imported_functions(&[(IMPORTS, imports)]), Ok(1));
        assert!(Reader::imported_functions(&[(IMPORTS, b"\x01\x01a\x01b\x09")]).is_err());
    }
}
