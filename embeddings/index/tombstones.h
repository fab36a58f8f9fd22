#ifndef STAFFROOM_EMBEDDINGS_INDEX_TOMBSTONES_H_
#define STAFFROOM_EMBEDDINGS_INDEX_TOMBSTONES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace staffroom::embeddings {

// Which slots of a segment are dead: removed, superseded, or not yet installed.
class Tombstones {
 public:
  explicit Tombstones(size_t slots, bool all_dead = false)
      : words_((slots + 63) / 64, all_dead ? ~uint64_t{0} : 0), dead_(all_dead ? slots : 0) {}

  bool IsDead(size_t slot) const { return (words_[slot / 64] >> (slot % 64)) & 1; }

  // Requires a live slot.
  void Bury(size_t slot) {
    words_[slot / 64] |= uint64_t{1} << (slot % 64);
    ++dead_;
  }

  // Requires a dead slot.
  void Revive(size_t slot) {
    words_[slot / 64] &= ~(uint64_t{1} << (slot % 64));
    --dead_;
  }

  size_t dead() const { return dead_; }
  size_t bytes() const { return words_.capacity() * sizeof(uint64_t); }

 private:
  std::vector<uint64_t> words_;
  size_t dead_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_TOMBSTONES_H_
