#ifndef STAFFROOM_TESTS_INTEGRATION_BAD_REQUESTS_H_
#define STAFFROOM_TESTS_INTEGRATION_BAD_REQUESTS_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "tests/integration/live_server.h"

namespace staffroom {

// A request that must be refused, and how.
struct BadRequest {
  std::string name;  // of the test
  std::string rpc;   // `CatalogService/UpsertAccount`
  std::string bytes;
  absl::StatusCode code = absl::StatusCode::kInvalidArgument;
  std::string reason;
  std::string field;  // the path of the first violation; of NOT_FOUND, the name of what is missing; "": any
};
inline void PrintTo(const BadRequest& bad, std::ostream* os) {
  *os << bad.rpc << " with " << bad.bytes.size() << " bytes";
}

// The community that these requests assume: teachers ada and ben, network club, post note (by ada), resource strips.
std::vector<v1::ImportRecord> BadRequestsCommunity();

std::vector<BadRequest> MalformedBytes();  // bytes that are no message, or hold bytes that are no text
std::vector<BadRequest> BadAccounts();
std::vector<BadRequest> BadThings();  // posts, resources, gets and lists
std::vector<BadRequest> BadInteractions();
std::vector<BadRequest> BadQuestions();  // Recommend

// An id of so many bytes.
inline std::string IdOf(size_t bytes) { return std::string(bytes, 'i'); }
// A field as a varint, as no generated message would write it: of unknown enum numbers.
std::string Varint(int field, uint64_t value);
// A field that holds bytes, of a message or a text.
std::string Delimited(int field, const std::string& bytes);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_INTEGRATION_BAD_REQUESTS_H_
