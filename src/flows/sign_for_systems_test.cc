// A registry's own program has documents sealed and verified: what it gets, what is noted, and each way of being
// refused.
#include "flows/sign_for_systems.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <ctime>
#include <filesystem>

#include "modules/access/api_router.h"
#include "modules/journal/journal_store.h"
#include "modules/seals/core/seals_problems.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/vault.h"
#include "platform/documents/press.h"
#include "platform/documents/samples.h"
#include "platform/images/upload_gate.h"
#include "platform/objects/local_objects.h"
#include "platform/sealing/file_verifier.h"
#include "platform/sealing/foreign_documents.h"
#include "platform/sealing/seal_ring.h"
#include "platform/zip/zip_reader.h"
#include "platform/zip/zip_writer.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

namespace json = boost::json;

constexpr Agency lixia = 370102;
constexpr Agency shinan = 370202;

class NoStamps : public TimeStamps {
public:
    Result<std::string> stamp_pdf(std::string) override { return Error{time_stamp_problem::unavailable}; }
};

class SignForSystemsTest : public DatabaseTest {
protected:
    void SetUp() override
    {
        DatabaseTest::SetUp();
        if (IsSkipped()) return;
        clock_.set(static_cast<Millis>(std::time(nullptr)) * 1000);  // certificates are made with the system's clock
        create_demo_ca(keys_);
        ensure_agency_key(keys_, lixia, "济南市历下区不动产登记中心");
        signer_ = make_agency_signer(keys_);
        ring_ = make_seal_ring(keys_, *vault_, clock_);
        verifier_ = make_file_verifier(trusted_certificates(keys_));
        press_ = make_document_press(std::filesystem::temp_directory_path() / "tongban-fonts", PressMode::demo);
        commands_ = make_commands(database(), clock_, *vault_);
        access_ = std::make_unique<AccessService>(database(), clock_, ids_, true);
        flow_ = std::make_unique<SignForSystems>(SignForSystems::Parts{database(), clock_, ids_, *commands_, objects_,
                                                                       *imaging_, seals_, signings_, *ring_, *signer_,
                                                                       stamps_, *files_, *verifier_});
        api_ = std::make_unique<ApiRouter>(router_, *access_,
                                           ApiRouter::Options{.public_origin = {}, .refused = nullptr, .log = nullptr});
        add_signing_routes(*api_, *flow_);
        seal_ = issued_seal(lixia, SealKind::registration);
        token_ = client("registration/letter");
    }

    std::string issued_seal(Agency agency, SealKind kind)
    {
        const std::string office = agency == lixia ? "济南市历下区不动产登记中心" : "青岛市市南区不动产登记中心";
        const auto id = write(agency, [&](Sql& sql) -> Result<std::string> {
            const std::string made = TRY(seals_.request(sql, agency, kind, office + "章", "新设", "a1", clock_.now()));
            TRY(seals_.change(sql, agency, made, "seal.approved", "a2", clock_.now(),
                              [&](RegistrySeal seal) { return approve(std::move(seal), "a2", clock_.now()); }));
            return made;
        });
        const SealFacts facts = ring_->make(agency, *id,
                                            {office + "章", office, press_->seal_picture(office, "登记专用章").value(),
                                             clock_.now() - 1000, clock_.now() + 365LL * 24 * 3600 * 1000});
        const auto done = write(agency, [&](Sql& sql) -> Result<RegistrySeal> {
            return seals_.change(sql, agency, *id, "seal.issued", "a2", clock_.now(), [&](RegistrySeal seal) {
                return make_issued(std::move(seal), facts.id, facts.from, facts.until);
            });
        });
        EXPECT_TRUE(done);
        return *id;
    }
    void retire_seal(const std::string& id)
    {
        const auto done = write(lixia, [&](Sql& sql) -> Result<RegistrySeal> {
            return seals_.change(sql, lixia, id, "seal.retired", "a2", clock_.now(), [&](RegistrySeal seal) {
                return retire(std::move(seal), "a2", "机构更名", clock_.now());
            });
        });
        ASSERT_TRUE(done);
    }
    // Its token.
    std::string client(const std::string& grants)
    {
        const std::string secret = ids_.secret(32);
        const auto id = write(lixia, [&](Sql& sql) -> Result<std::string> {
            const std::string made = TRY(signings_.request(
                sql, lixia, {"历下区业务系统" + std::to_string(++clients_), grants, "系统对接"}, "a1", clock_.now()));
            TRY(change(sql, made, [&](SigningClient c) { return approve(std::move(c), "a2", clock_.now()); }));
            TRY(change(sql, made, [&](SigningClient c) {
                return give_secret(std::move(c), sm3_hex(secret), "a2", clock_.now());
            }));
            return made;
        });
        EXPECT_TRUE(id);
        client_ = *id;
        return token_text({lixia, *id, secret});
    }
    Result<SigningClient> change(Sql& sql, const std::string& id, const SigningStore::Act& act)
    {
        return signings_.change(sql, lixia, id, "signing.client_changed", "a2", clock_.now(), act);
    }

