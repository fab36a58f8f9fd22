#include "tests/proto/comment_lint.h"

#include <cctype>
#include <initializer_list>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
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
using google::protobuf::SourceCodeInfo;
using Path = std::vector<int>;

constexpr size_t kLeastNewWords = 2;

Path Child(Path path, std::initializer_list<int> steps) {
  path.insert(path.end(), steps);
  return path;
}

bool IsFiller(const std::string& word) {
  static const std::set<std::string> fillers = {"a",   "an", "the",  "of",  "is", "are", "be",   "to",  "or",  "it",
                                                "and", "in", "this", "for", "on", "by",  "with", "its", "that"};
  return word.size() < 2 || fillers.count(word) > 0;
}

// "accounts" and "account" are one word to the lint.
std::string Singular(std::string word) {
  if (word.size() > 3 && word.back() == 's') word.pop_back();
  return word;
}

// The words of a comment, or of a name in snake_case, CamelCase or CAPITALS: lower case, singular,
// less fillers.
std::set<std::string> Words(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  bool lower_before = false;
  for (size_t i = 0; i <= text.size(); ++i) {
    const unsigned char c = i < text.size() ? static_cast<unsigned char>(text[i]) : ' ';
    const bool letter = std::isalnum(c) != 0;
    if (!letter || (std::isupper(c) && lower_before)) {
      word = absl::AsciiStrToLower(word);
      if (!IsFiller(word)) words.insert(Singular(word));
      word.clear();
    }
    if (letter) word.push_back(static_cast<char>(c));
    lower_before = std::islower(c) != 0;
  }
  return words;
}

// Words with an underscore and no small letter, such as FIELD_TOO_LONG.
std::set<std::string> CapitalNames(const std::string& text) {
  std::set<std::string> names;
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    const unsigned char c = i < text.size() ? static_cast<unsigned char>(text[i]) : ' ';
    if (std::isalnum(c) || c == '_') {
      word.push_back(static_cast<char>(c));
      continue;
    }
    const bool capitals = word == absl::AsciiStrToUpper(word);
    if (capitals && std::isupper(static_cast<unsigned char>(word.empty() ? ' ' : word.front())) &&
        word.find('_') != std::string::npos) {
      names.insert(word);
    }
    word.clear();
  }
  return names;
}

std::set<std::string> EnumValueNames(const FileDescriptorSet& set) {
  std::set<std::string> names;
  const auto add = [&names](const EnumDescriptorProto& declared) {
    for (const EnumValueDescriptorProto& value : declared.value()) names.insert(value.name());
  };
  for (const FileDescriptorProto& file : set.file()) {
    for (const EnumDescriptorProto& declared : file.enum_type()) add(declared);
    ForEachMessage(file, [&add](const std::string&, const DescriptorProto& message) {
      for (const EnumDescriptorProto& declared : message.enum_type()) add(declared);
    });
  }
  return names;
}

class FileLint {
 public:
  FileLint(const FileDescriptorProto& file, const std::set<std::string>& known_names,
           std::vector<std::string>& findings)
      : file_(file), known_names_(known_names), findings_(findings) {
    for (const SourceCodeInfo::Location& location : file.source_code_info().location()) {
      locations_.emplace(Path(location.path().begin(), location.path().end()), &location);
    }
  }

  void Run() {
    for (int i = 0; i < file_.service_size(); ++i) {
      LintService({FileDescriptorProto::kServiceFieldNumber, i}, file_.service(i));
    }
    for (int i = 0; i < file_.message_type_size(); ++i) {
      LintMessage({FileDescriptorProto::kMessageTypeFieldNumber, i}, file_.package(), file_.message_type(i));
    }
    for (int i = 0; i < file_.enum_type_size(); ++i) {
      LintEnum({FileDescriptorProto::kEnumTypeFieldNumber, i}, file_.package(), file_.enum_type(i));
    }
  }

