#pragma once
// IdentityPort and CardReader over HTTP. The JSON is described in docs/ports.md, which the other side implements.

#include <string>

#include "base/http.h"
#include "modules/parties/core/identity_port.h"

namespace tongban {

// Asks POST <url>/identity-checks. Thread-safe as far as the client is.
class HttpIdentityPort : public IdentityPort {
public:
    HttpIdentityPort(HttpClient& client, std::string url) : client_(client), url_(std::move(url)) {}
    IdentityAnswer check(const IdentityQuestion& question) override;

private:
    HttpClient& client_;
    const std::string url_;
};

// Asks GET <url>/cards/current.
class HttpCardReader : public CardReader {
public:
    HttpCardReader(HttpClient& client, std::string url) : client_(client), url_(std::move(url)) {}
    Result<CardOnReader> read() override;

private:
    HttpClient& client_;
    const std::string url_;
};

}  // namespace tongban
