// Any bytes are a text: the encoder must neither crash nor give anything but a unit vector or zeros.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "embeddings/encoder/encoder.h"

using staffroom::embeddings::Encoder;
using staffroom::embeddings::NewHashingEncoder;
using staffroom::embeddings::TextKind;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::unique_ptr<Encoder> encoder = NewHashingEncoder();
  const auto kind = static_cast<TextKind>(data[0] % 3);
  const absl::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::vector<float> vector(static_cast<size_t>(encoder->dimensions()));
  encoder->Encode(text, kind, absl::MakeSpan(vector));
  double squares = 0;
  for (float value : vector) squares += static_cast<double>(value) * value;
  const bool unit_or_zero = squares == 0 || std::abs(squares - 1) < 1e-5;
  if (!unit_or_zero) std::abort();  // also when a value is not finite
  std::vector<float> again(vector.size());
  encoder->Encode(text, kind, absl::MakeSpan(again));
  if (again != vector) std::abort();
  return 0;
}
