#pragma once
// A text with signatures below it, in the form of C2SP signed-note:
//     text, any number of lines, each ended by a line feed
//     (an empty line)
//     — <name of the key> <base64 of key id (4 bytes) and signature>
// What differs from C2SP, and why, is in docs/adr/0011-transparency-log.md: key ids are SM3, keys are P-256.
// Pure and bounded; written so that one note has exactly one form.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace tongban {

struct NoteSignature {
    std::string name;       // of the key: no blank, no plus sign
    std::string key_id;     // 4 bytes
    std::string signature;  // raw
};

struct SignedNote {
    std::string text;  // with the line feed of its last line
    std::vector<NoteSignature> signatures;
};

inline constexpr std::size_t note_bytes_max = 64 * 1024;
inline constexpr std::size_t note_signatures_max = 100;

// Nothing for bytes that are not exactly what note_bytes() makes.
std::optional<SignedNote> read_note(std::string_view bytes);
std::string note_bytes(const SignedNote& note);
std::string signature_line(const NoteSignature& signature);  // with its line feed
std::optional<NoteSignature> read_signature_line(std::string_view line);

enum class NoteKey {
    author,  // signs the text
    witness  // signs cosigned_bytes() of text and time; the signature is preceded by the time, 8 bytes big-endian
};
// The first 4 bytes of SM3(name | 0x0A | 0xFF | kind | 0x00 | SubjectPublicKeyInfo).
std::string note_key_id(std::string_view name, NoteKey kind, std::string_view public_key);

// "cosignature/v1\ntime <seconds>\n" and the text, as C2SP tlog-cosignature has it.
std::string cosigned_bytes(std::string_view text, Millis at);
std::string timed_signature(Millis at, std::string_view der);
struct TimedSignature {
    Millis at = 0;
    std::string der;
};
std::optional<TimedSignature> read_timed_signature(std::string_view bytes);

}  // namespace tongban
