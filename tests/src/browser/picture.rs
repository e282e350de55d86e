//! Screenshots as WebDriver gives them: PNG in base64.

/// The bytes of a text in base64 (RFC 4648, section 4); what is not of its alphabet is passed over.
pub(super) fn from_base64(text: &str) -> Vec<u8> {
    let sextet = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0u32, 0);
    for sextet in text.bytes().filter_map(sextet) {
        held = (held << 6 | u32::from(sextet)) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    bytes
}
