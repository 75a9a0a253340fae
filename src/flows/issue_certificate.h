#pragma once
// The file of a certificate, made after the entry: printed, signed with the registry's key, stored, and only then the
// certificate is issued: a signed PDF and a sealed OFD from one display list. A worker, woken right after the
// registration's commit and sweeping every second: what a crash interrupted is done again, and doing it twice changes
// nothing.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "base/crypto.h"
#include "base/documents.h"
#include "base/objects.h"
#include "base/seals.h"
#include "base/signed_code.h"
#include "base/time_stamps.h"
#include "flows/case_steps.h"
#include "modules/certificates/certificate_store.h"

namespace tongban {

class CertificateIssuer {
public:
    struct Parts {
        Database& database;
        Clock& clock;
        CaseStore& cases;
        CaseSteps& steps;
        CertificateStore& certificates;
        DocumentPress& press;
        AgencySigner& signer;
        ObjectStore& objects;
        SealRing& seals;
        TimeStamps& time_stamps;
        CodeKeys& codes;
        // The registry's seal 登记专用章 for this certificate, as SealRing knows it; its use is noted. Nothing: the
        // registry has no seal in force.
        std::function<std::optional<std::string>(Agency, const std::string& number)> registration_seal;
    };
    using Log = std::function<void(std::string_view)>;  // one English line for the operator; no personal data

    // `public_url`: https://host, what the QR code of the certificate leads to.
    CertificateIssuer(Parts parts, std::string public_url, Log log = {});
    ~CertificateIssuer();
    CertificateIssuer(const CertificateIssuer&) = delete;
    CertificateIssuer& operator=(const CertificateIssuer&) = delete;

    void start();
    void stop();  // returns when the file in hand is done; a second call does nothing
    void wake();  // never blocks

    // Makes the files that wait now, on the calling thread; gives how many were issued.
    int issue_due();
    // PDFs whose signature could not be stamped when it was made, tried again; gives how many have their stamp now.
    int stamp_due();
    // No time-stamping authority answers: certificates are issued all the same, their stamps come later.
    bool stamps_delayed() const { return stamps_delayed_; }

private:
    bool issue(Agency agency, const std::string& number);
    struct Files {
        std::string pdf;  // digests in the object store
        std::string ofd;
        bool stamped = false;
    };
    Result<Files> print(Agency agency, const Certificate& certificate);
    bool stamp(const CertificateStore::Unstamped& file);
    Result<std::string> stamped(std::string pdf);
    void run();
    void log(std::string_view line);

    Parts parts_;
    const std::string public_url_;
    Log log_;
    std::atomic<bool> stamps_delayed_ = false;
    std::atomic<Millis> stamps_again_at_ = 0;  // a dead authority is not asked for every certificate
    std::mutex mutex_;
    std::condition_variable woken_;
    bool wanted_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tongban
