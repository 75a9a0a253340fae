#include "modules/catalog/catalog_http.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

namespace tongban {
namespace {

namespace json = boost::json;

std::string code_text(Agency code)
{
    return fmt::format("{:06}", code);
}
json::string word(std::string_view text)
{
    return json::string(text.data(), text.size());
}

Result<const Registry*> registry_of(const ApiRequest& request, const Catalog& catalog)
{
    const std::string& text = request.path("code");
    Agency code = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    if (error != std::errc{} || end != text.data() + text.size()) return Error{catalog_problem::registry_not_found};
    return catalog.get_registry(code);
}

json::object line_json(const ListLine& line)
{
    json::array forms;
    for (MaterialForm form : line.forms) forms.push_back(word(to_text(form)));
    json::object out{
        {"code",            line.code                      },
        {"title",           line.title                     },
        {"requirement",     word(to_text(line.requirement))},
        {"forms",           std::move(forms)               },
        {"sharing",         line.sharing                   },
        {"must_not_demand", line.must_not_demand           },
        {"generated",       line.generated                 },
        {"remark",          line.remark                    }
    };
    if (!line.condition.empty()) {
        out["condition"] = line.condition;
        out["condition_text"] = line.condition_text;
    }
    return out;
}

json::object question_json(const InterviewQuestion& question)
{
    json::object out{
        {"id",     question.id                   },
        {"text",   question.text                 },
        {"answer", word(to_text(question.answer))}
    };
    if (!question.expected.empty()) out["expected"] = question.expected;
    json::array roles;
    for (const std::string& role : question.roles) roles.emplace_back(role);
    out["roles"] = std::move(roles);
    return out;
}

json::object item_json(const Item& item)
{
    json::array lines;
    for (const ListLine& line : item.lines) lines.push_back(line_json(line));
    json::array questions;
    for (const InterviewQuestion& question : item.questions) questions.push_back(question_json(question));
    return {
        {"code",                  item.code                                                                              },
        {"name",                  item.name                                                                              },
        {"on",                    item.on                                                                                },
        {"version",               item.version                                                                           },
        {"promised_working_days", item.promised_working_days                                                             },
        {"lines",                 std::move(lines)                                                                       },
        {"questions",             std::move(questions)                                                                   },
        {"fee",                   {{"home_fen", item.fee.home}, {"other_fen", item.fee.other}, {"payer", item.fee.payer}}}
    };
}

std::string registries_body(const Catalog& catalog, bool demonstration)
{
    json::array registries;
    for (const Registry& registry : catalog.registries()) {
        registries.push_back(json::object{
            {"code",       code_text(registry.code)     },
            {"name",       registry.name                },
            {"short_name", registry.short_name          },
            {"city",       registry.city                },
            {"city_code",  code_text(registry.city_code)}
        });
    }
    return json::serialize(json::object{
        {"registries",    std::move(registries)},
        {"demonstration", demonstration        }
    });
}

}  // namespace

void add_catalog_routes(Api& api, const Catalog& catalog, Clock& clock, bool demonstration)
{
    // Immutable, so it is written once.
    api.add(Method::get, "/api/v1/registries", Action::read_public,
            [body = registries_body(catalog, demonstration)](ApiRequest&) -> Result<Response> {
                return Response::json(200, body);
            });
    api.add(Method::get, "/api/v1/registries/{code}/items", Action::read_public,
            [&catalog, &clock](ApiRequest& request) -> Result<Response> {
                const Registry* registry = TRY(registry_of(request, catalog));
                json::array items;
                for (const Item* item : catalog.items_of(registry->code, china_date(clock.now()))) {
                    items.push_back(json::object{
                        {"code", item->code},
                        {"name", item->name},
                        {"on",   item->on  }
                    });
                }
                return Response::json(200, json::serialize(json::object{
                                               {"items", std::move(items)}
                }));
            });
    api.add(Method::get, "/api/v1/registries/{code}/items/{item}", Action::read_public,
            [&catalog, &clock](ApiRequest& request) -> Result<Response> {
                const Registry* registry = TRY(registry_of(request, catalog));
                const Item* item =
                    TRY(catalog.item_in_force(registry->code, request.path("item"), china_date(clock.now())));
                return Response::json(200, json::serialize(item_json(*item)));
            });
}

}  // namespace tongban
