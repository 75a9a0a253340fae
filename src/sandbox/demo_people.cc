#include "sandbox/demo_people.h"

#include <algorithm>
#include <boost/json.hpp>

namespace tongban {

namespace json = boost::json;

namespace {

constexpr DemoPerson persons[] = {
    {"owner",      "王示范",  "370202190003150037", "男", "1900-03-15", "山东省青岛市市南区演示路15号", "13900000001",
     "住在青岛，在济南历下区有房的抵押人",                                                                                                                        "",          "citizen_card"       },
    {"agent",      "李样例",  "370102190008080028", "女", "1900-08-08", "山东省济南市历下区样例街8号",  "13900000002",
     "演示银行的经办人（代理人）",                                                                                                                                    "",          "citizen_card"       },
    {"spouse",     "孙示例",  "370202190006060029", "女", "1900-06-06", "山东省青岛市市南区演示路15号", "13900000003",
     "王示范的配偶，共有人",                                                                                                                                             "",          "citizen_card"       },
    {"shopkeeper", "周假设",  "370102190009090017", "男", "1900-09-09", "山东省济南市历下区样例街9号",  "13900000004",
     "商铺的所有权人",                                                                                                                                                      "",          "citizen_card"       },
    {"debtor",     "吴虚构",  "370202190010100046", "女", "1900-10-10", "山东省青岛市市南区演示路10号", "13900000005",
     "房屋已被查封的所有权人",                                                                                                                                          "",          "citizen_card"       },
    {"mismatch",   "赵不符",  "370103190004040017", "男", "1900-04-04", "山东省济南市市中区样例街4号",  "13900000006",
     "公安库中姓名与号码不一致",                                                                                                                                       "",          "citizen_card"       },
    {"unknown",    "钱查无",  "370112190007070015", "男", "1900-07-07", "山东省济南市历城区样例街7号",  "13900000007",
     "公安库中查无此人",                                                                                                                                                   "",          "citizen_card"       },
    {"child",      "郑未成",  "370102201506010007", "女", "2015-06-01", "山东省济南市历下区样例街8号",  "13900000010",
     "未成年人，由监护人代为申请",                                                                                                                                    "",          "citizen_card"       },
    {"expired",    "冯过期",  "370102190011110013", "男", "1900-11-11", "山东省济南市历下区样例街11号", "13900000024",
     "身份证已于 2026-03-31 到期",                                                                                                                                          "",          "citizen_card"       },
    {"guardian",   "郑监护",  "370102190002020139", "男", "1900-02-02", "山东省济南市历下区样例街8号",  "13900000012",
     "郑未成的父亲，监护人",                                                                                                                                             "",          "citizen_card"       },
    {"renamed",    "冯新名",  "370202190007070229", "女", "1900-07-07", "山东省青岛市市南区演示路7号",  "13900000013",
     "经公安机关批准更名，登记簿仍为曾用名",                                                                                                                     "冯旧名", "citizen_card"       },
    {"buyer",      "陈购房",  "370202190008080314", "男", "1900-08-08", "山东省青岛市市南区演示路8号",  "13900000014",
     "在青岛居住，在济南购买新房",                                                                                                                                    "",          "citizen_card"       },
    {"buyer2",     "褚共购",  "370102190005050210", "男", "1900-05-05", "山东省济南市历下区样例街5号",  "13900000015",
     "与陈购房共同购房",                                                                                                                                                   "",          "citizen_card"       },
    {"lender",     "蒋出借",  "370102190011110515", "男", "1900-11-11", "山东省济南市历下区样例街11号", "13900000016",
     "出借人，个人抵押权人",                                                                                                                                             "",          "citizen_card"       },
    {"agent2",     "杨经办",  "370102190012120723", "女", "1900-12-12", "山东省青岛市市南区演示路12号", "13900000022",
     "样例银行的经办人（代理人）",                                                                                                                                    "",          "citizen_card"       },
    {"sales",      "朱售楼",  "37021219000303061X", "男", "1900-03-03", "山东省济南市历下区样例街3号",  "13900000023",
     "演示置业的经办人（代理人）",                                                                                                                                    "",          "citizen_card"       },
    {"hongkong",   "沈港居",  "810000190001010018", "男", "1900-01-01", "山东省青岛市市南区演示路1号",  "13900000017",
     "香港居民，持港澳台居民居住证",                                                                                                                                 "",          "residence_permit"   },
    {"travel",     "韩澳行",  "M00000001",          "女", "1900-01-02", "",                                          "13900000018", "澳门居民，持来往内地通行证", "",
     "travel_permit"                                                                                                                                                                                                 },
    {"foreigner",  "DEMO MARIA", "E0000001A",          "女", "1900-01-03", "",                                          "13900000019", "外国人，持护照；婚后改姓",
     "SAMPLE MARIA",                                                                                                                                                                            "passport"           },
    {"permanent",  "DEMO JOHN",  "911123190001010012", "男", "1900-01-01", "",                                          "13900000020",
     "外国人，持外国人永久居留身份证",                                                                                                                              "",          "permanent_residence"},
};

constexpr DemoOrganisation organisations[] = {
    {"bank",      "演示银行股份有限公司济南历下支行", "91370100MA3C000465", "13900000008", "抵押权人",                                        ""},
    {"bank2",     "样例银行股份有限公司青岛分行",       "91370200MA3C000620", "13900000009", "抵押权人",                                        ""},
    {"developer", "演示置业有限公司",                         "91370100MA3C00142E", "13900000011", "开发企业",                                        ""},
    {"company",   "样例商贸有限公司",                         "91370100MA3C00206C", "13900000021", "已变更名称的公司，登记簿仍为原名称",
     "样例贸易有限公司"                                                                                                                                     },
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
        {"key",           person.key        },
        {"name",          person.name       },
        {"number",        person.number     },
        {"sex",           person.sex        },
        {"birth_date",    person.birth_date },
        {"address",       person.address    },
        {"phone",         person.phone      },
        {"what",          person.what       },
        {"document_type", person.document   },
        {"former_name",   person.former_name}
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
            {"name",        organisation.name       },
            {"number",      organisation.number     },
            {"phone",       organisation.phone      },
            {"former_name", organisation.former_name}
        };
    }
    json::array free_homes;
    json::array all_units;
    for (const DemoUnit& unit : demo_units()) {
        all_units.push_back(json::object{
            {"agency",      unit.agency            },
            {"unit_number", unit.unit_number       },
            {"location",    unit.location          },
            {"owner",       unit.owner             },
            {"state",       to_text(unit.state)    },
            {"home",        unit.home              },
            {"area",        unit.area              },
            {"title",       demo_title_number(unit)},
            {"proof",       demo_proof_number(unit)},
            {"what",        unit.what              }
        });
        if (unit.agency != 370102) continue;
        if (unit.state == DemoState::seized) out["seized_unit"] = unit.unit_number;
        if (unit.state == DemoState::mortgaged) out["mortgaged_unit"] = unit.unit_number;
        if (unit.state == DemoState::free && !unit.home) out["shop_unit"] = unit.unit_number;
        if (unit.state == DemoState::free && unit.home && unit.owner == "owner") {
            free_homes.push_back(json::value(unit.unit_number));
        }
    }
    json::object by_state;
    for (const DemoUnit& unit : demo_units()) by_state.emplace(to_text(unit.state), unit.unit_number);
    out["unit_in_state"] = std::move(by_state);
    out["unit"] = free_homes.at(0);
    out["units"] = std::move(free_homes);
    out["all_units"] = std::move(all_units);
    out["persons"] = std::move(all_persons);
    return out;
}

}  // namespace tongban
