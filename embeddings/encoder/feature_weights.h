// Every number the hashing encoder's quality depends on, in one place.
//
// They were chosen on openly licensed text only, as the best mean of thirteen measures: hit@10 over eleven sets of text
// pairs about teaching and general topics (heading and passage, title and summary, question and passage, turns of a
// lesson's talk, …; 1,200 to 2,000 pairs each), the share of one intent among the ten nearest, and the rank correlation
// with people's judgements on the training part of STS-Benchmark. That mean is .605. What matters, by what the mean loses
// without it: the common words .087, n-grams beside whole words .074 (of 256 coordinates a word alone has one, which
// it shares with strangers; its n-grams share theirs with its kin), power normalisation .006, the first n-gram over the last
// .005 (English changes its endings). Beyond that the optimum is flat: half or double of any one weight moves it
// by less than .005.
//
// Weights are fixed-point integers: sums of integers have one result in any order.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_FEATURE_WEIGHTS_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_FEATURE_WEIGHTS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "embeddings/encoder/common_words.h"
#include "embeddings/encoder/encoder.h"

namespace staffroom::embeddings {

// A weight in units of 2^-16.
using FixedWeight = int64_t;
inline constexpr int kFixedBits = 16;

// The nearest; requires weight ≥ 0.
constexpr FixedWeight ToFixed(double weight) {
  // NOLINTNEXTLINE(bugprone-incorrect-roundings): std::lround is no constant expression
  return static_cast<FixedWeight>(weight * (1 << kFixedBits) + 0.5);
}

constexpr FixedWeight MultiplyFixed(FixedWeight a, FixedWeight b) { return (a * b) >> kFixedBits; }

inline constexpr FixedWeight kWordWeight = ToFixed(0.3);
inline constexpr FixedWeight kWordPairWeight = ToFixed(0.1);
inline constexpr FixedWeight kHashtagWeight = ToFixed(1.0);
inline constexpr FixedWeight kEmojiWeight = ToFixed(1.0);
inline constexpr FixedWeight kIdeographWeight = ToFixed(0.5);
inline constexpr FixedWeight kIdeographPairWeight = ToFixed(1.0);

// Character n-grams of a word and its two borders. A word's n-grams together weigh about 1.0: each is divided
// by the root of their number.
inline constexpr size_t kShortestNgram = 3;
inline constexpr size_t kLongestNgram = 5;
inline constexpr std::array<double, kLongestNgram + 1> kNgramWeightByLength = {0, 0, 0, 0.3, 1.0, 1.0};
inline constexpr FixedWeight kFirstNgramFactor = ToFixed(1.5);  // begins the word
inline constexpr FixedWeight kLastNgramFactor = ToFixed(0.5);   // ends it, and does not begin it

// Sublinear term frequency: 1 + ln(n) for the n-th and last occurrence. The increments, so that a text needs one
// pass; later occurrences add nothing.
inline constexpr std::array<FixedWeight, 16> kOccurrenceWeights = {
    ToFixed(1.0),      ToFixed(0.693147), ToFixed(0.405465), ToFixed(0.287682), ToFixed(0.223144), ToFixed(0.182322),
    ToFixed(0.154151), ToFixed(0.133531), ToFixed(0.117783), ToFixed(0.105361), ToFixed(0.095310), ToFixed(0.087011),
    ToFixed(0.080043), ToFixed(0.074108), ToFixed(0.068993), ToFixed(0.064539)};

// In keywords and titles a common word is more often meant: "Show and Tell", "World War One".
constexpr FixedWeight CommonnessWeight(Commonness commonness, TextKind kind) {
  switch (commonness) {
    case Commonness::kGrammar:
      return kind == TextKind::kProse ? ToFixed(0.1) : ToFixed(0.2);
    case Commonness::kFiller:
      return kind == TextKind::kProse ? ToFixed(0.4) : ToFixed(0.7);
    case Commonness::kContent:
      return ToFixed(1.0);
  }
  return 0;
}

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_FEATURE_WEIGHTS_H_
