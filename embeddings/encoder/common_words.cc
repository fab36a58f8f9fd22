#include "embeddings/encoder/common_words.h"

#include <algorithm>
#include <iterator>

namespace staffroom::embeddings {
namespace {

// Sorted, for binary search.
constexpr absl::string_view kGrammarWords[] = {
    "a",     "about", "after",   "all",     "also",  "am",      "an",     "and",    "any",    "are",    "arent",
    "as",    "at",    "be",      "because", "been",  "before",  "being",  "but",    "by",     "can",    "cannot",
    "cant",  "could", "couldnt", "did",     "didnt", "do",      "does",   "doesnt", "dont",   "each",   "for",
    "from",  "had",   "has",     "hasnt",   "have",  "havent",  "having", "he",     "hed",    "her",    "here",
    "hers",  "hes",   "him",     "his",     "how",   "i",       "id",     "if",     "ill",    "im",     "in",
    "into",  "is",    "isnt",    "it",      "its",   "itself",  "ive",    "lets",   "may",    "me",     "might",
    "more",  "most",  "must",    "my",      "no",    "not",     "of",     "off",    "on",     "one",    "or",
    "other", "our",   "ours",    "out",     "over",  "shall",   "she",    "shes",   "should", "so",     "some",
    "such",  "than",  "that",    "thats",   "the",   "their",   "theirs", "them",   "then",   "there",  "theres",
    "these", "they",  "theyre",  "this",    "those", "through", "to",     "too",    "u",      "up",     "upon",
    "us",    "was",   "wasnt",   "we",      "well",  "were",    "werent", "weve",   "what",   "whats",  "when",
    "where", "which", "while",   "who",     "whom",  "whose",   "why",    "will",   "with",   "within", "without",
    "wont",  "would", "wouldnt", "you",     "youd",  "youll",   "your",   "youre",  "yours",  "youve",
};

constexpr absl::string_view kFillerWords[] = {
    "able",      "actually", "add",     "again",    "ago",      "along",   "already",   "although",  "always",
    "amazing",   "among",    "another", "anyone",   "anything", "around",  "ask",       "away",      "awesome",
    "back",      "based",    "become",  "best",     "better",   "between", "big",       "bit",       "both",
    "bring",     "call",     "called",  "came",     "check",    "come",    "coming",    "day",       "days",
    "different", "doing",    "done",    "down",     "during",   "either",  "else",      "end",       "enough",
    "even",      "ever",     "every",   "everyone", "example",  "far",     "feel",      "few",       "find",
    "first",     "found",    "full",    "gave",     "get",      "getting", "give",      "given",     "go",
    "going",     "gone",     "gonna",   "good",     "got",      "great",   "happy",     "help",      "however",
    "including", "instead",  "just",    "keep",     "kind",     "know",    "last",      "later",     "least",
    "less",      "let",      "like",    "little",   "long",     "look",    "looking",   "lot",       "lots",
    "love",      "made",     "make",    "makes",    "making",   "many",    "maybe",     "mean",      "means",
    "much",      "need",     "needed",  "needs",    "never",    "new",     "next",      "nice",      "nothing",
    "now",       "often",    "oh",      "ok",       "old",      "once",    "only",      "others",    "own",
    "part",      "people",   "please",  "point",    "possible", "pretty",  "probably",  "put",       "quite",
    "rather",    "really",   "right",   "said",     "same",     "saw",     "say",       "see",       "seem",
    "seems",     "seen",     "set",     "several",  "show",     "since",   "something", "sometimes", "soon",
    "still",     "sure",     "take",    "taking",   "tell",     "thank",   "thanks",    "thing",     "things",
    "think",     "though",   "thought", "time",     "times",    "today",   "together",  "told",      "tonight",
    "took",      "tried",    "try",     "trying",   "two",      "under",   "until",     "use",       "used",
    "uses",      "using",    "very",    "via",      "want",     "wanted",  "way",       "ways",      "week",
    "went",      "whether",  "whole",   "work",     "working",  "works",   "yeah",      "year",      "years",
    "yes",       "yet",
};

static_assert(std::is_sorted(std::begin(kGrammarWords), std::end(kGrammarWords)));
static_assert(std::is_sorted(std::begin(kFillerWords), std::end(kFillerWords)));

}  // namespace

Commonness CommonnessOf(absl::string_view word) {
  constexpr size_t kLongestCommonWord = 9;
  if (word.size() > kLongestCommonWord) return Commonness::kContent;
  if (std::binary_search(std::begin(kGrammarWords), std::end(kGrammarWords), word)) {
    return Commonness::kGrammar;
  }
  if (std::binary_search(std::begin(kFillerWords), std::end(kFillerWords), word)) {
    return Commonness::kFiller;
  }
  return Commonness::kContent;
}

}  // namespace staffroom::embeddings
