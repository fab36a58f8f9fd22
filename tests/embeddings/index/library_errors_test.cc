#include "embeddings/index/library_errors.h"

#include <faiss/impl/FaissException.h>

#include <new>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace staffroom::embeddings {
namespace {

TEST(LibraryErrors, LeaveAResultAsItIs) {
  const absl::StatusOr<int> result = CatchingLibraryErrors([]() -> absl::StatusOr<int> { return 3; });
  EXPECT_EQ(result.value(), 3);
  EXPECT_EQ(CatchingLibraryErrors([] { return absl::NotFoundError("x"); }), absl::NotFoundError("x"));
}

TEST(LibraryErrors, TellExhaustedMemoryFromOtherFailures) {
  const absl::Status memory = CatchingLibraryErrors([]() -> absl::Status { throw std::bad_alloc(); });
  EXPECT_EQ(memory.code(), absl::StatusCode::kResourceExhausted);
  const absl::Status other =
      CatchingLibraryErrors([]() -> absl::Status { throw faiss::FaissException("wrong metric"); });
  EXPECT_EQ(other.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(other.message()), testing::HasSubstr("wrong metric"));
}

}  // namespace
}  // namespace staffroom::embeddings
