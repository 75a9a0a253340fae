// What anybody may ask: is this certificate genuine; and what an applicant sees of the own case.

#include <gtest/gtest.h>

#include "flows/after_approval_fixture_test.h"

namespace tongban::after_approval {
namespace {

class PublicPagesTest : public AfterApproval {};
TONGBAN_ON_EACH_ENGINE(PublicPagesTest);

TEST_P(PublicPagesTest, TheFileProvesItselfUntilAByteIsChanged)
{
    register_and_issue();
    const std::string pdf = file();
    const Verdict good = verify_.by_file(pdf, "1.1.1.1").value();
    EXPECT_EQ(good.kind, VerdictKind::valid) << good.text;
    EXPECT_EQ(good.number, certificate().number);
    EXPECT_EQ(good.holder_masked.find("历下"), std::string::npos);
    EXPECT_TRUE(good.demonstration);

    for (std::size_t i = 0; i < 40; ++i) {
        std::string changed = pdf;
        char& byte = changed[i * changed.size() / 40];
        byte = static_cast<char>(byte ^ 1);
        const Verdict bad = verify_.by_file(changed, "1.1.1.1").value();
        EXPECT_TRUE(bad.kind == VerdictKind::altered || bad.kind == VerdictKind::foreign) << i << bad.text;
        EXPECT_TRUE(bad.number.empty() && bad.proven.empty());
    }
    std::string changed = pdf;
    changed[pdf.size() - 40] ^= 1;
    EXPECT_EQ(verify_.by_file(changed, "1.1.1.1")->kind, VerdictKind::altered);
    changed = pdf;
    changed[0] = 'X';
    EXPECT_EQ(verify_.by_file(changed, "1.1.1.1")->kind, VerdictKind::altered);
    EXPECT_NE(verify_.by_file(pdf + "\n", "1.1.1.1")->kind, VerdictKind::valid);
    EXPECT_EQ(verify_.by_file("hello", "1.1.1.1")->kind, VerdictKind::foreign);
    EXPECT_EQ(verify_.by_file("", "1.1.1.1")->kind, VerdictKind::foreign);
}

TEST_P(PublicPagesTest, NumberAndCodeProveTheEntryAndItsEnd)
{
    register_and_issue();
    const Certificate issued = certificate();
    const auto check = [&](const std::string& number, const std::string& code) {
        return verify_.by_number(number, code, "1.1.1.1");
    };
    EXPECT_EQ(check(issued.number, issued.code)->kind, VerdictKind::valid);
    EXPECT_EQ(check("鲁（２０２６）历下区 不动产证明第0000001号", issued.code)->kind, VerdictKind::valid);
    EXPECT_EQ(check(issued.identifier, issued.code)->kind, VerdictKind::valid);
    EXPECT_EQ(check(issued.number, "AAAAAAAAAAAA")->kind, VerdictKind::unknown);
    EXPECT_EQ(check("鲁(2026)历下区不动产证明第0000002号", issued.code)->kind, VerdictKind::unknown);
    EXPECT_EQ(check("什么", issued.code).error().problem, &certificates_problem::number_invalid);
    EXPECT_EQ(check(issued.number, "").error().problem, &certificates_problem::number_invalid);

    const auto unit = read([&](Sql& sql) -> Result<RegisterView> { return register_.find_unit(sql, home, unit_); });
    const auto ended = write(home, [&](Sql& sql) -> Result<void> {
        return register_.end_mortgage(sql, home, unit->mortgages.at(0).id, "主债权消灭", "test", clock_.now());
    });
    ASSERT_TRUE(ended.has_value());
    EXPECT_EQ(check(issued.number, issued.code)->kind, VerdictKind::void_);
    EXPECT_EQ(verify_.by_file(file(), "1.1.1.1")->kind, VerdictKind::void_);
}

TEST_P(PublicPagesTest, ASupersededCertificateSaysSoAndSinceWhen)
{
    register_and_issue();
    const Certificate issued = certificate();
    const auto superseded = write(home, [&](Sql& sql) -> Result<bool> {
        return certificates_.supersede(sql, home, issued.number, "鲁(2026)历下区不动产证明第0000009号", "抵押权变更",
                                       clock_.now());
    });
    ASSERT_TRUE(superseded.value());
    const auto verdict = verify_.by_number(issued.number, issued.code, "1.1.1.1");
    EXPECT_EQ(verdict->kind, VerdictKind::void_) << "although the right still stands in the register (H56)";
    EXPECT_NE(verdict->text.find("被新的不动产登记证明取代（抵押权变更）"), std::string::npos) << verdict->text;
    EXPECT_NE(verdict->text.find(china_date(clock_.now())), std::string::npos) << verdict->text;
    EXPECT_EQ(verdict->text.find("0000009"), std::string::npos) << "the successor's number is not told to anybody";
}

TEST_P(PublicPagesTest, CheckingIsBoundedByAddress)
{
    for (int i = 0; i < 120; ++i) (void)verify_.by_number("x", "y", "2.2.2.2");
    EXPECT_EQ(verify_.by_number("x", "y", "2.2.2.2").error().problem, &certificates_problem::too_many_checks);
    EXPECT_EQ(verify_.by_number("x", "y", "3.3.3.3").error().problem, &certificates_problem::number_invalid);
    clock_.advance(61 * 1000);
    EXPECT_EQ(verify_.by_number("x", "y", "2.2.2.2").error().problem, &certificates_problem::number_invalid);
}

TEST_P(PublicPagesTest, AFileIsCountedAndMeasuredBeforeItComes)
{
    const auto ask = [&](const std::string& length) {
        Request request;
        request.remote = "4.4.4.4";
        request.headers.add("Content-Length", length);
        return verify_.take_file(request);
    };
    EXPECT_EQ(ask("8388609").error().problem, &certificates_problem::file_too_large);
    const std::string megabyte(1 << 20, 'x');
    {
        std::vector<std::unique_ptr<BodySink>> sinks;
        for (int i = 0; i < 8; ++i) {
            sinks.push_back(ask("8388608").value());
            for (int part = 0; part < 8; ++part) ASSERT_TRUE(sinks.back()->write(megabyte).has_value());
        }
        EXPECT_EQ(sinks.back()->write("x").error().problem, &certificates_problem::file_too_large);
        EXPECT_EQ(ask("1").error().problem, &base_problem::unavailable);
        EXPECT_EQ(ask("").value()->write("x").error().problem, &base_problem::unavailable);  // of unknown length
        sinks.pop_back();
        const auto sink = ask("5").value();
        ASSERT_TRUE(sink->write("hello").has_value());
        const Response verdict = sink->finish();
        EXPECT_EQ(verdict.status, 200);
        EXPECT_NE(verdict.body.find("foreign"), std::string::npos);
    }
    for (int i = 0; i < 120; ++i) (void)ask("1");
    EXPECT_EQ(ask("1").error().problem, &certificates_problem::too_many_checks);
}

TEST_P(PublicPagesTest, ACodeBySmsOpensTheCaseOnce)
{
    const std::string phone(find_demo_person("owner")->phone);
    const auto code = [&] { return notices_.sent.back().values.at("code"); };
    ASSERT_TRUE(track_.send_code(number_, phone, "1.1.1.1").has_value());
    ASSERT_EQ(notices_.count(NoticeKind::tracking_code), 1U);
    const std::string sent = code();
    ASSERT_EQ(sent.size(), 6U);
    ASSERT_TRUE(track_.send_code(number_, phone, "1.1.1.1").has_value());
    EXPECT_EQ(notices_.count(NoticeKind::tracking_code), 1U) << "an unused code is not sent again within a minute";

    const std::string wrong = sent == "000000" ? "000001" : "000000";
    EXPECT_EQ(track_.enter(number_, phone, wrong, "1.1.1.1").error().problem, &tracking_problem::code_wrong);
    const auto entered = track_.enter(number_, phone, sent, "1.1.1.1");
    ASSERT_TRUE(entered.has_value());
    EXPECT_EQ(sessions_.opened.name, "王示范");
    EXPECT_EQ(track_.enter(number_, phone, sent, "1.1.1.1").error().problem, &tracking_problem::code_wrong);

    const json::value view = parse_json(track_.view(entered->actor, "csrf").value()).value();
    EXPECT_EQ(view.at("turn").as_string(), "applicant");
    EXPECT_EQ(view.at("bill").at("amount_fen").as_int64(), 8000);
    EXPECT_EQ(track_.certificate(entered->actor, "pdf").error().problem, &certificates_problem::not_found);
    register_and_issue();
    std::string first(5, '\0');
    auto download = track_.certificate(entered->actor, "pdf");
    ASSERT_TRUE(download.has_value());
    download->bytes->read(first.data(), first.size());
    EXPECT_EQ(first, "%PDF-");
}

TEST_P(PublicPagesTest, ForeignPhonesLearnNothingAndAttemptsAreCounted)
{
    EXPECT_TRUE(track_.send_code(number_, "13911112222", "1.1.1.1").has_value());
    EXPECT_TRUE(track_.send_code("TB37010220261123999999", "13911112222", "1.1.1.1").has_value());
    EXPECT_TRUE(track_.send_code("TB99999920261123000001", "13911112222", "1.1.1.1").has_value());
    EXPECT_EQ(notices_.count(NoticeKind::tracking_code), 0U);
    EXPECT_EQ(track_.enter(number_, "13911112222", "123456", "1.1.1.1").error().problem, &tracking_problem::code_wrong);

    const std::string phone(find_demo_person("agent")->phone);
    ASSERT_TRUE(track_.send_code(number_, phone, "1.1.1.1").has_value());
    const std::string sent = notices_.sent.back().values.at("code");
    for (int i = 0; i < 5; ++i) (void)track_.enter(number_, phone, "xxxxxx", "1.1.1.1");
    EXPECT_EQ(track_.enter(number_, phone, sent, "1.1.1.1").error().problem, &tracking_problem::code_wrong)
        << "five attempts kill a code";
}

TEST_P(PublicPagesTest, NewCodesAreFewWhateverBecameOfTheOld)
{
    const std::string phone(find_demo_person("agent")->phone);
    const auto ask = [&](Millis later) {
        clock_.advance(later);
        EXPECT_TRUE(track_.send_code(number_, phone, std::to_string(clock_.now())).has_value());
        return notices_.count(NoticeKind::tracking_code);
    };
    constexpr Millis minute = 60 * 1000;
    EXPECT_EQ(ask(0), 1U);
    for (int i = 0; i < 5; ++i) (void)track_.enter(number_, phone, "xxxxxx", std::to_string(i));
    EXPECT_EQ(ask(minute - 1), 1U) << "a code that was guessed to death buys no new one";
    EXPECT_EQ(ask(1), 2U);
    for (std::size_t i = 3; i <= 5; ++i) EXPECT_EQ(ask(minute), i);
    EXPECT_EQ(ask(minute), 5U) << "five an hour";
    EXPECT_EQ(ask(55 * minute), 6U);
    for (std::size_t i = 7; i <= 10; ++i) EXPECT_EQ(ask(minute), i);
    EXPECT_EQ(ask(minute), 10U);
    EXPECT_EQ(ask(60 * minute), 10U) << "ten a day";
    EXPECT_EQ(ask(22 * 60 * minute), 11U);
}

TEST_P(PublicPagesTest, ACodeDiesAfterTenMinutes)
{
    const std::string phone(find_demo_person("agent")->phone);
    ASSERT_TRUE(track_.send_code(number_, phone, "1.1.1.1").has_value());
    const std::string sent = notices_.sent.back().values.at("code");
    clock_.advance(10 * 60 * 1000);
    EXPECT_EQ(track_.enter(number_, phone, sent, "1.1.1.1").error().problem, &tracking_problem::code_wrong);
}

TEST(Masking, ShowsEnoughAndNoMore)
{
    EXPECT_EQ(masked_name("王示范"), "王**");
    EXPECT_EQ(masked_name("演示银行股份有限公司济南历下支行"), "演示银行****支行");
    EXPECT_EQ(masked_name("一二三四五"), "一****");
    EXPECT_EQ(masked_location("济南市历下区演示大街1号"), "济南市历下区******");
    EXPECT_EQ(masked_name(""), "");
}

}  // namespace
}  // namespace tongban::after_approval
