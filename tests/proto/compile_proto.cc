#include "tests/proto/compile_proto.h"

#include <cstdlib>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/proto/descriptor_sets.h"
#include "tests/support/temp_dir.h"

namespace staffroom {

google::protobuf::FileDescriptorSet CompileProto(const std::string& text) {
  const TempDir folder;
  const std::string described = folder.Join("small.binpb");
  std::ofstream(folder.Join("small.proto")) << text;
  const std::string command = absl::StrCat("'" STAFFROOM_PROTOC "' --include_source_info -I'", folder.path(),
                                           "' --descriptor_set_out='", described, "' small.proto");
  EXPECT_EQ(std::system(command.c_str()), 0) << command << "\n" << text;
  auto set = ReadDescriptorSet(described);
  EXPECT_TRUE(set.ok()) << set.status();
  return set.ok() ? *std::move(set) : google::protobuf::FileDescriptorSet();
}

}  // namespace staffroom
