// tongban admin seals, tongban admin seal: the electronic seals of a registry.
#include <fmt/format.h>

#include <boost/json.hpp>

#include "platform/log/log.h"
#include "server/subcommands.h"
#include "server/wiring.h"

namespace tongban {

int list_seals(const Config& config, Agency agency, Output output)
{
    constexpr int rows_max = 1000;
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    boost::json::array list;
    for (const Platform::SealWithUses& one : platform.seals(agency, rows_max)) {
        const RegistrySeal& seal = one.seal;
        boost::json::array uses;
        for (const NotedUse& use : one.uses)
            uses.push_back({
                {"number",  use.serial_number    },
                {"account", use.use.account      },
                {"duty",    use.use.duty         },
                {"purpose", use.use.purpose      },
                {"subject", use.use.subject      },
                {"at",      utc_text(use.used_at)}
            });
        if (output == Output::table)
            fmt::print("{}  {}  {}  申请 {}  批准 {}  使用 {} 次  {}\n", seal.id, chinese(seal.state), seal.name,
                       seal.requested_by, seal.decided_by.empty() ? "—" : seal.decided_by, one.uses.size(),
                       seal.ended_reason);
        list.push_back({
            {"id",           seal.id                                                           },
            {"kind",         to_text(seal.kind)                                                },
            {"name",         seal.name                                                         },
            {"state",        to_text(seal.state)                                               },
            {"reason",       seal.reason                                                       },
            {"requested_by", seal.requested_by                                                 },
            {"decided_by",   seal.decided_by                                                   },
            {"es_id",        seal.es_id                                                        },
            {"valid_until",  seal.valid_until == 0 ? std::string() : utc_text(seal.valid_until)},
            {"ended_reason", seal.ended_reason                                                 },
            {"uses",         std::move(uses)                                                   }
        });
    }
    if (output == Output::json) fmt::print("{}\n", boost::json::serialize(list));
    return 0;
}

int act_on_seal(const Config& config, const SealChoice& choice)
{
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    const auto done =
        platform.act_on_seal(choice.agency, {choice.what, choice.seal, choice.kind, choice.who, choice.reason});
    if (!done) throw std::runtime_error(fmt::format("{} {}", done.error().problem->title, done.error().code()));
    fmt::print("完成\n");
    return 0;
}

int list_signing_clients(const Config& config, Agency agency, Output output)
{
    constexpr int rows_max = 1000;
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    boost::json::array list;
    for (const SigningClient& client : platform.signing_clients(agency, rows_max)) {
        if (output == Output::table)
            fmt::print("{}  {}  {}  {}  申请 {}  批准 {}  {}\n", client.id, chinese(client.state), client.name,
                       grants_text(client.grants), client.requested_by,
                       client.decided_by.empty() ? "—" : client.decided_by, client.ended_reason);
        list.push_back({
            {"id",           client.id                                                         },
            {"name",         client.name                                                       },
            {"state",        to_text(client.state)                                             },
            {"grants",       grants_text(client.grants)                                        },
            {"reason",       client.reason                                                     },
            {"requested_by", client.requested_by                                               },
            {"decided_by",   client.decided_by                                                 },
            {"issued_by",    client.issued_by                                                  },
            {"issued_at",    client.issued_at == 0 ? std::string() : utc_text(client.issued_at)},
            {"ended_reason", client.ended_reason                                               }
        });
    }
    if (output == Output::json) fmt::print("{}\n", boost::json::serialize(list));
    return 0;
}

int act_on_signing_client(const Config& config, const ClientChoice& choice)
{
    start_log({.level = LogLevel::warning, .file = {}});
    Platform platform(config);
    Platform::ClientAct act{
        choice.what, choice.client, choice.who, choice.reason, {choice.name, {}, choice.reason}
    };
    for (const std::string& grant : choice.grants) act.wish.grants += (act.wish.grants.empty() ? "" : " ") + grant;
    const auto done = platform.act_on_client(choice.agency, act);
    if (!done)
        throw std::runtime_error(
            fmt::format("{} {} {}", done.error().problem->title, done.error().code(), done.error().detail));
    if (choice.what == "issue") fmt::print(stderr, "凭据只显示这一次，请立即交给业务系统保管：\n");
    fmt::print("{}\n", done->empty() ? "完成" : *done);
    return 0;
}

}  // namespace tongban