    struct Answer {
        int status = 0;
        std::string code;  // of a problem
        json::value body;
        std::string text;
        bool is_replayed = false;
    };
    Answer call(Method method, const std::string& path, const std::string& query, std::string body,
                const std::string& token, const std::string& key = {})
    {
        Request request;
        request.method = method;
        request.path = path;
        request.query = query;
        request.body = std::move(body);
        request.remote = "10.0.0.1";
        if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
        request.headers.add("Idempotency-Key", key.empty() ? "key-" + std::to_string(++keys_given_) : key);
        const Router::Match match = router_.match(method, path);
        if (match.route == nullptr) throw std::runtime_error("no route " + path);
        request.path_values = match.path_values;
        const Response response = match.route->handler(request);
        Answer answer{response.status, {}, {}, response.body, !response.headers.find("Idempotency-Replayed").empty()};
        if (response.headers.find("Content-Type").find("json") != std::string_view::npos) {
            answer.body = json::parse(response.body);
            if (response.status >= 400) answer.code = std::string(answer.body.at("code").as_string());
        }
        return answer;
    }
    Answer seal(const std::string& file, const std::string& query = "seal=registration&purpose=letter&subject=LX-1",
                const std::string& key = {})
    {
        return call(Method::post, "/api/v1/signing/seals", query, file, token_, key);
    }
    std::string sealed_file(const Answer& answer)
    {
        return call(Method::get, "/api/v1/signing/seals/" + std::string(answer.body.at("id").as_string()) + "/file", "",
                    "", token_)
            .text;
    }
    json::value verdict(const std::string& file)
    {
        return call(Method::post, "/api/v1/signing/verifications", "", file, token_).body;
    }
    std::vector<NotedUse> uses()
    {
        return *read(
            [&](Sql& sql) -> Result<std::vector<NotedUse>> { return seals_.uses(sql, lixia, seal_, 1'000'000, 100); });
    }

    std::size_t refusals_noted()
    {
        constexpr Statement of_programs{"test_refusals",
                                        "select body from journal_events where agency = $1 and type = $2"};
        return *read([&](Sql& sql) -> Result<std::size_t> {
            return sql.query(of_programs, {lixia, std::string("signing.refused")}).size();
        });
    }

    std::string letter()
    {
        Notice notice;
        notice.head = {"历下告〔2026〕1号", "", clock_.now(), SignatureHole::none};
        notice.home_name = "济南市历下区不动产登记中心";
        notice.title = "告知书";
        notice.addressee = "张三";
        notice.paragraphs = {"您的申请已收到。"};
        notice.date = "2026年11月28日";
        return press_->print(notice).value();
    }
    std::string ofd()
    {
        ZipWriter zip;
        const std::string mention = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>";
        ZipWriter whole;
        const OfdPackage package = press_->print_pair(documents::sample_proof()).value().ofd;
        for (const ArchivePart& part : package.parts) whole.add(part);
        const std::string bytes = whole.finish();
        const auto reader = ZipReader::open(bytes).value();
        for (const ZipReader::Entry& entry : reader.entries()) {
            std::string content = ZipReader::content(entry).value();
            if (const auto at = content.find(mention); at != std::string::npos) content.erase(at, mention.size());
            zip.add(std::string(entry.path), content, Packing::deflated);
        }
        return zip.finish();
    }

    TemporaryFolder folder_;
    const std::filesystem::path keys_ = std::filesystem::path(folder_.path()) / "keys";
    std::unique_ptr<Vault> vault_ = make_vault(std::string(32, 'k'));
    std::unique_ptr<Journal> journal_ = make_journal();
    SealStore seals_{ids_, *journal_};
    SigningStore signings_{ids_, *journal_};
    LocalObjects objects_{
        {.folder = folder_.path() + "/objects",
         .master_key = std::string(32, 'o'),
         .bytes_max_total = 0,
         .free_bytes_min = 0}
    };
    std::unique_ptr<Imaging> imaging_ = make_imaging();
    std::unique_ptr<ForeignFiles> files_ = make_foreign_files();
    NoStamps stamps_;
    std::unique_ptr<AgencySigner> signer_;
    std::unique_ptr<SealRing> ring_;
    std::unique_ptr<FileVerifier> verifier_;
    std::unique_ptr<DocumentPress> press_;
    std::unique_ptr<Commands> commands_;
    std::unique_ptr<AccessService> access_;
    std::unique_ptr<SignForSystems> flow_;
    Router router_;
    std::unique_ptr<ApiRouter> api_;
    std::string seal_;
    std::string token_;
    std::string client_;
    int clients_ = 0;
    int keys_given_ = 10'000'000;
};
TONGBAN_ON_EACH_ENGINE(SignForSystemsTest);

