// SPDX-License-Identifier: Apache-2.0
package io.kevent.bench.jvm;

import com.google.gson.Gson;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The child's end of the line to its parent. */
public final class Line {
    // one system call per line, which makes it a mark in what strace writes down
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    /** Keeps everything else out of the standard output. */
    public Line() {
        System.setOut(System.err);
    }

    /**
     * Waits for what the parent wants.
     *
     * @return a line; null if there is nothing more to do, or the parent has gone
     * @throws IOException if the line breaks
     */
    public String command() throws IOException {
        return in.readLine();
    }

    /**
     * Leaves a mark in what strace writes down.
     *
     * @throws IOException if the parent has gone
     */
    public void mark() throws IOException {
        write("mark");
    }

    /**
     * Answers.
     *
     * @param figures by name
     * @throws IOException if the parent has gone
     */
    public void answer(Map<String, ? extends Number> figures) throws IOException {
        write(new Gson().toJson(figures));
    }

    private void write(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
