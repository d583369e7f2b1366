// SPDX-License-Identifier: Apache-2.0
package io.kevent.servers;

import io.kevent.servers.programs.JdkHttpClientProgram;
import java.util.List;

/** The JDK's client and Jetty where the JVM looks at each call of a native method: what it finds it tells on the error output. */
class CheckedJniTest extends ServerContract {
    CheckedJniTest() {
        super(JdkHttpClientProgram.class, List.of("-Xcheck:jni", "-XX:+DisplayVMOutputToStderr"));
    }
}
