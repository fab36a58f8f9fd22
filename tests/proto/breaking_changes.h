#ifndef STAFFROOM_TESTS_PROTO_BREAKING_CHANGES_H_
#define STAFFROOM_TESTS_PROTO_BREAKING_CHANGES_H_

#include <string>
#include <vector>

#include "google/protobuf/descriptor.pb.h"

namespace staffroom {

// Compares two versions of a contract and returns one line for every change of `present` that a
// client built against `golden` would notice, `element: what changed`, in the order of `golden`.
//
// A client is bytes (numbers and types), JSON (names) and source code (names and labels), so all
// of these are kept: nothing that was declared is removed, renumbered, renamed, retyped or
// relabelled, gains or loses presence, or moves into or out of a oneof; an RPC keeps its two
// messages and its streaming; a file keeps its package. Additions are not reported, nor is a
// message that moved to another file of its package.
std::vector<std::string> FindBreakingChanges(const google::protobuf::FileDescriptorSet& golden,
                                             const google::protobuf::FileDescriptorSet& present);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_PROTO_BREAKING_CHANGES_H_
