// A capsule made here by hand, then tampered with in every way: the verifier must name each with its own code.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "base/bytes.h"
#include "base/codes.h"
#include "base/record.h"
#include "modules/evidence/core/capsule_extracts.h"
#include "modules/evidence/core/evidence_problems.h"
#include "modules/evidence/core/evidence_verifier.h"
#include "modules/journal/core/journal_hash.h"
#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/signature_judge.h"
#include "platform/sealing/file_verifier.h"
#include "platform/zip/stored_archives.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

using namespace capsule_problem;

constexpr Agency home = 370102;
constexpr Agency other = 370202;
const std::string page_bytes = "JPEG scan of a contract";

Millis real_now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

struct Keys {
    Keys()
    {
        create_demo_ca(folder.path());
        for (const Agency agency : {home, other}) ensure_agency_key(folder.path(), agency, "登记中心");
        create_demo_ca(foreign.path());
        ensure_agency_key(foreign.path(), home, "登记中心");
    }
    TemporaryFolder folder;
    TemporaryFolder foreign;
};
const Keys& keys()
{
    static const Keys made;
    return made;
}

class CapsuleTest : public ::testing::Test {
protected:
    CapsuleTest() { make_case(); }

    void make_case()
    {
        const Stamp stamp{now_, "w1", "周代收"};
        case_event::Opened opened{
            stamp, home, "id", number_, "DY-01", "20261123-1", {other, "c1", "DS1", "周代收"}
        };
        case_event::Filed filed;
        filed.stamp = stamp;
        Participant one;
        one.party.id = "p1";
        one.party.name = "王小明";
        one.party.number_sealed = "v1.secret";
        one.party.number_masked = "3701**********1237";
        one.answers.push_back({"intent", "是否真实意思表示？", "yes", "", now_});
        one.signature = DrawnMark{sm3_hex("PNG strokes"), now_};
        Participant two = one;
        two.party.id = "p2";
        two.party.name = "演示银行";
        two.signature.reset();
        filed.dossier.parties = {one, two};
        Material material;
        material.code = "M10";
        MaterialPage page;
        page.id = "page-1";
        page.digest = sm3_hex(page_bytes);
        page.bytes = static_cast<std::int64_t>(page_bytes.size());
        material.pages.push_back(page);
        filed.dossier.materials = {material};
        case_event::Accepted accepted;
        accepted.stamp = {now_ + 1000, "a1", "张受理"};
        add("case.opened", record_text(opened));
        add("case.filed", record_text(filed));
        add("case.accepted", record_text(accepted));
    }
    void add(std::string type, std::string body)
    {
        JournalEvent link;
        link.agency = home;
        link.seq = static_cast<std::int64_t>(journal_.size()) * 3 + 2;
        link.aggregate = "case";
        link.aggregate_id = number_;
        link.version = static_cast<std::int64_t>(journal_.size()) + 1;
        link.type = std::move(type);
        link.body = std::move(body);
        link.actor = "a1";
        link.at = now_ + 1000 * link.version;
        link.prev_hash = std::string(64, '0');
        link.hash = journal_hash(link);
        journal_.push_back(link);
    }
    // The registry's log: the case's events among those of others.
    std::vector<merkle::Hash> leaves() const
    {
        std::vector<merkle::Hash> all;
        for (std::size_t i = 0; i < 12; ++i) all.push_back(merkle::leaf_hash(sm3_bytes(std::to_string(i))));
        for (const JournalEvent& event : journal_) all[static_cast<std::size_t>(event.seq) - 1] = leaf_of(event.hash);
        return all;
    }
    static merkle::Hash of(const std::vector<merkle::Hash>& all, std::size_t begin, std::size_t end)
    {
        merkle::Edge edge;
        for (std::size_t i = begin; i < end; ++i) edge.append(all[i]);
        return edge.root();
    }

