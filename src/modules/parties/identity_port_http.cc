#include "modules/parties/identity_port_http.h"

#include <fmt/format.h>

#include "base/codes.h"
#include "base/json.h"

namespace tongban {
namespace {

Headers json_headers()
{
    Headers headers;
    headers.set("Content-Type", "application/json");
    headers.set("Accept", "application/json");
    return headers;
}

// What is not the agreed answer is no answer. The text names the port only: bodies may hold personal data.
[[noreturn]] void no_answer(std::string_view port, int status)
{
    throw Unreachable(fmt::format("{} answered with status {} or a body of another form", port, status));
}

}  // namespace

IdentityAnswer HttpIdentityPort::check(const IdentityQuestion& question)
{
    const std::string body = json::serialize(json::object{
        {"kind",          json::string(to_text(question.kind))         },
        {"document_type", json::string(to_text(question.document_type))},
        {"name",          question.name                                },
        {"number",        question.number                              },
        {"purpose",       question.purpose                             }
    });
    const Response response = client_.send(Method::post, url_ + "/identity-checks", json_headers(), body);
    if (response.status != 200) no_answer("identity check", response.status);
    const auto value = parse_json(response.body);
    if (!value) no_answer("identity check", response.status);
    JsonReader in(*value);
    IdentityAnswer answer;
    const std::string result = in.choice("result", {"matched", "mismatched", "not_found"});
    answer.source = in.choice("source", {"police", "immigration", "market"});
    answer.reference = in.text("reference", {.max = 100});
    answer.message = in.optional_text("message", {.min = 0, .max = 500});
    if (in.has("former_names")) answer.former_names = in.texts("former_names", 20, {.max = 100});
    if (!in.finish()) no_answer("identity check", response.status);
    answer.result = result == "matched"      ? IdentityOutcome::matched
                    : result == "mismatched" ? IdentityOutcome::mismatched
                                             : IdentityOutcome::not_found;
    return answer;
}

Result<CardOnReader> HttpCardReader::read()
{
    const Response response = client_.send(Method::get, url_ + "/cards/current", json_headers(), {});
    if (response.status == 404) return Error{parties_problem::no_card};
    if (response.status != 200) no_answer("card reader", response.status);
    const auto value = parse_json(response.body);
    if (!value) no_answer("card reader", response.status);
    JsonReader in(*value);
    CardOnReader card;
    card.name = in.text("name", {.max = 100});
    const std::string number = in.text("number", {.max = 18});
    card.sex = in.choice("sex", {"男", "女"});
    card.birth_date = in.text("birth_date", {.max = 10});
    card.address = in.text("address", {.max = 200});
    card.valid_until = in.text("valid_until", {.max = 10});
    if (!in.finish()) return Error{parties_problem::card_damaged};
    const CheckedCode checked = check_citizen_number(number);
    if (card.valid_until != "长期" && !is_date(card.valid_until)) return Error{parties_problem::card_damaged};
    // Number, birth date and sex are printed apart and must say the same, or a block was read wrongly.
    if (!checked || citizen_birth_date(checked.value) != card.birth_date ||
        citizen_is_male(checked.value) != (card.sex == "男")) {
        return Error{parties_problem::card_damaged};
    }
    card.number = checked.value;
    return card;
}

}  // namespace tongban
