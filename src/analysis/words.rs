//! Which of many words stand in a text.

/// Words, each with a number, to be looked for in one go.
#[derive(Debug)]
pub struct Words {
    /// Sorted, so that all words which begin a text stand before it one behind the other.
    words: Vec<(String, usize)>,
    /// For each word the longest other one that it begins with.
    shorter: Vec<Option<usize>>,
    /// Which bytes some word starts with.
    starts: [bool; 256],
}

impl Words {
    /// Takes the words that are not empty.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = (String, usize)>) -> Self {
        let mut words: Vec<_> = words.into_iter().filter(|(word, _)| !word.is_empty()).collect();
        words.sort();
        let mut starts = [false; 256];
        words.iter().for_each(|(word, _)| starts[usize::from(word.as_bytes()[0])] = true);
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
        for (at, _) in text.bytes().enumerate().filter(|(_, byte)| self.starts[usize::from(*byte)]) {
            let Some(rest) = text.get(at..) else { continue };
            let mut candidate = self.words.partition_point(|(word, _)| word.as_str() <= rest).checked_sub(1);
            while let Some(place) = candidate {
                if rest.starts_with(&self.words[place].0) {
                    found(self.words[place].1);
                }
                candidate = self.shorter[place];
            }
        }
    }
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
