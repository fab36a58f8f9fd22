#include "embeddings/encoder/piece_vocabulary.h"

#include <algorithm>

namespace staffroom::embeddings {
namespace {

constexpr absl::string_view kGoesOn = "##";
constexpr absl::string_view kHashtag = "#";

bool StartsCodePoint(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

}  // namespace

absl::Span<const uint32_t> PieceVocabulary::PiecesOf(const Token& token, PieceBuffer& buffer) const {
  switch (token.token_class) {
    case TokenClass::kWord:
      return PiecesOfWord(token.text, buffer);
    case TokenClass::kHashtag:
      return PieceOf(kHashtag, token.text, buffer);
    case TokenClass::kEmoji:
      return PieceOf("", token.text, buffer);
    case TokenClass::kIdeographs:
      return {};
  }
  return {};
}

absl::Span<const uint32_t> PieceVocabulary::PieceOf(absl::string_view prefix, absl::string_view text,
                                                    PieceBuffer& buffer) const {
  if (prefix.size() + text.size() > table_.longest()) return {};
  PieceHash hash(prefix);
  for (char byte : text) hash.Add(byte);
  const absl::optional<uint32_t> piece = table_.Find(hash.Value(), prefix, text);
  if (!piece.has_value()) return {};
  buffer.pieces_[0] = *piece;
  return absl::MakeConstSpan(buffer.pieces_.data(), 1);
}

absl::Span<const uint32_t> PieceVocabulary::PiecesOfWord(absl::string_view word, PieceBuffer& buffer) const {
  size_t count = 0;
  absl::string_view prefix;
  while (!word.empty()) {
    const absl::optional<Match> match = LongestMatch(prefix, word, buffer);
    if (!match.has_value() || count == buffer.pieces_.size()) return {};
    buffer.pieces_[count++] = match->piece;
    word.remove_prefix(match->size);
    prefix = kGoesOn;
  }
  return absl::MakeConstSpan(buffer.pieces_.data(), count);
}

// One pass forward leaves a hash at every border of code points; then from the longest down, since most words are pieces.
absl::optional<PieceVocabulary::Match> PieceVocabulary::LongestMatch(absl::string_view prefix, absl::string_view word,
                                                                     PieceBuffer& buffer) const {
  const size_t longest = std::min(word.size(), table_.longest() - std::min(prefix.size(), table_.longest()));
  PieceHash hash(prefix);
  size_t borders = 0;
  size_t end = 0;  // of the last border
  for (size_t at = 0; at < longest && borders < buffer.hashes_.size();) {
    hash.Add(word[at++]);
    if (at < word.size() && !StartsCodePoint(word[at])) continue;
    buffer.hashes_[borders++] = hash.Value();
    end = at;
  }
  while (borders > 0) {
    const absl::optional<uint32_t> piece = table_.Find(buffer.hashes_[--borders], prefix, word.substr(0, end));
    if (piece.has_value()) return Match{*piece, end};
    do {
      --end;
    } while (end > 0 && !StartsCodePoint(word[end]));
  }
  return absl::nullopt;
}

}  // namespace staffroom::embeddings
