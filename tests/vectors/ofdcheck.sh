#!/usr/bin/env bash
# Checks a sealed OFD (GB/T 38540-2020) with openssl and unzip alone, to have another opinion than our own.
#   ofdcheck.sh FILE.ofd ROOT.crt.pem     prints ALL OK, or what is BAD
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unzip -q "$1" -d "$folder" 2>/dev/null || true
signs=$folder/Doc_0/Signs/Sign_0
value=$signs/SignedValue.dat
seal=$signs/Seal.esl
id='-sigopt distid:1234567812345678'
bad() { echo "BAD $1"; exit 1; }
# The n-th element of the outermost sequence: its offset, and its content without head (strings) or as a whole.
offset() { openssl asn1parse -inform DER -in "$1" 2>/dev/null | grep 'd=1' | sed -n "$2p" | cut -d: -f1; }
element() { openssl asn1parse -inform DER -in "$1" -strparse "$(offset "$1" "$2")" -noout -out "$3"; }
signed_by() { openssl x509 -inform DER -in "$1" -pubkey -noout >"$folder/key"; openssl dgst -sm3 -verify "$folder/key" $id -signature "$2" "$3" >/dev/null || bad "$4"; }
element "$value" 1 "$folder/signed"
element "$value" 2 "$folder/signer"
element "$value" 4 "$folder/signature"
signed_by "$folder/signer" "$folder/signature" "$folder/signed" 'signature of the seal'
element "$folder/signed" 2 "$folder/used"
cmp -s "$folder/used" "$seal" || bad 'Seal.esl is not the seal that was used'
element "$seal" 1 "$folder/info"
element "$seal" 2 "$folder/maker"
element "$seal" 4 "$folder/made"
signed_by "$folder/maker" "$folder/made" "$folder/info" 'signature of the maker'
digest=$(dd if="$folder/signed" bs=1 skip=$(($(offset "$folder/signed" 4) + 3)) count=32 status=none | xxd -p -c64)
[ "$(openssl dgst -sm3 -r "$signs/Signature.xml" | cut -c1-64)" = "$digest" ] || bad Signature.xml
count=$(xmllint --xpath 'count(//*[local-name()="Reference"])' "$signs/Signature.xml")
for i in $(seq 1 "$count"); do
    one="(//*[local-name()='Reference'])[$i]"
    path=$(xmllint --xpath "string($one/@FileRef)" "$signs/Signature.xml")
    said=$(xmllint --xpath "string($one/*)" "$signs/Signature.xml")
    [ "$(openssl dgst -sm3 -binary "$folder$path" | base64)" = "$said" ] || bad "$path"
done
for one in signer maker; do
    openssl x509 -inform DER -in "$folder/$one" -out "$folder/$one.pem"
    openssl verify -vfyopt distid:1234567812345678 -CAfile "$2" "$folder/$one.pem" >/dev/null 2>&1 || bad "certificate of the $one"
done
echo ALL OK
