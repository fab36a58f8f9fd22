#ifndef STAFFROOM_TESTS_PROTO_COMMENT_LINT_H_
#define STAFFROOM_TESTS_PROTO_COMMENT_LINT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.pb.h"

namespace staffroom {

// What a caller reads is the contract's comments, so they are held to three rules that a machine
// can judge, for everything declared in `package`:
//
//   1. Every service, RPC, message, field, oneof, enum and enum value has a comment before it or
//      behind it.
//   2. The comment says something: at least two words that are neither filler nor in the name. A
//      comment that repeats the name ("The account id.") teaches nobody the unit or the range.
//   3. The comment of an RPC says which errors it answers, and a NAME_IN_CAPITALS, in any comment,
//      is an enum value of `set`: a renamed error would otherwise live on in the comments.
//
// `set` must hold source info (protoc --include_source_info) and everything that comments name.
// Returns one line a finding, `file:line: element: what is wrong`, in the order of the files.
std::vector<std::string> LintComments(const google::protobuf::FileDescriptorSet& set, absl::string_view package);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_PROTO_COMMENT_LINT_H_
