#include "tests/support/model_writer.h"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <random>

#include "embeddings/models/crc32c.h"

namespace staffroom {
namespace {

constexpr size_t kChecksumOffset = 28;

template <typename Integer>
void Append(std::string& bytes, Integer value) {
  char raw[sizeof(value)];
  std::memcpy(raw, &value, sizeof(value));
  bytes.append(raw, sizeof(raw));
}

}  // namespace

std::vector<WrittenPiece> DrawPieces(absl::Span<const std::string> texts, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<WrittenPiece> pieces;
  for (const std::string& text : texts) {
    WrittenPiece piece{.text = text, .scale = static_cast<uint16_t>(1 + random() % INT16_MAX)};
    for (int8_t& code : piece.row) code = static_cast<int8_t>(static_cast<int>(random() % 255) - 127);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

std::string WriteModel(absl::Span<const WrittenPiece> pieces, absl::string_view model_id) {
  std::string texts;
  std::string bytes = "SRSTATIC";
  for (const WrittenPiece& piece : pieces) texts += piece.text;
  for (uint32_t field : {1u, 1u, static_cast<uint32_t>(embeddings::kModelDimensions),
                         static_cast<uint32_t>(pieces.size()), static_cast<uint32_t>(texts.size()), 0u}) {
    Append(bytes, field);
  }
  bytes.append(model_id.data(), model_id.size());
  bytes.resize(128, '\0');
  for (const WrittenPiece& piece : pieces) bytes.append(piece.row.begin(), piece.row.end());
  for (const WrittenPiece& piece : pieces) Append(bytes, piece.scale);
  uint32_t end = 0;
  for (const WrittenPiece& piece : pieces) Append(bytes, end += static_cast<uint32_t>(piece.text.size()));
  bytes += texts;
  RepairChecksum(bytes);
  return bytes;
}

void SetField(std::string& bytes, size_t offset, uint32_t value) {
  std::memcpy(bytes.data() + offset, &value, sizeof(value));
}

void RepairChecksum(std::string& bytes) {
  if (bytes.size() < kChecksumOffset + sizeof(uint32_t)) return;
  SetField(bytes, kChecksumOffset, 0);
  SetField(bytes, kChecksumOffset, embeddings::ExtendCrc32c(0, bytes));
}

void WriteFile(const std::string& path, absl::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) std::abort();
}

}  // namespace staffroom
