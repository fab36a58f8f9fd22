// The one place where exceptions of FAISS and of the allocator become a Status.
#ifndef STAFFROOM_EMBEDDINGS_INDEX_LIBRARY_ERRORS_H_
#define STAFFROOM_EMBEDDINGS_INDEX_LIBRARY_ERRORS_H_

#include <exception>
#include <new>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace staffroom::embeddings {

// Runs `call`, which returns an absl::Status or absl::StatusOr, and returns what it returns; RESOURCE_EXHAUSTED if memory
// ran out, INTERNAL with the library's words for any other exception.
template <typename Call>
auto CatchingLibraryErrors(Call&& call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("vector index: out of memory");
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("vector index: ", error.what()));
  }
}

}  // namespace staffroom::embeddings

#endif  // STAFFROOM_EMBEDDINGS_INDEX_LIBRARY_ERRORS_H_
