#include "base/problem.h"

namespace tongban {

int http_status(Kind kind)
{
    switch (kind) {
    case Kind::invalid: return 400;
    case Kind::unauthenticated: return 401;
    case Kind::forbidden: return 403;
    case Kind::not_found: return 404;
    case Kind::conflict: return 409;
    case Kind::stale: return 412;
    case Kind::too_large: return 413;
    case Kind::unsupported: return 415;
    case Kind::unprocessable: return 422;
    case Kind::precondition_required: return 428;
    case Kind::too_many: return 429;
    case Kind::internal: return 500;
    case Kind::unavailable: return 503;
    case Kind::storage_full: return 507;
    }
    return 500;
}

std::string_view to_text(Kind kind)
{
    switch (kind) {
    case Kind::invalid: return "invalid";
    case Kind::unauthenticated: return "unauthenticated";
    case Kind::forbidden: return "forbidden";
    case Kind::not_found: return "not_found";
    case Kind::conflict: return "conflict";
    case Kind::stale: return "stale";
    case Kind::too_large: return "too_large";
    case Kind::unsupported: return "unsupported";
    case Kind::unprocessable: return "unprocessable";
    case Kind::precondition_required: return "precondition_required";
    case Kind::too_many: return "too_many";
    case Kind::internal: return "internal";
    case Kind::unavailable: return "unavailable";
    case Kind::storage_full: return "storage_full";
    }
    return "internal";
}

std::string_view to_text(Retry retry)
{
    switch (retry) {
    case Retry::never: return "never";
    case Retry::after_fix: return "after_fix";
    case Retry::reload: return "reload";
    case Retry::later: return "later";
    }
    return "never";
}

}  // namespace tongban
