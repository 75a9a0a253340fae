#pragma once
// TaxPort over HTTP: POST <url>/declarations (docs/ports.md). Thread-safe as far as the client is.

#include <string>

#include "base/http.h"
#include "modules/fees/core/tax_port.h"

namespace tongban {

class HttpTaxPort : public TaxPort {
public:
    HttpTaxPort(HttpClient& client, std::string url) : client_(client), url_(std::move(url)) {}
    Result<TaxAnswer> declare(const TaxDeclaration& declaration) override;

private:
    HttpClient& client_;
    const std::string url_;
};

}  // namespace tongban
