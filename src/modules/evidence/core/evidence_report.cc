#include "modules/evidence/core/evidence_report.h"

#include <algorithm>
#include <boost/json.hpp>

#include "modules/evidence/core/evidence_problems.h"

namespace tongban {
namespace {

namespace json = boost::json;
using namespace capsule_problem;
namespace document = verdict_problem;

struct EnglishTitle {
    const Problem* problem;
    std::string_view title;
};

constexpr EnglishTitle english_titles[] = {
    {&not_evidence,                  "this is no capsule, checkpoint or certificate"                                        },
    {&container_altered,             "the container of the capsule was changed"                                             },
    {&manifest_malformed,            "manifest or statement do not have the form they must have"                            },
    {&statement_altered,             "the registry's statement does not fit its signature"                                  },
    {&wrong_signer,                  "the signer is not the registry that the statement names"                              },
    {&unknown_root,                  "the signer's certificate is not under a trusted root, or was not valid when it signed"},
    {&manifest_altered,              "the manifest is not the one that the registry signed"                                 },
    {&hidden_part_changed,           "the digest of a hidden part was changed"                                              },
    {&part_altered,                  "a part was changed"                                                                   },
    {&part_added,                    "something is here that the registry did not sign"                                     },
    {&part_missing,                  "a part is missing that must be there"                                                 },
    {&checkpoint_altered,            "the log's checkpoint does not fit its signature"                                      },
    {&witness_altered,               "a witness's signature does not fit the checkpoint"                                    },
    {&log_truncated,                 "events of the case are missing, or later than the checkpoint"                         },
    {&not_in_log,                    "an event is not in the registry's log"                                                },
    {&event_altered,                 "an event does not fit its hash in the log"                                            },
    {&state_differs,                 "an extract is not what the events make"                                               },
    {&page_altered,                  "a page or drawn signature does not fit the digest that was recorded"                  },
    {&document_not_genuine,          "a certificate in it did not pass verification"                                        },
    {&receipt_altered,               "the receipt for the package does not fit its signature or the case"                   },
    {&not_sealed_yet,                "the newest event of the case waits for its seal"                                      },
    {&checkpoint_replayed,           "the checkpoint is older than one of the same log seen before"                         },
    {&log_forked,                    "the checkpoint contradicts one of the same log seen before"                           },
    {&document::not_a_document,      "this is no PDF or OFD, or it is too large"                                            },
    {&document::not_signed,          "the file is not signed"                                                               },
    {&document::altered,             "the file was changed after it was signed"                                             },
    {&document::appended,            "something was added to the file after it was signed"                                  },
    {&document::wrong_signer,        "the signer is not the registry whose seal it is"                                      },
    {&document::seal_not_valid_then, "seal or certificate were not valid when it was signed"                                },
    {&document::unknown_root,        "the signer's certificate is not under a trusted root"                                 },
    {&document::time_stamp_invalid,  "the time stamp does not fit the signature, or is not of a trusted authority"          },
};

json::array words_json(const std::vector<Words>& lines)
{
    json::array all;
    for (const Words& line : lines)
        all.push_back(json::object{
            {"zh", line.chinese},
            {"en", line.english}
        });
    return all;
}

}  // namespace

std::string_view english(const Problem& problem)
{
    const auto found =
        std::ranges::find(english_titles, problem.code, [](const EnglishTitle& row) { return row.problem->code; });
    return found == std::end(english_titles) ? problem.code : found->title;
}

bool EvidenceReport::has(const Problem& problem) const
{
    return std::ranges::any_of(defects,
                               [&](const EvidenceDefect& defect) { return defect.problem->code == problem.code; });
}

std::string report_text(const EvidenceReport& report, Language language)
{
    const bool zh = language == Language::chinese;
    std::string text = report.is_good() ? (zh ? "通过：所声明的内容得到证明\n" : "GOOD: it proves what it claims\n")
                                        : (zh ? "未通过：请勿采信\n" : "NOT GOOD: do not rely on it\n");
    for (const EvidenceDefect& defect : report.defects) {
        text +=
            zh ? "  缺陷：" + std::string(defect.problem->title) : "  defect: " + std::string(english(*defect.problem));
        if (!defect.where.empty()) text += zh ? "（" + defect.where + "）" : " (" + defect.where + ")";
        text += " [" + std::string(defect.problem->code) + "]\n";
    }
    const auto put = [&](const char* chinese, const char* english, const std::vector<Words>& lines) {
        for (const Words& line : lines)
            text += std::string(zh ? chinese : english) + (zh ? line.chinese : line.english) + "\n";
    };
    put("  已证明：", "  proven: ", report.proven);
    put("  未证明：", "  not proven: ", report.not_proven);
    put("  无从知晓：", "  cannot be known from this file: ", report.unknown);
    return text;
}

std::string report_json(const EvidenceReport& report)
{
    json::array defects;
    for (const EvidenceDefect& defect : report.defects) {
        defects.push_back(json::object{
            {"code",  defect.problem->code    },
            {"where", defect.where            },
            {"zh",    defect.problem->title   },
            {"en",    english(*defect.problem)}
        });
    }
    json::array hidden;
    for (const std::string& path : report.hidden) hidden.emplace_back(path);
    json::object out{
        {"good",       report.is_good()                                                                        },
        {"kind",       report.kind                                                                             },
        {"code",
         report.is_good() || report.defects.empty() ? std::string_view{} : report.defects.front().problem->code},
        {"defects",    std::move(defects)                                                                      },
        {"proven",     words_json(report.proven)                                                               },
        {"not_proven", words_json(report.not_proven)                                                           },
        {"unknown",    words_json(report.unknown)                                                              },
        {"hidden",     std::move(hidden)                                                                       }
    };
    if (report.agency != 0) out["agency"] = std::to_string(report.agency);
    if (!report.signer.empty()) out["signer"] = report.signer;
    if (!report.seal.empty()) out["seal"] = report.seal;
    if (report.signed_at != 0) out["signed_at"] = utc_text(report.signed_at);
    if (report.stamped_at != 0) out["stamped_at"] = utc_text(report.stamped_at);
    return json::serialize(out);
}

}  // namespace tongban
