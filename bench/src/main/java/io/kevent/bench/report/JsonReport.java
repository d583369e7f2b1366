// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report for programs. What it writes it also reads. */
public final class JsonReport {
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() { }

    /**
     * Writes.
     *
     * @param report what to write
     * @param file where to
     * @throws IOException if that fails
     */
    public static void write(Report report, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, GSON.toJson(report) + "\n");
    }

    /**
     * Reads.
     *
     * @param file what was written before
     * @return the report
     * @throws IOException if that fails
     */
    public static Report read(Path file) throws IOException {
        return GSON.fromJson(Files.readString(file), Report.class);
    }
}
