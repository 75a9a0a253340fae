#pragma once
// The file of a certificate, made after the entry: printed, signed with the registry's key, stored, and only then the
// certificate is issued. A worker, woken right after the registration's commit and sweeping every second: what a crash
// interrupted is done again, and doing it twice changes nothing.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/crypto.h"
#include "base/documents.h"
#include "base/objects.h"
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

private:
    bool issue(Agency agency, const std::string& number);
    Result<std::string> print(Agency agency, const Certificate& certificate);
    void run();
    void log(std::string_view line);

    Parts parts_;
    const std::string public_url_;
    Log log_;
    std::mutex mutex_;
    std::condition_variable woken_;
    bool wanted_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tongban
