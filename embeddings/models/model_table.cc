#include "embeddings/models/model_table.h"

#include <utf8proc.h>

#include <algorithm>
#include <bit>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "embeddings/models/crc32c.h"

namespace staffroom::embeddings {
namespace {

static_assert(std::endian::native == std::endian::little, "model files are little-endian and read in place");

constexpr absl::string_view kMagic = "SRSTATIC";
constexpr uint32_t kFormatVersion = 1;
constexpr uint32_t kTokenizerVersion = 1;

constexpr size_t kFormatVersionOffset = 8;
constexpr size_t kTokenizerVersionOffset = 12;
constexpr size_t kDimensionsOffset = 16;
constexpr size_t kPiecesOffset = 20;
constexpr size_t kTextBytesOffset = 24;
constexpr size_t kChecksumOffset = 28;
constexpr size_t kModelIdOffset = 32;
constexpr size_t kModelIdSize = 64;
constexpr size_t kReservedOffset = kModelIdOffset + kModelIdSize;
constexpr size_t kHeaderSize = 128;

uint32_t FieldAt(absl::string_view bytes, size_t offset) {
  uint32_t value = 0;
  std::memcpy(&value, bytes.data() + offset, sizeof(value));
  return value;
}

absl::Status Truncated(size_t size, uint64_t whole) {
  return absl::DataLossError(absl::StrCat("truncated or damaged: it has ", size, " bytes, and should have ", whole));
}

absl::Status CheckVersion(absl::string_view name, uint32_t version, uint32_t known) {
  if (version > known) {
    return absl::FailedPreconditionError(absl::StrCat("a newer model file: its ", name, " version is ", version,
                                                      ", and this program knows ", known, " at most"));
  }
  if (version == 0) return absl::DataLossError(absl::StrCat("damaged: its ", name, " version is 0"));
  return absl::OkStatus();
}

// Magic and versions: what must be right before any other byte means anything.
absl::Status CheckKind(absl::string_view bytes) {
  const size_t seen = std::min(bytes.size(), kMagic.size());
  if (bytes.substr(0, seen) != kMagic.substr(0, seen)) {
    return absl::InvalidArgumentError(absl::StrCat("not a static model file: it does not begin with \"", kMagic, "\""));
  }
  if (bytes.size() < kHeaderSize) return Truncated(bytes.size(), kHeaderSize);
  if (absl::Status format = CheckVersion("format", FieldAt(bytes, kFormatVersionOffset), kFormatVersion);
      !format.ok()) {
    return format;
  }
  return CheckVersion("tokenizer", FieldAt(bytes, kTokenizerVersionOffset), kTokenizerVersion);
}

absl::Status CheckSizes(absl::string_view bytes) {
  const uint32_t dimensions = FieldAt(bytes, kDimensionsOffset);
  if (dimensions != kModelDimensions) {
    return absl::InvalidArgumentError(
        absl::StrCat("it has ", dimensions, " dimensions, and this program needs ", kModelDimensions));
  }
  const uint32_t pieces = FieldAt(bytes, kPiecesOffset);
  if (pieces == 0 || pieces > kMostPieces) {
    return absl::InvalidArgumentError(
        absl::StrCat("it has ", pieces, " pieces, and 1 to ", kMostPieces, " are allowed"));
  }
  const uint64_t a_piece = kModelDimensions + sizeof(uint16_t) + sizeof(uint32_t);
  const uint64_t whole = kHeaderSize + uint64_t{pieces} * a_piece + FieldAt(bytes, kTextBytesOffset);
  if (bytes.size() != whole) return Truncated(bytes.size(), whole);
  return absl::OkStatus();
}

absl::Status CheckChecksum(absl::string_view bytes) {
  constexpr absl::string_view kZeros("\0\0\0\0", sizeof(uint32_t));
  uint32_t checksum = ExtendCrc32c(0, bytes.substr(0, kChecksumOffset));
  checksum = ExtendCrc32c(checksum, kZeros);
  checksum = ExtendCrc32c(checksum, bytes.substr(kChecksumOffset + kZeros.size()));
  if (checksum == FieldAt(bytes, kChecksumOffset)) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("damaged: its bytes have the checksum ", absl::Hex(checksum, absl::kZeroPad8),
                                          ", and its header says ",
                                          absl::Hex(FieldAt(bytes, kChecksumOffset), absl::kZeroPad8)));
}

bool AllZeros(absl::string_view bytes) { return bytes.find_first_not_of('\0') == absl::string_view::npos; }

absl::StatusOr<absl::string_view> ReadModelId(absl::string_view bytes) {
  const absl::string_view field = bytes.substr(kModelIdOffset, kModelIdSize);
  const absl::string_view id = field.substr(0, std::min(field.find('\0'), field.size()));
  const bool named = id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == absl::string_view::npos;
  if (id.empty() || !named || !AllZeros(field.substr(id.size()))) {
    return absl::InvalidArgumentError("its model id is not made of a-z, 0-9, '.' and '-', then zeros");
  }
  if (!AllZeros(bytes.substr(kReservedOffset, kHeaderSize - kReservedOffset))) {
    return absl::InvalidArgumentError("its reserved bytes are not zero");
  }
  return id;
}

bool IsUtf8(absl::string_view text) {
  for (size_t at = 0; at < text.size();) {
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                                   static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    if (size <= 0) return false;
    at += static_cast<size_t>(size);
  }
  return true;
}

absl::Status BadPiece(uint32_t piece, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("piece ", piece, ": ", what));
}

}  // namespace

