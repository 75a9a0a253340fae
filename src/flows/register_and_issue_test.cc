// Payment, registration and issuing: exactly once, whatever is repeated, raced or interrupted.

#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "flows/after_approval_fixture_test.h"

namespace tongban::after_approval {
namespace {

class RegisterAndIssueTest : public AfterApproval {};
TONGBAN_ON_EACH_ENGINE(RegisterAndIssueTest);

TEST_P(RegisterAndIssueTest, SeedingTwiceChangesNothing)
{
    EXPECT_EQ(seed_demo_province(database(), register_, clock_), 0);
}

TEST_P(RegisterAndIssueTest, APaymentMovesTheCaseOnceWhateverTheGatewayRepeats)
{
    const std::string page = pay_.start(applicant()).value();
    EXPECT_EQ(page, "http://gateway/pay/orders/" + http_.order);
    const std::string first = http_.order;
    EXPECT_TRUE(pay_.start(applicant()).has_value());
    EXPECT_EQ(http_.order, first) << "one open order";
    EXPECT_EQ(notify(8000, "R1", "forged").error().problem, &fees_problem::signature_wrong);
    EXPECT_EQ(notify(1, "R0").error().problem, &fees_problem::amount_wrong);
    EXPECT_EQ(subject().state, CaseState::awaiting_payment);
    EXPECT_TRUE(notify().has_value());
    EXPECT_EQ(subject().state, CaseState::paid);
    const std::int64_t version = subject().version;
    EXPECT_TRUE(notify().has_value());
    EXPECT_TRUE(notify(8000, "R2").has_value()) << "paid twice: kept for refund";
    EXPECT_EQ(subject().version, version);
    EXPECT_EQ(notices_.count(NoticeKind::case_paid), 3U) << "owner, bank, agent; once";
    EXPECT_EQ(pay_.start(applicant()).error().problem, &fees_problem::already_paid);
    const auto surplus = read([&](Sql& sql) -> Result<std::size_t> { return bills_.to_refund(sql, home, 10).size(); });
    EXPECT_EQ(surplus.value(), 2U) << "the wrong amount and the second payment";
}

TEST_P(RegisterAndIssueTest, TheEntryIsMadeWithOrderNumberAndEvents)
{
    EXPECT_EQ(enter(registrar_).error().problem, &cases_problem::action_not_allowed) << "unpaid";
    pay();
    EXPECT_EQ(registration_.enter(registrar_, number_, 1, {}).error().problem, &cases_problem::changed_meanwhile);
    Actor both = acceptor_;
    both.duties.push_back(Duty::registrar);
    EXPECT_EQ(enter(both).error().problem, &cases_problem::same_person);
    Actor elsewhere = registrar_;
    elsewhere.agency = window;
    EXPECT_EQ(enter(elsewhere).error().problem, &cases_problem::not_found) << "another registry has no such case";
    EXPECT_EQ(certificates_in_all(), 0);

    ASSERT_TRUE(enter(registrar_).has_value());
    EXPECT_EQ(woken_, 1);
    const Case registered = subject();
    EXPECT_EQ(registered.state, CaseState::registered);
    ASSERT_TRUE(registered.entry.has_value());
    EXPECT_EQ(registered.entry->mortgage_order, 1);
    EXPECT_EQ(registered.entry->certificate_number, "鲁(2026)历下区不动产证明第0000001号");
    EXPECT_EQ(certificate().state, CertificateState::preparing);
    EXPECT_EQ(enter(registrar_).error().problem, &cases_problem::already_registered);
    const auto unit = read([&](Sql& sql) -> Result<RegisterView> { return register_.find_unit(sql, home, unit_); });
    ASSERT_EQ(unit->mortgages.size(), 1U);
    EXPECT_EQ(unit->mortgages[0].registrar, "王登簿");
}

TEST_P(RegisterAndIssueTest, ASeizureAfterTheApprovalStopsTheEntry)
{
    pay();
    seize();
    const auto refused = enter(registrar_);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().problem, &cases_problem::blocked);
    ASSERT_FALSE(refused.error().fields.empty());
    EXPECT_TRUE(refused.error().fields[0].code.starts_with("PRE-")) << refused.error().fields[0].code;
    EXPECT_EQ(subject().state, CaseState::paid);
    EXPECT_EQ(certificates_in_all(), 0);
}

TEST_P(RegisterAndIssueTest, AMortgageEnteredMeanwhileIsConfirmedByTheRegistrar)
{
    pay();
    const auto other = write(home, [&](Sql& sql) {
        NewMortgage entry;
        entry.unit_number = unit_;
        entry.mortgagee = "别家银行";
        entry.mortgagor = "权利人";
        entry.secured_amount_fen = 1;
        entry.certificate_number = "鲁(2026)历下区不动产证明第9999999号";
        entry.case_number = "TB37010220261123000999";
        entry.registrar = "另一登簿员";
        entry.registered_at = clock_.now();
        return register_.add_mortgage(sql, home, entry, register_.find_unit(sql, home, unit_).version, "test");
    });
    ASSERT_TRUE(other.has_value());
    const auto refused = enter(registrar_);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().problem, &cases_problem::remark_needed);
    ASSERT_EQ(refused.error().fields.size(), 1U);
    EXPECT_EQ(refused.error().fields[0].code, "PRE-08");
    EXPECT_EQ(certificates_in_all(), 0);
    ASSERT_TRUE(registration_.enter(registrar_, number_, subject().version, {}, "抵押权人知悉顺位在后").has_value());
    EXPECT_EQ(subject().entry->mortgage_order, 2);
    EXPECT_EQ(subject().entry_remark, "抵押权人知悉顺位在后");
    const auto fault = read([&](Sql& sql) -> Result<std::string> { return cases_->check(sql, home, number_); });
    EXPECT_EQ(fault.value(), "");
}

