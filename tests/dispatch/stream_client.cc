#include "tests/dispatch/stream_client.h"

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/slice.h"

namespace staffroom {
namespace {

class GenericStream : public StreamClient {
 public:
  GenericStream(const std::shared_ptr<grpc::Channel>& channel, absl::string_view method) : stub_(channel) {
    context_.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
    stream_ = stub_.PrepareCall(&context_, absl::StrCat("/", method), &queue_);
    stream_->StartCall(this);
    Next();
  }
  ~GenericStream() override {
    context_.TryCancel();
    if (!finished_) Finish();
    queue_.Shutdown();
    Next();
  }

  bool Write(absl::string_view bytes) override {
    const grpc::Slice slice(bytes.data(), bytes.size());
    stream_->Write(grpc::ByteBuffer(&slice, 1), this);
    return Next();
  }
  void WritesDone() override {
    stream_->WritesDone(this);
    Next();
  }
  absl::optional<std::string> Read() override {
    grpc::ByteBuffer buffer;
    stream_->Read(&buffer, this);
    grpc::Slice slice;
    if (!Next() || !buffer.DumpToSingleSlice(&slice).ok()) return absl::nullopt;
    return std::string(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  void Cancel() override { context_.TryCancel(); }
  Answer Finish() override {
    finished_ = true;
    grpc::Status status;
    stream_->Finish(&status, this);
    Next();
    Answer answer;
    answer.code = static_cast<absl::StatusCode>(status.error_code());
    answer.message = status.error_message();
    answer.details.ParseFromString(status.error_details());
    return answer;
  }

 private:
  // One thing at a time is under way, so the next event is always its.
  bool Next() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<StreamClient> StreamClient::Open(const std::shared_ptr<grpc::Channel>& channel,
                                                 absl::string_view method) {
  return std::make_unique<GenericStream>(channel, method);
}

}  // namespace staffroom
