#include "modules/journal/core/signed_note.h"

#include "base/bytes.h"
#include "base/trust.h"

namespace tongban {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // em dash and a blank
constexpr std::size_t key_id_bytes = 4;
constexpr std::size_t time_bytes = 8;
constexpr std::size_t name_bytes_max = 100;

bool is_key_name(std::string_view name)
{
    if (name.empty() || name.size() > name_bytes_max) return false;
    for (const char c : name)
        if (c <= ' ' || c == '+' || c == '\x7F') return false;
    return true;
}

bool is_text(std::string_view text)
{
    if (text.empty() || text.back() != '\n') return false;
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n') return false;
    return true;
}

std::string_view kind_text(NoteKey kind)
{
    return kind == NoteKey::author ? "tongban-p256-sm3" : "tongban-p256-sm3-cosignature";
}

}  // namespace

std::string signature_line(const NoteSignature& signature)
{
    return std::string(dash) + signature.name + " " + base64_of(signature.key_id + signature.signature) + "\n";
}

std::optional<NoteSignature> read_signature_line(std::string_view line)
{
    if (!line.starts_with(dash) || line.back() != '\n') return std::nullopt;
    line.remove_prefix(dash.size());
    line.remove_suffix(1);
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || !is_key_name(line.substr(0, blank))) return std::nullopt;
    const auto bytes = bytes_of_base64(line.substr(blank + 1));
    if (!bytes || bytes->size() <= key_id_bytes) return std::nullopt;
    return NoteSignature{std::string(line.substr(0, blank)), bytes->substr(0, key_id_bytes),
                         bytes->substr(key_id_bytes)};
}

std::string note_bytes(const SignedNote& note)
{
    std::string bytes = note.text + "\n";
    for (const NoteSignature& signature : note.signatures) bytes += signature_line(signature);
    return bytes;
}

std::optional<SignedNote> read_note(std::string_view bytes)
{
    if (bytes.size() > note_bytes_max) return std::nullopt;
    // The last empty line divides: a text may have empty lines of its own, signatures have none.
    const std::size_t gap = bytes.rfind("\n\n");
    if (gap == std::string_view::npos) return std::nullopt;
    SignedNote note;
    note.text = bytes.substr(0, gap + 1);
    if (!is_text(note.text)) return std::nullopt;
    for (std::size_t at = gap + 2; at < bytes.size();) {
        const std::size_t end = bytes.find('\n', at);
        if (end == std::string_view::npos || note.signatures.size() == note_signatures_max) return std::nullopt;
        auto signature = read_signature_line(bytes.substr(at, end + 1 - at));
        if (!signature) return std::nullopt;
        note.signatures.push_back(std::move(*signature));
        at = end + 1;
    }
    if (note.signatures.empty()) return std::nullopt;
    return note;
}

std::string note_key_id(std::string_view name, NoteKey kind, std::string_view public_key)
{
    std::string bytes{name};
    bytes += '\n';
    bytes += '\xFF';
    bytes += kind_text(kind);
    bytes += '\0';
    bytes += public_key;
    return sm3_bytes(bytes).substr(0, key_id_bytes);
}

std::string cosigned_bytes(std::string_view text, Millis at)
{
    return "cosignature/v1\ntime " + std::to_string(at / 1000) + "\n" + std::string(text);
}

std::string timed_signature(Millis at, std::string_view der)
{
    std::string bytes;
    const auto seconds = static_cast<std::uint64_t>(at / 1000);
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((seconds >> shift) & 255);
    return bytes += der;
}

std::optional<TimedSignature> read_timed_signature(std::string_view bytes)
{
    if (bytes.size() <= time_bytes) return std::nullopt;
    std::uint64_t seconds = 0;
    for (std::size_t i = 0; i < time_bytes; ++i) seconds = (seconds << 8) | static_cast<unsigned char>(bytes[i]);
    constexpr std::uint64_t seconds_max = 253402300799;  // the year 9999
    if (seconds > seconds_max) return std::nullopt;
    return TimedSignature{static_cast<Millis>(seconds * 1000), std::string(bytes.substr(time_bytes))};
}

}  // namespace tongban
