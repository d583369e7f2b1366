// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** The bean itself, and all that knows {@code java.management}. */
final class SelectorsBean implements SelectorsMXBean {
    private final String options;

    private SelectorsBean(String options) {
        this.options = options;
    }

    /** Whether anything in this JVM has asked for management yet: to be the first would take a tenth of a second. */
    static boolean isInUse() {
        return !MBeanServerFactory.findMBeanServer(null).isEmpty();
    }

    static void register(String options) {
        replace(new SelectorsBean(options));
    }

    static void unregister() {
        replace(null);
    }

    private static void replace(SelectorsBean bean) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName name = new ObjectName(NAME);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            if (bean != null) {
                server.registerMBean(new StandardMBean(bean, SelectorsMXBean.class, true), name);
            }
        } catch (JMException e) {
            // unchecked: whoever calls must load in a JVM that has no such exception
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String getVersion() {
        return Objects.requireNonNullElse(SelectorsBean.class.getPackage().getImplementationVersion(), "unknown");
    }

    @Override
    public String getEngine() {
        return "epoll";
    }

    @Override
    public String getOptions() {
        return options;
    }

    @Override
    public List<SelectorFigures> getSelectors() {
        return SelectorRegistry.snapshot();
    }
}
