#include "modules/fees/tax_port_http.h"

#include "base/json.h"
#include "modules/fees/fees_problems.h"

namespace tongban {
namespace {

json::array parties_json(const std::vector<TaxParty>& parties)
{
    json::array out;
    for (const TaxParty& party : parties) {
        json::object one;
        one["kind"] = to_text(party.kind);
        one["name"] = party.name;
        one["number"] = party.number;
        out.push_back(std::move(one));
    }
    return out;
}

std::string declaration_text(const TaxDeclaration& declaration)
{
    json::object out;
    out["case_number"] = declaration.case_number;
    out["registry"] = std::to_string(declaration.agency);
    out["unit_number"] = declaration.unit_number;
    out["location"] = declaration.location;
    out["use"] = declaration.home ? "home" : "other";
    out["area"] = declaration.area;
    out["contract_number"] = declaration.contract_number;
    out["contract_date"] = declaration.contract_date;
    out["price_fen"] = declaration.price_fen;
    out["sellers"] = parties_json(declaration.sellers);
    out["buyers"] = parties_json(declaration.buyers);
    return json::serialize(out);
}

Result<TaxAnswer> read_answer(const json::value& value, const std::string& case_number)
{
    JsonReader in(value);
    if (in.text("case_number", {.max = 40}) != case_number) in.fail("case_number", "other", "不是所问的办件");
    TaxAnswer answer;
    const std::string state = in.choice("state", {"declared", "assessed", "paid", "exempt", "rejected"});
    answer.reference = in.text("reference", {.max = 60});
    answer.amount_fen = in.integer("amount_fen", {.min = 0});
    in.list("lines", 10, [&](JsonReader& line) {
        TaxLine one;
        const std::string kind = line.choice("kind", {"deed", "stamp"});
        one.base_fen = line.integer("base_fen", {.min = 0});
        one.rate = line.integer("rate", {.min = 0, .max = 100'000});
        one.amount_fen = line.integer("amount_fen", {.min = 0});
        one.basis = line.optional_text("basis", {.min = 0, .max = 500});
        if (const TaxKind* known = find_tax_kind(kind)) one.kind = *known;
        answer.lines.push_back(std::move(one));
    });
    answer.tax_date = in.optional_text("tax_date", {.min = 0, .max = 10});
    answer.receipt = in.optional_text("receipt", {.min = 0, .max = 60});
    answer.message = in.optional_text("message", {.min = 0, .max = 500});
    answer.pay_url = in.optional_text("pay_url", {.min = 0, .max = 2000});
    TRY(in.finish());
    answer.state = *find_tax_state(state);
    return answer;
}

}  // namespace

Result<TaxAnswer> HttpTaxPort::declare(const TaxDeclaration& declaration)
{
    Headers headers;
    headers.set("Content-Type", "application/json");
    headers.set("Accept", "application/json");
    Response response;
    try {
        response = client_.send(Method::post, url_ + "/declarations", headers, declaration_text(declaration));
    } catch (const Unreachable&) {
        return Error{fees_problem::tax_unreachable};
    }
    if (response.status != 200) return Error{fees_problem::tax_refused};
    const Result<json::value> value = parse_json(response.body);
    if (!value) return Error{fees_problem::tax_refused};
    Result<TaxAnswer> answer = read_answer(*value, declaration.case_number);
    // Half an answer would open the register or name a wrong amount: it counts as none.
    if (!answer || !is_consistent(*answer)) return Error{fees_problem::tax_refused};
    const std::string& page = answer->pay_url;
    if (!page.empty() && !page.starts_with("http://") && !page.starts_with("https://")) {
        return Error{fees_problem::tax_refused};
    }
    return answer;
}

}  // namespace tongban
