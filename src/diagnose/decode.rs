//! Bytes of a log to text, block by block: logs are long, come from anywhere, and may be no text at all.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes read at once.
const BLOCK: usize = 64 * 1024;

/// A line that is longer is cut at the next blank.
const LONGEST_LINE: usize = 64 * 1024;

/// Lines of a log, decoded without regard to what is invalid. Memory is one block and one line.
pub(super) struct Lines<R> {
    input: R,
    decoder: Option<Decoder>,
    text: String,
    /// How much of the text has been given out.
    used: usize,
    ended: bool,
}

impl<R: Read> Lines<R> {
    /// Lines of this input.
    pub(super) fn new(input: R) -> Self {
        Self { input, decoder: None, text: String::new(), used: 0, ended: false }
    }

    /// The first part of the log, for a look at its shape; what is looked at is still given out as lines.
    pub(super) fn head(&mut self) -> io::Result<&str> {
        self.fill()?;
        Ok(&self.text)
    }

    /// The whole rest when it is no longer than this.
    pub(super) fn rest(&mut self, limit: usize) -> io::Result<Option<String>> {
        while !self.ended && self.text.len() - self.used <= limit {
            self.fill()?;
        }
        let rest = self.text.get(self.used..).unwrap_or_default();
        Ok((self.ended && rest.len() <= limit).then(|| rest.to_owned()))
    }

    /// The next line without its end, none after the last.
    pub(super) fn next(&mut self) -> io::Result<Option<String>> {
        let mut searched = self.used;
        loop {
            let rest = self.text.as_bytes().get(searched..).unwrap_or_default();
            if let Some(length) = memchr::memchr2(b'\n', b'\r', rest) {
                return Ok(Some(self.take(searched + length, 1)));
            }
            if self.text.len() - self.used > LONGEST_LINE {
                let (end, skip) = self.cut();
                return Ok(Some(self.take(end, skip)));
            }
            searched = self.text.len();
            if self.ended {
                return Ok((searched > self.used).then(|| self.take(searched, 0)));
            }
            let dropped = self.used;
            self.fill()?;
            searched -= dropped;
        }
    }

    /// Where to cut a line without end: behind the last blank, else at a character.
    fn cut(&self) -> (usize, usize) {
        let mut end = self.used + LONGEST_LINE;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = self.text.get(self.used..end).unwrap_or_default();
        line.rfind(' ').map_or((end, 0), |blank| (self.used + blank, 1))
    }

    fn take(&mut self, end: usize, skip: usize) -> String {
        let line = self.text.get(self.used..end).unwrap_or_default().to_owned();
        self.used = end + skip;
        line
    }

    /// Decodes one more block behind the text, of which the part that was given out goes.
    fn fill(&mut self) -> io::Result<()> {
        if self.ended {
            return Ok(());
        }
        self.text.drain(..self.used);
        self.used = 0;
        let mut bytes = Vec::with_capacity(BLOCK);
        self.ended = (&mut self.input).take(BLOCK as u64).read_to_end(&mut bytes)? == 0;
        let ended = self.ended;
        let decoder = self.decoder.get_or_insert_with(|| encoding(&bytes).new_decoder());
        let mut block = bytes.as_slice();
        loop {
            self.text.reserve(decoder.max_utf8_buffer_length(block.len()).unwrap_or(BLOCK));
            let (result, read, _) = decoder.decode_to_string(block, &mut self.text, ended);
            block = block.get(read..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }
}

/// The encoding by the first block: a mark, zeros on one side of ASCII, valid UTF-8, else that of a Windows console.
fn encoding(block: &[u8]) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(block) {
        return marked;
    }
    let zeros = |odd: usize| block.iter().take(512).skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = block.len().min(512) / 4;
    match std::str::from_utf8(block) {
        _ if zeros(1) > half => UTF_16LE,
        _ if zeros(0) > half => UTF_16BE,
        // A character may be cut by the end of the block.
        Err(error) if error.error_len().is_some() => WINDOWS_1252,
        _ => UTF_8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(bytes);
        std::iter::from_fn(|| lines.next().expect("memory can be read")).collect()
    }

    #[test]
    fn encodings() {
        let utf16 = |order: fn(u16) -> [u8; 2]| "Código: 1\nx".encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let marked = [&[0xff, 0xfe][..], &utf16(u16::to_le_bytes)].concat();
        for bytes in [utf16(u16::to_le_bytes), utf16(u16::to_be_bytes), marked, "Código: 1\nx".as_bytes().to_vec(), b"C\xf3digo: 1\nx".to_vec()] {
            assert_eq!(lines(&bytes), ["Código: 1", "x"], "{bytes:x?}");
        }
    }

    #[test]
    fn lines_end_as_they_like() {
        assert_eq!(lines(b"a\r\nb\rc\n\nd"), ["a", "", "b", "c", "", "d"]);
        assert!(lines(b"").is_empty());
        assert_eq!(lines(b"\n"), [""]);
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let text = "word ".repeat(100_000);
        let lines = lines(text.as_bytes());
        assert!(lines.len() > 5 && lines.iter().all(|line| line.len() <= LONGEST_LINE));
        assert_eq!(lines.join(" "), text);
        let unbroken = "é".repeat(200_000);
        assert_eq!(self::lines(unbroken.as_bytes()).concat(), unbroken);
    }

    #[test]
    fn the_rest_is_bounded() {
        let bytes = vec![b'x'; 200_000];
        assert_eq!(Lines::new(&bytes[..]).rest(1000).expect("memory can be read"), None);
        assert_eq!(Lines::new(&bytes[..]).rest(200_000).expect("memory can be read").map(|text| text.len()), Some(200_000));
    }
}
