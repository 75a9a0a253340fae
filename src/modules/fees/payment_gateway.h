#pragma once
// The payment gateway as a port (docs/ports.md): orders are made over HTTP, never inside a lane; its notices are signed
// with HMAC-SM3 over the body under a shared secret.

#include <string>
#include <string_view>

#include "base/http.h"
#include "modules/fees/bill_store.h"

namespace tongban {

struct PaymentGatewayConfig {
    std::string gateway_url;   // http://127.0.0.1:8091/pay — orders are posted to {gateway_url}/orders
    std::string callback_url;  // where the gateway tells us: {public url}/api/v1/gateway/payments
    std::string return_url;    // where the payer's browser goes afterwards: {public url}/pay/return
    std::string secret;        // shared with the gateway
};

// Thread-safe.
class PaymentGateway {
public:
    PaymentGateway(HttpClient& client, PaymentGatewayConfig config) : client_(client), config_(std::move(config)) {}

    // Orders and gives the address of the page where people pay. The same order again gives the same page, so an answer
    // that was lost does no harm. fees.gateway_unreachable, fees.gateway_refused.
    Result<std::string> order(const PaymentOrder& order, std::string_view title);

    // Asks for money to go back to the account it came from, or how that stands: the same refund again is the same
    // refund. fees.gateway_unreachable, fees.gateway_refused.
    Result<RefundAnswer> refund(const Refund& refund);

    // Everything that moved for a registry on a Chinese day, signed by the gateway as a whole.
    // fees.statement_not_ready, fees.statement_wrong, fees.gateway_unreachable, fees.gateway_refused.
    Result<std::vector<MoneyLine>> statement(Agency agency, std::string_view day);

    // Judges the signature first, then the form. fees.signature_wrong, base.invalid_fields, base.malformed_json.
    Result<PaymentNotice> read_notice(std::string_view body, std::string_view signature) const;

private:
    HttpClient& client_;
    PaymentGatewayConfig config_;
};

}  // namespace tongban
