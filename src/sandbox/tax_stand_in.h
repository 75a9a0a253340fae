#pragma once
// The tax authority of the demonstration: takes declarations, assesses deed tax and stamp duty (tax_rates.h), shows the
// page where the buyer pays, and answers how a declaration stands when it is sent again. JSON in docs/ports.md. A name
// with 待核 stays under examination, one with 税务退回 is sent back, one with 免税 is exempt.

#include <map>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "base/http.h"
#include "sandbox/tax_rates.h"

namespace tongban {

// Thread-safe.
class TaxStandIn {
public:
    // `page_url`: {sandbox}/tax.
    TaxStandIn(Clock& clock, std::string page_url) : clock_(clock), page_url_(std::move(page_url)) {}

    void add_routes(Router& router);

private:
    struct Declaration {
        std::string reference;
        std::string case_number;
        std::string content;  // as it came: another content is assessed anew
        std::string state;    // declared assessed paid exempt rejected
        std::string message;
        std::string tax_date;
        std::string buyers;  // names
        std::int64_t price_fen = 0;
        TaxDue due;
        std::string receipt;
    };

    Response declare(Request& request);
    Response show_page(Request& request);
    Response pay(Request& request);
    std::string new_receipt();

    Clock& clock_;
    const std::string page_url_;

    std::mutex mutex_;
    std::map<std::string, Declaration> declarations_;  // by reference
    std::map<std::string, std::string> reference_of_case_;
    int declared_ = 0;
    int receipts_ = 0;
};

}  // namespace tongban
