#include "tests/proto/descriptor_sets.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace staffroom {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;

void VisitMessages(const std::string& scope, const DescriptorProto& message,
                   const std::function<void(const std::string&, const DescriptorProto&)>& visit) {
  const std::string name = absl::StrCat(scope, ".", message.name());
  visit(name, message);
  for (const DescriptorProto& nested : message.nested_type()) VisitMessages(name, nested, visit);
}

}  // namespace

absl::StatusOr<FileDescriptorSet> ReadDescriptorSet(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  FileDescriptorSet set;
  if (!set.ParseFromIstream(&in)) {
    return absl::InvalidArgumentError(absl::StrCat(path, " holds no FileDescriptorSet"));
  }
  return set;
}

absl::Status WriteDescriptorSet(const FileDescriptorSet& set, const std::string& path) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    set.SerializeToCodedStream(&coded);
  }
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << bytes;
  out.close();
  if (!out) return absl::UnavailableError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadText(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

FileDescriptorSet OnlyPackage(const FileDescriptorSet& set, absl::string_view package) {
  FileDescriptorSet only;
  for (const FileDescriptorProto& file : set.file()) {
    if (absl::string_view(file.package()) != package) continue;
    *only.add_file() = file;
    only.mutable_file()->rbegin()->clear_source_code_info();
  }
  std::sort(only.mutable_file()->begin(), only.mutable_file()->end(),
            [](const FileDescriptorProto& a, const FileDescriptorProto& b) { return a.name() < b.name(); });
  return only;
}

void ForEachMessage(const FileDescriptorProto& file,
                    const std::function<void(const std::string&, const DescriptorProto&)>& visit) {
  for (const DescriptorProto& message : file.message_type()) {
    VisitMessages(file.package(), message, visit);
  }
}

}  // namespace staffroom
