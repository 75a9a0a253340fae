// A real case's capsule, made by the flow and judged by the verifier; and the case at earlier instants.
#include "flows/evidence_capsule.h"

#include "flows/after_approval_fixture_test.h"
#include "flows/case_history.h"
#include "modules/access/core/access_problems.h"
#include "modules/evidence/core/evidence_problems.h"

namespace tongban::after_approval {
namespace {

class EvidenceCapsuleTest : public AfterApproval {
protected:
    void SetUp() override
    {
        AfterApproval::SetUp();
        if (IsSkipped()) return;
        // Certificates of the authority are valid now, not when the tests play.
        clock_.advance(std::max<Millis>(0, platform().clock.now() - clock_.now()));
    }

    Result<std::string> capsule(const Actor& actor, bool with_pages = true)
    {
        EvidenceCapsule::Made made = TRY(flow_.make(actor, number_, with_pages));
        std::string bytes;
        std::string chunk(4096, '\0');
        while (const std::size_t got = made.bytes->read(chunk.data(), chunk.size())) bytes.append(chunk, 0, got);
        EXPECT_EQ(bytes.size(), made.size);
        return bytes;
    }
    std::string code_of(const Result<std::string>& answer)
    {
        return answer ? "made" : std::string(answer.error().code());
    }
    EvidenceReport judged(const std::string& bytes) { return platform().evidence.verify(bytes); }
    Actor party_of(std::size_t index)
    {
        Actor actor = applicant();
        actor.party = subject().dossier.parties.at(index).party.id;
        return actor;
    }
    json::object history(const std::string& query, int status = 200)
    {
        Request http;
        http.path_values = {
            {"number", number_}
        };
        http.query = query;
        ApiRequest request{http, acceptor_, {}, {}, {}};
        const Result<Response> answer = history_.show(request);
        if (!answer) {
            EXPECT_EQ(http_status(answer.error().problem->kind), status) << answer.error().detail;
            return {};
        }
        EXPECT_EQ(status, 200);
        return parse_json(answer->body)->as_object();
    }

