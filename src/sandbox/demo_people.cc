#include "sandbox/demo_people.h"

#include <algorithm>
#include <boost/json.hpp>

namespace tongban {

namespace json = boost::json;

namespace {

constexpr DemoPerson persons[] = {
    {"owner",      "王示范", "370202190003150037", "男", "1900-03-15", "山东省青岛市市南区演示路15号", "13900000001",
     "住在青岛，在济南历下区有房的抵押人"},
    {"agent",      "李样例", "370102190008080028", "女", "1900-08-08", "山东省济南市历下区样例街8号",  "13900000002",
     "演示银行的经办人（代理人）"            },
    {"spouse",     "孙示例", "370202190006060029", "女", "1900-06-06", "山东省青岛市市南区演示路15号", "13900000003",
     "王示范的配偶，共有人"                     },
    {"shopkeeper", "周假设", "370102190009090017", "男", "1900-09-09", "山东省济南市历下区样例街9号",  "13900000004",
     "商铺的所有权人"                              },
    {"debtor",     "吴虚构", "370202190010100046", "女", "1900-10-10", "山东省青岛市市南区演示路10号", "13900000005",
     "房屋已被查封的所有权人"                  },
    {"mismatch",   "赵不符", "370103190004040017", "男", "1900-04-04", "山东省济南市市中区样例街4号",  "13900000006",
     "公安库中姓名与号码不一致"               },
    {"unknown",    "钱查无", "370112190007070015", "男", "1900-07-07", "山东省济南市历城区样例街7号",  "13900000007",
     "公安库中查无此人"                           },
    {"child",      "郑未成", "370102201506010007", "女", "2015-06-01", "山东省济南市历下区样例街8号",  "13900000010",
     "未成年人，由监护人代为申请"            },
    {"expired",    "冯过期", "370102190011110013", "男", "1900-11-11", "山东省济南市历下区样例街11号", "13900000012",
     "身份证已于 2026-03-31 到期"                  },
};

constexpr DemoOrganisation organisations[] = {
    {"bank",      "演示银行股份有限公司济南历下支行", "91370100MA3C000465", "13900000008"},
    {"bank2",     "样例银行股份有限公司青岛分行",       "91370200MA3C000620", "13900000009"},
    {"developer", "演示置业有限公司",                         "91370100MA3C00142E", "13900000011"},
};

template <class Row>
const Row* find_row(std::span<const Row> rows, std::string_view Row::*member, std::string_view value)
{
    const auto found = std::ranges::find_if(rows, [&](const Row& row) { return row.*member == value; });
    return found == rows.end() ? nullptr : &*found;
}

json::object person_json(const DemoPerson& person)
{
    return {
        {"key",        person.key       },
        {"name",       person.name      },
        {"number",     person.number    },
        {"sex",        person.sex       },
        {"birth_date", person.birth_date},
        {"address",    person.address   },
        {"phone",      person.phone     },
        {"what",       person.what      }
    };
}

}  // namespace

std::span<const DemoPerson> demo_persons()
{
    return persons;
}

std::span<const DemoOrganisation> demo_organisations()
{
    return organisations;
}

const DemoPerson* find_demo_person(std::string_view key)
{
    return find_row(demo_persons(), &DemoPerson::key, key);
}

const DemoPerson* find_demo_person_by_number(std::string_view number)
{
    return find_row(demo_persons(), &DemoPerson::number, number);
}

const DemoOrganisation* find_demo_organisation(std::string_view key)
{
    return find_row(demo_organisations(), &DemoOrganisation::key, key);
}

const DemoOrganisation* find_demo_organisation_by_number(std::string_view number)
{
    return find_row(demo_organisations(), &DemoOrganisation::number, number);
}

json::object demo_people_json()
{
    json::object out;
    json::array all_persons;
    for (const DemoPerson& person : persons) {
        out[person.key] = person_json(person);
        all_persons.push_back(person_json(person));
    }
    for (const DemoOrganisation& organisation : organisations) {
        out[organisation.key] = json::object{
            {"name",   organisation.name  },
            {"number", organisation.number},
            {"phone",  organisation.phone }
        };
    }
    json::array free_homes;
    json::array all_units;
    for (const DemoUnit& unit : demo_units()) {
        all_units.push_back(json::object{
            {"agency",      unit.agency        },
            {"unit_number", unit.unit_number   },
            {"location",    unit.location      },
            {"owner",       unit.owner         },
            {"state",       to_text(unit.state)},
            {"what",        unit.what          }
        });
        if (unit.agency != 370102) continue;
        if (unit.state == DemoState::seized) out["seized_unit"] = unit.unit_number;
        if (unit.state == DemoState::mortgaged) out["mortgaged_unit"] = unit.unit_number;
        if (unit.state == DemoState::free && !unit.home) out["shop_unit"] = unit.unit_number;
        if (unit.state == DemoState::free && unit.home) free_homes.push_back(json::value(unit.unit_number));
    }
    json::object by_state;
    for (const DemoUnit& unit : demo_units()) by_state[to_text(unit.state)] = unit.unit_number;
    out["unit_in_state"] = std::move(by_state);
    out["unit"] = free_homes.at(0);
    out["units"] = std::move(free_homes);
    out["all_units"] = std::move(all_units);
    out["persons"] = std::move(all_persons);
    return out;
}

}  // namespace tongban
