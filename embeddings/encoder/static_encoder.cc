#include "embeddings/encoder/static_encoder.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "embeddings/encoder/text_pieces.h"
#include "embeddings/kernels/prefetch.h"

namespace staffroom::embeddings {
namespace {

static_assert(kModelDimensions == kDimensions);

using Sums = std::array<int64_t, kDimensions>;

// Asks for a row as soon as its piece is known; by the time that the text is read, or 512 pieces are, most rows are there.
class RowCollector {
 public:
  RowCollector(const ModelTable& table, RowSumFunction row_sum) : table_(table), row_sum_(row_sum) {}

  void Add(uint32_t piece) {
    const int8_t* const row = table_.row(piece);
    Prefetch(row, kModelDimensions);
    rows_[count_++] = {row, table_.scale(piece)};
    if (count_ == rows_.size()) Flush();
  }

  const Sums& Finish() {
    Flush();
    return sums_;
  }

 private:
  void Flush() {
    row_sum_(rows_.data(), count_, kModelDimensions, sums_.data());
    count_ = 0;
  }

  const ModelTable& table_;
  const RowSumFunction row_sum_;
  std::array<ScaledRow, kRowsInNarrowSum> rows_;  // uninitialised: most texts need few
  size_t count_ = 0;
  Sums sums_ = {};
};

// Divides `values` by their norm; false, and zeros, when all are zero.
template <typename Values>
bool Normalize(const Values& values, absl::Span<float> out) {
  double squares = 0;
  for (const auto value : values) squares += static_cast<double>(value) * static_cast<double>(value);
  const double norm = std::sqrt(squares);
  for (size_t i = 0; i < out.size(); ++i) {
    out[i] = norm > 0 ? static_cast<float>(static_cast<double>(values[i]) / norm) : 0.0f;
  }
  return norm > 0;
}

void EncodeByFallback(const HashingEncoder& hashing, absl::string_view text, TextKind kind, absl::Span<float> out) {
  constexpr size_t kHalf = kDimensions / 2;
  std::array<float, kDimensions> hashed;
  hashing.Encode(text, kind, absl::MakeSpan(hashed));
  std::array<double, kHalf> sums;
  std::array<double, kHalf> differences;
  for (size_t i = 0; i < kHalf; ++i) {
    sums[i] = static_cast<double>(hashed[i]) + static_cast<double>(hashed[kHalf + i]);
    differences[i] = static_cast<double>(hashed[i]) - static_cast<double>(hashed[kHalf + i]);
  }
  std::fill_n(out.begin(), kHalf, 0.0f);
  // Two emoji may cancel out when folded: then their difference, so that a text that says something is never zeros.
  if (!Normalize(sums, out.subspan(kHalf))) Normalize(differences, out.subspan(kHalf));
}

}  // namespace

StaticEncoder::StaticEncoder(std::unique_ptr<const StaticModel> model)
    : model_(std::move(model)),
      model_id_(absl::StrCat(model_->table().model_id(), "-", absl::Hex(model_->table().checksum(), absl::kZeroPad8))),
      vocabulary_(model_->pieces()),
      row_sum_(BestRowSum()) {}

void StaticEncoder::Encode(absl::string_view text, TextKind kind, absl::Span<float> out) const {
  assert(out.size() == static_cast<size_t>(kDimensions));
  RowCollector rows(model_->table(), row_sum_);
  const Coverage coverage = ForEachPiece(vocabulary_, text, [&rows](uint32_t piece) { rows.Add(piece); });
  if (!coverage.suffices() || !Normalize(rows.Finish(), out)) EncodeByFallback(fallback_, text, kind, out);
}

absl::StatusOr<std::unique_ptr<Encoder>> NewStaticEncoder(const std::string& path) {
  absl::StatusOr<std::unique_ptr<StaticModel>> model = StaticModel::Open(path);
  if (!model.ok()) return model.status();
  return std::make_unique<StaticEncoder>(*std::move(model));
}

}  // namespace staffroom::embeddings
