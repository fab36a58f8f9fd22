#include "tests/dispatch/raw_client.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"
#include "tests/dispatch/gate.h"

namespace staffroom {
namespace {

class GenericCall : public PendingCall {
 public:
  GenericCall(const std::shared_ptr<grpc::Channel>& channel, absl::string_view method, absl::string_view bytes,
              const CallOptions& options)
      : stub_(channel) {
    const grpc::Slice slice(bytes.data(), bytes.size());
    request_ = grpc::ByteBuffer(&slice, 1);
    context_.set_deadline(absl::ToChronoTime(absl::Now() + options.timeout));
    for (const auto& [name, value] : options.headers) context_.AddMetadata(name, value);
    stub_.UnaryCall(&context_, absl::StrCat("/", method), grpc::StubOptions(), &request_, &response_,
                    [this](grpc::Status status) {
                      status_ = std::move(status);
                      done_.Open();
                    });
  }
  ~GenericCall() override { done_.Wait(); }

  void Cancel() override { context_.TryCancel(); }
  bool IsDone() const override { return done_.IsOpen(); }

  Answer Wait() override {
    done_.Wait();
    Answer answer;
    answer.code = static_cast<absl::StatusCode>(status_.error_code());
    answer.message = status_.error_message();
    answer.details.ParseFromString(status_.error_details());
    grpc::Slice slice;
    if (response_.DumpToSingleSlice(&slice).ok()) {
      answer.bytes.assign(reinterpret_cast<const char*>(slice.begin()), slice.size());
    }
    for (const auto& [name, value] : context_.GetServerTrailingMetadata()) {
      answer.trailers.emplace(std::string(name.data(), name.size()), std::string(value.data(), value.size()));
    }
    return answer;
  }

 private:
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  grpc::Status status_;
  Gate done_;
};

}  // namespace

std::string Answer::Field() const {
  const auto bad_request = Find<google::rpc::BadRequest>();
  return bad_request.field_violations().empty() ? "" : bad_request.field_violations(0).field();
}

absl::Duration Answer::RetryDelay() const {
  const auto retry = Find<google::rpc::RetryInfo>();
  return absl::Seconds(retry.retry_delay().seconds()) + absl::Nanoseconds(retry.retry_delay().nanos());
}

RawClient::RawClient(int port)
    : channel_(grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials())) {}

std::unique_ptr<PendingCall> RawClient::Start(absl::string_view method, absl::string_view bytes,
                                              const CallOptions& options) {
  return std::make_unique<GenericCall>(channel_, method, bytes, options);
}

}  // namespace staffroom
