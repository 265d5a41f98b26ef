package dev.schemaproof.prove.engine;

import java.util.Map;
import java.util.TreeMap;

/** The settings of servers that we start: nothing need survive a crash, and nothing may change behind a proof's back. */
final class ServerSettings {

    private ServerSettings() {}

    /** Setting by name, in the order of the names. */
    static Map<String, String> ofThrowaway() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("fsync", "off");
        settings.put("full_page_writes", "off");
        settings.put("synchronous_commit", "off");
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");
        // Statistics are declared, or gathered when a proof says so
        settings.put("autovacuum", "off");
        settings.put("max_connections", "64");
        settings.put("shared_buffers", "32MB");
        settings.put("timezone", "UTC");
        return settings;
    }
}
