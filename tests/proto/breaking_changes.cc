#include "tests/proto/breaking_changes.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/proto/descriptor_sets.h"

namespace staffroom {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::EnumValueDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using google::protobuf::MethodDescriptorProto;
using google::protobuf::ServiceDescriptorProto;

template <typename T>
using ByName = std::map<std::string, const T*>;

// Everything a set declares, by full name.
struct Declarations {
  explicit Declarations(const FileDescriptorSet& set) {
    for (const FileDescriptorProto& file : set.file()) {
      files[file.name()] = &file;
      for (const ServiceDescriptorProto& service : file.service()) {
        services[absl::StrCat(file.package(), ".", service.name())] = &service;
      }
      for (const EnumDescriptorProto& declared : file.enum_type()) {
        enums[absl::StrCat(file.package(), ".", declared.name())] = &declared;
      }
      ForEachMessage(file, [this](const std::string& name, const DescriptorProto& message) {
        messages[name] = &message;
        for (const EnumDescriptorProto& declared : message.enum_type()) {
          enums[absl::StrCat(name, ".", declared.name())] = &declared;
        }
      });
    }
  }

  ByName<FileDescriptorProto> files;
  ByName<ServiceDescriptorProto> services;
  ByName<DescriptorProto> messages;
  ByName<EnumDescriptorProto> enums;
};

template <typename T>
const T* Find(const ByName<T>& declarations, const std::string& name) {
  const auto found = declarations.find(name);
  return found == declarations.end() ? nullptr : found->second;
}

// The element of `candidates` for which `is_same` holds, or null.
template <typename Repeated, typename Predicate>
auto FindIf(const Repeated& candidates, Predicate is_same) -> decltype(&*candidates.begin()) {
  for (const auto& candidate : candidates) {
    if (is_same(candidate)) return &candidate;
  }
  return nullptr;
}

std::string TypeOf(const FieldDescriptorProto& field) {
  return field.type_name().empty() ? FieldDescriptorProto::Type_Name(field.type()) : field.type_name();
}

std::string LabelOf(const FieldDescriptorProto& field) {
  if (field.label() == FieldDescriptorProto::LABEL_REPEATED) return "repeated";
  return field.proto3_optional() ? "optional" : "plain";
}

std::string OneofOf(const DescriptorProto& message, const FieldDescriptorProto& field) {
  if (!field.has_oneof_index() || field.proto3_optional()) return "no oneof";
  return absl::StrCat("oneof ", message.oneof_decl(field.oneof_index()).name());
}

class Comparison {
 public:
  Comparison(const FileDescriptorSet& golden, const FileDescriptorSet& present) : golden_(golden), present_(present) {}

  std::vector<std::string> Run() && {
    for (const auto& [name, file] : golden_.files) {
      const FileDescriptorProto* now = Find(present_.files, name);
      if (now != nullptr) Same(name, "package", file->package(), now->package());
    }
    for (const auto& [name, service] : golden_.services) CompareService(name, *service);
    for (const auto& [name, message] : golden_.messages) CompareMessage(name, *message);
    for (const auto& [name, declared] : golden_.enums) CompareEnum(name, *declared);
    return std::move(findings_);
  }

 private:
  void CompareService(const std::string& name, const ServiceDescriptorProto& golden) {
    const ServiceDescriptorProto* present = Find(present_.services, name);
    if (present == nullptr) return Report(name, "service removed or renamed");
    for (const MethodDescriptorProto& method : golden.method()) {
      const std::string rpc = absl::StrCat(name, ".", method.name());
      const auto* now = FindIf(present->method(),
                               [&method](const MethodDescriptorProto& other) { return other.name() == method.name(); });
      if (now == nullptr) {
        Report(rpc, "RPC removed or renamed");
        continue;
      }
      Same(rpc, "request type", method.input_type(), now->input_type());
      Same(rpc, "response type", method.output_type(), now->output_type());
      Same(rpc, "request streaming", method.client_streaming(), now->client_streaming());
      Same(rpc, "response streaming", method.server_streaming(), now->server_streaming());
    }
  }

  void CompareMessage(const std::string& name, const DescriptorProto& golden) {
    const DescriptorProto* present = Find(present_.messages, name);
    if (present == nullptr) return Report(name, "message removed or renamed");
    for (const FieldDescriptorProto& field : golden.field()) {
      const std::string element = absl::StrCat(name, ".", field.name());
      const FieldDescriptorProto* now = SameElement(element, "field", field, present->field(),
                                                    [](const FieldDescriptorProto& one) { return one.number(); });
      if (now == nullptr) continue;
      Same(element, "type", TypeOf(field), TypeOf(*now));
      Same(element, "label", LabelOf(field), LabelOf(*now));
      Same(element, "oneof", OneofOf(golden, field), OneofOf(*present, *now));
      Same(element, "JSON name", field.json_name(), now->json_name());
    }
  }

  void CompareEnum(const std::string& name, const EnumDescriptorProto& golden) {
    const EnumDescriptorProto* present = Find(present_.enums, name);
    if (present == nullptr) return Report(name, "enum removed or renamed");
    for (const EnumValueDescriptorProto& value : golden.value()) {
      SameElement(absl::StrCat(name, ".", value.name()), "enum value", value, present->value(),
                  [](const EnumValueDescriptorProto& one) { return one.number(); });
    }
  }

  // The element of `present` with the name and the number of `golden`; else says which of the two
  // changed and returns null.
  template <typename T, typename Repeated, typename NumberOf>
  const T* SameElement(const std::string& element, absl::string_view kind, const T& golden, const Repeated& present,
                       NumberOf number_of) {
    const T* by_name = FindIf(present, [&golden](const T& other) { return other.name() == golden.name(); });
    if (by_name != nullptr) {
      if (number_of(*by_name) == number_of(golden)) return by_name;
      Same(element, "number", number_of(golden), number_of(*by_name));
      return nullptr;
    }
    const T* by_number =
        FindIf(present, [&golden, &number_of](const T& other) { return number_of(other) == number_of(golden); });
    Report(element, by_number == nullptr ? absl::StrCat(kind, " removed")
                                         : absl::StrCat(kind, " renamed or replaced: number ", number_of(golden),
                                                        " is now ", by_number->name()));
    return nullptr;
  }

  template <typename T>
  void Same(const std::string& element, absl::string_view property, const T& golden, const T& present) {
    if (golden == present) return;
    Report(element, absl::StrCat(property, " changed from ", golden, " to ", present));
  }

  void Report(const std::string& element, absl::string_view what) {
    findings_.push_back(absl::StrCat(element, ": ", what));
  }

  const Declarations golden_;
  const Declarations present_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> FindBreakingChanges(const FileDescriptorSet& golden, const FileDescriptorSet& present) {
  return Comparison(golden, present).Run();
}

}  // namespace staffroom
