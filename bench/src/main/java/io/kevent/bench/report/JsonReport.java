// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
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
     * @throws IOException if that fails, or it is something else
     */
    public static Report read(Path file) throws IOException {
        Report report;
        try {
            report = GSON.fromJson(Files.readString(file), Report.class);
        } catch (JsonParseException e) {
            throw new IOException(file + " is no report of the bench: " + e.getMessage(), e);
        }
        if (report == null || report.machine() == null || report.sections() == null) {
            throw new IOException(file + " is no report of the bench: it tells no machine or no figures");
        }
        return report;
    }
}
