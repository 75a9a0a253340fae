#pragma once
// The outside world of the flow tests, and what they do not look at: each answers in the simplest way that is true.

#include <gmock/gmock.h>

#include <map>

#include "base/documents.h"
#include "base/imaging.h"
#include "base/json.h"
#include "modules/access/core/access_problems.h"
#include "modules/access/core/sessions.h"
#include "modules/notify/core/notices.h"
#include "modules/parties/core/identity_port.h"
#include "modules/parties/core/person_identities.h"
#include "modules/persons/core/persons.h"
#include "platform/crypto/vault.h"
#include "sandbox/demo_people.h"
#include "testing/test_database.h"

namespace tongban {
namespace {

class StringSigner : public AgencySigner {
public:
    std::string sign(Agency agency, std::string_view bytes) override
    {
        return sm3_hex(std::to_string(agency) + ":" + std::string(bytes));
    }
    bool verify(Agency agency, std::string_view bytes, std::string_view signature) override
    {
        return !broken && sign(agency, bytes) == signature;
    }
    std::string sign_pdf(Agency, std::string pdf) override { return pdf; }
    bool broken = false;
};

// PNG… and PDF… are files of those kinds; PDF-… is one that the gate refuses when it has seen all of it.
class KnownFiles : public Imaging {
public:
    class Inspector : public FileInspector {
    public:
        explicit Inspector(bool busy) : busy_(busy) {}
        Result<void> write(std::string_view) override { return {}; }
        Result<FileFacts> finish(ByteRanges& all) override
        {
            if (busy_) return Error{base_problem::unavailable};
            std::string first(4, '\0');
            first.resize(all.read(0, first.data(), first.size()));
            if (first == "PDF-") return Error{imaging_problem::active_content};
            if (first.starts_with("PNG")) return FileFacts{FileKind::png, 1, 10, 10};
            if (first.starts_with("PDF")) return FileFacts{FileKind::pdf, 3, 10, 10};
            return Error{imaging_problem::unsupported};
        }

    private:
        const bool busy_;
    };
    std::unique_ptr<FileInspector> begin_inspection() override { return std::make_unique<Inspector>(busy); }
    Result<std::string> preview(std::string_view bytes, FileKind, int, int, Rotation) override
    {
        return "picture of " + std::string(bytes);
    }
    bool busy = false;
};

// Says which document it was asked for and by whom.
class NamingPress : public DocumentPress {
public:
    Result<std::string> print(const CollectionReceipt& d) override { return "receipt " + d.head.number; }
    Result<std::string> print(const AcceptanceReceipt& d) override
    {
        return "acceptance " + d.head.number + " " + d.due_on;
    }
    Result<std::string> print(const Notice& d) override { return d.title + " " + std::to_string(d.rows.size()); }
    Result<std::string> print(const InterviewRecord& d) override
    {
        return "interview " + d.person.name + " " + std::to_string(d.answers.size());
    }
    Result<std::string> print(const RegistrationProof&) override { return std::string("proof"); }
    Result<std::string> print(const TitleCertificate&) override { return std::string("title"); }
    Result<DocumentPair> print_pair(const RegistrationProof&) override { return DocumentPair{"proof", {}}; }
    Result<DocumentPair> print_pair(const TitleCertificate&) override { return DocumentPair{"title", {}}; }
    Result<std::string> seal_picture(std::string_view, std::string_view) override { return std::string("seal"); }
    Result<std::string> print(const ServiceGuide& d) override { return "guide " + d.head.number; }
};

class Police : public IdentityPort {
public:
    IdentityAnswer check(const IdentityQuestion& question) override
    {
        asked.push_back(question.number);
        return {IdentityOutcome::matched, "police", "ref", "一致", {}};
    }
    std::vector<std::string> asked;
};

class Reader : public CardReader {
public:
    Result<CardOnReader> read() override
    {
        if (!card) return Error{parties_problem::no_card};
        return *card;
    }
    std::optional<CardOnReader> card;
};

// Who is behind an account online; nobody has shown who he is yet.
class Persons : public PersonIdentities {
public:
    Result<VerifiedPerson> find(const Actor& person) override
    {
        const auto known = people.find(person.account);
        if (known == people.end()) return Error{parties_problem::real_name_needed};
        return known->second;
    }
    std::map<std::string, VerifiedPerson> people;
};

class RememberedNotices : public Notices {
public:
    void queue(Sql&, Agency, std::string_view, NoticeKind kind, const NoticeValues& values, std::string_view) override
    {
        EXPECT_FALSE(notice_text(kind, values).empty());
        ++sent[kind];
        if (const auto code = values.find("code"); code != values.end()) {
            const auto name = values.find("name");
            codes[name == values.end() ? std::string{} : name->second] = code->second;
        }
    }
    std::map<NoticeKind, int> sent;
    std::map<std::string, std::string> codes;  // the last one, by who is called
};

// Whoever asks has this name, number and phone.
class OnePerson : public PortalPersons {
public:
    explicit OnePerson(Vault& vault) : vault_(vault) {}
    Result<PortalPerson> verified(const Actor& actor, AssuranceLevel) override
    {
        if (!actor.is_person()) return Error{access_problem::not_signed_in};
        PortalPerson person;
        person.kept_by = 370000;
        person.account = actor.account;
        person.number_digest = vault_.digest(370000, number);
        person.phone_digest = vault_.digest(370000, phone);
        person.level = level;
        return person;
    }
    std::string number, phone;
    AssuranceLevel level = AssuranceLevel::real_name;

private:
    Vault& vault_;
};

class VisitedCases : public Sessions {
public:
    OpenedSession open_for_applicant(const ApplicantSession& applicant) override
    {
        opened = applicant;
        return {"tongban_tracking=x", "csrf"};
    }
    OpenedSession open_for_person(const PersonSession&) override { return {"tongban_person=x", "csrf"}; }
    std::string end_for_person(std::string_view) override { return "tongban_person="; }
    std::string csrf_token_of(std::string_view) override { return "csrf"; }
    ApplicantSession opened;
};

}  // namespace
}  // namespace tongban
