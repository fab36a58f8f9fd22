#include "embeddings/encoder/encoder.h"

#include <cstddef>

namespace staffroom::embeddings {

void Encoder::EncodeBatch(absl::Span<const absl::string_view> texts, TextKind kind, absl::Span<float> out) const {
  const auto row = static_cast<size_t>(dimensions());
  for (size_t i = 0; i < texts.size(); ++i) Encode(texts[i], kind, out.subspan(i * row, row));
}

}  // namespace staffroom::embeddings
