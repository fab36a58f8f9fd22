// Any bytes as a model file: refused with a message, or a model whose every piece can be read, found and encoded with. The
// checksum would stop nearly all input, so it is made right; and since no input finds its way to a whole header by chance, half
// of them are whole files in which a few bytes are set.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "embeddings/encoder/static_encoder.h"
#include "embeddings/models/static_model.h"
#include "tests/support/model_writer.h"

using staffroom::embeddings::PieceHash;
using staffroom::embeddings::StaticEncoder;
using staffroom::embeddings::StaticModel;
using staffroom::embeddings::TextKind;

namespace {

// A whole file with the pieces that stand between line feeds, then up to 7 bytes of it set to something else.
std::string DamagedFile(absl::string_view input) {
  const size_t damages = input.empty() ? 0 : static_cast<unsigned char>(input[0]) % 8;
  const absl::string_view damage = input.substr(0, 1 + damages * 3);
  const std::vector<std::string> texts = absl::StrSplit(input.substr(damage.size()), '\n');
  std::string bytes = staffroom::WriteModel(staffroom::DrawPieces(texts));
  for (size_t i = 1; i + 2 < damage.size(); i += 3) {
    const size_t offset = static_cast<unsigned char>(damage[i]) * 256 + static_cast<unsigned char>(damage[i + 1]);
    bytes[offset % bytes.size()] = damage[i + 2];
  }
  return bytes;
}

void Use(std::unique_ptr<StaticModel> model) {
  for (uint32_t piece = 0; piece < model->table().pieces(); ++piece) {
    const absl::string_view text = model->table().text(piece);
    if (model->pieces().Find(PieceHash(text).Value(), "", text) != piece) std::abort();
    if (model->table().scale(piece) == 0) std::abort();
  }
  const std::string last(model->table().text(model->table().pieces() - 1));
  const StaticEncoder encoder(std::move(model));
  std::vector<float> out(static_cast<size_t>(encoder.dimensions()));
  encoder.Encode(last + " teachers #" + last, TextKind::kProse, absl::MakeSpan(out));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const absl::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string bytes = data[0] % 2 == 0 ? DamagedFile(input) : std::string(input);
  if (data[0] % 4 != 3) staffroom::RepairChecksum(bytes);
  absl::StatusOr<std::unique_ptr<StaticModel>> model = StaticModel::FromBytes(bytes);
  if (model.ok()) {
    Use(*std::move(model));
  } else if (model.status().message().empty()) {
    std::abort();
  }
  return 0;
}
