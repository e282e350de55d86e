//! Where the frames of a WebSocket begin and end (RFC 6455, section 5.2), without keeping what is in them.

use std::time::{Duration, Instant};

/// The longest message that a caller may send, in one frame or many: the edge refuses texts of more than 64 kB, and says so on the socket. workerd itself
/// would keep up to 32 MB of an unfinished one.
const MAX_MESSAGE: u64 = 128 * 1_024;
/// How long the first frame, a greeting, may take.
pub(crate) const GREETING: Duration = Duration::from_secs(12);
/// How long a message may take from its first byte to its last: 64 kB on a slow phone network.
const MESSAGE: Duration = Duration::from_secs(30);
/// How many frames may come at once, and how soon there may be one more. A busy tab sends two in a second, pings included.
const BURST: u32 = 600;
const ONE_MORE: Duration = Duration::from_millis(40);

/// Why a socket is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A message is longer than any that we take, or is packed so that it would be.
    TooLong,
    /// No greeting, or a message that does not come to its end.
    TooSlow,
    /// More frames than anybody sends who types.
    TooMany,
    /// The server stops, or starts again.
    Leaving,
}

impl Fault {
    /// The code that says so (RFC 6455, section 7.4.1; 1012 and 1013 are IANA's).
    pub(crate) fn code(self) -> u16 {
        match self {
            Fault::TooLong => 1009,
            Fault::TooSlow | Fault::TooMany => 1008,
            Fault::Leaving => 1012,
        }
    }
}

/// The bits of a frame's first byte: the last of a message, what an extension has packed, and what is about the connection.
const LAST: u8 = 0x80;
const PACKED: u8 = 0x70;
const CONTROL: u8 = 0x08;
const KIND: u8 = 0x0f;
const CLOSE: u8 = 0x08;

/// The place in a stream of frames.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    head: Vec<u8>,
    /// How much of the frame's content is still to come.
    left: u64,
    /// How many frames have come to their end.
    pub(crate) whole: u64,
    /// How many messages have. What one end says of the connection itself, such as a ping, is none.
    messages: u64,
    /// How much of a message has come that is not at its end; none if the next data begins one.
    message: Option<u64>,
    /// Whether the frame that is coming is the last of its message.
    is_last: bool,
    /// Whether this end has said that it closes.
    pub(crate) is_closed: bool,
}

impl Stream {
    /// Goes on by what has come. `longest` is for frames of callers.
    pub(crate) fn take(&mut self, mut bytes: &[u8], longest: Option<u64>) -> Result<(), Fault> {
        while let Some((first, rest)) = bytes.split_first() {
            if self.left > 0 {
                let taken = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
                self.left -= taken as u64;
                if self.left == 0 {
                    self.end();
                }
                bytes = bytes.get(taken..).unwrap_or_default();
                continue;
            }
            self.head.push(*first);
            bytes = rest;
            let Some(length) = length(&self.head) else { continue };
            let kind = self.head.first().copied().unwrap_or_default();
            self.head.clear();
            self.left = length;
            let is_data = kind & CONTROL == 0;
            self.is_last = is_data && kind & LAST != 0;
            self.is_closed |= kind & KIND == CLOSE;
            let message = if is_data { self.message.unwrap_or_default().saturating_add(length) } else { length };
            if longest.is_some_and(|longest| message > longest || kind & PACKED != 0) {
                return Err(Fault::TooLong);
            }
            if is_data {
                self.message = Some(message);
            }
            if length == 0 {
                self.end();
            }
        }
        Ok(())
    }

    /// A frame has come to its end.
    fn end(&mut self) {
        self.whole += 1;
        if self.is_last {
            self.messages += 1;
            self.message = None;
        }
    }

    /// Whether the next byte is the first of a frame.
    pub(crate) fn is_between(&self) -> bool {
        self.left == 0 && self.head.is_empty()
    }
}

