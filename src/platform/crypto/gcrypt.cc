#include "platform/crypto/gcrypt.h"

#include <gcrypt.h>

#include <stdexcept>

namespace tongban::crypto {

void start_gcrypt()
{
    // Secure memory is off: it is one small locked pool behind a mutex, and our keys live in ordinary memory anyway.
    static const bool started = [] {
        if (gcry_check_version("1.10.0") == nullptr) throw std::runtime_error("libgcrypt is older than 1.10");
        gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
        gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
        return true;
    }();
    (void)started;
}

}  // namespace tongban::crypto
