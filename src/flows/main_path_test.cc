// The path of filing: a sitting in 370202 becomes a case of 370102 that awaits payment, with a supplement on the way;
// and what must be refused.

#include <gmock/gmock.h>

#include <thread>

#include "flows/main_path_fixture_test.h"

namespace tongban {
namespace {

using ::testing::HasSubstr;

TONGBAN_ON_EACH_ENGINE(MainPathTest);

TEST_P(MainPathTest, GoesFromTheWindowToAwaitingPaymentWithASupplementOnTheWay)
{
    file_case(unit_);
    EXPECT_EQ(police_.asked.front(), find_demo_person("owner")->number);
    json::object sitting = look();
    EXPECT_EQ(sitting.at("state"), "received");
    EXPECT_EQ(sitting.at("case_state"), "filed");
    EXPECT_EQ(sitting.at("delivery").at("state"), "received");

    json::object seen = sheet(acceptor_);
    EXPECT_EQ(seen.at("state"), "filed");
    EXPECT_EQ(seen.at("parties").as_array().size(), 3U);
    EXPECT_EQ(seen.at("package_digest"), sitting.at("delivery").at("package_digest"));
    EXPECT_EQ(seen.at("register").at("unit_number").as_string(), unit_);
    for (const json::value& check : seen.at("checks").as_array())
        EXPECT_TRUE(check.at("passed").as_bool() || check.at("severity").as_string() == "inform") << check;
    EXPECT_THAT(document("interview.pdf"), HasSubstr(std::string(find_demo_person("owner")->name)));

    const Answer asked = decide(&DecideCase::request_supplement, acceptor_,
                                R"({"lines":[{"line":"M10","text":"合同缺页"},{"text":"联系电话"}]})");
    ASSERT_EQ(asked.code, "") << asked.text;
    deliver();
    sitting = look();
    EXPECT_EQ(sitting.at("state"), "supplement");
    EXPECT_EQ(sitting.at("supplement").at("lines").as_array().size(), 2U);
    EXPECT_EQ(document("supplement.pdf"), "补正告知书 2");

    ASSERT_EQ(upload("M10", page_a, "PDF the missing page").code, "");
    // The line's check was about other pages: it stands against the push again.
    EXPECT_EQ(sit(&CollectAtWindow::push, "").code, "collections.incomplete");
    json::array pages;
    for (const json::value& line : json::array(look().at("materials").as_array())) {
        if (line.at("code") != "M10") continue;
        for (const json::value& page : line.at("pages").as_array()) {
            pages.push_back(json::object{
                {"id",       page.at("id")},
                {"rotation", 0            }
            });
        }
    }
    ASSERT_EQ(pages.size(), 2U);
    const json::object arranged{
        {"form",   "original"},
        {"copies", 1         },
        {"check",  "passed"  },
        {"pages",  pages     }
    };
    ASSERT_EQ(sit(&CollectAtWindow::arrange_material, json::serialize(arranged),
                  {
                      {"line", "M10"}
    })
                  .code,
              "");
    ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
    deliver();
    EXPECT_EQ(look().at("state"), "received");
    EXPECT_FALSE(look().contains("supplement"));

    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    EXPECT_THAT(document("acceptance.pdf"), HasSubstr("2026-11-24"));
    EXPECT_EQ(decide(&DecideCase::approve, acceptor_, "{}").code, "access.forbidden");
    const Answer approved = decide(&DecideCase::approve, reviewer_, "{}");
    ASSERT_EQ(approved.code, "") << approved.text;
    EXPECT_EQ(approved.body.at("state"), "awaiting_payment");
    EXPECT_EQ(approved.body.at("bill").at("amount_fen"), 8000);
    EXPECT_EQ(document("fee-notice.pdf"), "缴费通知书 1");
    deliver();
    EXPECT_EQ(look().at("case_state"), "awaiting_payment");
    EXPECT_GT(notices_.sent[NoticeKind::fee_due], 0);
    expect_everything_adds_up();
}

TEST_P(MainPathTest, PushesOnceHoweverOftenItIsAsked)
{
    open_sitting();
    fill_in(unit_);
    const std::int64_t before = version_;
    const Answer first = sit(&CollectAtWindow::push, "", {}, "key-1");
    ASSERT_EQ(first.code, "");
    version_ = before;
    const Answer replayed = sit(&CollectAtWindow::push, "", {}, "key-1");
    EXPECT_EQ(replayed.code, "");
    EXPECT_EQ(replayed.body.at("version"), first.body.at("version"));
    version_ = before;
    EXPECT_EQ(sit(&CollectAtWindow::push, "", {}, "key-2").code, "collections.already_pushed");
    version_ = first.body.at("version").as_int64();
    EXPECT_EQ(sit(&CollectAtWindow::push, "", {}, "key-3").code, "collections.already_pushed");
    deliver();
    EXPECT_EQ(sheet(acceptor_).at("version"), 2);
    expect_everything_adds_up();
}

// The number of the case arrives moments after the opening: that is nobody else's edit.
TEST_P(MainPathTest, LetsTheClerkGoOnWhenOnlyTheHomeRegistryToldSomething)
{
    open_sitting();
    ASSERT_GT(version_, 1);
    version_ = 1;
    ASSERT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "");
    version_ = 1;
    EXPECT_EQ(sit(&CollectAtWindow::set_application, application_text(unit_)).code, "collections.changed_meanwhile");
}

TEST_P(MainPathTest, TellsEverythingThatIsMissingAtOnce)
{
    open_sitting();
    const Answer refused = sit(&CollectAtWindow::push, "");
    EXPECT_EQ(refused.code, "collections.incomplete");
    EXPECT_GE(refused.fields.size(), 4U);  // application, both sides, at least one material
    EXPECT_EQ(refused.fields.size(), look().at("missing").as_array().size());
}

TEST_P(MainPathTest, RefusesUnitsOfOthersAndSeizedOnes)
{
    open_sitting();
    const Answer typo = sit(&CollectAtWindow::set_application, application_text("370102"));
    EXPECT_EQ(typo.code, "base.invalid_fields");
    std::string elsewhere = unit_;
    elsewhere.replace(0, 6, "370202");
    const Answer other = sit(&CollectAtWindow::set_application, application_text(elsewhere));
    EXPECT_EQ(other.code, "catalog.unit_elsewhere");
    ASSERT_EQ(other.fields.size(), 1U);
    EXPECT_EQ(other.fields[0].pointer, "/unit_number");
    EXPECT_THAT(other.fields[0].detail, HasSubstr("市南区"));

    fill_in(unit_in_state(DemoState::seized));
    EXPECT_EQ(look().at("unit").at("checks").at(2).at("passed"), false);
    const Answer blocked = sit(&CollectAtWindow::push, "");
    EXPECT_EQ(blocked.code, "collections.unit_blocked");
    EXPECT_THAT(blocked.text, HasSubstr("PRE-03"));
}

TEST_P(MainPathTest, TellsTheSecondAcceptorThatTheFirstWasFaster)
{
    file_case(unit_);
    const std::int64_t seen = sheet(acceptor_).at("version").as_int64();
    const Actor other = staff("a9", "赵受理", home, {Duty::acceptor});
    Answer answers[2];
    std::thread one([&] {
        answers[0] = call(platform_->decide, &DecideCase::accept, acceptor_,
                          {
                              {"number", number_}
        },
                          "{}", seen, "k1");
    });
    std::thread two([&] {
        answers[1] = call(platform_->decide, &DecideCase::accept, other,
                          {
                              {"number", number_}
        },
                          "{}", seen, "k2");
    });
    one.join();
    two.join();
    const Answer& loser = answers[0].code.empty() ? answers[1] : answers[0];
    EXPECT_NE(answers[0].code.empty(), answers[1].code.empty());
    EXPECT_EQ(loser.code, "cases.changed_meanwhile");
    EXPECT_THAT(loser.text, HasSubstr("受理"));
    expect_everything_adds_up();
}

TEST_P(MainPathTest, KeepsUploadsApartFromEditsAndRefusesBadFiles)
{
    open_sitting();
    EXPECT_EQ(upload("M10", page_a, "GIF").code, "imaging.unsupported");
    EXPECT_EQ(upload("M99", page_a, "PNG").code, "collections.line_not_found");
    EXPECT_EQ(upload("M10", "not-a-uuid", "PNG").code, "base.invalid_fields");
    EXPECT_EQ(upload("M10", page_a, std::string(2 << 20, 'P')).code, "objects.too_large");
    EXPECT_EQ(upload("M10", page_a, "PDF-with a script").code, "imaging.active_content");
    EXPECT_EQ(stored_files(), 0U) << "what is refused is not kept";
    ASSERT_EQ(upload("M10", page_a, "PNG one").code, "");
    EXPECT_EQ(stored_files(), 1U);
    const std::int64_t once = version_;
    ASSERT_EQ(upload("M10", page_a, "PNG one").code, "");
    EXPECT_EQ(version_, once);  // the same page again changes nothing
    EXPECT_EQ(upload("M02", page_a, "PNG one").code, "collections.page_elsewhere");
    const Answer replaced = upload("M10", page_a, "PNG two");
    ASSERT_EQ(replaced.code, "");
    EXPECT_EQ(version_, once + 1);
    expect_everything_adds_up();
}

TEST_P(MainPathTest, TakesFileNamesFromTheHeaderAndMasksNumbers)
{
    open_sitting();
    const auto refusal = [&] {
        const Answer answer = upload("M10", page_a, "PNG one");
        return answer.code + " " +
               (answer.fields.empty() ? "" : answer.fields[0].pointer + " " + answer.fields[0].code);
    };
    upload_query_ = "name=scan.png";
    EXPECT_EQ(refusal(), "base.invalid_fields /name in_address");
    upload_query_.clear();
    upload_name_.clear();
    EXPECT_EQ(refusal(), "base.invalid_fields /name required");
    upload_name_ = "%FF";
    EXPECT_EQ(refusal(), "base.invalid_fields /name invalid_utf8");
    upload_name_ = "%E5%BC%A0370102199003071237-13812345678.png";
    EXPECT_EQ(refusal(), " ");
    const std::string stored = json::serialize(look());
    EXPECT_THAT(stored, HasSubstr("张370102********1237-138****5678.png"));
    EXPECT_THAT(stored, ::testing::Not(HasSubstr("199003071237")));
    expect_everything_adds_up();
}

TEST_P(MainPathTest, ShowsNothingToOthers)
{
    file_case(unit_);
    clerk_ = staff("w2", "孙代收", window, {Duty::collector});
    EXPECT_EQ(sit(&CollectAtWindow::cancel, R"({"reason":"x"})").code, "access.out_of_scope");
    clerk_ = staff("w3", "他处", 370203, {Duty::collector});
    EXPECT_EQ(sit(&CollectAtWindow::show, "").code, "collections.not_found");
    const Actor elsewhere = staff("a7", "他处", window, {Duty::acceptor});
    EXPECT_EQ(call(platform_->decide, &DecideCase::show, elsewhere,
                   {
                       {"number", number_}
    },
                   "", 0)
                  .code,
              "cases.not_found");
    EXPECT_EQ(call(platform_->decide, &DecideCase::page, acceptor_,
                   {
                       {"number", number_},
                       {"page",   page_a }
    },
                   "", 0)
                  .code,
              "cases.page_not_found");
}

TEST_P(MainPathTest, EndsDraftsOfCancelledSittings)
{
    open_sitting();
    ASSERT_EQ(sit(&CollectAtWindow::cancel, R"({"reason":"材料不齐，改日再来"})").code, "");
    deliver();
    EXPECT_EQ(sheet(acceptor_).at("state"), "cancelled");
    EXPECT_EQ(look().at("case_state"), "cancelled");
    EXPECT_EQ(sit(&CollectAtWindow::push, "").code, "collections.action_not_allowed");
    expect_everything_adds_up();
}

TEST_P(MainPathTest, WithdrawsAndTellsTheWindow)
{
    file_case(unit_);
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    ASSERT_EQ(decide(&DecideCase::approve, reviewer_, "{}").code, "");
    // H02: one of the two alone ends nothing.
    const auto asked_by = [&](std::initializer_list<std::size_t> who) {
        json::array parties;
        for (const std::size_t i : who) parties.push_back(sheet(acceptor_).at("parties").at(i).at("id"));
        return json::serialize(json::object{
            {"reason",  "双方不再抵押"},
            {"parties", std::move(parties)  }
        });
    };
    const Answer alone = decide(&DecideCase::withdraw, acceptor_, asked_by({0}));
    ASSERT_EQ(alone.code, "") << alone.text;
    EXPECT_EQ(alone.body.at("state"), "awaiting_payment");
    EXPECT_EQ(alone.body.at("bill").at("state"), "due");
    EXPECT_EQ(alone.body.at("withdrawal").at("missing").as_array().size(), 1U);
    EXPECT_EQ(notices_.sent[NoticeKind::withdrawal_asked], 3);
    const Answer done = decide(&DecideCase::withdraw, acceptor_, asked_by({1}));
    ASSERT_EQ(done.code, "") << done.text;
    EXPECT_EQ(done.body.at("bill").at("state"), "void");
    EXPECT_EQ(document("withdrawal.pdf"), "准予撤回通知书 0");
    deliver();
    EXPECT_EQ(look().at("state"), "closed");
}

TEST_P(MainPathTest, IssuesNoBillForAUnitThatWasSeizedSinceTheAcceptance)
{
    file_case(unit_);
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    const auto seized = write(home, [&](Sql& sql) {
        return register_.add_seizure(sql, home, {unit_, "演示法院", "演执1号", clock_.now(), "2029-11-22"}, "test",
                                     clock_.now());
    });
    ASSERT_TRUE(seized.has_value());
    const Answer refused = decide(&DecideCase::approve, reviewer_, "{}");
    EXPECT_EQ(refused.code, "cases.blocked");
    ASSERT_EQ(refused.fields.size(), 1U);
    EXPECT_EQ(refused.fields[0].code, "PRE-03");
    EXPECT_FALSE(sheet(reviewer_).contains("bill"));
    expect_everything_adds_up();
}

TEST_P(MainPathTest, OwesTheFeeBackWhenAPaidCaseIsRefused)
{
    file_case(unit_);
    ASSERT_EQ(decide(&DecideCase::accept, acceptor_, "{}").code, "");
    ASSERT_EQ(decide(&DecideCase::approve, reviewer_, "{}").code, "");
    const auto paid = write(home, [&](Sql& sql) -> Result<void> {
        const Millis now = clock_.now();
        const PaymentOrder order = TRY(bills_.open_order(sql, home, number_, now));
        const TakenPayment taken = TRY(bills_.take(sql, home, {order.id, order.amount_fen, "R1", now}, now));
        const Case subject = TRY(cases_->load(sql, home, number_));
        TRY(platform_->steps.take(sql, subject, case_command::RecordPayment{taken.bill.id, order.amount_fen, "R1"},
                                  platform_facts(now)));
        return {};
    });
    ASSERT_TRUE(paid.has_value());
    const Answer refused =
        decide(&DecideCase::refuse, reviewer_, R"({"ground":"ownership_dispute","reason":"权属争议"})");
    ASSERT_EQ(refused.code, "") << refused.text;
    EXPECT_EQ(refused.body.at("bill").at("state"), "paid");
    EXPECT_EQ(refused.body.at("bill").at("refund_due_at").as_string(), utc_text(clock_.now()));
    const auto back =
        read([&](Sql& sql) -> Result<std::vector<RefundablePayment>> { return bills_.to_refund(sql, home, 10); });
    ASSERT_EQ(back->size(), 1U);
    EXPECT_EQ(back->at(0).case_number, number_);
    EXPECT_EQ(back->at(0).amount_fen, 8000);
    expect_everything_adds_up();
}

TEST_P(MainPathTest, DeliversAgainAfterAFailureAndRefusesForgedMessages)
{
    open_sitting();
    fill_in(unit_);
    ASSERT_EQ(sit(&CollectAtWindow::push, "").code, "");
    const std::string message{look().at("delivery").at("message_id").as_string()};
    signer_.broken = true;
    EXPECT_GT(platform_->exchange.deliver_due(), 0U);
    auto standing = platform_->exchange.standing(window, message);
    EXPECT_EQ(standing->state, "waiting");
    EXPECT_THAT(standing->reason, HasSubstr("exchange.signature_wrong"));
    EXPECT_EQ(platform_->exchange.deliver_due(), 0U);  // not before its time
    signer_.broken = false;
    clock_.advance(60'000);
    deliver();
    EXPECT_EQ(platform_->exchange.standing(window, message)->state, "delivered");
    EXPECT_EQ(look().at("state"), "received");
    expect_everything_adds_up();
}

}  // namespace
}  // namespace tongban
