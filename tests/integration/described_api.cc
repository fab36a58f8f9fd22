#include "tests/integration/described_api.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.pb.h"
#include "google/protobuf/text_format.h"
#include "google/protobuf/util/json_util.h"

namespace staffroom {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::Reflection;

constexpr char kReflectionMethod[] = "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";

// The part of the published reflection.proto that is spoken here; field numbers and types are the protocol's.
constexpr char kReflectionFile[] = R"(
  name: "reflection" package: "grpc.reflection.v1alpha" syntax: "proto3"
  message_type { name: "ServerReflectionRequest"
    field { name: "file_by_filename" number: 3 type: TYPE_STRING label: LABEL_OPTIONAL oneof_index: 0 }
    field { name: "file_containing_symbol" number: 4 type: TYPE_STRING label: LABEL_OPTIONAL oneof_index: 0 }
    field { name: "list_services" number: 7 type: TYPE_STRING label: LABEL_OPTIONAL oneof_index: 0 }
    oneof_decl { name: "message_request" } }
  message_type { name: "ServerReflectionResponse"
    field { name: "file_descriptor_response" number: 4 type: TYPE_MESSAGE label: LABEL_OPTIONAL type_name: "FileDescriptorResponse" }
    field { name: "list_services_response" number: 6 type: TYPE_MESSAGE label: LABEL_OPTIONAL type_name: "ListServiceResponse" }
    field { name: "error_response" number: 7 type: TYPE_MESSAGE label: LABEL_OPTIONAL type_name: "ErrorResponse" } }
  message_type { name: "FileDescriptorResponse"
    field { name: "file_descriptor_proto" number: 1 type: TYPE_BYTES label: LABEL_REPEATED } }
  message_type { name: "ListServiceResponse"
    field { name: "service" number: 1 type: TYPE_MESSAGE label: LABEL_REPEATED type_name: "ServiceResponse" } }
  message_type { name: "ServiceResponse" field { name: "name" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL } }
  message_type { name: "ErrorResponse"
    field { name: "error_code" number: 1 type: TYPE_INT32 label: LABEL_OPTIONAL }
    field { name: "error_message" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL } }
)";

const Message& SubMessage(const Message& message, const std::string& field) {
  return message.GetReflection()->GetMessage(message, message.GetDescriptor()->FindFieldByName(field));
}

bool HasField(const Message& message, const std::string& field) {
  return message.GetReflection()->HasField(message, message.GetDescriptor()->FindFieldByName(field));
}

// `staffroom.v1.CatalogService/UpsertAccount` as protobuf names it.
std::string SymbolOf(std::string method) {
  const size_t slash = method.find('/');
  if (slash != std::string::npos) method[slash] = '.';
  return method;
}

}  // namespace

DescribedApi::DescribedApi(RawClient& client) : client_(client) {
  FileDescriptorProto file;
  if (google::protobuf::TextFormat::ParseFromString(kReflectionFile, &file)) reflection_pool_.BuildFile(file);
}

DescribedApi::~DescribedApi() = default;

// The RPC is a stream; a single question and the end of it is on the wire what a unary call sends.
absl::StatusOr<std::unique_ptr<Message>> DescribedApi::AskReflection(const std::string& field,
                                                                     const std::string& value) {
  const Descriptor* const request_type =
      reflection_pool_.FindMessageTypeByName("grpc.reflection.v1alpha.ServerReflectionRequest");
  const Descriptor* const response_type =
      reflection_pool_.FindMessageTypeByName("grpc.reflection.v1alpha.ServerReflectionResponse");
  if (request_type == nullptr || response_type == nullptr) return absl::InternalError("the reflection messages");
  const std::unique_ptr<Message> request(factory_.GetPrototype(request_type)->New());
  request->GetReflection()->SetString(request.get(), request_type->FindFieldByName(field), value);
  const Answer answer = client_.Call(kReflectionMethod, request->SerializeAsString());
  if (answer.code != absl::StatusCode::kOk) return absl::Status(answer.code, answer.message);
  std::unique_ptr<Message> response(factory_.GetPrototype(response_type)->New());
  if (!response->ParseFromString(answer.bytes)) return absl::DataLossError("not an answer of reflection");
  if (HasField(*response, "error_response")) {
    return absl::NotFoundError(absl::StrCat(value, ": ", SubMessage(*response, "error_response").ShortDebugString()));
  }
  return response;
}