absl::StatusOr<ModelTable> ModelTable::Parse(absl::string_view bytes) {
  for (const auto check : {CheckKind, CheckSizes, CheckChecksum}) {
    if (absl::Status checked = check(bytes); !checked.ok()) return checked;
  }
  const absl::StatusOr<absl::string_view> id = ReadModelId(bytes);
  if (!id.ok()) return id.status();
  ModelTable table;
  table.model_id_ = *id;
  table.checksum_ = FieldAt(bytes, kChecksumOffset);
  table.pieces_ = FieldAt(bytes, kPiecesOffset);
  const char* const rows = bytes.data() + kHeaderSize;
  table.rows_ = reinterpret_cast<const int8_t*>(rows);
  table.scales_ = rows + size_t{table.pieces_} * kModelDimensions;
  table.ends_ = table.scales_ + table.pieces_ * sizeof(uint16_t);
  table.texts_ = bytes.substr(bytes.size() - FieldAt(bytes, kTextBytesOffset));
  if (absl::Status rows_are = table.CheckRows(); !rows_are.ok()) return rows_are;
  if (absl::Status texts_are = table.CheckTexts(); !texts_are.ok()) return texts_are;
  return table;
}

absl::Status ModelTable::CheckRows() const {
  for (uint32_t piece = 0; piece < pieces_; ++piece) {
    if (scale(piece) == 0 || scale(piece) > INT16_MAX) {
      return BadPiece(piece, absl::StrCat("its scale is ", scale(piece), ", and 1 to ", INT16_MAX, " are allowed"));
    }
    if (*std::min_element(row(piece), row(piece) + kModelDimensions) == INT8_MIN) {
      return BadPiece(piece, "its row holds -128");
    }
  }
  return absl::OkStatus();
}

absl::Status ModelTable::CheckTexts() const {
  uint32_t begin = 0;
  for (uint32_t piece = 0; piece < pieces_; ++piece) {
    if (end(piece) <= begin || end(piece) > texts_.size()) {
      return BadPiece(piece, absl::StrCat("its text ends at ", end(piece), ", after one that ends at ", begin, " of ",
                                          texts_.size()));
    }
    if (!IsUtf8(text(piece))) return BadPiece(piece, "its text is not UTF-8");
    begin = end(piece);
  }
  if (begin == texts_.size()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("its last piece ends at ", begin, " of ", texts_.size()));
}

}  // namespace staffroom::embeddings