    struct Recipe {
        bool hide_second_party = false;
        bool hide_events = false;
        Agency signer = home;
        std::uint64_t log_size = 12;
        bool witnessed = true;
    };
    std::map<std::string, std::string> contents(const Recipe& recipe)
    {
        std::map<std::string, std::string> parts;
        std::vector<CapsuleEvent> events;
        std::vector<ProvenEvent> proven;
        const auto all = leaves();
        const merkle::NodeReader reader = [&](int level, std::uint64_t index) {
            return of(all, index << level, (index + 1) << level);
        };
        for (const JournalEvent& e : journal_) {
            events.push_back(
                {e.seq, e.aggregate, e.aggregate_id, e.version, e.type, e.body, e.actor, e.at, e.prev_hash});
            parts[event_path(e.version)] = record_text(events.back());
            ProvenEvent one{e.version, e.seq, e.hash, {}};
            if (static_cast<std::uint64_t>(e.seq) <= recipe.log_size)
                for (const auto& hash :
                     merkle::inclusion_proof(static_cast<std::uint64_t>(e.seq) - 1, recipe.log_size, reader))
                    one.proof.push_back(hex_of(hash));
            proven.push_back(one);
        }
        for (auto& [path, content] : capsule_extracts(events)) parts[path] = content;
        parts["log.json"] = record_text(proven);
        const Checkpoint checkpoint{home, recipe.log_size, of(all, 0, recipe.log_size), now_ + 9000};
        std::string note = signed_checkpoint(checkpoint, *signer_, *judge_->read(certificates_->pem(home)));
        if (recipe.witnessed)
            note += cosignature(checkpoint_text(checkpoint), other, now_ + 9500, *signer_,
                                *judge_->read(certificates_->pem(other)));
        parts["checkpoint.txt"] = note;
        for (const Agency agency : {home, other})
            parts["certificates/" + std::to_string(agency) + ".pem"] = certificates_->pem(agency);
        parts["signatures/01.png"] = "PNG strokes";
        parts["pages/" + sm3_hex(page_bytes)] = page_bytes;
        return parts;
    }
    struct Made {
        SignedNote note;
        CapsuleManifest manifest;
        std::map<std::string, std::string> files;  // parts that are shown
    };
    Made made(const std::map<std::string, std::string>& parts, const Recipe& recipe)
    {
        Made out;
        out.manifest.format = capsule_format;
        for (const auto& [path, content] : parts) {
            const std::string salt = sm3_bytes("salt" + path).substr(0, salt_bytes);
            out.manifest.parts.push_back(
                {path, static_cast<std::int64_t>(content.size()), salted_digest(salt, content), hex_of(salt)});
        }
        const CapsuleStatement statement{home,
                                         number_,
                                         static_cast<std::int64_t>(journal_.size()),
                                         now_ + 10'000,
                                         out.manifest.parts.size(),
                                         root_of(out.manifest.parts)};
        out.note.text = statement_text(statement);
        const auto facts = judge_->read(certificates_->pem(recipe.signer));
        out.note.signatures.push_back({capsule_origin(home),
                                       note_key_id(capsule_origin(home), NoteKey::author, facts->public_key),
                                       *bytes_of_base64url(signer_->sign(recipe.signer, out.note.text))});
        out.files = parts;
        for (CapsulePart& part : out.manifest.parts) {
            const bool hidden = (recipe.hide_second_party && part.path == "parties/02.json") ||
                                (recipe.hide_events && part.path.starts_with("events/"));
            if (!hidden) continue;
            part.salt.clear();
            out.files.erase(part.path);
        }
        return out;
    }
    std::string packed(const Made& capsule) const
    {
        std::vector<StoredFile> files{
            archives_->held(std::string(capsule_note_path), note_bytes(capsule.note)),
            archives_->held(std::string(capsule_manifest_path), record_text(capsule.manifest))};
        for (const auto& [path, content] : capsule.files) files.push_back(archives_->held(path, content));
        const std::uint64_t size = archives_->container_bytes(files);
        auto source = archives_->container(std::move(files));
        std::string bytes;
        std::string chunk(1000, '\0');
        while (const std::size_t got = source->read(chunk.data(), chunk.size())) bytes.append(chunk, 0, got);
        EXPECT_EQ(bytes.size(), size);
        return bytes;
    }
    Made capsule(const Recipe& recipe) { return made(contents(recipe), recipe); }
    Made capsule() { return capsule(Recipe{}); }
    EvidenceReport judged(const std::string& bytes)
    {
        return EvidenceVerifier(*judge_, *archives_, *documents_).verify(bytes);
    }
    std::string codes(const std::string& bytes)
    {
        std::string all;
        for (const EvidenceDefect& defect : judged(bytes).defects) all += std::string(defect.problem->code) + ";";
        return all;
    }
    std::string codes(const Made& capsule) { return codes(packed(capsule)); }

