#ifndef STAFFROOM_TESTS_PROTO_COMPILE_PROTO_H_
#define STAFFROOM_TESTS_PROTO_COMPILE_PROTO_H_

#include <string>

#include "google/protobuf/descriptor.pb.h"

namespace staffroom {

// Runs protoc over `text`, a whole .proto file that imports nothing, and returns it as the only file
// of a set, named small.proto, with comments and positions. It is how a test writes a contract in
// place; on a syntax error the test fails, protoc says why, and the set is empty.
google::protobuf::FileDescriptorSet CompileProto(const std::string& text);

}  // namespace staffroom

#endif  // STAFFROOM_TESTS_PROTO_COMPILE_PROTO_H_
