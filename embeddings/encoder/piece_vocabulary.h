// Tokens → pieces of a static model.
//
//   word        the longest piece that starts it, then the longest "##" piece that goes on, … on borders of code points;
//               if nothing fits at some place, the whole word is unknown and gives no piece: half a word says another
//   hashtag     the piece "#" + its text, if there is one; its parts come as words after it, so that it is never unknown
//   emoji       the piece of its text
//   ideographs  unknown
//
// embeddings/training/text.py says the same in Python, and a golden test holds the two together.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_PIECE_VOCABULARY_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_PIECE_VOCABULARY_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "embeddings/encoder/normalizer.h"
#include "embeddings/encoder/tokenizer.h"
#include "embeddings/models/piece_table.h"

namespace staffroom::embeddings {

// Room for the pieces of one token, and for nothing between two calls. Left uninitialised: most words have one piece.
class PieceBuffer {
 private:
  friend class PieceVocabulary;
  std::array<uint32_t, kMaxNormalizedCodePoints> pieces_;
  std::array<uint64_t, kMaxNormalizedCodePoints> hashes_;
};

// Thread-safe: immutable. Allocates nothing.
class PieceVocabulary {
 public:
  // `table` must outlive it.
  explicit PieceVocabulary(const PieceTable& table) : table_(table) {}

  // The pieces of `token`, none when it is unknown; valid until `buffer` is used again.
  absl::Span<const uint32_t> PiecesOf(const Token& token, PieceBuffer& buffer) const;

 private:
  struct Match {
    uint32_t piece;
    size_t size;  // bytes of the word
  };

  absl::Span<const uint32_t> PiecesOfWord(absl::string_view word, PieceBuffer& buffer) const;
  absl::Span<const uint32_t> PieceOf(absl::string_view prefix, absl::string_view text, PieceBuffer& buffer) const;
  absl::optional<Match> LongestMatch(absl::string_view prefix, absl::string_view word, PieceBuffer& buffer) const;

  const PieceTable& table_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_PIECE_VOCABULARY_H_
