#pragma once
// The beginning of a request: Beast parses it, and a few checks are added that a strict server needs and Beast leaves
// to its user. Internal to platform/http.

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstdint>
#include <optional>
#include <variant>

#include "base/http.h"

namespace tongban {

using RequestParser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

// A request refused before any route is looked up; the connection is closed after the answer.
struct HeadRefusal {
    int status;
    Error error;
};

struct Head {
    Request request;  // without body, path_values, trace
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool keep_alive = true;
    bool expects_continue = false;
    bool minor_version_0 = false;

    bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

struct HeadLimits {
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t target_bytes_max = 8 * 1024;
};

// Checks a parser whose header is done and turns it into our vocabulary. `method_not_allowed` for methods we do not
// know.
std::variant<Head, HeadRefusal> read_head(const RequestParser& parser, const HeadLimits& limits);

// The answer to bytes that Beast could not parse.
HeadRefusal refusal_for(boost::beast::error_code error);

}  // namespace tongban
