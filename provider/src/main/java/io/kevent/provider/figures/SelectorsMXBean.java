// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.util.List;

/** kevent in this JVM, as {@value #NAME}. */
public interface SelectorsMXBean {

    /** Under which name it is registered with the platform's MBean server. */
    String NAME = "io.kevent:type=Selectors";

    /**
     * Tells the version.
     *
     * @return of kevent
     */
    String getVersion();

    /**
     * Tells what watches the descriptors.
     *
     * @return {@code epoll}
     */
    String getEngine();

    /**
     * Tells how kevent was installed.
     *
     * @return the agent's options; null if no agent installed it
     */
    String getOptions();

    /**
     * Looks at all open selectors that run on kevent's core.
     *
     * @return their figures, the oldest selector first
     */
    List<SelectorFigures> getSelectors();
}
