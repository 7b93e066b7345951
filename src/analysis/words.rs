//! Which of many words stand in a text.

/// Words, each with a number, to be looked for in one go.
#[derive(Debug)]
pub struct Words {
    /// Sorted, so that all words which begin a text stand before it one behind the other.
    words: Vec<(String, usize)>,
    /// For each word the longest other one that it begins with.
    shorter: Vec<Option<usize>>,
    /// Which two bytes, mixed, some word starts with; all that begin with the byte of a word that has only one.
    starts: [bool; PAIRS],
}

impl Words {
    /// Takes the words that are not empty.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = (String, usize)>) -> Self {
        let mut words: Vec<_> = words.into_iter().filter(|(word, _)| !word.is_empty()).collect();
        words.sort();
        let mut starts = [false; PAIRS];
        for (word, _) in &words {
            match *word.as_bytes() {
                [first] => (0..=u8::MAX).for_each(|second| starts[pair(first, second)] = true),
                [first, second, ..] => starts[pair(first, second)] = true,
                [] => {}
            }
        }
        let mut shorter: Vec<Option<usize>> = Vec::with_capacity(words.len());
        for (place, (word, _)) in words.iter().enumerate() {
            let mut candidate = place.checked_sub(1);
            while let Some(found) = candidate.filter(|found| !word.starts_with(&words[*found].0)) {
                candidate = shorter[found];
            }
            shorter.push(candidate);
        }
        Self { words, shorter, starts }
    }

    /// Calls with the number of each word that stands in the text, as often as it does.
    pub fn each_in(&self, text: &str, mut found: impl FnMut(usize)) {
        let bytes = text.as_bytes();
        for (at, two) in bytes.windows(2).enumerate() {
            if self.starts[pair(two[0], two[1])] {
                self.each_at(text, at, &mut found);
            }
        }
        if let Some(last) = bytes.len().checked_sub(1) {
            self.each_at(text, last, &mut found);
        }
    }

    fn each_at(&self, text: &str, at: usize, found: &mut impl FnMut(usize)) {
        let Some(rest) = text.get(at..) else { return };
        let mut candidate = self.words.partition_point(|(word, _)| word.as_str() <= rest).checked_sub(1);
        while let Some(place) = candidate {
            if rest.starts_with(&self.words[place].0) {
                found(self.words[place].1);
            }
            candidate = self.shorter[place];
        }
    }
}

/// Number of different [`pair`]s.
const PAIRS: usize = 4096;

/// Two bytes as one number; few letters share it.
fn pair(first: u8, second: u8) -> usize {
    (usize::from(first) << 4 ^ usize::from(second)) % PAIRS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Words;

    proptest! {
        #[test]
        fn as_if_looked_for_one_by_one(words in proptest::collection::vec("[abé]{0,4}", 0..12), text in "[abé c]{0,40}") {
            let mut found = vec![false; words.len()];
            Words::new(words.iter().cloned().zip(0..)).each_in(&text, |number| found[number] = true);
            let expected: Vec<bool> = words.iter().map(|word| !word.is_empty() && text.contains(word)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
