#pragma once
// The vocabulary of "no". Every module lists its problems once, as constants of type Problem, in
// `<module>_problems.h`; an Error can only be made from such a constant, so an unlisted code does not compile.
// On the wire a problem is an RFC 9457 document; `code` is stable for ever, `title` is for people.

#include <span>
#include <string_view>

namespace tongban {

// What sort of "no" it is. The HTTP status follows from it, in exactly one place (http_status).
enum class Kind {
    invalid,                // 400 the request itself is malformed
    unauthenticated,        // 401
    forbidden,              // 403
    not_found,              // 404
    conflict,               // 409 the record is in a state that does not allow it
    stale,                  // 412 somebody else was faster (If-Match)
    too_large,              // 413
    unsupported,            // 415
    unprocessable,          // 422 well-formed, but the content breaks a rule
    precondition_required,  // 428 If-Match is missing
    too_many,               // 429
    internal,               // 500 we broke
    unavailable,            // 503 the world broke
    storage_full            // 507
};

// What could help.
enum class Retry { never, after_fix, reload, later };

struct Problem {
    std::string_view code;  // "<module>.<what>", stable for ever
    Kind kind;
    Retry retry;
    std::string_view title;  // Chinese, one short sentence for people
};

int http_status(Kind kind);
std::string_view to_text(Kind kind);
std::string_view to_text(Retry retry);

namespace base_problem {
inline constexpr Problem malformed_json{"base.malformed_json", Kind::invalid, Retry::after_fix,
                                        "请求内容不是正确的 JSON"};
inline constexpr Problem invalid_fields{"base.invalid_fields", Kind::unprocessable, Retry::after_fix,
                                        "有内容填写不正确"};
inline constexpr Problem internal{"base.internal", Kind::internal, Retry::later, "系统内部错误，请稍后再试"};
inline constexpr Problem unavailable{"base.unavailable", Kind::unavailable, Retry::later, "服务暂时不可用，请稍后再试"};
inline constexpr const Problem* all[] = {&malformed_json, &invalid_fields, &internal, &unavailable};
}  // namespace base_problem

}  // namespace tongban
