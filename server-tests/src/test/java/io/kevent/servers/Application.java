// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An application that is compiled and packed by the test. */
public final class Application {
    /** Prints its module, the class of the selector it gets, and what one select with an event there selects. */
    static final String MAIN = """
            package app;
            import java.nio.ByteBuffer;
            import java.nio.channels.Pipe;
            import java.nio.channels.SelectionKey;
            import java.nio.channels.Selector;
            public final class Main {
                public static void main(String[] args) throws Exception {
                    Pipe pipe = Pipe.open();
                    pipe.source().configureBlocking(false);
                    Selector selector = Selector.open();
                    pipe.source().register(selector, SelectionKey.OP_READ);
                    pipe.sink().write(ByteBuffer.allocate(1));
                    int selected = selector.select(10_000);
                    System.out.println(Main.class.getModule().getName() + " " + selector.getClass().getSimpleName() + " " + selected);
                }
            }
            """;

    private Application() { }

    /** Compiles sources, each by its path, into a directory. */
    static void compile(Map<String, String> sources, Path directory) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-d", directory.toString()));
        Path root = Files.createDirectory(directory.resolveSibling(directory.getFileName() + "-sources"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = root.resolve(source.getKey());
            Files.createDirectories(file.getParent());
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        StringWriter messages = new StringWriter();
        boolean compiled = ToolProvider.getSystemJavaCompiler().getTask(messages, null, null, arguments.subList(0, 2), null,
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null)
                        .getJavaFileObjects(arguments.subList(2, arguments.size()).toArray(String[]::new))).call();
        assertTrue(compiled, messages::toString);
    }

    /** Packs all files of a directory. */
    static Path jar(Path jar, Map<String, String> manifest, Path directory) throws IOException {
        Manifest head = new Manifest();
        head.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> head.getMainAttributes().putValue(name, value));
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out, head)) {
            for (Path file : files) {
                entries.putNextEntry(new JarEntry(directory.relativize(file).toString()));
                entries.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    /** Runs a JVM until it ends by itself, well, and gives all it has written: what it says to its output, and its complaints. */
    public static Result run(List<String> arguments) throws IOException {
        ServerJvm jvm = ServerJvm.launch(arguments);
        try (jvm) {
            assertEquals(0, jvm.end(), () -> String.join("\n", arguments));
            return new Result(jvm.output(), List.copyOf(Complaints.of(jvm.errorOutput())));
        }
    }

    public record Result(List<String> output, List<String> complaints) { }
}
