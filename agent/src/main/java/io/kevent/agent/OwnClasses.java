// SPDX-License-Identifier: Apache-2.0
package io.kevent.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Whether the agent's classes are those of its jar. The JVM puts the jar behind the class path of the application: a class that both hold is the
 * application's. That is no trouble while the two are the same, and any trouble while they are not. Names no class that might be hidden.
 */
final class OwnClasses {
    /** What an application may well hold, one of each jar: if none of them is hidden, nothing is. */
    private static final List<String> SAMPLES = List.of("io/kevent/KeventOps.class", "io/kevent/provider/KeventSelectorProvider.class");

    private OwnClasses() { }

    /** Throws, with a sentence for the operator, if the application hides a class by another of the same name. */
    static void require() throws IOException, URISyntaxException {
        Path own = Path.of(OwnClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (String sample : SAMPLES) {
            URL found = ClassLoader.getSystemResource(sample);
            if (found != null && !own.equals(holder(found, sample))) {
                requireSame(own);
                return;
            }
        }
    }

    private static void requireSame(Path own) throws IOException, URISyntaxException {
        try (JarFile jar = new JarFile(own.toFile())) {
            for (JarEntry entry : jar.stream().filter(each -> each.getName().matches("io/kevent/.*\\.class")).toList()) {
                URL found = ClassLoader.getSystemResource(entry.getName());
                if (found != null && !same(jar, entry, found)) {
                    throw new IllegalStateException(holder(found, entry.getName()) + " holds another version of kevent, which hides that of the agent's jar:"
                            + " take it out, or use the agent of the same version");
                }
            }
        }
    }

    private static boolean same(JarFile jar, JarEntry entry, URL found) throws IOException {
        URLConnection connection = found.openConnection();
        // a cache would keep the jar open for good
        connection.setUseCaches(false);
        try (InputStream ours = jar.getInputStream(entry); InputStream theirs = connection.getInputStream()) {
            return Arrays.equals(ours.readAllBytes(), theirs.readAllBytes());
        }
    }

    /** The jar or the directory that holds a resource. */
    private static Path holder(URL resource, String name) throws IOException, URISyntaxException {
        if (resource.openConnection() instanceof JarURLConnection inJar) {
            return Path.of(inJar.getJarFileURL().toURI());
        }
        String text = resource.toString();
        return Path.of(new URI(text.substring(0, text.length() - name.length())));
    }
}
