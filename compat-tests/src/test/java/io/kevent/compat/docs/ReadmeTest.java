// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.docs;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The examples of the README are Java that compiles. */
class ReadmeTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private static final String FRAME = """
            import static java.nio.channels.SelectionKey.*;
            import static io.kevent.KeventOps.*;
            import io.kevent.ChannelKnote;
            import io.kevent.EventBatch;
            import io.kevent.KeventOps;
            import io.kevent.KeventQueue;
            import java.nio.ByteBuffer;
            import java.nio.channels.*;
            import java.util.List;
            import java.util.concurrent.Executor;

            abstract class Example {
                abstract void handle(SelectableChannel channel);

                void run(SocketChannel channel, ServerSocketChannel listener, Selector selector, List<Selector> selectors, Executor pool)
                        throws Exception {
                    %s
                }
            }
            """;

    @TestFactory
    List<DynamicTest> everyExampleCompiles(@TempDir Path out) throws IOException {
        Matcher blocks = JAVA_BLOCK.matcher(Files.readString(Path.of("..", "README.md")));
        List<String> examples = blocks.results().map(block -> block.group(1)).toList();
        assertEquals(5, examples.size(), "one example for each option, and one for the queue");
        return examples.stream().map(example -> DynamicTest.dynamicTest(example.lines().findFirst().orElseThrow(), () -> compile(example, out))).toList();
    }

    private static void compile(String example, Path out) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return FRAME.formatted(example);
            }
        };
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-cp", System.getProperty("java.class.path"), "-d", out.toString());
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(source)).call();
        assertEquals("", messages.toString());
        assertEquals(true, compiled);
    }
}
