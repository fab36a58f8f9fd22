#include "embeddings/models/piece_table.h"

#include <algorithm>
#include <bit>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace staffroom::embeddings {

absl::StatusOr<PieceTable> PieceTable::Make(const ModelTable& model) {
  PieceTable table(model);
  for (uint32_t piece = 0; piece < model.pieces(); ++piece) {
    if (!table.Insert(piece)) {
      return absl::InvalidArgumentError(absl::StrCat("piece ", piece, ": its text is that of a piece before it"));
    }
  }
  return table;
}

// At most half full: a look for what is not there ends after 1.5 slots on the average.
PieceTable::PieceTable(const ModelTable& model)
    : model_(&model), slots_(std::bit_ceil(size_t{model.pieces()} * 2)), shift_(64 - std::countr_zero(slots_.size())) {}

bool PieceTable::Insert(uint32_t piece) {
  const absl::string_view text = model_->text(piece);
  const uint64_t hash = PieceHash(text).Value();
  if (Find(hash, "", text).has_value()) return false;
  size_t slot = SlotOf(hash);
  while (slots_[slot].piece != kEmpty) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = {static_cast<uint32_t>(hash), piece};
  longest_ = std::max(longest_, text.size());
  return true;
}

absl::optional<uint32_t> PieceTable::Find(uint64_t hash, absl::string_view prefix, absl::string_view rest) const {
  for (size_t slot = SlotOf(hash); slots_[slot].piece != kEmpty; slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot].fingerprint != static_cast<uint32_t>(hash)) continue;
    absl::string_view text = model_->text(slots_[slot].piece);
    if (absl::ConsumePrefix(&text, prefix) && text == rest) return slots_[slot].piece;
  }
  return absl::nullopt;
}

}  // namespace staffroom::embeddings
