// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.adoption;

import io.kevent.provider.figures.KeventLog;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;

/** What an operator is told of selectors that were open before. */
final class AdoptionLog {
    private AdoptionLog() { }

    static void staysTheJdks(Selector selector, Throwable reason) {
        KeventLog.log(System.Logger.Level.WARNING, selector + " stays the JDK's, and goes on as before: " + reason + ".", reason);
    }

    /** A channel is not watched as it should be; the JDK's own method would not even say so. */
    static void refused(Selector selector, SelectableChannel channel, IOException refusal) {
        KeventLog.log(System.Logger.Level.WARNING, channel + " is not served by " + selector + ": " + refusal.getMessage() + ". It is tried again in each select:"
                + " raise fs.epoll.max_user_watches (sysctl) if that limit is reached, else free memory or close the channel.", null);
    }

    static void refusedToGoOn(Selector selector, SelectableChannel channel, IOException refusal) {
        KeventLog.log(System.Logger.Level.INFO, channel + " was let go of when " + selector + " went back to the JDK: " + refusal.getMessage()
                + ". The JDK watches it again from the next select on: there is nothing to do.", null);
    }

    static void notWhollyReleased(Selector selector, Exception reason) {
        KeventLog.log(System.Logger.Level.WARNING, selector + " went back to the JDK and goes on, but not all that kevent had of it could be released: " + reason
                + ". Close the selector if that comes again and again.", reason);
    }
}
