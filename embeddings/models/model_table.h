// The bytes of a static model file, checked: where its rows, scales and pieces lie.
//
// A static model is a vocabulary of pieces of words and a vector for each. Version 1, all integers little-endian:
//
//   offset  size   what
//        0     8   magic: "SRSTATIC"
//        8     4   format version: 1
//       12     4   tokenizer version: 1 (the rules of encoder/tokenizer.h and of encoder/piece_vocabulary.h)
//       16     4   dimensions D: 256
//       20     4   pieces P: 1 … 1,000,000
//       24     4   T, bytes of all pieces' texts
//       28     4   CRC-32C of the whole file with these 4 bytes taken as zero
//       32    64   model id, [a-z0-9.-]+, padded with zeros
//       96    32   zeros
//      128   P·D   rows: a byte each of -127 … 127
//     then   2·P   scales: 1 … 32767. The vector of piece p is scale[p] · row[p], times a factor that all pieces share
//     then   4·P   ends: where the text of each piece ends among the texts; strictly increasing, the last is T
//     then     T   texts: UTF-8, no two pieces alike
//
// and there the file ends, to the byte. "word" starts a word, "##rest" goes on with one, "#tag" is a whole hashtag, an emoji
// is itself. Any change of this needs a new format version: an old program must be able to say that a file is newer.
#ifndef STAFFROOM_EMBEDDINGS_MODELS_MODEL_TABLE_H_
#define STAFFROOM_EMBEDDINGS_MODELS_MODEL_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace staffroom::embeddings {

inline constexpr size_t kModelDimensions = 256;
inline constexpr uint32_t kMostPieces = 1'000'000;

// A view of the bytes it was parsed from, which must outlive it.
class ModelTable {
 public:
  // Checks every byte but for pieces that stand twice, which PieceTable finds. INVALID_ARGUMENT when the bytes are no model
  // or one that the grammar forbids, FAILED_PRECONDITION when they are of a newer version, DATA_LOSS when they are
  // truncated or damaged. The message does not know the file's name.
  static absl::StatusOr<ModelTable> Parse(absl::string_view bytes);

  absl::string_view model_id() const { return model_id_; }
  uint32_t checksum() const { return checksum_; }  // that of the header: of all else in the file
  uint32_t pieces() const { return pieces_; }

  // REQUIRES of all below: piece < pieces().
  const int8_t* row(uint32_t piece) const { return rows_ + size_t{piece} * kModelDimensions; }
  uint16_t scale(uint32_t piece) const { return Read<uint16_t>(scales_, piece); }
  absl::string_view text(uint32_t piece) const {
    const uint32_t begin = piece == 0 ? 0 : end(piece - 1);
    return texts_.substr(begin, end(piece) - begin);
  }

 private:
  ModelTable() = default;

  // Nothing in the file is aligned.
  template <typename Integer>
  static Integer Read(const char* array, uint32_t index) {
    Integer value;
    std::memcpy(&value, array + index * sizeof(Integer), sizeof(Integer));
    return value;
  }
  uint32_t end(uint32_t piece) const { return Read<uint32_t>(ends_, piece); }

  absl::Status CheckRows() const;
  absl::Status CheckTexts() const;

  absl::string_view model_id_;
  uint32_t checksum_ = 0;
  uint32_t pieces_ = 0;
  const int8_t* rows_ = nullptr;
  const char* scales_ = nullptr;
  const char* ends_ = nullptr;
  absl::string_view texts_;
};

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_MODELS_MODEL_TABLE_H_
