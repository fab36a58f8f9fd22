#include "embeddings/encoder/hashing_encoder.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "embeddings/encoder/common_words.h"
#include "embeddings/encoder/feature_hash.h"
#include "embeddings/encoder/occurrence_counter.h"

namespace staffroom::embeddings {
namespace {

// Borders of a word in its n-grams: bytes that no token holds.
constexpr char kWordBegin = '\x02';
constexpr char kWordEnd = '\x03';

// A token may grow while it is normalised (U+FDFA becomes 18 code points); n-grams see only this much of it.
constexpr size_t kMaxBorderedCodePoints = NgramScales().size() - 1;

NgramScales MakeNgramScales() {
  NgramScales scales = {};
  for (size_t length = kShortestNgram; length < scales.size(); ++length) {
    double ngrams = 0;
    for (size_t n = kShortestNgram; n <= std::min(length, kLongestNgram); ++n) {
      ngrams += static_cast<double>(length - n + 1) * kNgramWeightByLength[n];
    }
    scales[length] = ToFixed(1.0 / std::sqrt(std::max(1.0, ngrams)));
  }
  return scales;
}

bool StartsCodePoint(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

// Collects the features of one text.
class FeatureSum {
 public:
  FeatureSum(TextKind kind, const NgramScales& ngram_scales) : kind_(kind), ngram_scales_(ngram_scales) {}

  void AddToken(const Token& token) {
    switch (token.token_class) {
      case TokenClass::kWord:
        return AddWord(token);
      case TokenClass::kHashtag:
        return AddUnit(FeatureClass::kHashtag, token.text, kHashtagWeight);
      case TokenClass::kEmoji:
        return AddUnit(FeatureClass::kEmoji, token.text, kEmojiWeight);
      case TokenClass::kIdeographs:
        return AddIdeographs(token.text);
    }
  }

  const std::array<int64_t, kDimensions>& coordinates() const { return coordinates_; }

 private:
  void Add(uint64_t feature, FixedWeight weight) {
    static_assert(kDimensions == 256, "one byte of the hash chooses the coordinate");
    const bool negative = (feature >> 63) != 0;
    coordinates_[feature & 0xFF] += negative ? -weight : weight;
  }

  void AddCounted(uint64_t feature, FixedWeight weight) {
    Add(feature, MultiplyFixed(occurrences_.Count(feature), weight));
  }

  void AddUnit(FeatureClass feature_class, absl::string_view text, FixedWeight weight) {
    FeatureHash hash(feature_class);
    hash.Add(text);
    AddCounted(hash.Value(), weight);
    previous_word_ = 0;  // words on both sides of it are no pair
  }

  void AddWord(const Token& token) {
    FeatureHash hash(FeatureClass::kWord);
    hash.Add(token.text);
    const uint64_t word = hash.Value();
    const Commonness commonness = CommonnessOf(token.text);
    const FixedWeight commonness_weight = CommonnessWeight(commonness, kind_);
    if (!token.in_hashtag) AddPair(word, commonness_weight);
    const FixedWeight weight = MultiplyFixed(occurrences_.Count(word), commonness_weight);
    if (weight == 0) return;
    Add(word, MultiplyFixed(weight, kWordWeight));
    if (commonness != Commonness::kGrammar) AddNgrams(token.text, weight);
  }

  void AddPair(uint64_t word, FixedWeight commonness_weight) {
    if (previous_word_ != 0) {
      FeatureHash hash(FeatureClass::kWordPair);
      hash.AddInteger(previous_word_);
      hash.AddInteger(word);
      AddCounted(hash.Value(), MultiplyFixed(kWordPairWeight, std::min(commonness_weight, previous_weight_)));
    }
    previous_word_ = word;
    previous_weight_ = commonness_weight;
  }

  void AddNgrams(absl::string_view word, FixedWeight word_weight) {
    std::array<char, kMaxBorderedCodePoints * 4> bytes;
    std::array<uint16_t, kMaxBorderedCodePoints + 1> starts;
    size_t length = 0;
    size_t size = 0;
    starts[length++] = 0;
    bytes[size++] = kWordBegin;
    for (char byte : word) {
      if (StartsCodePoint(byte)) {
        if (length + 1 == kMaxBorderedCodePoints) break;
        starts[length++] = static_cast<uint16_t>(size);
      }
      bytes[size++] = byte;
    }
    starts[length++] = static_cast<uint16_t>(size);
    bytes[size++] = kWordEnd;
    starts[length] = static_cast<uint16_t>(size);
    AddNgramsOf(bytes.data(), absl::MakeConstSpan(starts.data(), length + 1),
                MultiplyFixed(word_weight, ngram_scales_[length]));
  }

  // starts[i] is where code point i of `bytes` starts; the last is the end.
  void AddNgramsOf(const char* bytes, absl::Span<const uint16_t> starts, FixedWeight weight) {
    constexpr std::array<FixedWeight, kLongestNgram + 1> kByLength = {
        0, 0, 0, ToFixed(kNgramWeightByLength[3]), ToFixed(kNgramWeightByLength[4]), ToFixed(kNgramWeightByLength[5])};
    const size_t length = starts.size() - 1;
    for (size_t first = 0; first + kShortestNgram <= length; ++first) {
      FeatureHash hash(FeatureClass::kCharacterNgram);
      const size_t longest = std::min(kLongestNgram, length - first);
      for (size_t n = 1; n <= longest; ++n) {
        const size_t last = first + n - 1;
        hash.Add(absl::string_view(bytes + starts[last], starts[last + 1] - starts[last]));
        if (n < kShortestNgram) continue;
        FixedWeight ngram_weight = MultiplyFixed(weight, kByLength[n]);
        if (first == 0) {
          ngram_weight = MultiplyFixed(ngram_weight, kFirstNgramFactor);
        } else if (first + n == length) {
          ngram_weight = MultiplyFixed(ngram_weight, kLastNgramFactor);
        }
        Add(hash.Value(), ngram_weight);
      }
    }
  }

  void AddIdeographs(absl::string_view run) {
    absl::string_view previous;
    for (size_t begin = 0; begin < run.size();) {
      size_t end = begin + 1;
      while (end < run.size() && !StartsCodePoint(run[end])) ++end;
      const absl::string_view ideograph = run.substr(begin, end - begin);
      AddUnit(FeatureClass::kIdeograph, ideograph, kIdeographWeight);
      if (!previous.empty()) {
        AddUnit(FeatureClass::kIdeographPair, run.substr(begin - previous.size(), previous.size() + ideograph.size()),
                kIdeographPairWeight);
      }
      previous = ideograph;
      begin = end;
    }
  }

  const TextKind kind_;
  const NgramScales& ngram_scales_;
  OccurrenceCounter occurrences_;
  std::array<int64_t, kDimensions> coordinates_ = {};
  uint64_t previous_word_ = 0;  // 0: none
  FixedWeight previous_weight_ = 0;
};

// Power normalisation and division by the norm: sign(x) |x|^0.75 / sqrt(Σ |x|^1.5).
void Normalize(const std::array<int64_t, kDimensions>& coordinates, absl::Span<float> out) {
  double sum = 0;
  for (int64_t coordinate : coordinates) {
    const double magnitude = std::abs(static_cast<double>(coordinate));
    sum += magnitude * std::sqrt(magnitude);
  }
  const double norm = std::sqrt(sum);
  for (size_t i = 0; i < coordinates.size(); ++i) {
    const double magnitude = std::abs(static_cast<double>(coordinates[i]));
    const double value = norm > 0 ? std::sqrt(magnitude * std::sqrt(magnitude)) / norm : 0;
    out[i] = static_cast<float>(coordinates[i] < 0 ? -value : value);
  }
}

}  // namespace

HashingEncoder::HashingEncoder() : ngram_scales_(MakeNgramScales()) {}

void HashingEncoder::Encode(absl::string_view text, TextKind kind, absl::Span<float> out) const {
  assert(out.size() == static_cast<size_t>(kDimensions));
  FeatureSum features(kind, ngram_scales_);
  Tokenize(text, [&features](const Token& token) { features.AddToken(token); });
  Normalize(features.coordinates(), out);
}

std::unique_ptr<Encoder> NewHashingEncoder() { return std::make_unique<HashingEncoder>(); }

}  // namespace staffroom::embeddings