    const Millis now_ = real_now();
    const std::string number_ = make_case_number(home, "2026-11-28", 1);
    std::unique_ptr<AgencySigner> signer_ = make_agency_signer(keys().folder.path());
    std::unique_ptr<AgencyCertificates> certificates_ = make_agency_certificates(keys().folder.path());
    std::unique_ptr<SignatureJudge> judge_ = make_signature_judge({root_certificate(keys().folder.path())});
    std::unique_ptr<StoredArchives> archives_ = make_stored_archives();
    std::unique_ptr<FileVerifier> documents_ = make_file_verifier(trusted_certificates(keys().folder.path()));
    std::vector<JournalEvent> journal_;
};

TEST_F(CapsuleTest, ProvesItselfInWords)
{
    const EvidenceReport report = judged(packed(capsule()));
    EXPECT_TRUE(report.is_good()) << report_text(report, Language::chinese);
    EXPECT_TRUE(report.hidden.empty());
    EXPECT_GE(report.proven.size(), 6U) << report_text(report, Language::english);
    EXPECT_NE(report_text(report, Language::english).find("witnessed the checkpoint: 370202"), std::string::npos);
    EXPECT_EQ(contents({}).at("parties/01.json").find("v1.secret"), std::string::npos) << "extracts hold no secrets";
}

TEST_F(CapsuleTest, ARedactedOneIsSignedByTheSameWordsAndSaysWhatItHides)
{
    const EvidenceReport report = judged(packed(capsule({.hide_second_party = true, .hide_events = true})));
    EXPECT_TRUE(report.is_good()) << report_text(report, Language::chinese);
    EXPECT_EQ(report.hidden.size(), 4U);
    const auto parts = contents({});
    EXPECT_EQ(made(parts, {.hide_second_party = true}).note.text, made(parts, {}).note.text);
    EXPECT_EQ(statement_text(*read_statement(made(parts, {}).note.text)), made(parts, {}).note.text);
    Made unwitnessed = capsule({.witnessed = false});
    EXPECT_NE(report_text(judged(packed(unwitnessed)), Language::chinese).find("没有其他登记机构见证"),
              std::string::npos);
}

TEST_F(CapsuleTest, EveryFlippedByteIsNoticed)
{
    const std::string good = packed(capsule());
    std::mt19937 random(7);
    for (int i = 0; i < 400; ++i) {
        std::string bad = good;
        const std::size_t at = random() % bad.size();
        bad[at] = static_cast<char>(bad[at] ^ (1 << (random() % 8)));
        const EvidenceReport report = judged(bad);
        EXPECT_FALSE(report.is_good()) << "byte " << at;
        EXPECT_FALSE(report.defects.empty()) << "byte " << at;
    }
    for (const std::size_t cut : {good.size() - 1, good.size() / 2, std::size_t{100}})
        EXPECT_EQ(codes(good.substr(0, cut)), "capsule.container_altered;") << cut;
    EXPECT_EQ(codes(good + "x"), "capsule.container_altered;");
    EXPECT_EQ(codes(good.substr(0, 40)), "capsule.not_evidence;") << "nothing says any more what it was";
    EXPECT_EQ(codes(""), "capsule.not_evidence;");
}

TEST_F(CapsuleTest, EachDefectHasItsCode)
{
    Made bad = capsule();
    bad.files["parties/01.json"][10] ^= 1;
    EXPECT_EQ(codes(bad), "capsule.part_altered;");
    bad = capsule();
    bad.files.erase("decisions.json");
    EXPECT_EQ(codes(bad), "capsule.part_missing;");
    bad = capsule();
    bad.files["extra.json"] = "{}";
    EXPECT_EQ(codes(bad), "capsule.part_added;");
    bad = capsule();
    bad.manifest.parts.pop_back();
    EXPECT_EQ(codes(bad), "capsule.manifest_altered;");
    bad = capsule({.hide_second_party = true});
    for (CapsulePart& part : bad.manifest.parts)
        if (part.path == "parties/02.json") part.digest = std::string(64, 'a');
    EXPECT_EQ(codes(bad), "capsule.hidden_part_changed;");
    bad = capsule();
    bad.note.text.replace(bad.note.text.find("version 3"), 9, "version 4");
    EXPECT_EQ(codes(bad), "capsule.statement_altered;");
    EXPECT_EQ(codes(capsule({.signer = other})), "capsule.wrong_signer;");
    bad = capsule();
    bad.files["certificates/370102.pem"] = make_agency_certificates(keys().foreign.path())->pem(home);
    EXPECT_EQ(codes(bad), "capsule.statement_altered;") << "another's certificate for the same registry";
    bad = capsule();
    bad.manifest.format = "tongban-capsule-2";
    EXPECT_EQ(codes(bad), "capsule.manifest_malformed;");
    judge_ = make_signature_judge({root_certificate(keys().foreign.path())});
    EXPECT_EQ(codes(capsule()), "capsule.unknown_root;");
}

