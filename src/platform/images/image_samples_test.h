#pragma once
// Pictures and PDFs made for the tests of this folder.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>
#include <string>

#include "platform/images/vips_start.h"

namespace tongban::samples {

// A picture with enough detail that every byte of its file matters.
inline images::Picture noise(int width, int height, int bands)
{
    images::start_vips();
    std::string pixels;
    std::uint32_t state = 1;
    for (int i = 0; i < width * height * bands; ++i) {
        state = state * 1664525 + 1013904223;
        pixels += static_cast<char>(state >> 24);
    }
    return images::Picture(
        vips_image_new_from_memory_copy(pixels.data(), pixels.size(), width, height, bands, VIPS_FORMAT_UCHAR));
}

inline std::string taken(int outcome, void* data, std::size_t size)
{
    EXPECT_EQ(outcome, 0);
    std::string bytes(static_cast<const char*>(data), size);
    g_free(data);
    return bytes;
}

inline std::string jpeg_of(VipsImage* picture, bool progressive = false)
{
    void* data = nullptr;
    std::size_t size = 0;
    const int outcome =
        vips_jpegsave_buffer(picture, &data, &size, "Q", 90, "interlace", progressive ? TRUE : FALSE, nullptr);
    return taken(outcome, data, size);
}

inline std::string png_of(VipsImage* picture, bool interlaced = false)
{
    void* data = nullptr;
    std::size_t size = 0;
    const int outcome = vips_pngsave_buffer(picture, &data, &size, "interlace", interlaced ? TRUE : FALSE, nullptr);
    return taken(outcome, data, size);
}

enum class Lock { none, owner_password, user_password };

inline std::string pdf_of(int pages, const std::string& catalog_entry = "", Lock lock = Lock::none)
{
    QPDF pdf;
    pdf.emptyPDF();
    for (int i = 0; i < pages; ++i) {
        QPDFObjectHandle content = QPDFObjectHandle::newStream(&pdf, fmt::format("1 0 0 rg {} 20 50 50 re f", 10 + i));
        QPDFObjectHandle page = QPDFObjectHandle::parse("<</Type/Page/MediaBox[0 0 200 100]/Resources<<>>>>");
        page.replaceKey("/Contents", content);
        pdf.addPage(pdf.makeIndirectObject(page), false);
    }
    if (!catalog_entry.empty()) {
        QPDFObjectHandle added = QPDFObjectHandle::parse("<<" + catalog_entry + ">>");
        for (const std::string& key : added.getKeys()) pdf.getRoot().replaceKey(key, added.getKey(key));
    }
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setObjectStreamMode(qpdf_o_generate);  // names hidden in compressed object streams must be found, too
    if (lock != Lock::none)
        writer.setR6EncryptionParameters(lock == Lock::user_password ? "user" : "", "owner", true, true, true, true,
                                         true, true, qpdf_r3p_full, true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace tongban::samples