absl::StatusOr<std::vector<std::string>> DescribedApi::ListServices() {
  const absl::StatusOr<std::unique_ptr<Message>> response = AskReflection("list_services", "*");
  if (!response.ok()) return response.status();
  const Message& list = SubMessage(**response, "list_services_response");
  const FieldDescriptor* const services = list.GetDescriptor()->FindFieldByName("service");
  std::vector<std::string> names;
  for (int i = 0; i < list.GetReflection()->FieldSize(list, services); ++i) {
    const Message& service = list.GetReflection()->GetRepeatedMessage(list, services, i);
    names.push_back(service.GetReflection()->GetString(service, service.GetDescriptor()->FindFieldByName("name")));
  }
  return names;
}

absl::Status DescribedApi::Learn(const std::string& symbol) {
  if (pool_.FindFileContainingSymbol(symbol) != nullptr) return absl::OkStatus();
  return AddFile("file_containing_symbol", symbol);
}

absl::Status DescribedApi::AddFile(const std::string& field, const std::string& value) {
  const absl::StatusOr<std::unique_ptr<Message>> response = AskReflection(field, value);
  if (!response.ok()) return response.status();
  const Message& described = SubMessage(**response, "file_descriptor_response");
  const FieldDescriptor* const protos = described.GetDescriptor()->FindFieldByName("file_descriptor_proto");
  if (described.GetReflection()->FieldSize(described, protos) == 0) {
    return absl::NotFoundError(absl::StrCat("no file for ", value));
  }
  FileDescriptorProto file;
  if (!file.ParseFromString(described.GetReflection()->GetRepeatedString(described, protos, 0))) {
    return absl::DataLossError(absl::StrCat("not a file: ", value));
  }
  for (const std::string& import : file.dependency()) {
    if (pool_.FindFileByName(import) != nullptr) continue;
    if (absl::Status added = AddFile("file_by_filename", import); !added.ok()) return added;
  }
  if (pool_.FindFileByName(file.name()) != nullptr || pool_.BuildFile(file) != nullptr) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("cannot link ", file.name()));
}

absl::StatusOr<std::string> DescribedApi::ToJson(const std::string& type, const std::string& bytes) {
  if (absl::Status learned = Learn(type); !learned.ok()) return learned;
  const std::unique_ptr<Message> message(factory_.GetPrototype(pool_.FindMessageTypeByName(type))->New());
  if (!message->ParseFromString(bytes)) return absl::DataLossError(absl::StrCat("not a ", type));
  std::string json;
  const auto written = google::protobuf::util::MessageToJsonString(*message, &json);
  if (!written.ok()) return absl::InternalError(written.ToString());
  return json;
}

absl::StatusOr<DescribedApi::JsonAnswer> DescribedApi::Call(const std::string& method, const std::string& json) {
  if (absl::Status learned = Learn(SymbolOf(method)); !learned.ok()) return learned;
  const MethodDescriptor* const described = pool_.FindMethodByName(SymbolOf(method));
  if (described == nullptr) return absl::NotFoundError(absl::StrCat("no method ", method));
  const std::unique_ptr<Message> request(factory_.GetPrototype(described->input_type())->New());
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, request.get());
  if (!parsed.ok()) return absl::InvalidArgumentError(parsed.ToString());

  const Answer answer = client_.Call(method, request->SerializeAsString());
  JsonAnswer result{answer.code, "", answer.message, ""};
  if (answer.code != absl::StatusCode::kOk) {
    for (const google::protobuf::Any& detail : answer.details.details()) {
      const std::string& url = detail.type_url();
      if (absl::Status learned = Learn(url.substr(url.rfind('/') + 1)); !learned.ok()) return learned;
    }
    const absl::StatusOr<std::string> details = ToJson("google.rpc.Status", answer.details.SerializeAsString());
    if (!details.ok()) return details.status();
    result.details = *details;
    return result;
  }
  const absl::StatusOr<std::string> response = ToJson(described->output_type()->full_name(), answer.bytes);
  if (!response.ok()) return response.status();
  result.json = *response;
  return result;
}

}  // namespace staffroom
