#ifndef STAFFROOM_SERVICE_VIEWS_PACKED_TEXT_H_
#define STAFFROOM_SERVICE_VIEWS_PACKED_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace staffroom {

// A short text (≤ 65,535 bytes) in an Arena: 8 bytes where a std::string costs 32.
class PackedText {
 public:
  PackedText() = default;
  absl::string_view view() const {
    if (data_ == nullptr) return {};
    uint16_t size;
    std::memcpy(&size, data_, sizeof(size));
    return absl::string_view(data_ + sizeof(size), size);
  }

 private:
  friend class Arena;
  explicit PackedText(const char* data) : data_(data) {}
  const char* data_ = nullptr;
};

// A short sorted list of word numbers in an Arena: 8 bytes.
class PackedWords {
 public:
  PackedWords() = default;
  absl::Span<const uint32_t> view() const {
    return data_ == nullptr ? absl::Span<const uint32_t>() : absl::Span<const uint32_t>(data_ + 1, *data_);
  }

 private:
  friend class Arena;
  explicit PackedWords(const uint32_t* data) : data_(data) {}
  const uint32_t* data_ = nullptr;
};

// Grows in blocks that never move, so what it handed out stays valid for its life. Nothing is freed singly: an update that
// changes a text leaves the old bytes behind until the next start (counted in bytes(); a sync that changes nothing adds
// nothing, since Keep compares first). Not thread-safe.
class Arena {
 public:
  // `current` when it already reads `text`, else a new copy.
  PackedText Keep(PackedText current, absl::string_view text) {
    if (text.empty()) return PackedText();
    if (current.view() == text) return current;
    const uint16_t size = static_cast<uint16_t>(text.size() < 0xffff ? text.size() : 0xffff);
    char* data = Allocate(sizeof(size) + size);
    std::memcpy(data, &size, sizeof(size));
    std::memcpy(data + sizeof(size), text.data(), size);
    return PackedText(data);
  }

  PackedWords Keep(PackedWords current, absl::Span<const uint32_t> words) {
    if (words.empty()) return PackedWords();
    if (current.view() == words) return current;
    uint32_t* data = reinterpret_cast<uint32_t*>(Allocate((words.size() + 1) * sizeof(uint32_t)));
    *data = static_cast<uint32_t>(words.size());
    std::memcpy(data + 1, words.data(), words.size() * sizeof(uint32_t));
    return PackedWords(data);
  }

  size_t bytes() const { return bytes_; }

 private:
  static constexpr size_t kBlockBytes = 64 << 10;

  char* Allocate(size_t size) {
    size = (size + 3) & ~size_t{3};  // words must stay aligned
    if (size > left_) {
      const size_t block = size > kBlockBytes ? size : kBlockBytes;
      blocks_.push_back(std::make_unique<char[]>(block));
      next_ = blocks_.back().get();
      left_ = block;
      bytes_ += block;
    }
    char* data = next_;
    next_ += size;
    left_ -= size;
    return data;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t left_ = 0;
  size_t bytes_ = 0;
};

}  // namespace staffroom

#endif  // STAFFROOM_SERVICE_VIEWS_PACKED_TEXT_H_
