#!/bin/sh
# The tests of kernels and digests on an emulated 64-bit ARM, with the dot product of bytes and on a processor without
# it.
set -eu
cd "$(dirname "$0")/../.."
cc=aarch64-linux-gnu-gcc
for tool in $cc qemu-aarch64; do
    if ! command -v "$tool" >/dev/null; then
        echo "tests/cross: skipped, no $tool here (Debian: gcc-aarch64-linux-gnu, libc6-dev-arm64-cross, qemu-user)"
        exit 0
    fi
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
$cc -std=c17 -O3 -Wall -Wextra -Werror -Wno-missing-field-initializers -ffp-contract=off -static -Isrc -Itests/cross \
    tests/unit/syntax/test_kernel.c src/syntax/kernel*.c -o "$dir/test_kernel"
$cc -std=c17 -O3 -Wall -Wextra -Werror -static -Isrc -Itests/cross tests/unit/base/test_sha256.c src/base/sha256*.c \
    -o "$dir/test_sha256"
for cpu in max cortex-a53; do
    echo "tests/cross: aarch64, $cpu"
    qemu-aarch64 -cpu "$cpu" "$dir/test_kernel"
    qemu-aarch64 -cpu "$cpu" "$dir/test_sha256"
done
