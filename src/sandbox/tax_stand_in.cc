#include "sandbox/tax_stand_in.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/money.h"
#include "sandbox/demo_people.h"
#include "sandbox/html.h"

namespace tongban {
namespace {

constexpr std::size_t declarations_max = 10000;

struct Buyers {
    std::string names;
    bool persons = true;
    int homes = 0;
};

// What the authority knows of the family: the homes that the demo province gives these people.
int homes_of(std::string_view number)
{
    const DemoPerson* person = find_demo_person_by_number(number);
    if (person == nullptr) return 0;
    return static_cast<int>(std::ranges::count_if(
        demo_units(), [&](const DemoUnit& unit) { return unit.home && unit.owner == person->key; }));
}

void read_people(JsonReader& in, std::string_view key, Buyers& all)
{
    in.list(key, 50, [&](JsonReader& one) {
        all.persons = one.choice("kind", {"person", "organisation"}) == "person" && all.persons;
        all.names += (all.names.empty() ? "" : "、") + one.text("name");
        all.homes += homes_of(one.text("number", {.max = 40}));
    });
}

json::object line(std::string_view kind, std::int64_t base_fen, std::int64_t rate, std::int64_t fen,
                  const std::string& basis)
{
    json::object out;
    out["kind"] = kind;
    out["base_fen"] = base_fen;
    out["rate"] = rate;
    out["amount_fen"] = fen;
    out["basis"] = basis;
    return out;
}

std::string percent(std::int64_t rate)
{
    return fmt::format("{}%", static_cast<double>(rate) / 1000);
}

}  // namespace

void TaxStandIn::add_routes(Router& router)
{
    router.add({Method::post, "/tax/declarations", [this](Request& r) { return declare(r); }, {}, 64 * 1024});
    router.add({Method::get, "/tax/declarations/{id}", [this](Request& r) { return show_page(r); }, {}, 0});
    router.add({Method::post, "/tax/declarations/{id}", [this](Request& r) { return pay(r); }, {}, 64 * 1024});
}

std::string TaxStandIn::new_receipt()
{
    return fmt::format("WS{}-{:06}", china_date(clock_.now()), ++receipts_);
}

Response TaxStandIn::declare(Request& request)
{
    const Result<json::value> value = parse_json(request.body);
    if (!value.has_value()) return problem_response(value.error(), request.trace);
    JsonReader in(*value);
    Declaration fresh;
    fresh.case_number = in.text("case_number", {.max = 40});
    in.text("registry", {.max = 6});
    in.text("unit_number", {.max = 40});
    in.optional_text("location");
    TaxedSale sale;
    sale.home = in.choice("use", {"home", "other"}) == "home";
    sale.square_centimetres = square_centimetres(in.optional_text("area", {.min = 0, .max = 20}));
    in.optional_text("contract_number");
    fresh.tax_date = in.text("contract_date", {.max = 10});
    sale.price_fen = in.integer("price_fen", {.min = 1, .max = 100'000'000'000'000});
    Buyers sellers;
    Buyers buyers;
    read_people(in, "sellers", sellers);
    read_people(in, "buyers", buyers);
    const Result<void> read = in.finish();
    if (!read.has_value()) return problem_response(read.error(), request.trace);
    const auto named = [&](std::string_view word) { return buyers.names.find(word) != std::string::npos; };
    sale.contract_date = fresh.tax_date;
    sale.person = buyers.persons;
    sale.homes_owned = buyers.homes;
    sale.exempt = named("免税");
    fresh.content = request.body;
    fresh.price_fen = sale.price_fen;
    fresh.buyers = buyers.names;
    fresh.due = tax_due(sale);

    const std::lock_guard lock(mutex_);
    std::string& reference = reference_of_case_[fresh.case_number];
    if (reference.empty() || declarations_.at(reference).content != fresh.content) {
        if (declarations_.size() >= declarations_max) {
            declarations_.clear();
            reference_of_case_.clear();
            return Response::json(503, R"({"error":"full, and emptied"})");
        }
        fresh.reference = reference = fmt::format("SB{}-{:06}", china_date(clock_.now()), ++declared_);
        fresh.state = named("待核") ? "declared" : named("税务退回") ? "rejected" : sale.exempt ? "exempt" : "assessed";
        if (fresh.state == "rejected") fresh.message = "家庭成员信息核验未通过，请携带户口簿到税务机关更正";
        if (fresh.state == "exempt") fresh.receipt = new_receipt();
        declarations_[reference] = std::move(fresh);
    }
    const Declaration& known = declarations_.at(reference);
    const bool assessed = known.state != "declared" && known.state != "rejected";
    json::array lines;
    if (assessed) {
        lines.push_back(line("deed", known.price_fen, known.due.deed_rate, known.due.deed_fen, known.due.deed_basis));
        lines.push_back(
            line("stamp", known.price_fen, known.due.stamp_rate, known.due.stamp_fen, known.due.stamp_basis));
    }
    json::object out;
    out["case_number"] = known.case_number;
    out["state"] = known.state;
    out["reference"] = known.reference;
    out["amount_fen"] = assessed ? known.due.deed_fen + known.due.stamp_fen : 0;
    out["lines"] = std::move(lines);
    out["tax_date"] = known.tax_date;
    out["receipt"] = known.receipt;
    out["message"] = known.message;
    out["pay_url"] = known.state == "assessed" ? page_url_ + "/declarations/" + known.reference : "";
    return Response::json(200, json::serialize(out));
}

Response TaxStandIn::show_page(Request& request)
{
    const std::lock_guard lock(mutex_);
    const auto found = declarations_.find(request.path_values.at("id"));
    if (found == declarations_.end()) return html_page("没有这个申报", "<p>申报不存在。</p>", 404);
    const Declaration& known = found->second;
    std::string state;
    if (known.state == "assessed") {
        state = fmt::format(
            "<form method=\"post\" action=\"/tax/declarations/{}\"><button data-test=\"pay-tax\" "
            "type=\"submit\">缴纳税款（演示）</button></form>",
            html_text(known.reference));
    } else if (!known.receipt.empty()) {
        state = fmt::format("<p data-test=\"tax-receipt\">✔ {}，凭证号 <code>{}</code></p>",
                            known.state == "paid" ? "已缴税" : "已免税", html_text(known.receipt));
    }
    return html_page(
        "契税、印花税缴纳",
        fmt::format(
            "<div class=\"card\"><p>办件 <code>{}</code>，受让人 {}</p><table><tr><td>契税 {}</td><td>¥ {}</td></tr>"
            "<tr><td>印花税 {}</td><td>¥ {}</td></tr></table><p class=\"amount\">¥ {}</p><p class=\"quiet\">{}"
            "；纳税义务发生日 {}</p>{}</div><p class=\"quiet\">这是税务机关的替身，不会扣款。</p>",
            html_text(known.case_number), html_text(known.buyers), percent(known.due.deed_rate),
            money_text(known.due.deed_fen), percent(known.due.stamp_rate), money_text(known.due.stamp_fen),
            money_text(known.due.deed_fen + known.due.stamp_fen), html_text(known.due.deed_basis),
            html_text(known.tax_date), state));
}

Response TaxStandIn::pay(Request& request)
{
    const std::string id = request.path_values.at("id");
    const std::lock_guard lock(mutex_);
    const auto found = declarations_.find(id);
    if (found == declarations_.end()) return html_page("没有这个申报", "<p>申报不存在。</p>", 404);
    // A second click finds it paid.
    if (found->second.state == "assessed") {
        found->second.state = "paid";
        found->second.receipt = new_receipt();
    }
    return see_other("/tax/declarations/" + id);
}

}  // namespace tongban
