#include "sandbox/sandbox.h"

#include <fmt/format.h>

#include "base/codes.h"
#include "base/json.h"
#include "sandbox/demo_people.h"
#include "sandbox/html.h"
#include "sandbox/identity_stand_in.h"

namespace tongban {

namespace {

constexpr std::size_t messages_max = 2000;

std::string people_table()
{
    std::string rows;
    for (const DemoPerson& person : demo_persons()) {
        const std::string name = html_text(person.name);
        rows += fmt::format("<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
                            person.has_card()
                                ? fmt::format("<a href=\"/id-reader/cards/current?person={}\">{}</a>", person.key, name)
                                : name,
                            person.number, person.phone, html_text(person.what));
    }
    for (const DemoOrganisation& organisation : demo_organisations()) {
        rows += fmt::format("<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
                            html_text(organisation.name), organisation.number, organisation.phone,
                            html_text(organisation.what));
    }
    return "<table><tr><th>姓名（名称）</th><th>号码</th><th>手机</th><th>说明</th></tr>" + rows + "</table>";
}

std::string units_table()
{
    std::string rows;
    for (const DemoUnit& unit : demo_units()) {
        const DemoPerson* person = find_demo_person(unit.owner);
        const DemoOrganisation* organisation = find_demo_organisation(unit.owner);
        const std::string_view owner = person != nullptr ? person->name : organisation->name;
        rows += fmt::format("<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td></tr>",
                            unit_in_blocks(unit.unit_number), html_text(unit.location), html_text(owner),
                            html_text(unit.what));
    }
    return "<table><tr><th>不动产单元号</th><th>坐落</th><th>权利人</th><th>说明</th></tr>" + rows + "</table>";
}

Response index_page()
{
    return html_page(
        "外部系统替身",
        "<div class=\"card\"><p>这里是平台之外各系统的替身，只用于演示。所有人名、号码、坐落均为虚构。</p><ul>"
        "<li><a href=\"/sms\">短信网关</a>：平台发出的短信都在这里，包括进度查询的验证码</li>"
        "<li>支付网关：从平台的“去缴费”进入，确认后向平台发送签名通知</li>"
        "<li>活体检测：从网上办理进入，选择检测的结果</li>"
        "<li>税务机关：办件申报契税、印花税后，从办件页面的“去缴税”进入</li>"
        "<li>时间戳机构：为平台签发的电子证照加盖时间戳</li>"
        "<li>公安人口库、企业登记库：核验姓名（名称）与号码</li>"
        "<li><a href=\"/id-reader/cards/current\">身份证读卡器</a>：依次给出演示人员的证件，或用 ?person= 指定</li>"
        "</ul></div><div class=\"card\"><h2>演示人员与机构</h2>" +
            people_table() + "</div><div class=\"card\"><h2>演示不动产</h2>" + units_table() + "</div>");
}

}  // namespace

Sandbox::Sandbox(HttpClient& client, Clock& clock, IdSource& ids, const SandboxConfig& config)
    : clock_(clock),
      ids_(ids),
      payment_(client, clock, ids, config.public_url + "/pay", config.payment_secret),
      liveness_(client, clock, ids, config.public_url + "/liveness", config.liveness_secret),
      tax_(clock, config.public_url + "/tax"),
      time_stamps_(config.time_stamps)
{
}

void Sandbox::add_routes(Router& router)
{
    router.add({Method::get, "/", [](Request&) { return index_page(); }, {}, 0});
    router.add(
        {Method::post, "/police/identity-checks", [this](Request& r) { return check_identity(r); }, {}, 64 * 1024});
    router.add({Method::get, "/id-reader/cards/current", [this](Request& r) { return read_card(r); }, {}, 0});
    router.add({Method::post, "/sms/messages", [this](Request& r) { return take_message(r); }, {}, 64 * 1024});
    router.add({Method::get, "/sms/messages", [this](Request& r) { return list_messages(r); }, {}, 0});
    router.add({Method::get, "/sms", [this](Request&) { return show_messages(); }, {}, 0});
    if (time_stamps_) router.add({Method::post, "/tsa", [this](Request& r) { return stamp_time(r); }, {}, 64 * 1024});
    payment_.add_routes(router);
    liveness_.add_routes(router);
    tax_.add_routes(router);
}

Response Sandbox::stamp_time(Request& request)
{
    Response response;
    response.headers.set("Content-Type", "application/timestamp-reply");
    response.body = time_stamps_(request.body);
    return response;
}

Response Sandbox::check_identity(Request& request)
{
    const Result<json::value> value = parse_json(request.body);
    if (!value.has_value()) return problem_response(value.error(), request.trace);
    JsonReader in(*value);
    const std::string kind = in.choice("kind", {"person", "organisation"});
    const std::string document = in.choice("document_type", {"citizen_card", "residence_permit", "travel_permit",
                                                             "passport", "permanent_residence", "credit_code"});
    const std::string name = in.text("name");
    const std::string number = in.text("number", {.max = 40});
    in.optional_text("purpose");
    if ((kind == "organisation") != (document == "credit_code"))
        in.fail("document_type", "not_a_choice", "证件与主体不符");
    const Result<void> read = in.finish();
    if (!read.has_value()) return problem_response(read.error(), request.trace);
    const IdentityVerdict verdict = judge_identity(document, name, number);
    json::object answer{
        {"result",    to_text(verdict.result)},
        {"source",    verdict.source         },
        {"reference", "YS" + ids_.secret(8)  },
        {"message",   verdict.message        }
    };
    if (!verdict.former_name.empty()) answer["former_names"] = json::array{json::value(verdict.former_name)};
    return Response::json(200, json::serialize(answer));
}

Response Sandbox::read_card(Request& request)
{
    const std::optional<std::string> wanted = request.query_value("person");
    const DemoPerson* person = nullptr;
    if (wanted) {
        person = find_demo_person(*wanted);
    } else {
        // The main path reads the owner's card, then the agent's.
        constexpr std::string_view in_turn[] = {"owner", "agent"};
        const std::lock_guard lock(mutex_);
        person = find_demo_person(in_turn[next_person_ % std::size(in_turn)]);
        ++next_person_;
    }
    // Passports and travel permits have no chip of this kind.
    if (person == nullptr || !person->has_card()) return Response::json(404, R"({"error":"no card"})");
    return Response::json(200, json::serialize(json::object{
                                   {"name",        person->name                                      },
                                   {"number",      person->number                                    },
                                   {"sex",         person->sex                                       },
                                   {"birth_date",  person->birth_date                                },
                                   {"address",     person->address                                   },
                                   {"valid_until", person->key == "expired" ? "2026-03-31" : "长期"}
    }));
}

Response Sandbox::take_message(Request& request)
{
    const Result<json::value> value = parse_json(request.body);
    if (!value.has_value()) return problem_response(value.error(), request.trace);
    JsonReader in(*value);
    const std::string key = in.optional_text("id");
    ShortMessage message;
    message.phone = in.text("phone", {.max = 20});
    message.text = in.text("text", {.max = 1000});
    const Result<void> read = in.finish();
    if (!read.has_value()) return problem_response(read.error(), request.trace);
    message.at = clock_.now();
    const std::lock_guard lock(mutex_);
    if (!key.empty()) {  // the same message again, after an answer that was lost
        if (const auto known = message_by_key_.find(key); known != message_by_key_.end()) {
            return Response::json(202, json::serialize(json::object{
                                           {"id", known->second}
            }));
        }
    }
    message.id = ++last_message_;
    if (!key.empty()) message_by_key_[key] = message.id;
    messages_.push_front(std::move(message));
    if (messages_.size() > messages_max) {
        const std::int64_t forgotten = messages_.back().id;
        messages_.pop_back();
        std::erase_if(message_by_key_, [&](const auto& entry) { return entry.second <= forgotten; });
    }
    return Response::json(202, json::serialize(json::object{
                                   {"id", last_message_}
    }));
}

Response Sandbox::list_messages(Request& request)
{
    const std::string phone = request.query_value("phone").value_or("");
    json::array all;
    const std::lock_guard lock(mutex_);
    for (const ShortMessage& message : messages_) {
        if (!phone.empty() && message.phone != phone) continue;
        all.push_back(json::object{
            {"id",    message.id          },
            {"phone", message.phone       },
            {"text",  message.text        },
            {"at",    utc_text(message.at)}
        });
    }
    return Response::json(200, json::serialize(json::object{
                                   {"messages", std::move(all)}
    }));
}

Response Sandbox::show_messages()
{
    std::string rows;
    {
        const std::lock_guard lock(mutex_);
        for (const ShortMessage& message : messages_) {
            rows += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>", china_date_time(message.at),
                                html_text(message.phone), html_text(message.text));
        }
    }
    if (rows.empty()) rows = "<tr><td colspan=\"3\">还没有短信</td></tr>";
    return html_page("收到的短信",
                     "<div class=\"card\"><table><tr><th>时间</th><th>手机</th><th>内容</th></tr>" + rows +
                         "</table></div><p class=\"quiet\">每 3 秒自动刷新。</p>",
                     200, 3);
}

}  // namespace tongban
