package io.multicloudboutique.support.security;

import io.multicloudboutique.support.StartupRefused;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The accepted API keys, stored only as SHA-256 hashes, with the caller of each key. Immutable. */
final class ApiKeys {

    private static final String VARIABLE = "BOUTIQUE_SECURITY_APIKEYS";
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9._-]{1,64})=([0-9a-fA-F]{64})");
    private static final byte[] EMPTY_KEY_HASH = sha256("");

    private record Entry(String caller, byte[] hash) {}

    private final List<Entry> entries;

    private ApiKeys(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Parses entries of the form {@code <caller>=<SHA-256 of the key in hex>}. Error messages identify an entry by its
     * position and do not repeat its text, because the text may contain a key.
     *
     * @throws StartupRefused if an entry is malformed, has the hash of an empty key, or has the same key as another
     *     entry
     */
    static ApiKeys of(List<String> texts) {
        var entries = new ArrayList<Entry>();
        for (var text : texts) {
            var place = "entry " + (entries.size() + 1);
            var entry = ENTRY.matcher(text.strip());
            if (!entry.matches()) {
                throw new StartupRefused(
                        VARIABLE + " cannot be used: " + place
                                + " does not have the form <caller>=<SHA-256 of the key in hex>, where <caller> has 1 to 64 letters, digits, '.', '_' and '-'.");
            }
            var hash = HexFormat.of().parseHex(entry.group(2));
            if (Arrays.equals(hash, EMPTY_KEY_HASH)) {
                throw new StartupRefused(VARIABLE + " cannot be used: " + place + " is the hash of an empty key.");
            }
            for (int i = 0; i < entries.size(); i++) {
                if (Arrays.equals(hash, entries.get(i).hash())) {
                    throw new StartupRefused(
                            VARIABLE + " cannot be used: " + place + " has the same key as entry " + (i + 1) + ".");
                }
            }
            entries.add(new Entry(entry.group(1), hash));
        }
        return new ApiKeys(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Returns the caller to whom the key belongs, or null if the key is unknown. The look-up takes the same time for
     * known and unknown keys.
     */
    @Nullable
    String callerOf(String key) {
        var hash = sha256(key);
        String caller = null;
        for (var entry : entries) {
            if (MessageDigest.isEqual(hash, entry.hash())) {
                caller = entry.caller();
            }
        }
        return caller;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
