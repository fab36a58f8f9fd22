// How much a word says, from how common it is in English.
//
// Feature hashing has no corpus to count in, and without any weights "the" would say as much as "photosynthesis".
// Two short lists of words that occur in any text, whatever it is about, stand in for the head of a frequency table; the
// tail needs none. Words that are common among teachers but name a subject ("students", "data") are on neither list.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_COMMON_WORDS_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_COMMON_WORDS_H_

#include "absl/strings/string_view.h"

namespace staffroom::embeddings {

enum class Commonness {
  kGrammar,  // articles, pronouns, prepositions, auxiliaries
  kFiller,   // adverbs, general verbs and nouns: "really", "make", "thing"
  kContent,  // everything else
};

// `word` as the tokenizer gives it: casefolded, without apostrophes.
Commonness CommonnessOf(absl::string_view word);

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_COMMON_WORDS_H_
