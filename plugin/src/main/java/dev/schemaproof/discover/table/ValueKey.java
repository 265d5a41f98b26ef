package dev.schemaproof.discover.table;

import java.security.SecureRandom;

/**
 * A text in 128 bits, by which equal texts are recognized without keeping them.
 *
 * <p>A text of up to {@value #EXACT} ASCII characters is kept as it is, so that no two of them are confused. A longer one, or
 * one with other characters, is represented by 127 bits of SipHash-2-4 with a 128-bit result and a secret key: among n such
 * texts the chance that any two are confused is below n²/2^128, for ten million of them below 1 in 10^24. The key is drawn
 * anew for each process, so that no file can be made to confuse; nothing that is reported depends on it.
 *
 * @see <a href="https://www.aumasson.jp/siphash/">J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", 2012</a>
 */
final class ValueKey {

    /** The longest text that is kept as it is. */
    static final int EXACT = 15;

    private static final int BYTES = 8;
    private static final int ASCII = 0x80;
    private static final int CHARS_PER_WORD = 4;
    private static final long KEY_0;
    private static final long KEY_1;

    static {
        var random = new SecureRandom();
        KEY_0 = random.nextLong();
        KEY_1 = random.nextLong();
    }

    private long first;
    private long second;

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    /** The first 64 bits. */
    long first() {
        return first;
    }

    /** The other 64 bits, of which the highest tells whether the text was hashed. */
    long second() {
        return second;
    }

    /** Becomes the key of a text. */
    void set(char[] text, int offset, int length) {
        if (length > EXACT || !pack(text, offset, length)) {
            hash(text, offset, length);
        }
    }

    private boolean pack(char[] text, int offset, int length) {
        long low = 0;
        long high = (long) length << 7 * BYTES;
        for (var i = 0; i < length; i++) {
            var c = text[offset + i];
            if (c >= ASCII) {
                return false;
            }
            if (i < BYTES) {
                low |= (long) c << i * BYTES;
            } else {
                high |= (long) c << (i - BYTES) * BYTES;
            }
        }
        first = low;
        second = high;
        return true;
    }

    private void hash(char[] text, int offset, int length) {
        v0 = KEY_0 ^ 0x736f6d6570736575L;
        v1 = KEY_1 ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = KEY_0 ^ 0x6c7967656e657261L;
        v3 = KEY_1 ^ 0x7465646279746573L;
        var i = 0;
        for (; i + CHARS_PER_WORD <= length; i += CHARS_PER_WORD) {
            var at = offset + i;
            absorb(text[at] | (long) text[at + 1] << 16 | (long) text[at + 2] << 32 | (long) text[at + 3] << 48);
        }
        var last = (long) length << 56;
        for (var shift = 0; i < length; i++, shift += Character.SIZE) {
            last |= (long) text[offset + i] << shift;
        }
        absorb(last);
        v2 ^= 0xee;
        rounds(4);
        first = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        rounds(4);
        second = v0 ^ v1 ^ v2 ^ v3 | Long.MIN_VALUE;
    }

    private void absorb(long word) {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    }

    private void rounds(int count) {
        for (var i = 0; i < count; i++) {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
