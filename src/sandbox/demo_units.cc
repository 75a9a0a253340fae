#include <fmt/format.h>

#include <deque>
#include <string>
#include <vector>

#include "base/text_table.h"
#include "sandbox/demo_people.h"

namespace tongban {

namespace {

constexpr TextTable<DemoState, 21> states{{{
    {DemoState::free, "free"},
    {DemoState::mortgaged, "mortgaged"},
    {DemoState::seized, "seized"},
    {DemoState::shared, "shared"},
    {DemoState::joint, "joint"},
    {DemoState::objection, "objection"},
    {DemoState::residence_right, "residence_right"},
    {DemoState::transfer_ban, "transfer_ban"},
    {DemoState::waiting_seizure, "waiting_seizure"},
    {DemoState::locked, "locked"},
    {DemoState::certificate_lost, "certificate_lost"},
    {DemoState::term_expired, "term_expired"},
    {DemoState::minor, "minor"},
    {DemoState::unsold, "unsold"},
    {DemoState::sale_notice, "sale_notice"},
    {DemoState::both_notices, "both_notices"},
    {DemoState::construction_mortgage, "construction_mortgage"},
    {DemoState::placeholder, "placeholder"},
    {DemoState::seized_parcel, "seized_parcel"},
    {DemoState::on_seized_parcel, "on_seized_parcel"},
    {DemoState::old_county, "old_county"},
}}};

constexpr std::string_view flat_use = "成套住宅";

constexpr DemoUnit singles[] = {
    {370102, "370102001001GB00001F00010101", "济南市历下区演示大街1号演示花园1号楼1单元101室", true,  flat_use,       "89.50",
     "owner",                                                                                                                                                  DemoState::free,                  "主流程使用的住宅"                                                                  },
    {370102, "370102001001GB00001F00010102", "济南市历下区演示大街1号演示花园1号楼1单元102室", true,  flat_use,       "91.20",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010201", "济南市历下区演示大街1号演示花园1号楼1单元201室", true,  flat_use,       "89.50",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010202", "济南市历下区演示大街1号演示花园1号楼1单元202室", true,  flat_use,       "91.20",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010301", "济南市历下区演示大街1号演示花园1号楼1单元301室", true,  flat_use,       "89.50",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010302", "济南市历下区演示大街1号演示花园1号楼1单元302室", true,  flat_use,       "91.20",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010401", "济南市历下区演示大街1号演示花园1号楼1单元401室", true,  flat_use,       "89.50",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010402", "济南市历下区演示大街1号演示花园1号楼1单元402室", true,  flat_use,       "91.20",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010501", "济南市历下区演示大街1号演示花园1号楼1单元501室", true,  flat_use,       "89.50",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010502", "济南市历下区演示大街1号演示花园1号楼1单元502室", true,  flat_use,       "91.20",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010601", "济南市历下区演示大街1号演示花园1号楼1单元601室", true,  flat_use,       "89.50",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00010602", "济南市历下区演示大街1号演示花园1号楼1单元602室", true,  flat_use,       "91.20",
     "owner",                                                                                                                                                  DemoState::free,                  "住宅"                                                                                    },
    {370102, "370102001001GB00001F00020101", "济南市历下区演示大街1号演示花园2号楼1单元101室", true,  flat_use,       "120.00",
     "owner",                                                                                                                                                  DemoState::mortgaged,             "已有一项抵押权，新的抵押为第二顺位"                                       },
    {370102, "370102001001GB00001F00020102", "济南市历下区演示大街1号演示花园2号楼1单元102室", true,  flat_use,       "120.00",
     "debtor",                                                                                                                                                 DemoState::seized,                "已被法院查封，不能办理抵押"                                                   },
    {370102, "370102001001GB00002F00010001", "济南市历下区演示大街2号演示广场1层0001号",          false, "商业服务", "45.80",
     "shopkeeper",                                                                                                                                             DemoState::free,                  "商铺，登记费550元"                                                                  },
    {370202, "370202001001GB00001F00010101", "青岛市市南区演示路15号样例小区1号楼1单元101室",   true,  flat_use,       "76.30",
     "owner",                                                                                                                                                  DemoState::free,                  "青岛的住宅"                                                                           },
    {370602, "370602001001GB00001F00010101", "烟台市芝罘区演示海岸1号1号楼1单元101室",             true,  flat_use,       "98.00",
     "shopkeeper",                                                                                                                                             DemoState::free,                  "烟台的住宅"                                                                           },
 // What the other items need: see DemoState.
    {370102, "370102001001GB00001F00020201", "济南市历下区演示大街1号演示花园2号楼1单元201室", true,  flat_use,       "120.00",
     "owner",                                                                                                                                                  DemoState::shared,                "按份共有：王示范三分之一，孙示例三分之二"                              },
    {370102, "370102001001GB00001F00020202", "济南市历下区演示大街1号演示花园2号楼1单元202室", true,  flat_use,       "120.00",
     "owner",                                                                                                                                                  DemoState::joint,                 "王示范与孙示例共同共有"                                                         },
    {370102, "370102001001GB00001F00020301", "济南市历下区演示大街1号演示花园2号楼1单元301室", true,  flat_use,       "120.00",
     "owner",                                                                                                                                                  DemoState::objection,             "有异议登记，办理需要申请人的书面承诺"                                    },
    {370102, "370102001001GB00001F00020302", "济南市历下区演示大街1号演示花园2号楼1单元302室", true,  flat_use,       "120.00",
     "owner",                                                                                                                                                  DemoState::residence_right,       "设有居住权"                                                                           },
    {370102, "370102001001GB00001F00020401", "济南市历下区演示大街1号演示花园2号楼1单元401室", true,  flat_use,       "120.00",
     "owner",                                                                                                                                                  DemoState::transfer_ban,          "抵押权约定禁止转让"                                                               },
    {370102, "370102001001GB00001F00020402", "济南市历下区演示大街1号演示花园2号楼1单元402室", true,  flat_use,       "120.00",
     "debtor",                                                                                                                                                 DemoState::waiting_seizure,       "两家法院先后查封，后者为轮候查封"                                          },
    {370102, "370102001001GB00001F00020501", "济南市历下区演示大街1号演示花园2号楼1单元501室", true,  flat_use,       "120.00",
     "owner",                                                                                                                                                  DemoState::locked,                "已锁定，解锁前不能办理"                                                         },
    {370102, "370102001001GB00001F00020502", "济南市历下区演示大街1号演示花园2号楼1单元502室", true,  flat_use,       "120.00",
     "owner",                                                                                                                                                  DemoState::certificate_lost,      "不动产权证书遗失，可以补证"                                                   },
    {370102, "370102001001GB00001F00020601", "济南市历下区演示大街1号演示花园2号楼1单元601室", true,  flat_use,       "120.00",
     "owner",                                                                                                                                                  DemoState::term_expired,          "土地使用期限已经届满"                                                            },
    {370102, "370102001001GB00001F00020602", "济南市历下区演示大街1号演示花园2号楼1单元602室", true,  flat_use,       "120.00",
     "child",                                                                                                                                                  DemoState::minor,                 "未成年人名下的住宅，处分须为其利益"                                       },
    {370102, "370102001001GB00003F00010101", "济南市历下区演示大街3号演示新苑1号楼1单元101室", true,  flat_use,       "105.00",
     "developer",                                                                                                                                              DemoState::unsold,                "开发商已办首次登记、尚未出售的新建商品房"                              },
    {370102, "370102001001GB00003F00010102", "济南市历下区演示大街3号演示新苑1号楼1单元102室", true,  flat_use,       "105.00",
     "developer",                                                                                                                                              DemoState::unsold,                "开发商已办首次登记、尚未出售的新建商品房"                              },
    {370102, "370102001001GB00003F00010103", "济南市历下区演示大街3号演示新苑1号楼1单元103室", true,  flat_use,       "105.00",
     "developer",                                                                                                                                              DemoState::unsold,                "开发商已办首次登记、尚未出售的新建商品房"                              },
    {370102, "370102001001GB00003F00010104", "济南市历下区演示大街3号演示新苑1号楼1单元104室", true,  flat_use,       "105.00",
     "developer",                                                                                                                                              DemoState::unsold,                "开发商已办首次登记、尚未出售的新建商品房"                              },
    {370102, "370102001001GB00003F00010201", "济南市历下区演示大街3号演示新苑1号楼1单元201室", true,  flat_use,       "105.00",
     "developer",                                                                                                                                              DemoState::sale_notice,           "王示范已办预购商品房预告登记"                                                },
    {370102, "370102001001GB00003F00010202", "济南市历下区演示大街3号演示新苑1号楼1单元202室", true,  flat_use,       "105.00",
     "developer",                                                                                                                                              DemoState::both_notices,          "王示范已办预购商品房预告登记和抵押权预告登记"                        },
    {370102, "370102001001GB00003F00010301", "济南市历下区演示大街3号演示新苑1号楼1单元301室", true,  flat_use,       "105.00",
     "developer",                                                                                                                                              DemoState::construction_mortgage, "在建建筑物抵押尚未解除"                                                         },
    {370102, "370102001001GB00003F00010302", "济南市历下区演示大街3号演示新苑1号楼1单元302室", true,  flat_use,       "105.00",
     "developer",                                                                                                                                              DemoState::placeholder,           "虚拟单元，尚未落宗"                                                               },
    {370102, "370102001001GB00004W00000000", "济南市历下区演示大街4号地块",                           false, "商业用地", "5200.00", "debtor",
     DemoState::seized_parcel,                                                                                                                                                                   "宗地被查封，及于地上各单元"                                                   },
    {370102, "370102001001GB00004F00010001", "济南市历下区演示大街4号1层0001号",                      false, "商业服务", "88.00",   "debtor",
     DemoState::on_seized_parcel,                                                                                                                                                                "所在宗地被查封"                                                                     },
    {370116, "371202001001GB00001F00010101", "济南市莱芜区演示钢城路1号1号楼1单元101室",          true,  flat_use,       "99.00",
     "owner",                                                                                                                                                  DemoState::old_county,            "单元号属于已撤销的莱芜市莱城区，现由济南市莱芜区登记机构管辖"},
};

// Buildings of like flats, so that every way through every item finds a unit of its own: floors 1… with doors 01 and
// 02.
struct DemoBuilding {
    Agency agency;
    std::string_view parcel;  // first 19 characters of the unit numbers
    int number;
    int floors;
    std::string_view estate;
    std::string_view area;
    std::string_view owner;
    DemoState state;
    std::string_view what;
};

constexpr std::string_view garden = "济南市历下区演示大街1号演示花园";
constexpr std::string_view new_court = "济南市历下区演示大街3号演示新苑";
constexpr std::string_view lixia_1 = "370102001001GB00001";
constexpr std::string_view lixia_3 = "370102001001GB00003";

constexpr DemoBuilding buildings[] = {
    {370102, lixia_1,               3,  14, garden,                                         "96.00",  "owner",     DemoState::free,        "住宅，无抵押无查封"                           },
    {370102, lixia_1,               4,  6,  garden,                                         "96.00",  "owner",     DemoState::mortgaged,   "住宅，已抵押给样例银行"                     },
    {370102, lixia_1,               5,  4,  garden,                                         "88.00",  "renamed",   DemoState::free,        "权利人已更名，登记簿为曾用名"            },
    {370102, lixia_1,               6,  1,  garden,                                         "88.00",  "company",   DemoState::free,        "权利人公司已变更名称，登记簿为原名称"},
    {370102, lixia_1,               7,  1,  garden,                                         "88.00",  "foreigner", DemoState::free,        "权利人持护照，婚后改姓"                     },
    {370102, lixia_1,               8,  1,  garden,                                         "88.00",  "hongkong",  DemoState::free,        "权利人持港澳台居民居住证"                  },
    {370102, lixia_1,               9,  2,  garden,                                         "88.00",  "child",     DemoState::minor,       "权利人为未成年人"                              },
    {370102, lixia_1,               10, 2,  garden,                                         "118.00", "owner",     DemoState::joint,       "夫妻共同共有"                                    },
    {370102, lixia_3,               2,  8,  new_court,                                      "105.00", "developer", DemoState::unsold,
     "开发商已办首次登记、尚未出售的新建商品房"                                                                                                                                },
    {370102, lixia_3,               3,  4,  new_court,                                      "105.00", "developer", DemoState::sale_notice, "王示范已办预购商品房预告登记"            },
    {370202, "370202001001GB00001", 2,  2,  "青岛市市南区演示路15号样例小区", "76.30",  "owner",     DemoState::free,
     "住宅，无抵押无查封"                                                                                                                                                                 },
};

std::vector<DemoUnit> all_units()
{
    static std::deque<std::string> texts;  // what the units point at
    std::vector<DemoUnit> all(std::begin(singles), std::end(singles));
    for (const DemoBuilding& building : buildings) {
        for (int floor = 1; floor <= building.floors; ++floor) {
            for (int door = 1; door <= 2; ++door) {
                const std::string& number = texts.emplace_back(
                    fmt::format("{}F{:04}{:04}", building.parcel, building.number, floor * 100 + door));
                const std::string& location = texts.emplace_back(
                    fmt::format("{}{}号楼1单元{}室", building.estate, building.number, floor * 100 + door));
                all.push_back({building.agency, number, location, true, flat_use, building.area, building.owner,
                               building.state, building.what});
            }
        }
    }
    int serial = 0;
    for (DemoUnit& unit : all) unit.serial = ++serial;
    return all;
}

}  // namespace

std::string_view to_text(DemoState state)
{
    return states.text(state);
}

std::span<const DemoUnit> demo_units()
{
    static const std::vector<DemoUnit> units = all_units();
    return units;
}

}  // namespace tongban
