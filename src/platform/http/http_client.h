#pragma once
// The blocking HTTP/1.1 client behind base/http.h: plain HTTP (TLS is terminated by a proxy beside us), one connection
// per call, one deadline for connecting and one for the whole exchange. Thread-safe.

#include <chrono>
#include <cstddef>

#include "base/http.h"

namespace tongban {

struct HttpClientOptions {
    std::chrono::milliseconds connect_within{3'000};
    std::chrono::milliseconds answer_within{15'000};  // from connected to the last byte of the answer
    std::size_t answer_bytes_max = 8 << 20;
};

class PlainHttpClient : public HttpClient {
public:
    explicit PlainHttpClient(HttpClientOptions options = {}) : options_(options) {}

    // Content-Length, Host and Connection are ours; other headers are sent as given. Redirects are not followed.
    Response send(Method method, const std::string& url, const Headers& headers, std::string body) override;

private:
    HttpClientOptions options_;
};

}  // namespace tongban
