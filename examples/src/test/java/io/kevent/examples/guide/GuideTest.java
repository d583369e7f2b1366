// SPDX-License-Identifier: Apache-2.0
package io.kevent.examples.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What docs/queue.md shows stands in classes that run. */
class GuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "queue.md");
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "kevent", "examples");
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)");

    @TestFactory
    Stream<DynamicTest> everySnippetStandsInAnExample() throws IOException {
        List<String> sources = sources();
        return JAVA_BLOCK.matcher(Files.readString(GUIDE)).results().map(block -> block.group(1))
                .map(snippet -> DynamicTest.dynamicTest(snippet.lines().findFirst().orElseThrow(), () -> assertStandsIn(sources, snippet)));
    }

    private static void assertStandsIn(List<String> sources, String snippet) {
        boolean found = sources.stream().anyMatch(source -> holds(source.lines().toList(), snippet.lines().toList()));
        assertTrue(found, "in no class of " + SOURCES + ":\n" + snippet);
    }

    /** Whether the lines of a snippet follow each other in a source, all of them indented by so much more. */
    private static boolean holds(List<String> source, List<String> snippet) {
        for (int at = 0; at + snippet.size() <= source.size(); at++) {
            String first = source.get(at);
            int more = first.length() - snippet.get(0).length();
            if (more >= 0 && indented(snippet, more).equals(source.subList(at, at + snippet.size()))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> indented(List<String> lines, int more) {
        return lines.stream().map(line -> line.isEmpty() ? line : " ".repeat(more) + line).toList();
    }

    private static List<String> sources() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : (Iterable<Path>) files.filter(each -> each.toString().endsWith(".java"))::iterator) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    @Test
    void everyExampleIsLinked() throws IOException {
        String guide = Files.readString(GUIDE);
        try (Stream<Path> files = Files.list(SOURCES.resolve("guide"))) {
            files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith("Example.java"))
                    .forEach(name -> assertTrue(guide.contains("/" + name + ")"), name + " is not linked"));
        }
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Matcher links = LINK.matcher(Files.readString(GUIDE));
        int count = 0;
        while (links.find()) {
            count++;
            assertTrue(Files.exists(GUIDE.resolveSibling(links.group(1))), links.group(1));
        }
        assertFalse(count == 0, "no links were found");
    }
}
