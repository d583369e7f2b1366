// SPDX-License-Identifier: Apache-2.0
package io.kevent.compat.contract.options;

import io.kevent.KeventOps;
import io.kevent.compat.support.Link;
import io.kevent.compat.support.LoopbackPair;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static io.kevent.KeventOps.OP_DISPATCH;
import static io.kevent.KeventOps.OP_EDGE;
import static io.kevent.KeventOps.OP_ONESHOT;
import static java.nio.channels.SelectionKey.OP_ACCEPT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

/** The options on a listening channel, where what arrives are connections. */
@Tag("kevent")
@ParameterizedClass
@EnumSource(value = Setting.class, mode = EnumSource.Mode.MATCH_ANY, names = {"TCP.*", "UNIX.*"})
class ListenerOptionsTest {

    private final Setting setting;
    private final List<SocketChannel> opened = new ArrayList<>();
    private Selector selector;
    private ServerSocketChannel listener;

    @TempDir
    private Path directory;

    ListenerOptionsTest(Setting setting) {
        this.setting = setting;
    }

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        listener = bind();
        listener.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : opened) {
            channel.close();
        }
        listener.close();
        selector.close();
    }

    @Test
    void edgeReportsOncePerArrival() throws IOException {
        SelectionKey key = register(OP_EDGE);
        setting.form.assertSilent(selector);
        for (int i = 0; i < 3; i++) {
            connect();
            assertEquals(OP_ACCEPT, setting.form.report(key));
            setting.form.assertSilent(selector);
        }
    }

    @Test
    void edgeReportsNothingForTheRestOfTheBacklog() throws IOException {
        SelectionKey key = register(OP_EDGE);
        connect();
        connect();
        assertEquals(OP_ACCEPT, setting.form.report(key));
        accept();
        setting.form.assertSilent(selector);
        connect();
        assertEquals(OP_ACCEPT, setting.form.report(key));
        accept();
        accept();
        assertNull(listener.accept());
        setting.form.assertSilent(selector);
    }

    @Test
    void edgeReportsOnceWhatWasThereBeforeRegistration() throws IOException {
        connect();
        SelectionKey key = register(OP_EDGE);
        assertEquals(OP_ACCEPT, setting.form.report(key));
        setting.form.assertSilent(selector);
    }

    @Test
    void edgeRemembersWhatCameWhileOff() throws IOException {
        SelectionKey key = register(OP_EDGE);
        setting.form.assertSilent(selector);
        key.interestOpsAnd(~OP_ACCEPT);
        setting.form.assertSilent(selector);
        connect();
        setting.form.assertSilent(selector);
        key.interestOpsOr(OP_ACCEPT);
        assertEquals(OP_ACCEPT, setting.form.report(key));
        setting.form.assertSilent(selector);
    }

    @Test
    void oneshotEmptiesTheInterest() throws IOException {
        SelectionKey key = register(OP_ONESHOT);
        connect();
        assertEquals(OP_ACCEPT, setting.form.report(key));
        assertEquals(0, key.interestOps());
        connect();
        setting.form.assertSilent(selector);
        accept();
        key.interestOps(OP_ACCEPT | OP_ONESHOT | setting.option);
        assertEquals(OP_ACCEPT, setting.form.report(key));
        setting.form.assertSilent(selector);
    }

    @Test
    void dispatchDisablesUntilEnabled() throws IOException {
        SelectionKey key = register(OP_DISPATCH);
        connect();
        assertEquals(OP_ACCEPT, setting.form.report(key));
        connect();
        setting.form.assertSilent(selector);
        key.interestOpsOr(0);
        assertEquals(OP_ACCEPT, setting.form.report(key));
        accept();
        accept();
        key.interestOpsOr(0);
        setting.form.assertSilent(selector);
        connect();
        assertEquals(OP_ACCEPT, setting.form.report(key));
        setting.form.assertSilent(selector);
    }

    private SelectionKey register(int options) throws IOException {
        return KeventOps.register(listener, selector, OP_ACCEPT | options | setting.option);
    }

    private void connect() throws IOException {
        opened.add(SocketChannel.open(listener.getLocalAddress()));
    }

    private void accept() throws IOException {
        SocketChannel channel = listener.accept();
        assertNotNull(channel);
        opened.add(channel);
    }

    private ServerSocketChannel bind() throws IOException {
        if (setting.kind == Link.Kind.TCP) {
            return LoopbackPair.listen();
        }
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
    }
}
