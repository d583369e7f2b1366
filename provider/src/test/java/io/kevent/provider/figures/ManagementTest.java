// SPDX-License-Identifier: Apache-2.0
package io.kevent.provider.figures;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ManagementTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private ObjectName name;
    private WatchedSelector watched;

    @BeforeEach
    void open() throws Exception {
        name = new ObjectName(SelectorsMXBean.NAME);
        watched = new WatchedSelector();
        Management.register("log=debug");
    }

    @AfterEach
    void close() throws IOException {
        Management.unregister();
        watched.close();
    }

    private CompositeData composite() throws Exception {
        CompositeData[] all = (CompositeData[]) server.getAttribute(name, "Selectors");
        return Arrays.stream(all).filter(data -> data.get("name").equals(watched.selector.toString())).findFirst().orElseThrow();
    }

    @Test
    void attributesTellWhatIsInstalled() throws Exception {
        assertEquals("epoll", server.getAttribute(name, "Engine"));
        assertEquals("log=debug", server.getAttribute(name, "Options"));
        assertFalse(((String) Objects.requireNonNull(server.getAttribute(name, "Version"))).isEmpty());
    }

    @Test
    void selectorIsShownToClientsThatDoNotKnowOurClasses() throws Exception {
        watched.write();
        assertEquals(1, watched.selector.selectNow());
        CompositeData selector = composite();
        assertEquals("kevent", selector.get("kind"));
        assertEquals(1L, ((CompositeData) selector.get("counts")).get("selects"));
        assertEquals(1.0, ((CompositeData) selector.get("counts")).get("eventsPerSelect"));
        assertEquals("OP_READ", ((CompositeData[]) selector.get("keys"))[0].get("interest"));
        assertEquals(Thread.currentThread().getName(), ((CompositeData) selector.get("thread")).get("name"));
        assertEquals(0, ((CompositeData) selector.get("spin")).get("run"));
    }

    @Test
    void selectorIsShownToClientsThatKnowThem() {
        SelectorsMXBean proxy = JMX.newMXBeanProxy(server, name, SelectorsMXBean.class);
        SelectorFigures figures = proxy.getSelectors().stream().filter(one -> one.id() == watched.figures().id()).findFirst().orElseThrow();
        assertEquals(watched.counts(), figures.counts());
        assertEquals(watched.figures().keys(), figures.keys());
        assertEquals(watched.figures().spin(), figures.spin());
    }

    @Test
    void registeringAnewReplacesTheOptions() throws Exception {
        Management.register(null);
        assertNull(server.getAttribute(name, "Options"));
    }

    @Test
    void beanForWhenItIsInUseIsRegisteredWithTheNextSelector() throws Exception {
        Management.unregister();
        Management.registerWhenInUse("accept=wake-one");
        assertFalse(server.isRegistered(name));
        try (WatchedSelector later = new WatchedSelector()) {
            assertTrue(later.selector.isOpen());
            assertEquals("accept=wake-one", server.getAttribute(name, "Options"));
        }
    }

    @Test
    void selectorThatIsOpenedMeanwhileRegistersNothing() throws Exception {
        Management.unregister();
        Management.registerWhenInUse(null);
        Management.hold();
        try (WatchedSelector installers = new WatchedSelector()) {
            assertTrue(installers.selector.isOpen());
            assertFalse(server.isRegistered(name));
        }
    }

    @Test
    void unregisteredBeanIsGoneAndStaysSo() throws Exception {
        Management.unregister();
        assertFalse(server.isRegistered(name));
        try (WatchedSelector later = new WatchedSelector()) {
            assertTrue(later.selector.isOpen());
            assertFalse(server.isRegistered(name));
        }
    }
}
