// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent.protocol;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;

/**
 * What the agent answers, as JSON in a system property of its JVM.
 *
 * @param version of the agent that answers: a JVM keeps the classes that it loaded first, so it may be another than the one that was loaded now
 * @param done whether what was asked for is so
 * @param message one sentence about it, for a person
 * @param status a {@link Status}; as a tree, since the other side may be of another version. JSON's null where nobody asked for it
 */
public record Reply(String version, boolean done, String message, JsonElement status) {
    private static final String PROPERTY = "io.kevent.agent.reply.";
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    /**
     * Where the reply stands.
     *
     * @param id of the request
     * @return the name of a system property
     */
    public static String property(String id) {
        return PROPERTY + id;
    }

    /**
     * Reads a reply.
     *
     * @param json what {@link #toJson} made
     * @return the reply
     */
    public static Reply parse(String json) {
        return GSON.fromJson(json, Reply.class);
    }

    /**
     * For the system property.
     *
     * @return one line of JSON
     */
    public String toJson() {
        return GSON.toJson(this);
    }

    /**
     * Any value as a tree.
     *
     * @param value made of records, lists, texts, numbers
     * @return the same as JSON
     */
    public static JsonElement tree(Object value) {
        return GSON.toJsonTree(value);
    }
}
