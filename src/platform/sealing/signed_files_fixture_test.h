#pragma once
// A demonstration's authority, a registry with key and seal, and one certificate in both formats; tools that look at
// the files from outside.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "platform/crypto/agency_signer.h"
#include "platform/crypto/demo_ca.h"
#include "platform/crypto/time_stamp.h"
#include "platform/crypto/vault.h"
#include "platform/documents/press.h"
#include "platform/documents/samples.h"
#include "platform/sealing/file_verifier.h"
#include "platform/sealing/seal_ring.h"

namespace tongban {

inline constexpr Agency lixia = 370102;
inline const std::string lixia_name = "济南市历下区不动产登记中心";

class SystemTime : public Clock {
public:
    Millis now() override { return static_cast<Millis>(::time(nullptr)) * 1000 + ahead; }
    Millis ahead = 0;
};

// An authority across the "network": answers, answers nonsense, or is not there.
class TimeOverHttp : public HttpClient {
public:
    explicit TimeOverHttp(TimeStampAuthority& authority) : authority_(authority) {}
    Response send(Method, const std::string& url, const Headers& headers, std::string body) override
    {
        asked.push_back(url);
        EXPECT_EQ(headers.find("Content-Type"), "application/timestamp-query");
        if (url.find("dead") != std::string::npos) throw Unreachable("nobody there");
        Response response;
        response.body = url.find("nonsense") != std::string::npos ? "<html>" : authority_.answer(body);
        return response;
    }
    std::vector<std::string> asked;

private:
    TimeStampAuthority& authority_;
};

// What a tool prints, both streams.
inline std::string output_of(const std::string& command)
{
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return "popen failed";
    std::string text;
    std::array<char, 4096> part{};
    while (const std::size_t n = std::fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), n);
    ::pclose(pipe);
    return text;
}

// Made once: fonts, keys, seal and both files.
struct SignedFiles {
    SignedFiles()
    {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        create_demo_ca(folder / "keys");
        ensure_agency_key(folder / "keys", lixia, lixia_name);
        press = make_document_press(std::filesystem::temp_directory_path() / "tongban-fonts", PressMode::demo);
        signer = make_agency_signer(folder / "keys");
        ring = make_seal_ring(folder / "keys", *vault, clock);
        wish.name = lixia_name + "不动产登记专用章";
        wish.office = lixia_name;
        wish.picture = press->seal_picture(lixia_name, "不动产登记专用章").value();
        wish.from = clock.now() - 1000;
        wish.until = clock.now() + 365LL * 24 * 3600 * 1000;
        ring->make(lixia, "registration", wish);
        authority = make_time_stamp_authority(folder / "keys", clock);
        verifier = make_file_verifier(trusted_certificates(folder / "keys"));
        pair = press->print_pair(documents::sample_proof()).value();
        pdf = signer->sign_pdf(lixia, pair.pdf);
        ofd = ring->seal_ofd(lixia, "registration", pair.ofd, clock.now());
    }
    ~SignedFiles() { std::filesystem::remove_all(folder); }

    SystemTime clock;
    std::unique_ptr<Vault> vault = make_vault(std::string(32, 'k'));
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / fmt::format("tongban-sealing-test-{}", ::getpid());
    SealWish wish;
    std::unique_ptr<DocumentPress> press;
    std::unique_ptr<AgencySigner> signer;
    std::unique_ptr<SealRing> ring;
    std::unique_ptr<TimeStampAuthority> authority;
    std::unique_ptr<FileVerifier> verifier;
    DocumentPair pair;
    std::string pdf;
    std::string ofd;
};

class Signed : public testing::Test {
protected:
    static SignedFiles& files()
    {
        static SignedFiles shared;
        return shared;
    }
    static FileVerdict verdict_on(std::string_view bytes) { return files().verifier->verify(bytes); }
    static std::string saved(std::string_view name, std::string_view bytes)
    {
        const auto file = files().folder / name;
        std::ofstream(file, std::ios::binary) << bytes;
        return file.string();
    }
};

}  // namespace tongban
