#include "embeddings/encoder/text_pieces.h"

#include <algorithm>

#include "absl/types/span.h"
#include "embeddings/encoder/tokenizer.h"

namespace staffroom::embeddings {
namespace {

size_t CodePoints(absl::string_view text) {
  return static_cast<size_t>(std::count_if(
      text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

// How much of a text is unknown with a token that gave no piece.
size_t UnknownIn(const Token& token) {
  // An emoji says little beside words, and alone has no piece to speak for it anyway.
  if (token.token_class == TokenClass::kHashtag || token.token_class == TokenClass::kEmoji) return 0;
  if (token.token_class == TokenClass::kIdeographs) return (CodePoints(token.text) + 1) / 2;
  return 1;
}

}  // namespace

Coverage ForEachPiece(const PieceVocabulary& vocabulary, absl::string_view text,
                      absl::FunctionRef<void(uint32_t)> sink) {
  Coverage coverage;
  PieceBuffer buffer;
  Tokenize(text, [&](const Token& token) {
    const absl::Span<const uint32_t> pieces = vocabulary.PiecesOf(token, buffer);
    for (uint32_t piece : pieces) sink(piece);
    if (pieces.empty()) {
      coverage.unknown += UnknownIn(token);
    } else {
      ++coverage.known;
    }
  });
  return coverage;
}

}  // namespace staffroom::embeddings