TEST_P(SignForSystemsTest, APdfComesBackSealedAndTheUseIsNoted)
{
    const std::string pdf = letter();
    const Answer answer = seal(pdf);
    ASSERT_EQ(answer.status, 201) << answer.text;
    EXPECT_EQ(answer.body.at("format").as_string(), "pdf");
    EXPECT_EQ(answer.body.at("source_sm3").as_string(), sm3_hex(pdf));
    EXPECT_FALSE(answer.body.at("time_stamped").as_bool()) << "no authority answers; the file is good all the same";
    const std::string file = sealed_file(answer);
    EXPECT_EQ(answer.body.at("file_sm3").as_string(), sm3_hex(file));
    EXPECT_EQ(file.substr(0, pdf.size()), pdf);
    const json::value genuine = verdict(file);
    EXPECT_TRUE(genuine.at("genuine").as_bool()) << json::serialize(genuine);
    EXPECT_EQ(genuine.at("agency").as_string(), "370102");
    const json::value plain = verdict(pdf);
    EXPECT_FALSE(plain.at("genuine").as_bool());
    EXPECT_EQ(plain.at("fault").as_string(), verdict_problem::not_signed.code);
    std::string changed = file;
    changed[100] = static_cast<char>(changed[100] ^ 1);
    EXPECT_EQ(verdict(changed).at("fault").as_string(), verdict_problem::altered.code);

    ASSERT_EQ(uses().size(), 1U);
    EXPECT_EQ(uses()[0].use.purpose, "letter");
    EXPECT_EQ(uses()[0].use.subject, "LX-1");
    EXPECT_EQ(uses()[0].use.account, "client:" + client_ + " 历下区业务系统1");
    const std::string statement(answer.body.at("statement").as_string());
    EXPECT_NE(statement.find("\nsm3 " + sm3_hex(file) + "\n"), std::string::npos) << statement;
}

TEST_P(SignForSystemsTest, AnOfdComesBackSealed)
{
    const Answer answer = seal(ofd());
    ASSERT_EQ(answer.status, 201) << answer.text;
    EXPECT_EQ(answer.body.at("format").as_string(), "ofd");
    const json::value genuine = verdict(sealed_file(answer));
    EXPECT_TRUE(genuine.at("genuine").as_bool()) << json::serialize(genuine);
    EXPECT_EQ(genuine.at("seal").as_string(), answer.body.at("seal").at("name").as_string());
}

TEST_P(SignForSystemsTest, ARepeatGivesTheSameFileAndUsesNothing)
{
    const std::string pdf = letter();
    const std::string query = "seal=registration&purpose=letter&subject=LX-1";
    const Answer first = seal(pdf, query, "same-key-1");
    retire_seal(seal_);
    const Answer again = seal(pdf, query, "same-key-1");
    EXPECT_TRUE(again.is_replayed);
    EXPECT_EQ(again.text, first.text);
    EXPECT_EQ(uses().size(), 1U);
    EXPECT_EQ(seal(pdf + " ", query, "same-key-1").code, "journal.key_reused");
}

TEST_P(SignForSystemsTest, RefusesOthersSealsRetiredSealsAndOtherPurposes)
{
    const std::string pdf = letter();
    const std::string theirs = issued_seal(shinan, SealKind::registration);
    const auto refused = [&](const std::string& query) { return seal(pdf, query).code; };
    EXPECT_EQ(refused("seal=" + theirs + "&purpose=letter&subject=x"), seals_problem::not_found.code);
    EXPECT_EQ(refused("seal=registration&purpose=document&subject=x"), seals_problem::not_granted.code);
    EXPECT_EQ(refused("seal=registration&purpose=certificate&subject=x"), seals_problem::not_granted.code);
    EXPECT_EQ(refused("seal=collection&purpose=receipt&subject=x"), seals_problem::not_granted.code);
    EXPECT_EQ(refused("seal=registration&purpose=letter"), base_problem::invalid_fields.code);
    EXPECT_EQ(refused("purpose=letter&subject=x"), base_problem::invalid_fields.code);
    EXPECT_EQ(seal(pdf, "seal=" + seal_ + "&purpose=letter&subject=x").status, 201) << "a seal may be named by its id";
    const std::size_t before = uses().size();
    retire_seal(seal_);
    EXPECT_EQ(refused("seal=registration&purpose=letter&subject=x"), seals_problem::not_in_force.code);
    EXPECT_EQ(refused("seal=" + seal_ + "&purpose=letter&subject=x"), seals_problem::not_in_force.code);
    EXPECT_EQ(uses().size(), before) << "a refused use is no use";
    EXPECT_EQ(refusals_noted(), 3U) << "who asks for what it was not given stands in the journal";
}

