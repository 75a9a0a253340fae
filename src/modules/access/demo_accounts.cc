#include "modules/access/access_service.h"
#include "modules/access/core/access_problems.h"

namespace tongban {
namespace {

constexpr Agency shinan = 370202;    // 青岛市市南区: collects
constexpr Agency lixia = 370102;     // 济南市历下区: home
constexpr Agency laiwu = 370116;     // 济南市莱芜区: home of units with numbers of 莱芜市, which is no more
constexpr Agency zhifu = 370602;     // 烟台市芝罘区: another window
constexpr Agency shandong = 370000;  // the province: sets what holds where a registry has set nothing

}  // namespace

std::vector<DemoAccount> seed_accounts(AccessService& access, const std::string& password)
{
    const std::vector<DemoAccount> accounts{
        {"collector.370202",   "王代收", shinan,   Duty::collector,  "",                ""             },
        {"supervisor.370202",  "孙督查", shinan,   Duty::supervisor, "",                ""             },
        {"collector.370102",   "李代收", lixia,    Duty::collector,  "",                ""             },
        {"acceptor.370102",    "赵受理", lixia,    Duty::acceptor,   "二楼 3 号桌", "0531-55550103"},
        {"reviewer.370102",    "钱审核", lixia,    Duty::reviewer,   "二楼 5 号桌", "0531-55550105"},
        {"reviewer2.370102",   "孙审核", lixia,    Duty::reviewer,   "二楼 6 号桌", "0531-55550106"},
        {"registrar.370102",   "周登簿", lixia,    Duty::registrar,  "",                ""             },
        {"registrar2.370102",  "吴登簿", lixia,    Duty::registrar,  "",                ""             },
        {"cashier.370102",     "韩收费", lixia,    Duty::cashier,    "",                ""             },
        {"supervisor.370102",  "郑督查", lixia,    Duty::supervisor, "",                ""             },
        {"acceptor.370202",    "刘受理", shinan,   Duty::acceptor,   "",                ""             },
        {"reviewer.370202",    "陈审核", shinan,   Duty::reviewer,   "",                ""             },
        {"registrar.370202",   "杨登簿", shinan,   Duty::registrar,  "",                ""             },
        {"acceptor.370116",    "黄受理", laiwu,    Duty::acceptor,   "",                ""             },
        {"reviewer.370116",    "徐审核", laiwu,    Duty::reviewer,   "",                ""             },
        {"registrar.370116",   "马登簿", laiwu,    Duty::registrar,  "",                ""             },
        {"collector.370602",   "朱代收", zhifu,    Duty::collector,  "",                ""             },
        {"cataloguer.370102",  "冯目录", lixia,    Duty::cataloguer, "",                ""             },
        {"cataloguer2.370102", "陈目录", lixia,    Duty::cataloguer, "",                ""             },
        {"cataloguer.370000",  "褚目录", shandong, Duty::cataloguer, "",                ""             },
        {"cataloguer2.370000", "卫目录", shandong, Duty::cataloguer, "",                ""             },
    };
    for (const DemoAccount& account : accounts) {
        const auto added = access.add_account({.agency = account.agency,
                                               .login = account.login,
                                               .name = account.name,
                                               .password = password,
                                               .duties = {account.duty}});
        TONGBAN_ASSERT(added || added.error().problem == &access_problem::login_taken);
        if (added && !account.place.empty()) {
            TONGBAN_ASSERT(access.set_contact(account.login, account.place, account.phone).has_value());
        }
    }
    return accounts;
}

}  // namespace tongban