/// The length of a frame's content, once its head is whole.
fn length(head: &[u8]) -> Option<u64> {
    let [_, second, rest @ ..] = head else { return None };
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    let extended = match second & 0x7f {
        126 => 2,
        127 => 8,
        short => return (rest.len() == mask).then_some(u64::from(short)),
    };
    let (number, _) = rest.split_at_checked(extended).filter(|(_, rest)| rest.len() == mask)?;
    Some(number.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

/// The frames of a caller, held against what callers may.
pub(crate) struct Incoming {
    stream: Stream,
    opened: Instant,
    /// When the message or frame began that is not at its end.
    began: Option<Instant>,
    /// When the frames of a caller who had sent none before would have come, had they come at the slowest.
    paid: Instant,
}

impl Incoming {
    pub(crate) fn new(now: Instant) -> Self {
        Self { stream: Stream::default(), opened: now, began: None, paid: now }
    }

    /// Whether a whole message has come.
    pub(crate) fn has_greeted(&self) -> bool {
        self.stream.messages > 0
    }

    pub(crate) fn take(&mut self, bytes: &[u8], now: Instant) -> Result<(), Fault> {
        let (before, messages) = (self.stream.whole, self.stream.messages);
        self.stream.take(bytes, Some(MAX_MESSAGE))?;
        let came = u32::try_from(self.stream.whole - before).unwrap_or(u32::MAX);
        self.began = match self.began {
            _ if self.stream.is_between() && self.stream.message.is_none() => None,
            Some(began) if self.stream.messages == messages => Some(began),
            _ => Some(now),
        };
        self.paid = self.paid.max(now) + ONE_MORE * came;
        if self.paid.duration_since(now) > ONE_MORE * BURST { Err(Fault::TooMany) } else { Ok(()) }
    }

    /// When it has been too slow; none while nothing is owed.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        let greeting = (!self.has_greeted()).then(|| self.opened + GREETING);
        let frame = self.began.map(|began| began + MESSAGE);
        greeting.into_iter().chain(frame).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(length: usize, masked: bool) -> Vec<u8> {
        let mask = if masked { 0x80 } else { 0 };
        let mut bytes = vec![0x81];
        match length {
            0..126 => bytes.push(mask | length as u8),
            126..65_536 => {
                bytes.push(mask | 126);
                bytes.extend((length as u16).to_be_bytes());
            }
            _ => {
                bytes.push(mask | 127);
                bytes.extend((length as u64).to_be_bytes());
            }
        }
        bytes.extend(vec![0; if masked { 4 } else { 0 } + length]);
        bytes
    }

    #[test]
    fn frames_are_told_apart_however_they_are_cut() {
        let lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 100_000, 0, 3];
        for masked in [true, false] {
            let bytes: Vec<u8> = lengths.iter().flat_map(|length| frame(*length, masked)).collect();
            for cut in [1, 2, 3, 7, 1_000, bytes.len()] {
                let mut stream = Stream::default();
                for part in bytes.chunks(cut) {
                    assert_eq!(stream.take(part, Some(MAX_MESSAGE)), Ok(()));
                }
                assert_eq!((stream.whole, stream.is_between()), (lengths.len() as u64, true), "{cut} {masked}");
            }
        }
    }

    #[test]
    fn a_frame_that_is_too_long_is_refused_before_it_comes() {
        for length in [MAX_MESSAGE + 1, 31_000_000, u64::MAX] {
            let mut bytes = vec![0x81, 0xff];
            bytes.extend(length.to_be_bytes());
            bytes.extend([0; 4]);
            let mut incoming = Incoming::new(Instant::now());
            assert_eq!(incoming.take(&bytes, Instant::now()), Err(Fault::TooLong), "{length}");
        }
    }

    /// A frame with this first byte and this many bytes of content.
    fn part(first: u8, length: usize) -> Vec<u8> {
        let mut bytes = frame(length, true);
        bytes[0] = first;
        bytes
    }

    #[test]
    fn a_message_in_many_frames_is_held_against_the_same_limits() {
        let now = Instant::now();
        let mut incoming = Incoming::new(now);
        incoming.take(&part(0x01, 100_000), now).unwrap();
        incoming.take(&part(0x89, 5), now).unwrap();
        assert_eq!(incoming.deadline(), Some(now + GREETING), "neither a part nor a ping is a greeting");
        assert_eq!(incoming.take(&part(0x00, 100_000), now), Err(Fault::TooLong));

        let mut incoming = Incoming::new(now);
        incoming.take(&part(0x01, 100), now).unwrap();
        incoming.take(&part(0x80, 100), now).unwrap();
        assert_eq!((incoming.has_greeted(), incoming.deadline()), (true, None));
        incoming.take(&part(0x01, 100), now).unwrap();
        incoming.take(&part(0x89, 0), now + MESSAGE / 2).unwrap();
        assert_eq!(incoming.deadline(), Some(now + MESSAGE), "a ping does not finish it");
    }

    #[test]
    fn what_is_packed_is_refused() {
        assert_eq!(Incoming::new(Instant::now()).take(&part(0xc1, 10), Instant::now()), Err(Fault::TooLong));
    }

    #[test]
    fn a_greeting_and_every_message_have_their_time() {
        let now = Instant::now();
        let mut incoming = Incoming::new(now);
        assert_eq!(incoming.deadline(), Some(now + GREETING));
        let later = now + Duration::from_secs(3);
        let greeting = frame(70_000, true);
        incoming.take(&greeting[..10], now).unwrap();
        incoming.take(&greeting[10..100], later).unwrap();
        assert_eq!(incoming.deadline(), Some(now + GREETING));
        incoming.take(&greeting[100..], later).unwrap();
        assert_eq!(incoming.deadline(), None);
        incoming.take(&[0x81], later).unwrap();
        incoming.take(&[0x85, 0, 0], later + MESSAGE / 2).unwrap();
        assert_eq!(incoming.deadline(), Some(later + MESSAGE));
    }

    #[test]
    fn frames_without_end_are_too_many_and_a_busy_tab_is_not() {
        let now = Instant::now();
        let ping = frame(0, true);
        let mut flood = Incoming::new(now);
        let passed = (0..20_000).take_while(|_| flood.take(&ping, now).is_ok()).count();
        assert_eq!(passed, BURST as usize);
        let mut busy = Incoming::new(now);
        for number in 0..20_000 {
            assert_eq!(busy.take(&ping, now + ONE_MORE * number), Ok(()));
        }
    }
}
