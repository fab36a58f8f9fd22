#ifndef STAFFROOM_TESTS_PROTO_DESCRIPTOR_SETS_H_
#define STAFFROOM_TESTS_PROTO_DESCRIPTOR_SETS_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.pb.h"

namespace staffroom {

// Reads a serialized FileDescriptorSet, as protoc --descriptor_set_out writes it. NOT_FOUND when
// the file cannot be read, INVALID_ARGUMENT when it holds something else.
absl::StatusOr<google::protobuf::FileDescriptorSet> ReadDescriptorSet(const std::string& path);

// Writes `set` to `path`, the same bytes for equal sets.
absl::Status WriteDescriptorSet(const google::protobuf::FileDescriptorSet& set, const std::string& path);

// Reads a whole text file. NOT_FOUND when it cannot be read.
absl::StatusOr<std::string> ReadText(const std::string& path);

// The files of package `package` only, in order of name and without comments: what two versions of
// a contract are compared by.
google::protobuf::FileDescriptorSet OnlyPackage(const google::protobuf::FileDescriptorSet& set,
                                                absl::string_view package);

// Calls `visit` with the full name of every message in `file`, outer ones before their inner ones
// and the entry types of maps among them.
void ForEachMessage(const google::protobuf::FileDescriptorProto& file,
                    const std::function<void(const std::string&, const google::protobuf::DescriptorProto&)>& visit);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_PROTO_DESCRIPTOR_SETS_H_
