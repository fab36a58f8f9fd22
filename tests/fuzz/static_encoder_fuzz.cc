// Any bytes are a text: over a small model, the static encoder must neither crash nor give anything but a unit vector or zeros,
// and zeros only where the hashing encoder gives zeros.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "embeddings/encoder/static_encoder.h"
#include "embeddings/models/static_model.h"
#include "tests/support/model_writer.h"

using staffroom::embeddings::Encoder;
using staffroom::embeddings::NewHashingEncoder;
using staffroom::embeddings::StaticEncoder;
using staffroom::embeddings::StaticModel;
using staffroom::embeddings::TextKind;

namespace {

std::unique_ptr<Encoder> NewSmallEncoder() {
  std::vector<std::string> texts = {"teach", "##er", "##ers", "#ngsschat", "ngss", "chat",
                                    "👍",    "🇩🇪",   "é",     "##é",       "ש",    "##ש"};
  for (char letter = 'a'; letter <= 'z'; letter += 2) {
    texts.push_back(std::string(1, letter));
    texts.push_back(std::string("##") + letter);
  }
  static const std::string bytes = staffroom::WriteModel(staffroom::DrawPieces(texts));
  return std::make_unique<StaticEncoder>(*StaticModel::FromBytes(bytes));
}

double SumOfSquares(const std::vector<float>& vector) {
  double squares = 0;
  for (float value : vector) squares += static_cast<double>(value) * value;
  return squares;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  static const std::unique_ptr<Encoder> encoder = NewSmallEncoder();
  static const std::unique_ptr<Encoder> hashing = NewHashingEncoder();
  const auto kind = static_cast<TextKind>(data[0] % 3);
  const absl::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::vector<float> vector(static_cast<size_t>(encoder->dimensions()));
  encoder->Encode(text, kind, absl::MakeSpan(vector));
  const double squares = SumOfSquares(vector);
  if (squares != 0 && !(std::abs(squares - 1) < 1e-5)) std::abort();  // also when a value is not finite
  std::vector<float> other(vector.size());
  hashing->Encode(text, kind, absl::MakeSpan(other));
  if (squares == 0 && SumOfSquares(other) != 0) std::abort();
  encoder->Encode(text, kind, absl::MakeSpan(other));
  if (other != vector) std::abort();
  return 0;
}