TEST_P(RegisterAndIssueTest, OfTwoRegistrarsExactlyOneWins)
{
    pay();
    const std::int64_t seen = subject().version;
    std::array<Result<Response>, 2> answers{Error{base_problem::internal}, Error{base_problem::internal}};
    {
        std::vector<std::jthread> registrars;
        for (std::size_t i = 0; i < 2; ++i) {
            registrars.emplace_back([&, i] {
                const Actor actor = staff("r" + std::to_string(i), "登簿员" + std::to_string(i), Duty::registrar);
                answers[i] = registration_.enter(actor, number_, seen, {});
            });
        }
    }
    ASSERT_NE(answers[0].has_value(), answers[1].has_value());
    const Result<Response>& lost = answers[0].has_value() ? answers[1] : answers[0];
    EXPECT_EQ(lost.error().problem, &cases_problem::already_registered);
    EXPECT_NE(lost.error().detail.find(answers[0].has_value() ? "登簿员0" : "登簿员1"), std::string::npos);
    EXPECT_EQ(certificates_in_all(), 1);
}

TEST_P(RegisterAndIssueTest, TheFileIsMadeOnceAlsoAfterACrash)
{
    pay();
    ASSERT_TRUE(enter(registrar_).has_value());
    const std::string number = certificate().number;
    const auto leased = write(home, [&](Sql& sql) -> Result<bool> {
        return certificates_.lease(sql, home, number, clock_.now(), clock_.now() + 15000).has_value();
    });
    ASSERT_TRUE(leased.value()) << "a worker that took the lease and died";
    EXPECT_EQ(issuer().issue_due(), 0);
    EXPECT_EQ(certificate().state, CertificateState::preparing);
    clock_.advance(15000);
    EXPECT_EQ(issuer().issue_due(), 1);
    EXPECT_EQ(issuer().issue_due(), 0);
    EXPECT_EQ(certificate().state, CertificateState::issued);
    EXPECT_EQ(sm3_hex(file()), certificate().digest);
    EXPECT_EQ(subject().timeline.back().what, subject().last_event);
    const auto fault = read([&](Sql& sql) -> Result<std::string> { return cases_->check(sql, home, number_); });
    EXPECT_EQ(fault.value(), "");
}

