#include "modules/persons/liveness_port_http.h"

#include "base/crypto.h"
#include "base/json.h"
#include "base/utc_text.h"
#include "modules/persons/core/assurance.h"

namespace tongban {

Result<std::string> HttpLivenessPort::open(const LivenessQuestion& question)
{
    const std::string body = json::serialize(json::object{
        {"session_id",   question.check               },
        {"name",         question.name                },
        {"number",       question.number              },
        {"purpose",      "不动产登记网上办理"},
        {"expires_at",   utc_text(question.expires_at)},
        {"callback_url", config_.callback_url         },
        {"return_url",   config_.return_url           }
    });
    Headers headers;
    headers.set("Content-Type", "application/json");
    headers.set("X-Platform-Signature", hmac_sm3_hex(config_.secret, body));
    Response answer;
    try {
        answer = client_.send(Method::post, config_.provider_url + "/sessions", headers, body);
    } catch (const Unreachable&) {
        return Error{persons_problem::liveness_unreachable};
    }
    if (answer.status != 200 && answer.status != 201) return Error{persons_problem::liveness_unreachable};
    const Result<json::value> value = parse_json(answer.body);
    if (!value.has_value()) return Error{persons_problem::liveness_unreachable};
    JsonReader in(*value);
    const std::string id = in.text("session_id");
    std::string page = in.text("page_url", {.max = 2000});
    const Result<void> read = in.finish();
    // A page that is no page must not become a redirect of our user's browser.
    const bool is_page = page.starts_with("http://") || page.starts_with("https://");
    if (!read.has_value() || id != question.check || !is_page) return Error{persons_problem::liveness_unreachable};
    return page;
}

Result<LivenessNotice> HttpLivenessPort::read_notice(std::string_view body, std::string_view signature) const
{
    if (!equal_in_constant_time(hmac_sm3_hex(config_.secret, body), signature)) {
        return Error{persons_problem::signature_wrong};
    }
    const json::value value = TRY(parse_json(body));
    JsonReader in(value);
    LivenessNotice notice;
    notice.check = in.text("session_id", {.max = 64});
    notice.transaction = in.text("transaction", {.max = 64});
    notice.passed = in.choice("result", {"passed", "failed"}) == "passed";
    notice.live = in.boolean("live");
    notice.score = static_cast<int>(in.integer("score", {.min = 0, .max = 1000}));
    const std::optional<Millis> at = parse_utc_text(in.text("at", {.max = 40}));
    if (at) {
        notice.at = *at;
    } else {
        in.fail("at", "time", "时间格式不正确");
    }
    TRY(in.finish());
    return notice;
}

}  // namespace tongban
