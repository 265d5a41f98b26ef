package dev.schemaproof.output;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 over everything that a result depends on. */
public final class Fingerprint {

    private final MessageDigest digest;

    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds a named text; the lengths are added too, so that no two different lists of inputs look alike. */
    public Fingerprint add(String name, String value) {
        return add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a named content. */
    public Fingerprint add(String name, byte[] value) {
        for (var part : new byte[][] {name.getBytes(StandardCharsets.UTF_8), value}) {
            digest.update((part.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(part);
        }
        return this;
    }

    /** The fingerprint in hexadecimal digits; nothing can be added afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The fingerprint of one content. */
    public static String of(byte[] content) {
        return new Fingerprint().add("", content).hex();
    }
}