// The registry itself lies, and signs it: the log does not let it.
TEST_F(CapsuleTest, AFalseCaseUnderARealSignatureIsNoticed)
{
    const auto with = [&](const std::string& path, const std::string& content) {
        auto parts = contents({});
        parts[path] = content;
        return codes(made(parts, {}));
    };
    auto parts = contents({});
    std::string event = parts.at("events/0003.json");
    event.replace(event.find("a1"), 2, "a9");
    EXPECT_EQ(with("events/0003.json", event), "capsule.event_altered;");
    std::string summary = parts.at("summary.json");
    summary.replace(summary.find("accepted"), 8, "refused_");
    EXPECT_EQ(with("summary.json", summary), "capsule.state_differs;");
    EXPECT_EQ(with("pages/" + sm3_hex(page_bytes), "another contract"), "capsule.page_altered;");
    EXPECT_EQ(with("signatures/01.png", "another hand"), "capsule.page_altered;");

    auto proven = record_from_text<std::vector<ProvenEvent>>(parts.at("log.json"));
    auto swapped = proven;
    std::swap(swapped[0].proof, swapped[1].proof);
    EXPECT_EQ(with("log.json", record_text(swapped)), "capsule.not_in_log;capsule.not_in_log;");
    auto truncated = proven;
    truncated.pop_back();
    EXPECT_EQ(with("log.json", record_text(truncated)), "capsule.log_truncated;");
    EXPECT_EQ(codes(capsule({.log_size = 6})), "capsule.log_truncated;") << "an old checkpoint replayed";

    std::string note = parts.at("checkpoint.txt");
    note.replace(note.find("\n12\n"), 4, "\n13\n");
    EXPECT_EQ(with("checkpoint.txt", note), "capsule.checkpoint_altered;");
    note = parts.at("checkpoint.txt");
    const std::size_t at = note.rfind('\n', note.size() - 2) + 60;
    note[at] = note[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(with("checkpoint.txt", note), "capsule.witness_altered;");
}

TEST_F(CapsuleTest, CheckpointsAloneAreJudgedAgainstWhatWasSeen)
{
    const std::string old = contents({.log_size = 9}).at("checkpoint.txt");
    const std::string now = contents({}).at("checkpoint.txt");
    const std::string pems = certificates_->pem(home) + certificates_->pem(other);
    EvidenceVerifier verifier(*judge_, *archives_, *documents_);
    EXPECT_TRUE(verifier.verify(now, {.seen = old, .certificates = pems}).is_good());
    EXPECT_TRUE(verifier.verify(old, {.seen = now, .certificates = pems}).has(checkpoint_replayed));
    EXPECT_TRUE(verifier.verify(now, {}).has(checkpoint_altered)) << "nobody said whose key it is";
    journal_[0].hash = std::string(64, 'b');
    const std::string forked = contents({}).at("checkpoint.txt");
    EXPECT_TRUE(verifier.verify(forked, {.seen = now, .certificates = pems}).has(log_forked));
    EXPECT_TRUE(verifier.verify("hello", {}).has(not_evidence));
}

TEST_F(CapsuleTest, HostileContainersAreRefusedQuickly)
{
    std::string deep = packed(capsule());
    Made nested = capsule();
    nested.manifest.format = std::string(100'000, '[');
    EXPECT_EQ(codes(nested), "capsule.manifest_malformed;");
    auto parts = contents({});
    parts["log.json"] = std::string(200'000, '[');
    EXPECT_EQ(codes(made(parts, {})), "capsule.manifest_malformed;");
    for (const char* path : {"../x", "/x", "a/../b", "a\\b", "a//b", "c:x"}) {
        std::string bad = packed(capsule());
        std::size_t at = bad.find("clock.json");  // the manifest names it before it comes
        while (bad.substr(at - 30, 2) != "PK") at = bad.find("clock.json", at + 1);
        std::string wanted(path);
        wanted.resize(10, 'x');
        bad.replace(at, 10, wanted);
        EXPECT_EQ(codes(bad), "capsule.container_altered;") << path;
    }
    // A deflated bomb is not even looked into: nothing of ours is compressed.
    std::string bomb = packed(capsule());
    bomb[8] = 8;
    EXPECT_EQ(codes(bomb), "capsule.container_altered;");
}

}  // namespace
}  // namespace tongban
