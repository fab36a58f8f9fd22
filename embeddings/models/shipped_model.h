// Where the model is that comes with the programs: found without a flag, whatever folder a program is started in.
#ifndef STAFFROOM_EMBEDDINGS_MODELS_SHIPPED_MODEL_H_
#define STAFFROOM_EMBEDDINGS_MODELS_SHIPPED_MODEL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace staffroom::embeddings {

inline constexpr absl::string_view kShippedModelName = "staffroom-static-256.model";

// The folders that FindShippedModel looks in, in this order, for a program in `program_folder`: embeddings/models/ of the tree
// it was built in, seen from build/PRESET/bin (a tree may be moved); share/staffroom/ beside its bin/, for whoever installs
// it; embeddings/models/ where the tree was when it was built.
std::vector<std::string> ShippedModelFolders(absl::string_view program_folder);

// The path of kShippedModelName in the first of `folders` that has it; NOT_FOUND names them all.
absl::StatusOr<std::string> FindModelIn(absl::Span<const std::string> folders);

// For the program that is running.
absl::StatusOr<std::string> FindShippedModel();

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_MODELS_SHIPPED_MODEL_H_
