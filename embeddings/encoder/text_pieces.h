// A text's pieces one by one, and how much of the text they cover.
#ifndef STAFFROOM_EMBEDDINGS_ENCODER_TEXT_PIECES_H_
#define STAFFROOM_EMBEDDINGS_ENCODER_TEXT_PIECES_H_

#include <cstddef>
#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "embeddings/encoder/piece_vocabulary.h"

namespace staffroom::embeddings {

struct Coverage {
  size_t known = 0;    // words, hashtags and emoji that gave pieces
  size_t unknown = 0;  // words that gave none, and half of the ideographs, rounded up in each run

  // Whether the pieces speak for the text.
  bool suffices() const { return known > 0 && known >= unknown; }
};

// Calls `sink` with each piece of `text`, in order.
Coverage ForEachPiece(const PieceVocabulary& vocabulary, absl::string_view text,
                      absl::FunctionRef<void(uint32_t)> sink);

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_ENCODER_TEXT_PIECES_H_