    TransparencyLog log_{
        {lazy_, clock_, *platform().signer, *platform().agency_certificates, *platform().judge}
    };
    EvidenceCapsule flow_{
        {lazy_, clock_, ids_, *vault_, objects_, *platform().archives, *journal_, log_, *platform().signer,
         *platform().agency_certificates, *platform().judge, *cases_, certificates_, catalog_}
    };
    CaseHistory history_{
        {lazy_, *cases_, *journal_, catalog_}
    };
    Actor supervisor_ = staff("s1", "孙督查", Duty::supervisor);
};
TONGBAN_ON_EACH_ENGINE(EvidenceCapsuleTest);

TEST_P(EvidenceCapsuleTest, AWholeCaseProvesItself)
{
    register_and_issue();
    EXPECT_EQ(code_of(capsule(supervisor_)), "capsule.not_sealed_yet");
    ASSERT_GT(log_.seal(home), 0U);
    const std::string whole = capsule(supervisor_).value();
    const EvidenceReport report = judged(whole);
    EXPECT_TRUE(report.is_good()) << report_text(report, Language::chinese);
    EXPECT_TRUE(report.hidden.empty());
    EXPECT_EQ(report.agency, home);
    const auto container = platform().archives->read(whole);
    ASSERT_TRUE(container.has_value());
    for (const char* path : {"capsule.note", "manifest.json", "summary.json", "events/0001.json", "issued/01.pdf",
                             "issued/01.ofd", "list.json", "checkpoint.txt", "certificates/370102.pem"})
        EXPECT_NE(container->find(path), nullptr) << path;
    EXPECT_NE(container->find("summary.json")->content.find("\"registered\""), std::string_view::npos);
    // Numbers, phones and the keys to look them up stay behind, but for events, which only staff gets.
    const DemoPerson& owner = *find_demo_person("owner");
    EXPECT_EQ(whole.find(owner.number), std::string::npos);
    EXPECT_EQ(whole.find(owner.phone), std::string::npos);

    ASSERT_GT(log_.seal(home), 0U) << "the export stands in the journal";
    EXPECT_EQ(capsule(supervisor_).value(), whole) << "the same case gives the same bytes";
}

TEST_P(EvidenceCapsuleTest, APartySeesItsOwnPartUnderTheSameSignature)
{
    register_and_issue();
    log_.seal(home);
    const std::string whole = capsule(supervisor_).value();
    const std::string own = capsule(party_of(0)).value();
    const EvidenceReport report = judged(own);
    EXPECT_TRUE(report.is_good()) << report_text(report, Language::chinese);
    EXPECT_GE(report.hidden.size(), 4U);
    const auto mine = platform().archives->read(own);
    EXPECT_EQ(mine->find("capsule.note")->content, platform().archives->read(whole)->find("capsule.note")->content);
    EXPECT_NE(mine->find("parties/01.json"), nullptr);
    EXPECT_EQ(mine->find("parties/02.json"), nullptr);
    EXPECT_EQ(mine->find("events/0001.json"), nullptr);
    EXPECT_EQ(mine->find("decisions.json"), nullptr);
    EXPECT_EQ(own.find("v1."), std::string::npos) << "nothing sealed leaves the registry with a party's part";
}

TEST_P(EvidenceCapsuleTest, WhoMayNotGetsNothing)
{
    log_.seal(home);
    EXPECT_EQ(code_of(capsule(acceptor_)), access_problem::forbidden.code);
    Actor elsewhere = supervisor_;
    elsewhere.agency = window;
    EXPECT_EQ(code_of(capsule(elsewhere)), access_problem::out_of_scope.code);
    Actor other = party_of(0);
    other.case_number = make_case_number(home, "2026-11-23", 99);
    EXPECT_EQ(code_of(capsule(other)), access_problem::out_of_scope.code);
    number_ = make_case_number(home, "2026-11-23", 99);
    EXPECT_EQ(code_of(capsule(supervisor_)), cases_problem::not_found.code);
    number_ = "nonsense";
    EXPECT_EQ(code_of(capsule(supervisor_)), cases_problem::not_found.code);
}

TEST_P(EvidenceCapsuleTest, ThePublicPageSaysTheSame)
{
    register_and_issue();
    log_.seal(home);
    const std::string whole = capsule(supervisor_).value();
    const Verdict good = verify_.by_file(whole, "1.1.1.1").value();
    EXPECT_EQ(good.kind, VerdictKind::valid) << good.text;
    EXPECT_EQ(good.proven, in_chinese(judged(whole).proven));
    std::string bad = whole;
    const std::size_t at = bad.find("\"registered\"");
    bad[at + 1] = 'R';
    const Verdict altered = verify_.by_file(bad, "1.1.1.1").value();
    EXPECT_EQ(altered.kind, VerdictKind::altered);
    EXPECT_EQ(altered.fault, "capsule.part_altered");
    EXPECT_TRUE(altered.proven.empty());
    EXPECT_EQ(verify_.by_file(whole.substr(0, whole.size() / 2), "1.1.1.1")->fault, "capsule.container_altered");
}

TEST_P(EvidenceCapsuleTest, ACaseAsItStoodAtAnyInstant)
{
    const Millis before = clock_.now();
    clock_.advance(3'600'000);
    register_and_issue();
    const json::object now = history("");
    EXPECT_EQ(now.at("then").at("state").as_string(), "registered");
    EXPECT_GE(now.at("instants").as_array().size(), 5U);
    EXPECT_FALSE(now.contains("differences"));

    const json::object both = history("at=" + utc_text(before) + "&and=" + utc_text(clock_.now()));
    EXPECT_EQ(both.at("then").at("state").as_string(), "awaiting_payment");
    EXPECT_EQ(both.at("and").at("state").as_string(), "registered");
    bool names_the_state = false;
    for (const json::value& one : both.at("differences").as_array())
        names_the_state = names_the_state || one.at("path").as_string() == "/state";
    EXPECT_TRUE(names_the_state);
    EXPECT_EQ(json::serialize(both).find("v1."), std::string::npos) << "sealed columns are not shown";

    const json::object nothing = history("at=2020-01-01T00:00:00Z");
    EXPECT_TRUE(nothing.at("then").at("case").is_null());
    history("at=yesterday", 422);
}

TEST(Instants, AreReadStrictly)
{
    EXPECT_EQ(millis_of_utc("1970-01-01T00:00:01Z"), 1000);
    EXPECT_EQ(millis_of_utc("2026-11-23T06:05:09.120Z"), millis_of_utc("2026-11-23T06:05:09.12Z"));
    EXPECT_EQ(utc_text(*millis_of_utc("2024-02-29T23:59:59.000Z")).substr(0, 19), "2024-02-29T23:59:59");
    for (const char* bad :
         {"", "Z", "2026-02-30T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23 00:00:00Z", "2026-11-23T00:00:00",
          "2026-11-23T00:00:00.Z", "2026-11-23T00:00:00.1234Z", "-026-11-23T00:00:00Z", "2026-11-23T00:00:-1Z"})
        EXPECT_FALSE(millis_of_utc(bad)) << bad;
}

}  // namespace
}  // namespace tongban::after_approval
