#include "modules/catalog/catalog_http.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

#include "modules/catalog/core/item_json.h"

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
    if (line.surrendered) out["surrendered"] = true;
    if (!line.condition.always()) out["condition"] = line.condition.to_json();
    if (!line.condition_text.empty()) out["condition_text"] = line.condition_text;
    return out;
}

json::object role_json(const RoleRule& rule)
{
    json::array kinds;
    if (rule.persons) kinds.push_back("person");
    if (rule.organisations) kinds.push_back("organisation");
    return {
        {"role",  rule.role               },
        {"min",   rule.min                },
        {"max",   rule.max                },
        {"kinds", std::move(kinds)        },
        {"side",  word(to_text(rule.side))}
    };
}

json::object rule_json(const Rule& rule, Matter matter)
{
    json::object out{
        {"id",       rule.id                                  },
        {"severity", word(to_text(*rule.severity_for(matter)))},
        {"when",     rule.when.to_json()                      },
        {"passed",   rule.passed                              },
        {"failed",   rule.failed                              },
        {"source",   rule.source                              }
    };
    if (!rule.unless.always()) out["unless"] = rule.unless.to_json();
    if (!rule.field.empty()) out["field"] = rule.field;
    return out;
}

json::object fee_json(const FeeRule& fee)
{
    json::array lines;
    for (const FeeLine& line : fee.lines) {
        json::object one{
            {"name",  line.name },
            {"fen",   line.price},
            {"basis", line.basis}
        };
        if (!line.when.always()) one["when"] = line.when.to_json();
        lines.push_back(std::move(one));
    }
    json::array reductions;
    for (const FeeReduction& reduction : fee.reductions) {
        reductions.push_back(json::object{
            {"kind",  reduction.kind == ReductionKind::half ? "half" : "exempt"},
            {"basis", reduction.basis                                          }
        });
    }
    return {
        {"payer",      fee.payer            },
        {"lines",      std::move(lines)     },
        {"reductions", std::move(reductions)}
    };
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
    if (!question.when.always()) out["when"] = question.when.to_json();
    if (question.shared) out["shared"] = true;
    return out;
}

template <class Row, class Write>
json::array list_of(const std::vector<Row>& rows, const Write& write)
{
    json::array all;
    for (const Row& row : rows) all.push_back(write(row));
    return all;
}

json::object item_json(const Item& item)
{
    const auto rule = [&](const Rule& one) { return rule_json(one, item.matter); };
    const auto prohibition = [](const Prohibition& one) {
        json::object out;
        out["title"] = one.title;
        out["reason"] = one.reason;
        return out;
    };
    json::object out;
    out["code"] = item.code;
    out["name"] = item.name;
    out["on"] = true;  // only items that are on are shown whole
    out["version"] = item.version;
    out["summary"] = item.summary;
    out["legal_basis"] = item.legal_basis;
    out["promised_working_days"] = item.promised_working_days;
    out["agents"] = item.agents;
    json::array channels;
    for (const ItemChannel channel : item.channels) channels.push_back(word(to_text(channel)));
    out["channels"] = std::move(channels);
    out["roles"] = list_of(item.roles, role_json);
    out["fields"] = list_of(item.fields, field_json);
    out["lines"] = list_of(item.lines, line_json);
    out["questions"] = list_of(item.questions, question_json);
    out["rules"] = list_of(item.rules, rule);
    out["prohibited"] = list_of(item.prohibited, prohibition);
    out["fee"] = fee_json(item.fee);
    out["document"] = word(to_text(item.document.kind));
    return out;
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
                const std::string today = china_date(clock.now());
                json::array items;
                for (const Item* item : catalog.items_of(registry->code, today)) {
                    items.push_back(json::object{
                        {"code",  item->code                  },
                        {"name",  item->name                  },
                        {"on",    catalog.is_on(registry->code, *item, today)},
                        {"summary", item->summary                            }
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