TEST_P(RegisterAndIssueTest, BothFormatsAreIssuedAndProveThemselves)
{
    // Certificates of the authority are valid now, not when the tests play.
    clock_.advance(std::max<Millis>(0, platform().clock.now() - clock_.now()));
    register_and_issue();
    const std::string certified = certificate().number;
    const auto latest = [&](const char* format) {
        const auto digest = read([&](Sql& sql) -> Result<std::optional<std::string>> {
            return certificates_.latest_file(sql, home, certified, format);
        });
        return objects_.read(**digest, 8 << 20).value();
    };
    const std::string ofd = latest("ofd");
    const FileVerdict sealed = platform().verifier->verify(ofd);
    EXPECT_TRUE(sealed.is_genuine()) << sealed.reason;
    EXPECT_EQ(sealed.format, FileFormat::ofd);
    EXPECT_EQ(sealed.agency, home);
    const FileVerdict signed_pdf = platform().verifier->verify(latest("pdf"));
    EXPECT_TRUE(signed_pdf.is_genuine()) << signed_pdf.reason;
    EXPECT_NE(signed_pdf.stamped_at, 0);
    const Verdict good = verify_.by_file(ofd, "1.1.1.1").value();
    EXPECT_EQ(good.kind, VerdictKind::valid) << good.text;
    EXPECT_EQ(good.number, certified);
    std::string bad = ofd;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 1);
    EXPECT_EQ(verify_.by_file(bad, "1.1.1.1")->fault, "evidence.altered");
}

TEST_P(RegisterAndIssueTest, ADeadAuthorityDelaysTheStampAndNothingElse)
{
    time_network_.is_dead = true;
    register_and_issue();
    EXPECT_EQ(certificate().state, CertificateState::issued);
    EXPECT_TRUE(issuer().stamps_delayed());
    const std::string before = file();
    const FileVerdict plain = platform().verifier->verify(before);
    EXPECT_TRUE(plain.is_genuine()) << plain.reason;
    EXPECT_EQ(plain.stamped_at, 0);
    EXPECT_EQ(issuer().stamp_due(), 0) << "not before its time";
    EXPECT_EQ(time_network_.asked, 1) << "a dead authority is left alone for a while";
    clock_.advance(30'000);
    EXPECT_EQ(issuer().stamp_due(), 0);
    EXPECT_EQ(time_network_.asked, 2);
    time_network_.is_dead = false;
    clock_.advance(30'000);
    EXPECT_EQ(issuer().stamp_due(), 1);
    EXPECT_EQ(issuer().stamp_due(), 0);
    EXPECT_FALSE(issuer().stamps_delayed());
    const std::string after = file();
    EXPECT_NE(after, before);
    EXPECT_NE(platform().verifier->verify(after).stamped_at, 0);
    for (const std::string& version : {before, after})
        EXPECT_EQ(verify_.by_file(version, "1.1.1.1")->kind, VerdictKind::valid) << "who has the first file keeps it";
}

TEST_P(RegisterAndIssueTest, WithoutASealNothingIsIssuedUntilThereIsOne)
{
    has_seal_ = false;
    pay();
    ASSERT_TRUE(enter(registrar_).has_value());
    EXPECT_EQ(issuer().issue_due(), 0);
    EXPECT_EQ(certificate().state, CertificateState::preparing);
    has_seal_ = true;
    clock_.advance(60'000);
    EXPECT_EQ(issuer().issue_due(), 1);
}

TEST_P(RegisterAndIssueTest, TheWorkerThreadIsWokenByTheCommit)
{
    pay();
    issuer().start();
    ASSERT_TRUE(enter(registrar_).has_value());
    issuer().wake();
    for (int i = 0; i < 200 && certificate().state != CertificateState::issued; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    issuer().stop();
    EXPECT_EQ(certificate().state, CertificateState::issued);
}

}  // namespace
}  // namespace tongban::after_approval