 private:
  void LintService(const Path& path, const ServiceDescriptorProto& service) {
    const std::string scope = Judge(path, file_.package(), service.name());
    for (int i = 0; i < service.method_size(); ++i) {
      const MethodDescriptorProto& method = service.method(i);
      const Path method_path = Child(path, {ServiceDescriptorProto::kMethodFieldNumber, i});
      const std::string name = Judge(method_path, scope, method.name());
      if (Words(CommentAt(method_path)).count("error") == 0) {
        Report(method_path, name, "the comment does not list the errors; write \"Errors: …\"");
      }
    }
  }

  void LintMessage(const Path& path, const std::string& outer, const DescriptorProto& message) {
    if (message.options().map_entry()) return;
    const std::string scope = Judge(path, outer, message.name());
    for (int i = 0; i < message.field_size(); ++i) {
      Judge(Child(path, {DescriptorProto::kFieldFieldNumber, i}), scope, message.field(i).name());
    }
    for (int i = 0; i < message.oneof_decl_size(); ++i) {
      if (IsWritten(message, i)) {
        Judge(Child(path, {DescriptorProto::kOneofDeclFieldNumber, i}), scope, message.oneof_decl(i).name());
      }
    }
    for (int i = 0; i < message.enum_type_size(); ++i) {
      LintEnum(Child(path, {DescriptorProto::kEnumTypeFieldNumber, i}), scope, message.enum_type(i));
    }
    for (int i = 0; i < message.nested_type_size(); ++i) {
      LintMessage(Child(path, {DescriptorProto::kNestedTypeFieldNumber, i}), scope, message.nested_type(i));
    }
  }

  void LintEnum(const Path& path, const std::string& outer, const EnumDescriptorProto& declared) {
    const std::string scope = Judge(path, outer, declared.name());
    for (int i = 0; i < declared.value_size(); ++i) {
      Judge(Child(path, {EnumDescriptorProto::kValueFieldNumber, i}), scope, declared.value(i).name());
    }
  }

  // An `optional` field brings a oneof that nobody wrote and nobody can comment.
  static bool IsWritten(const DescriptorProto& message, int oneof) {
    for (const FieldDescriptorProto& field : message.field()) {
      if (field.has_oneof_index() && field.oneof_index() == oneof) return !field.proto3_optional();
    }
    return true;
  }

  // Rules 1, 2 and the names of rule 3; returns the full name for what is declared inside.
  std::string Judge(const Path& path, const std::string& scope, const std::string& name) {
    const std::string full_name = absl::StrCat(scope, ".", name);
    const std::string comment = CommentAt(path);
    if (comment.empty()) {
      Report(path, full_name, "no comment");
      return full_name;
    }
    const std::set<std::string> known = Words(name);
    size_t new_words = 0;
    for (const std::string& word : Words(comment)) {
      new_words += known.count(word) == 0;
    }
    if (new_words < kLeastNewWords) {
      Report(path, full_name, "the comment says no more than the name; say unit, range, default");
    }
    for (const std::string& capital_name : CapitalNames(comment)) {
      if (known_names_.count(capital_name) == 0) {
        Report(path, full_name,
               absl::StrCat("the comment names ", capital_name, ", which is no enum value of the contract"));
      }
    }
    return full_name;
  }

  std::string CommentAt(const Path& path) const {
    const auto found = locations_.find(path);
    if (found == locations_.end()) return "";
    return std::string(absl::StripAsciiWhitespace(
        absl::StrCat(found->second->leading_comments(), found->second->trailing_comments())));
  }

  void Report(const Path& path, const std::string& name, const std::string& what) {
    const auto found = locations_.find(path);
    const int line = found == locations_.end() ? 0 : found->second->span(0) + 1;
    findings_.push_back(absl::StrCat(file_.name(), ":", line, ": ", name, ": ", what));
  }

  const FileDescriptorProto& file_;
  const std::set<std::string>& known_names_;
  std::vector<std::string>& findings_;
  std::map<Path, const SourceCodeInfo::Location*> locations_;
};

}  // namespace

std::vector<std::string> LintComments(const FileDescriptorSet& set, absl::string_view package) {
  const std::set<std::string> known_names = EnumValueNames(set);
  std::vector<std::string> findings;
  for (const FileDescriptorProto& file : set.file()) {
    if (absl::string_view(file.package()) == package) FileLint(file, known_names, findings).Run();
  }
  return findings;
}

}  // namespace staffroom
