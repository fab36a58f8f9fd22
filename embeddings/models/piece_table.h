// The text of a piece → its number, exactly; what a lookup costs is a hash and a glance at one or two slots.
//
// Our own open addressing instead of a hash map of strings: keys stay in the model's bytes (shared, never copied), a slot
// is 8 bytes, and the hash is a running one, so that "f", "fr", "fra", … cost one pass over "fraction" (piece_vocabulary.h).
#ifndef STAFFROOM_EMBEDDINGS_MODELS_PIECE_TABLE_H_
#define STAFFROOM_EMBEDDINGS_MODELS_PIECE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "embeddings/models/model_table.h"

namespace staffroom::embeddings {

// FNV-1a, and a multiplication that brings its bits to the top. Lives in memory only: may change at any time.
class PieceHash {
 public:
  constexpr PieceHash() = default;
  constexpr explicit PieceHash(absl::string_view begin) {
    for (char byte : begin) Add(byte);
  }

  constexpr void Add(char byte) { state_ = (state_ ^ static_cast<unsigned char>(byte)) * 0x00000100000001B3u; }
  constexpr uint64_t Value() const { return (state_ ^ (state_ >> 32)) * 0x9E3779B97F4A7C15u; }

 private:
  uint64_t state_ = 0xCBF29CE484222325u;
};

class PieceTable {
 public:
  // INVALID_ARGUMENT when two pieces are alike. `model` must outlive it, and so must the bytes `model` looks at.
  static absl::StatusOr<PieceTable> Make(const ModelTable& model);

  // The piece whose text is `prefix` and then `rest`; `hash` is the value of both.
  absl::optional<uint32_t> Find(uint64_t hash, absl::string_view prefix, absl::string_view rest) const;

  // Bytes of the longest text.
  size_t longest() const { return longest_; }

 private:
  struct Slot {
    uint32_t fingerprint = 0;  // bits of the hash that did not choose the slot
    uint32_t piece = kEmpty;
  };
  static constexpr uint32_t kEmpty = UINT32_MAX;

  explicit PieceTable(const ModelTable& model);
  bool Insert(uint32_t piece);
  size_t SlotOf(uint64_t hash) const { return static_cast<size_t>(hash >> shift_); }

  const ModelTable* model_;
  std::vector<Slot> slots_;
  int shift_;  // 64 less the logarithm of the number of slots
  size_t longest_ = 0;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_MODELS_PIECE_TABLE_H_