TEST_P(SignForSystemsTest, RefusesWhoIsNoSystemOfTheRegistry)
{
    const std::string pdf = letter();
    const std::string good = token_;
    const auto refused = [&](const std::string& token) {
        token_ = token;
        const Answer answer = seal(pdf);
        return answer.status == 401 ? answer.code : std::to_string(answer.status) + answer.text;
    };
    EXPECT_EQ(refused(""), seals_problem::client_unknown.code);
    EXPECT_EQ(refused("nonsense"), seals_problem::client_unknown.code);
    EXPECT_EQ(refused("370202" + good.substr(6)), seals_problem::client_unknown.code) << "of another registry";
    EXPECT_EQ(refused(good.substr(0, good.size() - 1) + (good.back() == 'f' ? "0" : "f")),
              seals_problem::client_unknown.code);
    ASSERT_TRUE(write(lixia, [&](Sql& sql) -> Result<SigningClient> {
        return change(sql, client_, [&](SigningClient c) { return revoke(std::move(c), "a2", "下线", clock_.now()); });
    }));
    EXPECT_EQ(refused(good), seals_problem::client_unknown.code) << "revoked";
    EXPECT_TRUE(uses().empty());
    for (int i = 0; i < 200; ++i) {
        const Answer answer = call(Method::post, "/api/v1/signing/verifications", "", "x", "nonsense");
        if (answer.status == 429) return;
    }
    FAIL() << "guessing is not slowed down";
}

TEST_P(SignForSystemsTest, RefusesWhatCannotBeSealed)
{
    EXPECT_EQ(seal("just words").code, foreign_file_problem::unsupported.code);
    EXPECT_EQ(seal("").code, foreign_file_problem::unsupported.code);
    EXPECT_EQ(seal("%PDF-1.7 and nothing").code, "imaging.truncated");
    EXPECT_EQ(seal("PK nothing").code, "archive.malformed");
    const Answer once = seal(letter());
    EXPECT_EQ(seal(sealed_file(once)).code, foreign_file_problem::already_signed.code);
    EXPECT_EQ(seal(std::string(signed_source_bytes_max + 1, 'x')).code, signing_problem::too_large.code);
    const Router::Match route = router_.match(Method::post, "/api/v1/signing/seals");
    EXPECT_LE(route.route->body_bytes_max, 8U << 20);
    EXPECT_EQ(uses().size(), 1U);
}

TEST_P(SignForSystemsTest, ASystemSeesOnlyItsOwn)
{
    const Answer mine = seal(letter());
    const std::string path = "/api/v1/signing/seals/" + std::string(mine.body.at("id").as_string());
    EXPECT_EQ(call(Method::get, path, "", "", token_).body.at("file_sm3"), mine.body.at("file_sm3"));
    token_ = client("registration/letter");
    EXPECT_EQ(call(Method::get, path, "", "", token_).code, seals_problem::signing_not_found.code);
    EXPECT_EQ(call(Method::get, path + "/file", "", "", token_).code, seals_problem::signing_not_found.code);
    for (int i = 0; i < 1000; ++i) {
        const Answer answer = call(Method::post, "/api/v1/signing/verifications", "", "x", token_);
        if (answer.status == 429) {
            EXPECT_EQ(answer.code, signing_problem::too_many.code);
            return;
        }
    }
    FAIL() << "a system may call as often as it likes";
}

TEST_P(SignForSystemsTest, TwoLivingSystemsHaveTwoNames)
{
    const auto asked = [&](const std::string& name) {
        return write(lixia, [&](Sql& sql) -> Result<std::string> {
            return signings_.request(sql, lixia, {name, "registration/letter", "对接"}, "a1", clock_.now());
        });
    };
    EXPECT_EQ(asked("历下区业务系统1").error().problem, &seals_problem::client_name_taken);
    EXPECT_EQ(asked("x").error().problem, &seals_problem::client_name_invalid);
    EXPECT_TRUE(asked("历下区档案系统"));
}

}  // namespace
}  // namespace tongban
