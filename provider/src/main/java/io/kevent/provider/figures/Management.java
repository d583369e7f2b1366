// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

/**
 * Shows kevent by JMX, as {@link SelectorsMXBean}. Does nothing where the JVM has no {@code java.management}. A failure is logged and nothing more: no
 * selector is worse for not being shown. Any thread.
 *
 * <p>To load JMX takes a tenth of a second, which a program that does not use it should not pay at its start. So, with {@code -Dio.kevent.jmx}:
 * <ul>
 * <li>{@code true}: registered when the first selector is opened.
 * <li>{@code false}: never registered.
 * <li>not given: registered when a selector is opened and something else has brought up JMX before.
 * </ul>
 * An agent that is started with the JVM should choose {@link #registerWhenInUse} too: JMX that comes up before the application's main method keeps it from
 * choosing its own log manager. One that attaches later can {@link #register} at once.
 */
public final class Management {
    /** Read once: where there is a security manager, who opens a selector may not be allowed to. */
    private static final String WANTED = System.getProperty("io.kevent.jmx");
    private static final boolean PRESENT = ModuleLayer.boot().findModule("java.management").isPresent();

    /** Whether a selector that is opened changes nothing any more. Set under this class's monitor. */
    private static volatile boolean settled = isForbidden();

    private static volatile String laterOptions;

    /** Guarded by this class. */
    private static boolean registered;

    private Management() { }

    /** A selector is opened. */
    static void registerIfInUse() {
        try {
            if (!settled && (Boolean.parseBoolean(WANTED) || SelectorsBean.isInUse())) {
                register(laterOptions);
            }
        } catch (SecurityException e) {
            // who opens this selector may not look at JMX: one who may will do it
            return;
        }
    }

    /**
     * Has selectors that are opened from now on change nothing, until {@link #registerWhenInUse} or {@link #register} is called: for installers that first
     * open some of their own. What is registered stays so.
     */
    public static synchronized void hold() {
        settled = true;
    }

    /**
     * Registers when a selector is opened and JMX is up, or asked for by the property.
     *
     * @param options how kevent was installed; may be null
     */
    public static synchronized void registerWhenInUse(String options) {
        laterOptions = options;
        settled = isForbidden();
    }

    /**
     * Registers, in place of what is registered already.
     *
     * @param options how kevent was installed; may be null
     */
    public static synchronized void register(String options) {
        if (!isForbidden()) {
            settled = true;
            try {
                SelectorsBean.register(options);
                registered = true;
            } catch (RuntimeException | Error e) {
                KeventLog.log(System.Logger.Level.WARNING, "kevent could not be registered with JMX, which does not show it now.", e);
            }
        }
    }

    private static boolean isForbidden() {
        return !PRESENT || "false".equals(WANTED);
    }

    /** Takes the registration back, if there is one; selectors that are opened later do not bring it about again. */
    public static synchronized void unregister() {
        if (registered) {
            registered = false;
            try {
                SelectorsBean.unregister();
            } catch (RuntimeException | Error e) {
                KeventLog.log(System.Logger.Level.WARNING, "kevent could not be taken out of JMX.", e);
            }
        }
        settled = true;
    }
}
