// Writes static model files (embeddings/models/model_table.h has the grammar), whole ones and broken ones.
#ifndef STAFFROOM_TESTS_SUPPORT_MODEL_WRITER_H_
#define STAFFROOM_TESTS_SUPPORT_MODEL_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "embeddings/models/model_table.h"

namespace staffroom {

struct WrittenPiece {
  std::string text;
  uint16_t scale = 1;
  std::vector<int8_t> row = std::vector<int8_t>(embeddings::kModelDimensions, 1);
};

// Pieces with these texts; scales and rows are drawn from `seed`.
std::vector<WrittenPiece> DrawPieces(absl::Span<const std::string> texts, uint32_t seed = 1);

// The bytes of a file; whole, if the pieces are as the grammar says.
std::string WriteModel(absl::Span<const WrittenPiece> pieces, absl::string_view model_id = "test-256-v1");

// Overwrites a field of a file's bytes, and leaves the checksum as it was.
void SetField(std::string& bytes, size_t offset, uint32_t value);

// Makes the checksum right again, whatever else is wrong. Does nothing to what is shorter than the field.
void RepairChecksum(std::string& bytes);

// Creates or replaces a file of these bytes.
void WriteFile(const std::string& path, absl::string_view bytes);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_SUPPORT_MODEL_WRITER_H_
