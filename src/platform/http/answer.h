#pragma once
// Answers on their way to the wire: status line and fields as text, gzip, and what a handler's exception turns into.
// Internal to platform/http; free of Beast.

#include <optional>
#include <string>
#include <string_view>

#include "base/http.h"

namespace tongban {

struct AnswerHead {
    bool keep_alive = true;
    bool minor_version_0 = false;
    bool chunked = false;  // body follows as chunks
    std::string_view trace;
};

// Status line and header section, with the empty line. Adds Date, Content-Length or Transfer-Encoding, Connection,
// X-Request-Id and the fields that protect browsers unless the handler set its own.
std::string head_text(const Response& response, const AnswerHead& head);

// Statuses that never have a body.
bool has_no_body(int status);

// Compresses a JSON body when it is long enough, the client takes gzip and the handler does not object.
void gzip_if_useful(const Request& request, Response& response);

// Runs `work` and turns what it throws into a problem; the text of the exception goes to the log only.
Response answer_of(std::string_view trace, const std::function<Response()>& work);

// 32 hex digits, W3C trace-id form. Not a secret.
std::string new_trace();
// The trace-id of a traceparent field, if it is well-formed.
std::optional<std::string> trace_of(std::string_view traceparent);

}  // namespace tongban
