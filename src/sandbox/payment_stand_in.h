#pragma once
// The payment gateway of the demonstration: takes signed orders, shows the page where people pay, and tells the
// platform by a signed callback that it repeats until it is taken, as real gateways do. Gives money back when asked,
// and a signed statement of every day. JSON in docs/ports.md.

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/http.h"

namespace tongban {

struct GatewayPayment {
    std::string reference;
    Millis paid_at = 0;
};

struct GatewayOrder {
    std::string id;
    std::int64_t amount_fen = 0;
    std::string title;
    std::string callback_url;
    std::string return_url;
    std::vector<GatewayPayment> payments;  // more than one when somebody paid twice
    int told = 0;                          // callbacks that were taken
};

// Money on its way back to the payer.
struct GatewayRefund {
    std::string id;
    std::string order_id;
    std::string reference;  // of the payment
    std::int64_t amount_fen = 0;
    std::string state = "processing";  // done when asked again, as a treasury needs its time; refused on its page
    std::string gateway_reference;
    std::string message;
    Millis finished_at = 0;
};

// Thread-safe. Owns a thread that repeats callbacks nobody took; ended by the destructor.
class PaymentStandIn {
public:
    // `page_url`: {sandbox}/pay. `secret`: shared with the platform.
    PaymentStandIn(HttpClient& client, Clock& clock, IdSource& ids, std::string page_url, std::string secret);
    ~PaymentStandIn();
    PaymentStandIn(const PaymentStandIn&) = delete;
    PaymentStandIn& operator=(const PaymentStandIn&) = delete;

    void add_routes(Router& router);

private:
    struct Callback {
        std::string order;
        std::string reference;
        int attempt = 0;
        Millis due = 0;
    };

    Response take_order(Request& request);
    Response show_page(Request& request);
    Response confirm(Request& request);
    Response take_refund(Request& request);
    Response refuse_refund(Request& request);
    Response statement(Request& request);
    Response signed_answer(int status, const std::string& body) const;
    // Tells the platform; true when it was taken (or refused for good, so that asking again cannot help).
    bool tell(const std::string& order_id, const std::string& reference);
    void repeat_callbacks();

    HttpClient& client_;
    Clock& clock_;
    IdSource& ids_;
    const std::string page_url_;
    const std::string secret_;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::map<std::string, GatewayOrder> orders_;
    std::deque<std::string> order_of_arrival_;
    std::map<std::string, GatewayRefund> refunds_;  // by the platform's id
    std::deque<Callback> untold_;
    bool ending_ = false;
    std::thread repeater_;
};

}  // namespace tongban
