#include "sandbox/liveness_stand_in.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "base/json.h"
#include "sandbox/html.h"

namespace tongban {
namespace {

constexpr std::size_t sessions_max = 10'000;
constexpr int attempts_max = 3;

bool is_web_address(std::string_view url)
{
    return url.starts_with("http://") || url.starts_with("https://");
}

struct Finding {
    std::string_view choice;  // value of the button
    std::string_view result;
    bool live;
    int score;
};
constexpr Finding findings[] = {
    {"passed",   "passed", true,  962},
    {"unlike",   "passed", true,  640}, // the platform's threshold decides, not the provider's word
    {"not-live", "failed", false, 310},
};

}  // namespace

void LivenessStandIn::add_routes(Router& router)
{
    router.add({Method::post, "/liveness/sessions", [this](Request& r) { return open(r); }, {}, 64 * 1024});
    router.add({Method::get, "/liveness/sessions/{id}", [this](Request& r) { return show_page(r); }, {}, 0});
    router.add({Method::post, "/liveness/sessions/{id}", [this](Request& r) { return decide(r); }, {}, 4096});
}

Response LivenessStandIn::open(Request& request)
{
    if (!equal_in_constant_time(hmac_sm3_hex(secret_, request.body), request.headers.find("X-Platform-Signature"))) {
        return Response::json(403, R"({"error":"signature"})");
    }
    const Result<json::value> value = parse_json(request.body);
    if (!value.has_value()) return problem_response(value.error(), request.trace);
    JsonReader in(*value);
    const std::string id = in.text("session_id", {.max = 64});
    Session session;
    session.name = in.text("name");
    in.text("number", {.max = 40});
    in.text("purpose");
    in.text("expires_at");
    session.callback_url = in.text("callback_url", {.max = 2000});
    session.return_url = in.text("return_url", {.max = 2000});
    if (!is_web_address(session.callback_url)) in.fail("callback_url", "url", "不是网址");
    if (!is_web_address(session.return_url)) in.fail("return_url", "url", "不是网址");
    const Result<void> read = in.finish();
    if (!read.has_value()) return problem_response(read.error(), request.trace);
    const std::lock_guard lock(mutex_);
    sessions_.try_emplace(id, std::move(session));
    if (sessions_.size() > sessions_max) sessions_.erase(sessions_.begin());
    return Response::json(201, json::serialize(json::object{
                                   {"session_id", id                           },
                                   {"page_url",   page_url_ + "/sessions/" + id}
    }));
}

Response LivenessStandIn::show_page(Request& request)
{
    const std::string id = request.path_values.at("id");
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return html_page("没有这次检测", "<p>检测不存在或已过期。</p>", 404);
    const auto button = [&](std::string_view choice, std::string_view words) {
        return fmt::format(
            "<p><button name=\"result\" value=\"{0}\" data-test=\"liveness-{0}\" type=\"submit\">{1}"
            "</button></p>",
            choice, words);
    };
    return html_page(
        "活体检测（演示）",
        fmt::format("<div class=\"card\"><p>正在核验：<strong>{}</strong></p><p class=\"quiet\">真实的检测服务会打开"
                    "摄像头，请您按提示眨眼、转头，并与公安机关的证件照片比对。这里不使用摄像头，请选择检测的结果。</p>"
                    "<form method=\"post\" action=\"/liveness/sessions/{}\">{}{}{}</form></div>",
                    html_text(found->second.name), html_text(id), button("passed", "通过（演示）"),
                    button("not-live", "不通过（演示）"), button("unlike", "相似度不足（演示）")));
}

Response LivenessStandIn::decide(Request& request)
{
    const std::string id = request.path_values.at("id");
    Session session;
    {
        const std::lock_guard lock(mutex_);
        const auto found = sessions_.find(id);
        if (found == sessions_.end()) return html_page("没有这次检测", "<p>检测不存在或已过期。</p>", 404);
        if (found->second.notice.empty()) {
            for (const Finding& finding : findings) {
                if (request.body != "result=" + std::string(finding.choice)) continue;
                found->second.notice = json::serialize(json::object{
                    {"session_id",  id                    },
                    {"transaction", "HT" + ids_.secret(8) },
                    {"result",      finding.result        },
                    {"live",        finding.live          },
                    {"score",       finding.score         },
                    {"at",          utc_text(clock_.now())}
                });
            }
            if (found->second.notice.empty()) return html_page("没有这个结果", "<p>请返回重试。</p>", 400);
        }
        session = found->second;
    }
    Headers headers;
    headers.set("Content-Type", "application/json");
    headers.set("X-Provider-Signature", hmac_sm3_hex(secret_, session.notice));
    for (int attempt = 0; attempt < attempts_max; ++attempt) {
        try {
            const int status = client_.send(Method::post, session.callback_url, headers, session.notice).status;
            if (status < 500 && status != 429) return see_other(session.return_url + "?check=" + id);
        } catch (const Unreachable&) {
            continue;
        }
    }
    return html_page(
        "结果没有送达平台",
        fmt::format("<form method=\"post\" action=\"/liveness/sessions/{}\"><button type=\"submit\">再次发送（演示）"
                    "</button></form>",
                    html_text(id)),
        502);
}

}  // namespace tongban
