#include <gtest/gtest.h>

#include "base/result.h"
#include "modules/notify/core/notices.h"

namespace tongban {
namespace {

TEST(NoticeText, FillsTheTable)
{
    EXPECT_EQ(
        notice_text(NoticeKind::case_accepted,
                    {
                        {"home",      "济南市历下区不动产登记中心"},
                        {"case_tail", "000001"                                 },
                        {"due_on",    "2026-11-24"                             }
    }),
        "【通办】济南市历下区不动产登记中心已受理您尾号 000001 的登记申请，承诺于 2026-11-24 前办结。");
    EXPECT_EQ(notice_text(NoticeKind::tracking_code,
                          {
                              {"code",    "123456"},
                              {"minutes", "5"     }
    })
                  .find("{"),
              std::string::npos);
    EXPECT_EQ(case_tail("TB37010220261123000001"), "000001");
    EXPECT_EQ(case_tail("1"), "1");
}

TEST(NoticeText, EveryKindAboutACaseTakesHomeAndTail)
{
    for (NoticeKind kind : {NoticeKind::case_received, NoticeKind::case_not_accepted, NoticeKind::supplement_requested,
                            NoticeKind::fee_due, NoticeKind::case_paid, NoticeKind::case_registered,
                            NoticeKind::case_refused, NoticeKind::case_withdrawn}) {
        const std::string text = notice_text(kind, {
                                                       {"home",      "H"},
                                                       {"case_tail", "T"}
        });
        EXPECT_NE(text.find("H"), std::string::npos) << to_text(kind);
        EXPECT_NE(text.find("尾号 T "), std::string::npos) << to_text(kind);
    }
}

TEST(NoticeText, RefusesMissingAndSurplusValues)
{
    EXPECT_THROW(notice_text(NoticeKind::case_paid,
                             {
                                 {"home", "H"}
    }),
                 BrokenInvariant);
    EXPECT_THROW(notice_text(NoticeKind::case_paid,
                             {
                                 {"home",      "H" },
                                 {"case_tail", "T" },
                                 {"price",     "80"}
    }),
                 BrokenInvariant);
}

}  // namespace
}  // namespace tongban
